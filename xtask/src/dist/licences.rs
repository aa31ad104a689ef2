//! The licences of everything that is compiled in, each text once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::dependencies::{Crate, Dependencies};
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// What the names of files begin with that state a licence.
const NAMES: [&str; 6] = ["licen", "copying", "copyright", "notice", "unlicense", "authors"];

/// The whole text.
///
/// Fails if a crate states no licence at all, or if a file cannot be read.
pub(super) fn text(dependencies: &Dependencies, paths: &Paths) -> Outcome<String> {
    let mut list = String::from(
        "What is compiled into the pages of this release, with the licence that each names (SPDX). The texts follow, each \
         once, in the words of their packages. Crates marked * run in the compiler; only what they wrote is compiled in.\n\n",
    );
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let _ = writeln!(list, "the Rust standard library ({}): MIT OR Apache-2.0", dependencies.compiler);
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "COPYRIGHT"] {
        let file = dependencies.sysroot.join("share/doc/rust").join(name);
        if let Ok(text) = fs::read_to_string(file) {
            texts.entry(text).or_default().push("the Rust standard library".to_owned());
        }
    }
    let mut without_text = Vec::new();
    for one in dependencies.others() {
        let licence = one.licence.as_deref().ok_or_else(|| {
            Failure::new(format!(
                "{}: its manifest names no licence; look at it before it is shipped",
                one.key()
            ))
        })?;
        let mark = if one.is_macro { " *" } else { "" };
        let source = one.repository.as_deref().unwrap_or("no address given");
        let _ = writeln!(list, "{}{mark}: {licence}, {source}", one.key());
        let found = stated(&one.folder)?;
        if found.is_empty() {
            without_text.push(one);
        }
        for text in found {
            texts.entry(text).or_default().push(one.key());
        }
    }
    let own = paths.root.join("LICENSE-MIT");
    let own = fs::read_to_string(&own).attempting(own.display())?;
    push_without_text(&mut list, &without_text, own.split_once("\nPermission").map_or("", |(_, text)| text));
    for (text, mut of) in texts {
        of.dedup();
        let line = "-".repeat(100);
        let _ = write!(list, "\n{line}\n{}\n{line}\n\n{}\n", of.join(", "), text.trim_end());
    }
    Ok(list)
}

/// Names the packages that carry no text. All of them offer the MIT licence, whose words are the same for everybody.
fn push_without_text(list: &mut String, crates: &[&Crate], permission: &str) {
    if crates.is_empty() {
        return;
    }
    list.push_str("\nThese packages come without a text of their own; the licence is the one that their manifest names:\n");
    for one in crates {
        let _ = writeln!(list, "{}: {}", one.key(), one.licence.as_deref().unwrap_or_default());
    }
    let _ = write!(
        list,
        "\nThe words of the MIT licence, for those of them; the copyright is that of the authors whom each repository \
         names:\n\nPermission{permission}"
    );
}

/// The texts at the top of a package.
fn stated(folder: &Path) -> Outcome<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).attempting(folder.display())? {
        let path = entry.attempting(folder.display())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if path.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            files.push(path);
        }
    }
    files.sort();
    let text = |file| fs::read_to_string(file).map(|text| text.replace("\r\n", "\n"));
    files.iter().map(|file| text(file).attempting(file.display())).collect()
}
