//! What is fetched only when it is needed: the words of other languages, and those for a visitor by hand.

use std::fs;

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
    let mut locales = Map::new();
    for file in files_in(&paths.root.join("src/text/locales"))? {
        let locale = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // English is compiled in.
        if locale == "en" || file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read_to_string(&file).attempting(file.display())?;
        let words: Value = serde_json::from_str(&text).attempting(file.display())?;
        let name = dist.add(&locale, "json", words.to_string().as_bytes())?;
        locales.insert(locale, Value::from(name));
    }
    placeholders.set("LOCALES", Value::Object(locales));

    let visit = paths.root.join("visit.js");
    if visit.is_file() {
        let text = fs::read_to_string(&visit).attempting(visit.display())?;
        let text = if options.debug { text } else { page_tools::minified(paths, Source::Module, &text)? };
        placeholders.set("VISIT_JS", dist.add("visit", "js", text.as_bytes())?);
    }
    Ok(())
}
