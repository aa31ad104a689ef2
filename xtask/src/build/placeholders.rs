//! What the documents call an asset before its hashed name is known: `@@APP_JS@@`.

use serde_json::{Map, Value};

use crate::failure::{Failure, Outcome};

/// Placeholders and what they stand for.
pub(super) struct Placeholders(Map<String, Value>);

impl Placeholders {
    /// Only the base, so far.
    pub(super) fn new(base: &str) -> Self {
        Self(Map::from_iter([("BASE".to_owned(), Value::from(base))]))
    }

    /// Gives one its meaning: the name of an asset, or a JSON object of them.
    pub(super) fn set(&mut self, placeholder: impl Into<String>, meaning: impl Into<Value>) {
        self.0.insert(placeholder.into(), meaning.into());
    }

    /// All of them as one JSON object.
    pub(super) fn names(&self) -> Value {
        Value::Object(self.0.clone())
    }

    /// A document with its placeholders replaced.
    ///
    /// Fails if one is left that stands for nothing.
    pub(super) fn fill(&self, document: &str, text: &str) -> Outcome<String> {
        let mut filled = text.to_owned();
        for (placeholder, meaning) in &self.0 {
            let meaning = meaning.as_str().map_or_else(|| meaning.to_string(), str::to_owned);
            filled = filled.replace(&format!("@@{placeholder}@@"), &meaning);
        }
        match filled.split("@@").nth(1) {
            None => Ok(filled),
            Some(unknown) => {
                Err(Failure::new(format!("{document}: nothing is known to put in place of @@{unknown}@@")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn replaces_names_bare_and_objects_as_json() {
        let mut placeholders = Placeholders::new("/a/");
        placeholders.set("APP_JS", "app-1.js");
        placeholders.set("LOCALES", json!({"he": "he-2.json"}));
        let filled = placeholders.fill("index.html", "\"@@BASE@@@@APP_JS@@\", @@LOCALES@@").unwrap();
        assert_eq!(filled, "\"/a/app-1.js\", {\"he\":\"he-2.json\"}");
    }

    #[test]
    fn refuses_a_document_that_names_something_unknown() {
        let failure = Placeholders::new("/").fill("setup.html", "@@SETUP_JS@@").unwrap_err();
        assert!(failure.to_string().contains("@@SETUP_JS@@"));
    }
}
