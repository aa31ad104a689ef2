//! What is fetched only when it is needed: the words of other languages, and those for a visitor by hand.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::Options;
use super::dist::{Dist, files_in};
use super::placeholders::Placeholders;
use crate::failure::{Attempt, Failure, Outcome};
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
    let text = paths.root.join("core/src/i18n");
    let folder = text.join("locales");
    let order = order(&text.join("message.rs"))?;
    placeholders.set("LOCALES", locales(&folder, &order, "", dist)?);
    let order = self::order(&text.join("setup_message.rs"))?;
    placeholders.set("SETUP_LOCALES", locales(&folder.join("setup"), &order, "setup-", dist)?);

    let visit = paths.root.join("visit.js");
    if visit.is_file() {
        let text = fs::read_to_string(&visit).attempting(visit.display())?;
        let text = if options.debug { text } else { page_tools::minified(paths, Source::Module, &text)? };
        placeholders.set("VISIT_JS", dist.add("visit", "js", text.as_bytes())?);
    }
    Ok(())
}

/// The keys of the messages, in the order of their source: each is a line with its name, its key and its English text.
///
/// Fails if there are none.
fn order(source: &Path) -> Outcome<Vec<String>> {
    let text = fs::read_to_string(source).attempting(source.display())?;
    let order: Vec<String> = text.lines().filter_map(key).map(str::to_owned).collect();
    if order.is_empty() {
        return Err(Failure::new(format!("{}: no messages", source.display())));
    }
    Ok(order)
}

fn key(line: &str) -> Option<&str> {
    let (name, rest) = line.trim().split_once(" \"")?;
    let (key, english) = rest.split_once("\" \"")?;
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric());
    let is_key = key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    (is_name(name) && is_key && english.ends_with('"')).then_some(key)
}

/// Adds the words of a folder, one file for each language; English is compiled in. The texts are in the given order of their
/// keys, since a list is shorter than an object.
fn locales(folder: &Path, order: &[String], prefix: &str, dist: &mut Dist) -> Outcome<Value> {
    let mut locales = Map::new();
    for file in files_in(folder)? {
        let locale = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if locale == "en" || file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read_to_string(&file).attempting(file.display())?;
        let words: Map<String, Value> = serde_json::from_str(&text).attempting(file.display())?;
        if let Some(key) = words.keys().find(|key| !order.contains(key)) {
            return Err(Failure::new(format!("{}: there is no message {key:?}", file.display())));
        }
        let list: Value = order.iter().map(|key| words.get(key).cloned().unwrap_or_default()).collect();
        let name = dist.add(&format!("{prefix}{locale}"), "json", list.to_string().as_bytes())?;
        locales.insert(locale, Value::from(name));
    }
    Ok(Value::Object(locales))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_keys_of_messages() {
        for (line, expected) in [
            (r#"    Title "title" "Import from OneDrive""#, Some("title")),
            (r#"    Say "say_it" "Say \"it\"""#, Some("say_it")),
            (r#"    // Frame "title" "x""#, None),
            ("    Message:", None),
            (r#"        assert!(a == "b");"#, None),
        ] {
            assert_eq!(key(line), expected, "{line}");
        }
    }
}
