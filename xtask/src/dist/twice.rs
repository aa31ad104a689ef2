//! A second build, held against the first.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::checksums;
use crate::build::{self, Options};
use crate::command::run;
use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;
use crate::toolchain::Toolchain;

/// Builds again with the same flags in a target folder of its own, and compares each file of `dist/`.
///
/// Fails if one differs.
pub(super) fn compare(paths: &Paths, flags: &[String]) -> Outcome {
    let first = kept(paths)?;
    println!("dist: building a second time, from nothing");
    let own = std::env::current_exe().attempting("this program")?;
    run(Command::new(own)
        .arg("build")
        .args(flags)
        .env("CARGO_TARGET_DIR", paths.target().join("again"))
        .current_dir(&paths.root))?;
    same(&first, &paths.dist())
}

/// Compiles this project's own code again, does all that makes pages of it again in another folder, and compares each
/// file of `dist/`. The libraries that it is linked with are those of the first build.
///
/// Fails if one differs.
pub(super) fn compare_own(paths: &Paths, toolchain: &Toolchain, options: &Options) -> Outcome {
    let first = kept(paths)?;
    println!("dist: building a second time, with the same libraries");
    run(Command::new("cargo")
        .args(["clean", "--quiet", "--package", "onedrive-picker", "--package", "onedrive-picker-core"])
        .args(["--release", "--target", "wasm32-unknown-unknown"])
        .current_dir(&paths.root))?;
    let apart = paths.apart();
    emptied(&apart.staging())?;
    build::build(&apart, toolchain, options)?;
    same(&first, &paths.dist())
}

/// A copy of what the first build left.
fn kept(paths: &Paths) -> Outcome<PathBuf> {
    let first = paths.release_bundle().join("first");
    emptied(&first)?;
    files::copy_all(&paths.dist(), &first)?;
    Ok(first)
}

fn emptied(folder: &Path) -> Outcome {
    if folder.exists() { fs::remove_dir_all(folder).attempting(folder.display()) } else { Ok(()) }
}

/// Fails if a file is in one folder alone or is not the same in the other.
fn same(first: &Path, second: &Path) -> Outcome {
    let mut names = BTreeSet::new();
    for folder in [first, second] {
        for file in files::below(folder)? {
            names.insert(file.strip_prefix(folder).unwrap_or(&file).to_owned());
        }
    }
    let mut differing = Vec::new();
    for name in names {
        let (one, other) = (first.join(&name), second.join(&name));
        if !one.is_file() || !other.is_file() || checksums::of_file(&one)? != checksums::of_file(&other)? {
            differing.push(name.display().to_string());
        }
    }
    if differing.is_empty() {
        println!("dist: two builds gave the same bytes");
        return Ok(());
    }
    Err(Failure::new(format!("two builds differ in: {}", differing.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_are_the_same_only_with_the_same_files_of_the_same_bytes() {
        let folder = std::env::temp_dir().join(format!("onedrive-picker-twice-{}", std::process::id()));
        let (first, second) = (folder.join("first"), folder.join("second"));
        let write = |file: PathBuf, text: &str| files::write(&file, text.as_bytes()).unwrap();
        write(first.join("a/page.js"), "1");
        write(second.join("a/page.js"), "1");
        assert!(same(&first, &second).is_ok());
        write(second.join("a/page.js"), "2");
        assert!(same(&first, &second).unwrap_err().to_string().contains("page.js"));
        write(second.join("a/page.js"), "1");
        write(second.join("more.js"), "1");
        assert!(same(&first, &second).unwrap_err().to_string().contains("more.js"));
        assert!(same(&second, &first).unwrap_err().to_string().contains("more.js"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
