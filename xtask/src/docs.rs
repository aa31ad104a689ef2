//! The job `docs`: the documentation as a book.

mod commands;
mod named_tests;
mod pages;

use std::process::Command;

use crate::command::run as run_command;
use crate::failure::Outcome;
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "make a book of docs/, with mdBook";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask docs [--check]

  --check   only look whether every page is in the book, every link leads somewhere, and every command
            and every test in the pages is one that there is; needs no mdBook, and is done by the tests as well

Leaves target/book/index.html. mdBook is compiled into the cache folder the first time.";

/// Runs the job.
///
/// Fails if something in the pages is wrong, or if mdBook cannot be had.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let only_check = flags.switch("--check");
    flags.finish()?;
    pages::check(paths)?;
    commands::check(paths)?;
    named_tests::check(paths)?;
    if only_check {
        println!("docs: every page, link, command and test that is named is right");
        return Ok(());
    }
    let mdbook = setup::mdbook(paths)?;
    run_command(Command::new(mdbook).arg("build").arg(paths.root.join("docs")))?;
    println!("docs: {}", paths.target().join("book/index.html").display());
    Ok(())
}
