//! Reading Graph's JSON without trusting its shape: what is missing or of another type is simply not there.

use serde_json::Value;

use super::error::GraphError;
use crate::web::Response;

/// The body of a successful answer as JSON.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if the body is not whole JSON (a proxy's page with status
/// 200, an answer cut off).
pub(super) fn body(response: &Response) -> Result<Value, GraphError> {
    if !response.is_success() {
        return Err(GraphError::of_response(response));
    }
    serde_json::from_str(text_of(response)).map_err(|_| GraphError::malformed(response))
}

/// The text of an answer without a byte order mark.
pub(super) fn text_of(response: &Response) -> &str {
    response.body.strip_prefix('\u{feff}').unwrap_or(&response.body)
}

/// The text at a path of members.
pub(super) fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    at(value, path)?.as_str().filter(|text| !text.is_empty())
}

/// The whole number at a path of members.
pub(super) fn number(value: &Value, path: &[&str]) -> Option<u64> {
    at(value, path)?.as_u64()
}

/// The array of that name; empty if there is none.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether the facet is present: Graph writes an object, possibly empty, and `null` for none.
pub(super) fn has(value: &Value, name: &str) -> bool {
    value.get(name).is_some_and(Value::is_object)
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}
