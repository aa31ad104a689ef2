//! `{N:result:property}`: how one call of a multirequest uses the answer of an earlier one.

use serde_json::{Map, Value};

/// The value with every reference replaced that an earlier answer fulfils; the others stay as they are, so that
/// the call which carries them fails on its own (SRV `KalturaFrontController`).
///
/// `first` is the number of the first call: 1, or 0 for old clients.
pub(super) fn resolve(value: &Value, results: &[Value], first: usize) -> Value {
    match value {
        Value::String(text) => Value::String(resolve_text(text, results, first)),
        Value::Array(items) => Value::Array(items.iter().map(|item| resolve(item, results, first)).collect()),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, item)| (key.clone(), resolve(item, results, first)))
                .collect::<Map<_, _>>(),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn resolve_text(text: &str, results: &[Value], first: usize) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, reference) = rest.split_at(start);
        resolved.push_str(before);
        let Some(end) = reference.find('}') else {
            rest = reference;
            break;
        };
        let (inside, after) =
            (reference.get(1..end).unwrap_or_default(), reference.get(end + 1..).unwrap_or_default());
        match look_up(inside, results, first) {
            Some(found) => resolved.push_str(&found),
            None => resolved.push_str(reference.get(..=end).unwrap_or_default()),
        }
        rest = after;
    }
    resolved.push_str(rest);
    resolved
}

fn look_up(inside: &str, results: &[Value], first: usize) -> Option<String> {
    let mut parts = inside.split(':');
    let number: usize = parts.next()?.parse().ok()?;
    if parts.next()? != "result" {
        return None;
    }
    let mut value = results.get(number.checked_sub(first)?)?;
    if value.get("objectType").and_then(Value::as_str) == Some("KalturaAPIException") {
        return None;
    }
    for part in parts {
        value = match value {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            other => other.get(part)?,
        };
    }
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn replaces_what_an_earlier_answer_fulfils_and_leaves_the_rest() {
        let results = [
            json!({"id": "1_a", "n": 5, "list": [{"x": "y"}]}),
            json!({"objectType": "KalturaAPIException", "code": "X"}),
        ];
        for (text, expected) in [
            ("{1:result:id}", "1_a"),
            ("{1:result:n}", "5"),
            ("{1:result:list:0:x}", "y"),
            ("a {1:result:id} b", "a 1_a b"),
            ("{2:result:code}", "{2:result:code}"),
            ("{3:result:id}", "{3:result:id}"),
            ("{0:result:id}", "{0:result:id}"),
            ("{1:result:none}", "{1:result:none}"),
            ("{1:id}", "{1:id}"),
            ("{", "{"),
            ("{x}{1:result:id}", "{x}1_a"),
            ("קובץ {1:result:id}", "קובץ 1_a"),
        ] {
            assert_eq!(resolve(&json!({"a": [text]}), &results, 1), json!({"a": [expected]}), "{text}");
        }
        assert_eq!(resolve(&json!("{0:result:id}"), &results, 0), json!("1_a"));
    }
}
