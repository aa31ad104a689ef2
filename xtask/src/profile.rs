//! The job `profile`: measures what the first listing does not run, so that the build can send it later.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::build::{self, Late, MEASURED, Options, Reached};
use crate::failure::{Attempt, Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Browser, Purpose};
use crate::test::first_listings;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "measure what the first listing does not need, and write late.txt";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask profile [--std stock|tuned]

Builds a picker that notes what of it runs, takes it to the first listing on the ways of
tests/journeys/first_listing.rs in a headless Chromium, and writes late.txt: the functions, and parts of
functions, that did not run. The build puts those into a file of its own that is loaded after the first
listing. A picker built with an old list works just as well; it only loads more than it needs to at first.
Leaves that slow picker in dist/; build again afterwards.";

/// Runs the job.
///
/// Fails if the picker does not come to its first listing.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let options = Options::take(&mut flags)?.measuring();
    flags.finish()?;
    let toolchain = setup::prepare(paths, Purpose::Tests)?;
    let browser = Browser::find()?.ok_or_else(|| Failure::new("there is no browser"))?;
    build::build(paths, &toolchain, &options)?;
    let places = paths.staging().join("places");
    if places.is_dir() {
        fs::remove_dir_all(&places).attempting(places.display())?;
    }
    fs::create_dir_all(&places).attempting(places.display())?;
    first_listings(paths, &browser, &places)?;
    let reached = Reached { first: reached(&places, "first")?, around: reached(&places, "around")? };
    let module = paths.staging().join(MEASURED);
    let late = build::measured(&fs::read(&module).attempting(module.display())?, &reached)?;
    let list = Late::file(paths);
    fs::write(&list, late.text()).attempting(list.display())?;
    println!("profile: late.txt is written; now build again");
    Ok(())
}

/// The numbers of the places that were reached on any way until something: each file holds the bits of one, as hexadecimal
/// numbers of 64 bits, a line each.
fn reached(places: &Path, until: &str) -> Outcome<BTreeSet<usize>> {
    let mut reached = BTreeSet::new();
    for file in fs::read_dir(places).attempting(places.display())? {
        let file = file.attempting(places.display())?.path();
        if file.extension().is_none_or(|extension| extension != until) {
            continue;
        }
        for (word, line) in fs::read_to_string(&file).attempting(file.display())?.lines().enumerate() {
            let bits = u64::from_str_radix(line, 16).attempting(file.display())?;
            reached.extend((0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| word * 64 + bit));
        }
    }
    if reached.is_empty() {
        return Err(Failure::new("no way to the first listing noted anything"));
    }
    Ok(reached)
}
