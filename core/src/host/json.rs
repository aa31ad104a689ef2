//! Reading hostile JSON: members of the wrong type count as absent; and writing texts.

use serde_json::Value;

/// Parses a text. Nesting beyond 128 levels is refused by `serde_json` itself.
pub(super) fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// A member that is an object.
pub(super) fn object<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|member| member.is_object())
}

/// A member that is a text.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// A member that is true or false.
pub(super) fn flag(value: &Value, key: &str) -> Option<bool> {
    value.get(key).and_then(Value::as_bool)
}

/// A member that is a whole number, zero or more. A number with a fraction counts as absent.
pub(super) fn whole(value: &Value, key: &str) -> Option<u64> {
    value.get(key).and_then(Value::as_u64)
}

/// The elements of a member that is an array; none otherwise.
pub(super) fn elements<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text that is fit to be an identifier or a path: not empty, not too long, no control characters.
pub(super) fn plain<'a>(value: &'a Value, key: &str, longest: usize) -> Option<&'a str> {
    text(value, key).filter(|text| is_plain(text, longest))
}

/// Whether a text is not empty, at most `longest` bytes long and free of control characters.
pub(super) fn is_plain(text: &str, longest: usize) -> bool {
    !text.is_empty() && text.len() <= longest && !text.chars().any(char::is_control)
}

/// A text made fit to be shown to a person: control characters and direction overrides become spaces, ends trimmed,
/// cut after `longest` characters.
pub(super) fn shown(text: &str, longest: usize) -> String {
    let clean: String = text.chars().take(longest).map(|c| if is_visible(c) { c } else { ' ' }).collect();
    clean.trim().to_owned()
}

/// Direction overrides (U+202A to U+202E, U+2066 to U+2069) could make a label read as another.
fn is_visible(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A member that is a text for people; `None` if nothing of it can be seen.
pub(super) fn label(value: &Value, key: &str) -> Option<String> {
    const LONGEST_LABEL: usize = 80;
    text(value, key).map(|text| shown(text, LONGEST_LABEL)).filter(|label| !label.is_empty())
}

/// A text as a JSON string, quotes included.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_the_wrong_type_are_absent() {
        let value = parse(r#"{"a":1,"b":"x","c":[],"d":{},"e":null,"f":-1,"g":1.5,"h":true}"#).unwrap();
        assert_eq!(whole(&value, "a"), Some(1));
        for key in ["b", "c", "d", "e", "f", "g", "h", "z"] {
            assert_eq!(whole(&value, key), None, "{key}");
        }
        assert_eq!(text(&value, "a"), None);
        assert_eq!(flag(&value, "a"), None);
        assert!(object(&value, "c").is_none());
        assert!(elements(&value, "d").is_empty());
        assert!(text(&parse("[]").unwrap(), "a").is_none());
    }

    #[test]
    fn a_text_for_people_has_no_tricks_in_it() {
        assert_eq!(shown("  Add\u{202e} now\u{0} ", 80), "Add  now");
        assert_eq!(shown("שלום שלום", 4), "שלום");
        assert_eq!(label(&parse(r#"{"label":" \n "}"#).unwrap(), "label"), None);
    }

    #[test]
    fn refuses_what_is_nested_too_deep() {
        assert!(parse(&"[".repeat(200)).is_none());
        assert!(parse(&["[".repeat(200), "]".repeat(200)].concat()).is_none());
    }
}
