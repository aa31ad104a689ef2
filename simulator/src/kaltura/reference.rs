//! `{N:result:property}`: how one call of a multirequest uses the answer of an earlier one.

use serde_json::{Map, Value};

/// The value with every reference replaced to a call that was answered. One to a member that the answer has not, for
/// instance because the call failed, becomes the empty string; one to a call that was not yet answered stays as it is (SRV
/// `api_v3/lib/KalturaFrontController.php` L185-209, L380-419). Calls count from 1, whatever their keys are.
pub(super) fn resolve(value: &Value, results: &[Value]) -> Value {
    match value {
        Value::String(text) => Value::String(resolve_text(text, results)),
        Value::Array(items) => Value::Array(items.iter().map(|item| resolve(item, results)).collect()),
        Value::Object(members) => Value::Object(
            members.iter().map(|(key, item)| (key.clone(), resolve(item, results))).collect::<Map<_, _>>(),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn resolve_text(text: &str, results: &[Value]) -> String {
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
        match look_up(inside, results) {
            Some(found) => resolved.push_str(&found),
            None => resolved.push_str(reference.get(..=end).unwrap_or_default()),
        }
        rest = after;
    }
    resolved.push_str(rest);
    resolved
}

/// What a reference stands for; nothing if it is none, or is to a call that was not yet answered.
fn look_up(inside: &str, results: &[Value]) -> Option<String> {
    let mut parts = inside.split(':');
    let number: usize = parts.next()?.parse().ok()?;
    if parts.next()? != "result" {
        return None;
    }
    let mut value = results.get(number.checked_sub(1)?)?;
    if value.get("objectType").and_then(Value::as_str) == Some("KalturaAPIException") {
        return Some(String::new());
    }
    for part in parts {
        let found = match value {
            Value::Array(items) => part.parse::<usize>().ok().and_then(|place| items.get(place)),
            other => other.get(part),
        };
        let Some(found) = found else { return Some(String::new()) };
        value = found;
    }
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn replaces_what_an_earlier_answer_fulfils_and_empties_what_a_failed_one_lacks() {
        let results = [
            json!({"id": "1_a", "n": 5, "list": [{"x": "y"}]}),
            json!({"objectType": "KalturaAPIException", "code": "X"}),
        ];
        for (text, expected) in [
            ("{1:result:id}", "1_a"),
            ("{1:result:n}", "5"),
            ("{1:result:list:0:x}", "y"),
            ("a {1:result:id} b", "a 1_a b"),
            ("{2:result:code}", ""),
            ("{3:result:id}", "{3:result:id}"),
            ("{0:result:id}", "{0:result:id}"),
            ("{1:result:none}", ""),
            ("{1:id}", "{1:id}"),
            ("{", "{"),
            ("{x}{1:result:id}", "{x}1_a"),
            ("קובץ {1:result:id}", "קובץ 1_a"),
        ] {
            assert_eq!(resolve(&json!({"a": [text]}), &results), json!({"a": [expected]}), "{text}");
        }
    }
}
