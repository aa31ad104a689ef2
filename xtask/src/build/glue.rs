//! What the build adds to wasm-bindgen's JavaScript.

use serde_json::Value;

/// Leaves out classes that nothing makes an object of, which a dependency exports; what only they use goes when the JavaScript is
/// made small.
pub(super) fn without_unused(glue: &str) -> String {
    const CLASS: &str = "export class ";
    const END: &str = ".prototype.free;\n";
    let mut kept = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some(start) = rest.find(CLASS) {
        let (before, from) = rest.split_at(start);
        kept.push_str(before);
        let name = from.get(CLASS.len()..).and_then(|from| from.split(' ').next()).unwrap_or_default();
        let is_made = glue.contains(&format!("{name}.__wrap(")) || glue.contains(&format!("new {name}("));
        let end = from.find(&format!("{name}{END}")).filter(|_| !is_made);
        let length = end.map_or(CLASS.len(), |end| end + name.len() + END.len());
        kept.push_str(if end.is_none() { CLASS } else { "" });
        rest = from.get(length..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

/// Adds which file holds the words of which locale. The document, which is also where a sign-in comes back to, has no need of
/// that.
pub(super) fn with_locales(glue: &str, names: &Value) -> String {
    let locales = names.get("LOCALES").unwrap_or(&Value::Null);
    format!("{glue}\n(globalThis.onedrivePicker ??= {{}}).locales = {locales};\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_classes_that_nothing_makes() {
        let class = |name: &str| {
            format!(
                "export class {name} {{ free() {{}} }}\nif (Symbol.dispose) {name}.prototype[Symbol.dispose] = {name}.prototype.free;\n"
            )
        };
        let glue = format!(
            "{}{}let made = Used.__wrap(1);\nexport {{ initSync, __wbg_init as default }};",
            class("Used"),
            class("Unused")
        );
        let rest = format!(
            "{}let made = Used.__wrap(1);\nexport {{ initSync, __wbg_init as default }};",
            class("Used")
        );
        assert_eq!(without_unused(&glue), rest);
    }

    #[test]
    fn adds_the_files_of_the_locales() {
        let whole = with_locales("let wasm;", &serde_json::json!({"LOCALES": {"he": "he-1.json"}}));
        assert!(whole.ends_with("(globalThis.onedrivePicker ??= {}).locales = {\"he\":\"he-1.json\"};\n"));
    }
}
