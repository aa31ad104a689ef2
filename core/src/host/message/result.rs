//! The host's answer to a command, in all the shapes that hosts in the field send.

use crate::host::HostToken;
use crate::host::json;
use serde_json::Value;

/// What the host answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `success`, or nothing that says otherwise.
    Success,
    /// A token, in answer to `authenticate`.
    Token(HostToken),
    /// A refusal.
    Error(HostError),
}

/// A refusal of the host. Both parts are the host's words: show them as text only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostError {
    /// `unableToObtainToken`, `unusableItem`, `unsupportedCommand`, or the host's own; `unknown` if it gave none,
    /// `malformedToken` for a token that is none, `unknownAnswer` for an answer that says neither yes nor no,
    /// `noToken` for a success where a token was asked for.
    pub code: String,
    /// A sentence, cleaned and cut to 300 characters; may be empty.
    pub message: String,
}

impl HostError {
    pub(crate) fn new(code: &str) -> Self {
        Self { code: code.to_owned(), message: String::new() }
    }
}

impl Answer {
    /// Judges the `data` of a result. Hosts written for C# and for the first samples leave members out: `{}` is a
    /// success, an `error` without `result` an error (reference "File Picker v8", section 4).
    pub(super) fn read(data: &Value) -> Self {
        match data {
            Value::Null => Self::Success,
            Value::String(text) => Self::read_text(text),
            Value::Object(_) => Self::read_object(data),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                Self::Error(HostError::new("unknownAnswer"))
            }
        }
    }

    fn read_object(data: &Value) -> Self {
        let error = data.get("error").filter(|error| !error.is_null() && error.as_bool() != Some(false));
        let result = json::text(data, "result");
        if result == Some("error") || error.is_some() {
            let (code, message) = error_parts(error.unwrap_or(&Value::Null));
            return Self::Error(HostError { code, message });
        }
        if let Some(token) = data.get("token") {
            let token = token.as_str().and_then(HostToken::new);
            return token.map_or_else(|| Self::Error(HostError::new("malformedToken")), Self::Token);
        }
        match result {
            None | Some("success") => Self::Success,
            Some("token") => Self::Error(HostError::new("malformedToken")),
            Some(_) => Self::Error(HostError::new("unknownAnswer")),
        }
    }

    /// A text where an object belongs: the object as JSON, or the bare result.
    fn read_text(text: &str) -> Self {
        match json::parse(text) {
            Some(data) if data.is_object() => Self::read_object(&data),
            _ if text == "success" => Self::Success,
            _ => Self::Error(HostError::new("unknownAnswer")),
        }
    }
}

/// Code and message of an error: `{code, message}`, a bare text, or nothing usable.
pub(crate) fn error_parts(error: &Value) -> (String, String) {
    const LONGEST_CODE: usize = 64;
    const LONGEST_MESSAGE: usize = 300;
    let code = match error.get("code") {
        Some(Value::String(code)) => json::shown(code, LONGEST_CODE),
        Some(Value::Number(number)) => number.as_i64().map(|number| number.to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    let code = if code.is_empty() { "unknown".to_owned() } else { code };
    let message = error.as_str().or_else(|| json::text(error, "message")).unwrap_or_default();
    (code, json::shown(message, LONGEST_MESSAGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: &str, message: &str) -> Answer {
        Answer::Error(HostError { code: code.into(), message: message.into() })
    }

    #[test]
    fn reads_every_shape_of_an_answer() {
        let token = Answer::Token(HostToken::new("eyJ").unwrap());
        for (text, expected) in [
            (r#"{"result":"token","token":"eyJ"}"#, token.clone()),
            (r#"{"token":"eyJ"}"#, token.clone()),
            (r#""{\"result\":\"token\",\"token\":\"eyJ\"}""#, token),
            (r#"{"result":"token"}"#, error("malformedToken", "")),
            (r#"{"result":"token","token":""}"#, error("malformedToken", "")),
            (r#"{"result":"token","token":{"secret":"eyJ"}}"#, error("malformedToken", "")),
            (r#"{"result":"success"}"#, Answer::Success),
            (r#"{"result":"success","error":null}"#, Answer::Success),
            ("{}", Answer::Success),
            ("null", Answer::Success),
            (r#""success""#, Answer::Success),
            (r#"{"result":"error"}"#, error("unknown", "")),
            (
                r#"{"result":"error","error":{"code":"unusableItem","message":"no"}}"#,
                error("unusableItem", "no"),
            ),
            (r#"{"error":{"code":"1","message":"no"}}"#, error("1", "no")),
            (r#"{"error":{"code":1}}"#, error("1", "")),
            (r#"{"error":"no"}"#, error("unknown", "no")),
            (r#"{"result":"token","token":"eyJ","error":{"code":"x"}}"#, error("x", "")),
            (r#"{"result":"maybe"}"#, error("unknownAnswer", "")),
            (r#""whatever""#, error("unknownAnswer", "")),
            ("7", error("unknownAnswer", "")),
            ("[]", error("unknownAnswer", "")),
        ] {
            assert_eq!(Answer::read(&json::parse(text).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn the_words_of_a_host_are_cut_and_cleaned() {
        let long =
            json::parse(&[r#"{"code":"a\u0000b","message":""#, &"x".repeat(9_999), "\"}"].concat()).unwrap();
        let (code, message) = error_parts(&long);
        assert_eq!((code.as_str(), message.len()), ("a b", 300));
    }
}
