//! A second build, from nothing, held against the first.

use std::fs;
use std::process::Command;

use super::checksums;
use crate::command::run;
use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;

/// Builds again with the same flags in a target folder of its own, and compares each file of `dist/`.
///
/// Fails if one differs.
pub(super) fn compare(paths: &Paths, flags: &[String]) -> Outcome {
    let first = paths.release_bundle().join("first");
    if first.exists() {
        fs::remove_dir_all(&first).attempting(first.display())?;
    }
    files::copy_all(&paths.dist(), &first)?;
    println!("dist: building a second time, from nothing");
    let own = std::env::current_exe().attempting("this program")?;
    run(Command::new(own)
        .arg("build")
        .args(flags)
        .env("CARGO_TARGET_DIR", paths.target().join("again"))
        .current_dir(&paths.root))?;
    let mut differing = Vec::new();
    for file in files::below(&first)? {
        let below = file.strip_prefix(&first).unwrap_or(&file);
        let other = paths.dist().join(below);
        if !other.is_file() || checksums::of_file(&file)? != checksums::of_file(&other)? {
            differing.push(below.display().to_string());
        }
    }
    if differing.is_empty() {
        println!("dist: two builds gave the same bytes");
        return Ok(());
    }
    Err(Failure::new(format!("two builds differ in: {}", differing.join(", "))))
}
