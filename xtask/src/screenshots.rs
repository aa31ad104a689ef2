//! The job `screenshots`: a picture of every screen of the built pages, as they are now.

use std::process::Command;

use crate::command;
use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Browser, Purpose};

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "take a picture of every screen";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask screenshots [FOLDER]

Walks through the pages in dist/ (`cargo xtask build` makes them) in a headless browser, against the simulator,
and takes a picture of every screen: light, dark, Hebrew, high contrast, phone. They go into FOLDER, by default
docs/screenshots/, where those that the documentation shows are kept (listed in .gitignore there).";

/// Runs the job.
///
/// Fails if there are no pages, no browser, or a screen that cannot be reached.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let words = flags.words();
    flags.finish()?;
    setup::prepare(paths, Purpose::Tests)?;
    let browser = Browser::find()?.ok_or_else(|| Failure::new("there is no browser"))?;
    let folder =
        words.first().map_or_else(|| paths.root.join("docs/screenshots"), |folder| paths.root.join(folder));
    let mut cargo = Command::new("cargo");
    cargo
        .args(["run", "--quiet", "--package", "onedrive-picker", "--example", "screenshots", "--"])
        .arg(folder);
    browser.apply(&mut cargo);
    cargo.env("ONEDRIVE_PICKER_DIST", paths.dist()).env("ONEDRIVE_PICKER_NODE_MODULES", paths.node_modules());
    command::run(cargo.current_dir(&paths.root))
}
