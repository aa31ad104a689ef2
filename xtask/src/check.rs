//! The job `check`: formatting, lints and the borders between the crates, for both worlds the code runs in.

mod core_dependencies;

use std::process::Command;

use crate::command::run as run_command;
use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Purpose};
use crate::test::targets;
use crate::toolchain::Toolchain;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "check formatting, lints and the dependencies of core/, native and wasm";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask check

Runs rustfmt and clippy with warnings as errors, for this machine and for wasm32-unknown-unknown, and looks that core/ depends on
nothing that needs a browser.";

/// Runs the job.
///
/// Fails after all checks if one of them found something.
pub(crate) fn run(paths: &Paths, flags: Flags) -> Outcome {
    flags.finish()?;
    let toolchain = setup::prepare(paths, Purpose::Lints)?;
    let found = [formatting(paths), borders(paths), lints(paths), browser_lints(paths, &toolchain)]
        .into_iter()
        .filter_map(Result::err);
    let found: Vec<String> = found.map(|failure| failure.to_string()).collect();
    if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("; "))) }
}

/// Checks that every file is formatted.
///
/// Fails if one is not; `cargo fmt --all` mends it.
pub(crate) fn formatting(paths: &Paths) -> Outcome {
    run_command(Command::new("cargo").args(["fmt", "--all", "--check"]).current_dir(&paths.root))
}

/// Checks that the crates depend on each other and on others as `docs/architecture.md` says.
///
/// Fails if `core/` depends on a browser.
pub(crate) fn borders(paths: &Paths) -> Outcome {
    core_dependencies::check(paths)
}

/// Lints all that runs on this machine, tests included.
///
/// Fails on a warning.
pub(crate) fn lints(paths: &Paths) -> Outcome {
    let mut clippy = Command::new("cargo");
    clippy.args(["clippy", "--workspace", "--all-targets"]).current_dir(&paths.root);
    run_command(clippy.args(["--", "-D", "warnings"]))
}

/// Lints all that runs in a browser, tests included.
///
/// Fails on a warning.
pub(crate) fn browser_lints(paths: &Paths, toolchain: &Toolchain) -> Outcome {
    let mut clippy = toolchain.cargo(paths, "clippy")?;
    clippy.args(["--package", "onedrive-picker", "--lib", "--bins"]);
    for test in targets::in_browser(paths)? {
        clippy.args(["--test", &test]);
    }
    run_command(clippy.args(["--", "-D", "warnings"]))
}
