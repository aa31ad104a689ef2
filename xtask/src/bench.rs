//! The job `bench`: the picker against the page of `bench/`.

use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Browser, Purpose};
use crate::test::comparisons;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "measure the picker against a page that lists the same by hand";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask bench [ROUNDS]

Opens the picker in dist/ (`cargo xtask build` makes it) and the page of bench/ in turn, each in a fresh headless Chromium,
against the same simulator, ROUNDS times (9 by default), and prints the medians: the time to the first row of 200, and to the
last one of 5,000. A host hands out the token at once, so that signing in is no part of it. Leave the machine alone meanwhile.";

/// How often each page is opened in a browser of its own.
const ROUNDS: usize = 9;

/// Runs the job.
///
/// Fails if a page does not come to its last row, or is far slower than it should be.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let words = flags.words();
    flags.finish()?;
    let rounds = match words.as_slice() {
        [] => Some(ROUNDS),
        [word] => word.parse().ok().filter(|rounds| *rounds > 0),
        _ => None,
    };
    let rounds = rounds.ok_or_else(|| Failure::new("ROUNDS is one number, at least 1"))?;
    setup::prepare(paths, Purpose::Tests)?;
    let browser = Browser::find()?.ok_or_else(|| Failure::new("there is no browser"))?;
    comparisons(paths, &browser, rounds)
}
