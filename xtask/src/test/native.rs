//! Tests that run as programs of this machine.

use std::process::Command;

use super::counts::Counts;
use super::targets;
use crate::command::{run, watch};
use crate::failure::Outcome;
use crate::paths::Paths;
use crate::setup::Browser;

/// Unit tests and integration tests of every member of the workspace. Journeys are only compiled, so that nothing is
/// compiled twice.
///
/// Fails if something does not compile.
pub(super) fn tests(paths: &Paths) -> Outcome<Counts> {
    run(cargo_test(paths).args(["--no-run", "--lib", "--bins", "--tests"]))?;
    let mut tests = cargo_test(paths);
    tests.args(["--lib", "--bins"]);
    for test in targets::native(paths)? {
        tests.args(["--test", &test]);
    }
    counted(&mut tests)
}

/// Examples in the documentation of the code.
///
/// Fails if cargo cannot be started.
pub(super) fn examples(paths: &Paths) -> Outcome<Counts> {
    counted(cargo_test(paths).arg("--doc"))
}

/// Journeys through the pages in `dist/`, in a headless browser, against the simulator.
///
/// Fails if cargo cannot be started.
pub(super) fn journeys(paths: &Paths, browser: &Browser) -> Outcome<Counts> {
    let journeys = targets::journeys(paths)?;
    if journeys.is_empty() {
        println!("there are no journeys yet");
        return Ok(Counts::default());
    }
    let mut tests = cargo_test(paths);
    for journey in journeys {
        tests.args(["--test", &journey]);
    }
    counted(through_pages(paths, browser, &mut tests))
}

/// Tells tests where the pages, the browser and the tools are.
fn through_pages<'a>(paths: &Paths, browser: &Browser, tests: &'a mut Command) -> &'a mut Command {
    browser.apply(tests);
    tests.env("ONEDRIVE_PICKER_SERVERS", paths.servers());
    tests.env("ONEDRIVE_PICKER_RELEASE", paths.release_bundle());
    tests.env("ONEDRIVE_PICKER_DIST", paths.dist()).env("ONEDRIVE_PICKER_NODE_MODULES", paths.node_modules())
}

fn cargo_test(paths: &Paths) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--workspace", "--no-fail-fast"]).current_dir(&paths.root);
    cargo
}

/// Runs cargo's tests, shows what they print, and counts.
pub(super) fn counted(tests: &mut Command) -> Outcome<Counts> {
    let mut counts = Counts::default();
    let success = watch(tests, |line| {
        counts.read(line);
        // Hundreds of these say nothing that the count does not.
        if !(line.starts_with("test ") && line.ends_with(" ... ok")) {
            println!("{line}");
        }
    })?;
    Ok(counts.ended(success))
}
