//! Node.js, and the packages that lock files pin: `xtask/node/` has wasm-opt, esbuild, and what the tests need; `bench/` what drives
//! a browser; `bench/peers/` the pickers of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{apt, say};
use crate::command::{on_path, run_quietly, version_of};
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// The oldest Node.js that runs all of them; Debian 12 and Ubuntu 24.04 have it.
const OLDEST: u32 = 18;

/// Makes sure that they are installed as pinned.
///
/// Fails if Node.js is missing or too old, or if npm cannot install the packages.
pub(super) fn prepare(paths: &Paths) -> Outcome {
    if on_path("node").is_none() || on_path("npm").is_none() {
        apt::install(&["nodejs", "npm"], "about a minute")?;
    }
    let version = version_of(program()).unwrap_or_default();
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(Failure::new(format!(
            "Node.js {OLDEST} or newer is needed, found {version:?}; see https://nodejs.org/download"
        )));
    }
    install(
        &paths.root.join("xtask/node"),
        &paths.cache.join("node"),
        "wasm-opt, esbuild and test libraries with npm (about a minute, 150 MB)",
    )
}

/// Makes sure of what drives a browser in `bench/`. Node.js has to be there.
///
/// Fails if npm cannot install it.
pub(super) fn prepare_bench(paths: &Paths) -> Outcome {
    install(&paths.root.join("bench"), &paths.bench_packages(), "puppeteer-core with npm (20 seconds, 60 MB)")
}

/// Makes sure of the pickers that `bench/` measures beside this one. Node.js has to be there.
///
/// Fails if npm cannot install them.
pub(super) fn prepare_peers(paths: &Paths) -> Outcome {
    install(
        &paths.root.join("bench/peers"),
        &paths.peers(),
        "the pickers to compare with, with npm (about a minute, 140 MB)",
    )
}

/// Makes sure of Kaltura's own client, which one test of the host kit compares calls with. It lies apart from the tools.
///
/// Fails if npm cannot install it.
pub(super) fn prepare_official_client(paths: &Paths) -> Outcome {
    install(
        &paths.root.join("host-kit/tests/official-client"),
        &paths.cache.join("official-client"),
        "Kaltura's own client for a test (10 MB)",
    )
}

/// Installs what a lock file pins into a folder of the cache, unless exactly that is there.
fn install(pinned: &Path, folder: &Path, what: &str) -> Outcome {
    let lock = pinned.join("package-lock.json");
    let lock = fs::read(&lock).attempting(lock.display())?;
    let installed = folder.join("installed.json");
    if fs::read(&installed).is_ok_and(|found| found == lock) {
        return Ok(());
    }
    say(format_args!("installing {what}"));
    fs::create_dir_all(folder).attempting(folder.display())?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(pinned.join(name), folder.join(name)).attempting(name)?;
    }
    let flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"];
    run_quietly(Command::new("npm").arg("ci").args(flags).current_dir(folder)).map_err(|_| {
        Failure::new(format!(
            "npm could not install its packages (network?); run: npm ci --ignore-scripts --prefix {}",
            folder.display()
        ))
    })?;
    fs::write(&installed, lock).attempting(installed.display())
}

/// The `node` to run.
pub(crate) fn program() -> &'static str {
    "node"
}

/// A program that one of the packages brings.
pub(crate) fn package_program(paths: &Paths, name: &str) -> PathBuf {
    paths.node_modules().join(".bin").join(name)
}
