//! The stylesheets: one for the first listing, one for what may come later, one for the set-up assistant.

use std::fs;
use std::path::Path;

use super::Options;
use super::dist::{Dist, files_in};
use super::placeholders::Placeholders;
use crate::failure::{Attempt, Outcome};
use crate::page_tools::{self, Source};
use crate::paths::Paths;

/// Adds them.
///
/// Fails if `style/index` names a file that is not there, or on a syntax error.
pub(super) fn add(
    paths: &Paths,
    options: &Options,
    dist: &mut Dist,
    placeholders: &mut Placeholders,
) -> Outcome {
    let style = paths.root.join("style");
    let sheets = [("APP_CSS", "picker", style.clone()), ("SETUP_CSS", "setup", style.join("setup"))];
    for (placeholder, stem, folder) in sheets {
        let text = together(&folder)?;
        if text.is_empty() {
            placeholders.set(placeholder, "");
            continue;
        }
        let text = if options.debug { text } else { page_tools::minified(paths, Source::Style, &text)? };
        placeholders.set(placeholder, dist.add(stem, "css", text.as_bytes())?);
    }
    Ok(())
}

/// The sheets of a folder in one: in the order that its file `index` gives, or else in that of their names.
fn together(folder: &Path) -> Outcome<String> {
    let index = folder.join("index");
    let files = if index.is_file() {
        let index = fs::read_to_string(&index).attempting(index.display())?;
        index.split_whitespace().map(|name| folder.join(name)).collect()
    } else {
        files_in(folder)?
    };
    let mut text = String::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "css")) {
        text.push_str(&fs::read_to_string(file).attempting(file.display())?);
    }
    Ok(text)
}
