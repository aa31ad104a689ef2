//! From an HTTP request to calls (SRV `infraRequestUtils::getRequestParams`, `KalturaDispatcher`).

use serde_json::{Map, Value, json};

use super::error::ApiError;

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

    /// A parameter that is an object.
    ///
    /// # Errors
    /// `MISSING_MANDATORY_PARAMETER` if there is none.
    pub(super) fn object(&self, name: &str) -> Result<Members<'_>, ApiError> {
        match self.parameters.get(name) {
            Some(Value::Object(members)) => Ok(Members(members)),
            _ => Err(ApiError::new("MISSING_MANDATORY_PARAMETER", &[name])),
        }
    }

    /// A text parameter that has to be there.
    ///
    /// # Errors
    /// `MISSING_MANDATORY_PARAMETER` if there is none.
    pub(super) fn needed(&self, name: &str) -> Result<String, ApiError> {
        self.text(name).ok_or_else(|| ApiError::new("MISSING_MANDATORY_PARAMETER", &[name]))
    }

    /// The KS of this call.
    pub(super) fn ks(&self) -> Option<String> {
        self.text("ks")
    }
}

/// The members of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Members<'call>(pub(super) &'call Map<String, Value>);

impl Members<'_> {
    /// A member that is a text or a number, and not empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(text_of).filter(|text| !text.is_empty())
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
    /// Whether the answer is JSON (`format=1`) or XML.
    pub(super) json: bool,
}

/// Reads a request: its path behind `/api_v3/`, its query, its content type, its body.
///
/// A JSON body counts only if the content type, in small letters, is exactly `application/json` and the text stands in braces;
/// one that cannot be decoded, for instance with half a surrogate pair in a name, is dropped whole. What stands in the address
/// wins (SRV `infra/general/infraRequestUtils.class.php` L518-552).
pub(super) fn read(path: &str, query: &[(String, String)], content_type: &str, body: &str) -> ApiRequest {
    let content_type = content_type.to_ascii_lowercase();
    let mut parameters = Map::new();
    if content_type == "application/json" {
        parameters = json_members(body);
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        for (name, value) in form(body) {
            insert_nested(&mut parameters, &name, value);
        }
    }
    calls_of(path, query, parameters)
}

/// Reads a request whose body has parts: the field `json` as a JSON body, all others as those of a form.
pub(super) fn read_parts(
    path: &str,
    query: &[(String, String)],
    fields: Vec<(String, String)>,
) -> ApiRequest {
    let mut parameters = Map::new();
    for (name, value) in fields {
        if name == "json" {
            parameters.extend(json_members(&value));
        } else {
            insert_nested(&mut parameters, &name, value);
        }
    }
    calls_of(path, query, parameters)
}

fn json_members(body: &str) -> Map<String, Value> {
    let body = body.trim();
    match serde_json::from_str(body) {
        Ok(Value::Object(members)) if body.starts_with('{') && body.ends_with('}') => members,
        _ => Map::new(),
    }
}

fn calls_of(path: &str, query: &[(String, String)], mut parameters: Map<String, Value>) -> ApiRequest {
    for (name, value) in query {
        parameters.insert(name.clone(), json!(value));
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
        return ApiRequest { calls: vec![Call { service, action, parameters }], multi: false, json };
    }
    ApiRequest { calls: split(&parameters), multi: true, json }
}

/// The numbered calls, up to the first gap or the first without service or action.
fn split(parameters: &Map<String, Value>) -> Vec<Call> {
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
        for common in ["ks", "partnerId", "clientTag"] {
            if let (false, Some(value)) = (own.contains_key(common), parameters.get(common)) {
                own.insert(common.to_owned(), value.clone());
            }
        }
        calls.push(Call { service, action, parameters: own });
    }
    calls
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

    /// SRV `infra/general/infraRequestUtils.class.php` L518-552.
    #[test]
    fn reads_the_content_type_in_any_case_and_lets_the_address_win() {
        let query = [("ks".to_owned(), "address".to_owned())];
        let request =
            read("service/media/action/get", &query, "Application/JSON", r#"{"ks":"body","entryId":"1_a"}"#);
        assert_eq!(request.calls[0].ks().as_deref(), Some("address"));
        assert_eq!(request.calls[0].text("entryId").as_deref(), Some("1_a"));
    }

    /// PHP's JSON_ERROR_UTF16: the body counts for nothing.
    #[test]
    fn drops_all_calls_when_one_name_has_half_a_surrogate_pair() {
        let body = BODY.replace("\"add\"", "\"add\",\"entry\":{\"name\":\"\\ud83d\"}");
        assert!(read("service/multirequest", &[], "application/json", &body).calls.is_empty());
        let whole = BODY.replace("\"add\"", "\"add\",\"entry\":{\"name\":\"\\ud83d\\ude00\"}");
        assert_eq!(read("service/multirequest", &[], "application/json", &whole).calls.len(), 2);
    }

    #[test]
    fn reads_the_field_json_of_a_body_with_parts() {
        let fields = vec![("json".to_owned(), BODY.to_owned()), ("format".to_owned(), "1".to_owned())];
        assert_eq!(read_parts("service/multirequest", &[], fields).calls.len(), 2);
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
