//! The answer of those who forgot `format=1`.

use serde_json::Value;

/// The same answer as XML (SRV `KalturaXmlSerializer`): objects by member, arrays by `item`.
pub(super) fn render(result: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?><xml><result>");
    write(result, &mut text);
    text.push_str("</result><executionTime>0.01</executionTime></xml>");
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => text.push(if *flag { '1' } else { '0' }),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(content) => {
            for character in content.chars() {
                match character {
                    '&' => text.push_str("&amp;"),
                    '<' => text.push_str("&lt;"),
                    '>' => text.push_str("&gt;"),
                    other => text.push(other),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                text.push_str("<item>");
                write(item, text);
                text.push_str("</item>");
            }
        }
        Value::Object(members) => {
            let error = value.get("objectType").and_then(Value::as_str) == Some("KalturaAPIException");
            if error {
                text.push_str("<error>");
            }
            for (name, member) in members {
                text.push('<');
                text.push_str(name);
                text.push('>');
                write(member, text);
                text.push_str("</");
                text.push_str(name);
                text.push('>');
            }
            if error {
                text.push_str("</error>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn escapes_and_nests() {
        let text = render(&json!([{"name": "a<b&c"}, 1, true, null]));
        assert!(
            text.contains("<item><name>a&lt;b&amp;c</name></item><item>1</item><item>1</item><item></item>")
        );
    }
}
