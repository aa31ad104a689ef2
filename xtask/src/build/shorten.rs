//! Short names between the WebAssembly and its JavaScript. wasm-bindgen gives each import a name that ends in a hash, which
//! no compression makes small, and both files hold all of them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::failure::{Attempt, Failure, Outcome};

/// The names that wasm-opt has made short.
#[derive(Debug)]
pub(super) struct Names {
    /// The module that imports come from, before.
    module: String,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

/// What wasm-opt calls the module that imports come from, after.
const SHORT_MODULE: &str = "a";

impl Names {
    /// Reads what wasm-opt prints when it shortens names.
    ///
    /// Fails if that cannot be understood, or if there are imports from more than one module: it makes them one.
    pub(super) fn read(printed: &str) -> Outcome<Self> {
        let printed: Value = serde_json::from_str(printed).attempting("the names that wasm-opt prints")?;
        let rows = |key| printed.get(key).and_then(Value::as_array).into_iter().flatten();
        let text =
            |row: &Value, at: usize| row.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        let module = rows("imports").next().map(|row| text(row, 0)).unwrap_or_default();
        if rows("imports").any(|row| text(row, 0) != module) {
            return Err(Failure::new(
                "the page imports JavaScript of its own, whose names cannot be shortened",
            ));
        }
        Ok(Self {
            module,
            imports: rows("imports").map(|row| (text(row, 1), text(row, 2))).collect(),
            exports: rows("exports").map(|row| (text(row, 0), text(row, 1))).collect(),
        })
    }

    /// The JavaScript with the short names.
    ///
    /// Fails if it does not define everything that the WebAssembly imports.
    pub(super) fn apply(&self, glue: &str) -> Outcome<String> {
        let mut result = String::with_capacity(glue.len());
        let mut defined = 0;
        let mut rest = glue;
        while let Some(start) = rest.find(is_in_word) {
            let (before, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|letter| !is_in_word(letter)).unwrap_or(from.len()));
            result.push_str(before);
            let import = self.imports.get(word).filter(|_| after.starts_with(':'));
            let export = self.exports.get(word).filter(|_| result.ends_with("wasm."));
            defined += usize::from(import.is_some());
            result.push_str(import.or(export).map_or(word, String::as_str));
            rest = after;
        }
        result.push_str(rest);
        if defined < self.imports.len() {
            return Err(Failure::new("the JavaScript of wasm-bindgen is not as expected: it lacks imports"));
        }
        if self.module.is_empty() {
            return Ok(result);
        }
        Ok(result.replace(&format!("\"{}\"", self.module), SHORT_MODULE))
    }
}

fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"{
        "imports": [["./p_bg.js", "__wbg_get_12", "a"], ["./p_bg.js", "__wbg_get_123", "b"]],
        "exports": [["memory", "c"], ["start", "d"]]
    }"#;

    #[test]
    fn renames_imports_where_they_are_defined_and_exports_where_they_are_used() {
        let glue = r#"const i = { __wbg_get_12: function() { wasm.memory.buffer; memory(); }, __wbg_get_123: f };
            return { "./p_bg.js": i }; start(); wasm.start();"#;
        let short = Names::read(PRINTED).unwrap().apply(glue).unwrap();
        assert_eq!(
            short,
            r#"const i = { a: function() { wasm.c.buffer; memory(); }, b: f };
            return { a: i }; start(); wasm.d();"#
        );
    }

    #[test]
    fn refuses_what_it_would_break() {
        let names = Names::read(PRINTED).unwrap();
        assert!(names.apply("const i = { __wbg_get_12: f };").is_err());
        let two = r#"{"imports": [["./p_bg.js", "x", "a"], ["./snippets/s.js", "y", "b"]], "exports": []}"#;
        assert!(Names::read(two).is_err());
    }
}
