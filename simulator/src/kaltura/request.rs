//! From an HTTP request to calls (SRV `infraRequestUtils::getRequestParams`, `KalturaDispatcher`).

use serde_json::{Map, Value, json};

/// One call of one action.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    pub(super) service: String,
    pub(super) action: String,
    pub(super) parameters: Map<String, Value>,
}

impl Call {
    /// A text parameter, numbers read as text too, as PHP does.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        text_of(self.parameters.get(name)?)
    }

    /// The KS of this call.
    pub(super) fn ks(&self) -> Option<String> {
        self.text("ks")
    }
}

/// A text or number as text.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(if *flag { "1" } else { "0" }.to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ApiRequest {
    pub(super) calls: Vec<Call>,
    /// Whether the answer is an array.
    pub(super) multi: bool,
    /// The number of the first call, which references count from.
    pub(super) first: usize,
    /// Whether the answer is JSON (`format=1`) or XML.
    pub(super) json: bool,
}

/// Reads a request: its path behind `/api_v3/`, its query, its content type, its body.
///
/// A JSON body counts only if the content type is exactly `application/json` and the text stands in braces;
/// anything else is read as a form, which in practice means: not at all.
pub(super) fn read(path: &str, query: &[(String, String)], content_type: &str, body: &str) -> ApiRequest {
    let mut parameters = Map::new();
    for (name, value) in query {
        parameters.insert(name.clone(), json!(value));
    }
    let body = body.trim();
    if content_type == "application/json" {
        if body.starts_with('{')
            && body.ends_with('}')
            && let Ok(Value::Object(members)) = serde_json::from_str(body)
        {
            parameters.extend(members);
        }
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        for (name, value) in form(body) {
            insert_nested(&mut parameters, &name, value);
        }
    }
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    while let Some(name) = parts.next() {
        if let Some(value) = parts.next() {
            parameters.insert(name.to_owned(), json!(value));
        }
    }
    let json = parameters.get("format").and_then(text_of).as_deref() == Some("1");
    let service = parameters.get("service").and_then(text_of).unwrap_or_default();
    if !service.eq_ignore_ascii_case("multirequest") {
        let action = parameters.get("action").and_then(text_of).unwrap_or_default();
        return ApiRequest {
            calls: vec![Call { service, action, parameters }],
            multi: false,
            first: 1,
            json,
        };
    }
    let (calls, first) = split(&parameters);
    ApiRequest { calls, multi: true, first, json }
}

/// The numbered calls, up to the first gap or the first without service or action.
fn split(parameters: &Map<String, Value>) -> (Vec<Call>, usize) {
    let first = usize::from(!parameters.contains_key("0"));
    let mut calls = Vec::new();
    for number in first.. {
        let Some(Value::Object(own)) = parameters.get(&number.to_string()) else { break };
        let (Some(service), Some(action)) =
            (own.get("service").and_then(text_of), own.get("action").and_then(text_of))
        else {
            break;
        };
        let mut own = own.clone();
        for common in ["ks", "partnerId", "clientTag", "apiVersion"] {
            if let (false, Some(value)) = (own.contains_key(common), parameters.get(common)) {
                own.insert(common.to_owned(), value.clone());
            }
        }
        calls.push(Call { service, action, parameters: own });
    }
    (calls, first)
}

/// Form members such as `1:entry:name` go where JSON would put them.
fn insert_nested(parameters: &mut Map<String, Value>, name: &str, value: String) {
    match name.split_once(':') {
        None => {
            parameters.insert(name.to_owned(), Value::String(value));
        }
        Some((head, tail)) => {
            if let Value::Object(inner) =
                parameters.entry(head.to_owned()).or_insert_with(|| Value::Object(Map::new()))
            {
                insert_nested(inner, tail, value);
            }
        }
    }
}

/// The members of a form or a query.
pub(super) fn form(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(name), unescape(value))
        })
        .collect()
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digits = [ahead.next(), ahead.next()]
                    .map(|digit| digit.and_then(|digit| (digit as char).to_digit(16)));
                if let [Some(high), Some(low)] = digits {
                    bytes.push((high * 16 + low) as u8);
                    rest = ahead;
                } else {
                    bytes.push(b'%');
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"format":1,"ks":"k","1":{"service":"media","action":"add"},"2":{"service":"media","action":"get","ks":"own"}}"#;

    #[test]
    fn reads_a_multirequest_and_hands_the_common_parameters_down() {
        let request = read("service/multirequest", &[], "application/json", BODY);
        assert!(request.multi && request.json);
        assert_eq!(request.calls.iter().map(|call| call.ks().unwrap()).collect::<Vec<_>>(), ["k", "own"]);
    }

    #[test]
    fn reads_nothing_from_any_other_content_type() {
        for content_type in
            ["application/json; charset=utf-8", "application/json;charset=UTF-8", "text/plain", ""]
        {
            let request = read("service/multirequest", &[("format".into(), "1".into())], content_type, BODY);
            assert!(request.calls.is_empty(), "{content_type}");
        }
    }

    #[test]
    fn answers_xml_unless_asked_otherwise() {
        assert!(!read("service/media/action/get", &[], "application/json", "{}").json);
        assert!(read("service/media/action/get", &[("format".into(), "1".into())], "", "").json);
    }

    #[test]
    fn stops_at_a_gap_and_at_a_call_without_action() {
        let read = |body: &str| read("service/multirequest", &[], "application/json", body).calls.len();
        assert_eq!(read(r#"{"1":{"service":"a","action":"b"},"3":{"service":"a","action":"b"}}"#), 1);
        assert_eq!(
            read(
                r#"{"1":{"service":"a","action":"b"},"2":{"service":"a"},"3":{"service":"a","action":"b"}}"#
            ),
            1
        );
        assert_eq!(read(r#"{"0":{"service":"a","action":"b"},"1":{"service":"a","action":"b"}}"#), 2);
        assert_eq!(read("{}"), 0);
    }

    #[test]
    fn takes_service_and_action_from_the_path() {
        let request = read("service/media/action/get", &[], "application/json", r#"{"entryId":"1_a"}"#);
        assert_eq!((request.calls[0].service.as_str(), request.calls[0].action.as_str()), ("media", "get"));
        assert!(!request.multi);
    }

    #[test]
    fn reads_forms_with_nested_names() {
        let request = read(
            "service/media/action/add",
            &[],
            "application/x-www-form-urlencoded",
            "entry:name=a+%D7%90&ks=k",
        );
        assert_eq!(request.calls[0].parameters["entry"]["name"], "a א");
    }
}
