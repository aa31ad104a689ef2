//! What is fetched only when it is needed: the words of other languages, and those for a visitor by hand.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::Options;
use super::dist::{Dist, files_in};
use super::placeholders::Placeholders;
use crate::failure::{Attempt, Outcome};
use crate::page_tools::{self, Source};
use crate::paths::Paths;

/// Adds them.
///
/// Fails on a file that is not what its name says.
pub(super) fn add(
    paths: &Paths,
    options: &Options,
    dist: &mut Dist,
    placeholders: &mut Placeholders,
) -> Outcome {
    let folder = paths.root.join("src/text/locales");
    placeholders.set("LOCALES", locales(&folder, "", dist)?);
    placeholders.set("SETUP_LOCALES", locales(&folder.join("setup"), "setup-", dist)?);

    let visit = paths.root.join("visit.js");
    if visit.is_file() {
        let text = fs::read_to_string(&visit).attempting(visit.display())?;
        let text = if options.debug { text } else { page_tools::minified(paths, Source::Module, &text)? };
        placeholders.set("VISIT_JS", dist.add("visit", "js", text.as_bytes())?);
    }
    Ok(())
}

/// Adds the words of a folder, one file for each language; English is compiled in.
fn locales(folder: &Path, prefix: &str, dist: &mut Dist) -> Outcome<Value> {
    let mut locales = Map::new();
    for file in files_in(folder)? {
        let locale = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if locale == "en" || file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read_to_string(&file).attempting(file.display())?;
        let words: Value = serde_json::from_str(&text).attempting(file.display())?;
        let name = dist.add(&format!("{prefix}{locale}"), "json", words.to_string().as_bytes())?;
        locales.insert(locale, Value::from(name));
    }
    Ok(Value::Object(locales))
}
