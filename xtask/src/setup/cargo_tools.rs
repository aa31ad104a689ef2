//! trunk and wasm-bindgen, each compiled once into the cache folder.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::say;
use crate::command::{on_path, run, run_quietly, version_of};
use crate::failure::{Attempt, Failure, Outcome};
use crate::lock;
use crate::paths::Paths;

/// The last trunk that compiles on the oldest Rust this project allows.
const TRUNK: &str = "0.21.14";

/// The last mdBook before 0.5; it compiles on the oldest Rust that this project allows.
const MDBOOK: &str = "0.4.52";

/// A crate that brings programs.
struct Tool {
    package: &'static str,
    programs: &'static [&'static str],
    version: String,
    /// Its features if not all of the default ones are wanted.
    features: Option<&'static str>,
    takes: &'static str,
}

/// Makes sure that both are there.
///
/// Fails if one of them does not compile, naming the command to run by hand.
pub(super) fn prepare(paths: &Paths) -> Outcome {
    let trunk = Tool {
        package: "trunk",
        programs: &["trunk"],
        version: TRUNK.to_owned(),
        features: None,
        takes: "about 5 minutes on 2 cores, once",
    };
    let wasm_bindgen = Tool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: lock::version(paths, "wasm-bindgen")?,
        features: None,
        takes: "about 2 minutes on 2 cores, once",
    };
    for tool in [trunk, wasm_bindgen] {
        if !tool.is_there(paths)? {
            tool.install(paths)?;
        }
    }
    Ok(())
}

/// Makes sure of mdBook, and says where it is.
///
/// Fails if it does not compile, naming the command to run by hand.
pub(super) fn mdbook(paths: &Paths) -> Outcome<PathBuf> {
    let tool = Tool {
        package: "mdbook",
        programs: &["mdbook"],
        version: MDBOOK.to_owned(),
        features: Some("search"),
        takes: "about 3 minutes on 2 cores, once",
    };
    if !tool.is_there(paths)? {
        tool.install(paths)?;
    }
    Ok(paths.bin().join("mdbook"))
}

impl Tool {
    /// Whether its programs are in the cache folder. Those found elsewhere on `PATH` are linked into it.
    fn is_there(&self, paths: &Paths) -> Outcome<bool> {
        let fits = |program: &PathBuf| version_of(program).as_deref() == Some(&self.version);
        if self.programs.iter().all(|name| fits(&paths.bin().join(name))) {
            return Ok(true);
        }
        let elsewhere: Vec<PathBuf> =
            self.programs.iter().filter_map(|name| on_path(name)).filter(fits).collect();
        if elsewhere.len() < self.programs.len() {
            return Ok(false);
        }
        fs::create_dir_all(paths.bin()).attempting(paths.bin().display())?;
        for (name, program) in self.programs.iter().zip(elsewhere) {
            let link = paths.bin().join(name);
            if link.symlink_metadata().is_ok() {
                fs::remove_file(&link).attempting(link.display())?;
            }
            std::os::unix::fs::symlink(&program, &link).attempting(link.display())?;
        }
        Ok(true)
    }

    fn install(&self, paths: &Paths) -> Outcome {
        let Self { package, version, takes, features, .. } = self;
        let root = paths.cache.display().to_string();
        if on_path("cargo-binstall").is_some() {
            say(format_args!("fetching {package} {version} with cargo-binstall"));
            let wanted = format!("{package}@{version}");
            let fetched = run_quietly(
                Command::new("cargo")
                    .args(["binstall", "--no-confirm", "--strategies", "crate-meta-data"])
                    .args(["--root", &root, &wanted]),
            );
            if fetched.is_ok() {
                return Ok(());
            }
        }
        say(format_args!("compiling {package} {version} ({takes})"));
        let build = paths.cache.join("build");
        let install = |locked: &[&str]| {
            run(Command::new("cargo")
                .args(["install", "--quiet", package, "--version", version, "--force", "--root", &root])
                .args(locked)
                .args(features.map(|features| ["--no-default-features", "--features", features]).into_iter().flatten())
                .current_dir(&paths.cache)
                .env("CARGO_TARGET_DIR", &build)
                // A release profile of their own (fat LTO for trunk) would take three times as long.
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"))
        };
        install(&["--locked"])
            .or_else(|_| {
                say(format_args!("{package} could not be had with its own lock file; trying without"));
                install(&[])
            })
            .map_err(|_| {
                Failure::new(format!(
                    "{package} could not be installed (network?); run: cargo install {package} --version {version} --root {root}"
                ))
            })?;
        if build.is_dir() {
            fs::remove_dir_all(&build).attempting(build.display())?;
        }
        Ok(())
    }
}
