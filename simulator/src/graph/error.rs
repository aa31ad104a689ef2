//! Errors, with bodies as Graph writes them (microsoft-graph.md section 10).

use serde_json::{Value, json};

use super::answer::Answer;
use crate::drive::{Moment, guid};

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GraphError {
    pub(super) status: u16,
    code: &'static str,
    message: String,
    /// More precise codes, from the outside in.
    inner: &'static [&'static str],
    pub(super) headers: Vec<(&'static str, String)>,
}

impl GraphError {
    pub(super) fn new(status: u16, code: &'static str, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), inner: &[], headers: Vec::new() }
    }

    pub(super) fn inner(mut self, codes: &'static [&'static str]) -> Self {
        self.inner = codes;
        self
    }

    pub(super) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// 400
    pub(super) fn invalid(message: &str) -> Self {
        Self::new(400, "invalidRequest", message)
    }

    /// 400 from the front, before OneDrive is asked.
    pub(super) fn bad_request(message: &str) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// 403 of an item.
    pub(super) fn access_denied() -> Self {
        Self::new(403, "accessDenied", "Access denied").inner(&["accessDenied", "itemAccessDenied"])
    }

    /// 403 because of the token's scopes.
    pub(super) fn scope_missing() -> Self {
        Self::new(403, "accessDenied", "Either scp or roles claim need to be present in the token.")
    }

    /// 404 of an item.
    pub(super) fn not_found() -> Self {
        Self::new(404, "itemNotFound", "The resource could not be found.").inner(&["itemDoesNotExist"])
    }

    /// 404 of an id in the wrong drive (microsoft-graph.md section 6).
    pub(super) fn wrong_drive() -> Self {
        Self::new(404, "itemNotFound", "ObjectHandle is Invalid")
    }

    /// 400 of a path that Graph does not have.
    pub(super) fn no_segment(segment: &str) -> Self {
        Self::bad_request(&format!("Resource not found for the segment '{segment}'."))
    }

    /// 401
    pub(super) fn unauthenticated(message: &str) -> Self {
        Self::new(401, "InvalidAuthenticationToken", message)
    }

    /// 429 or 503, with the header that CORS hides.
    pub(super) fn throttled(status: u16, retry_after: u32) -> Self {
        let (code, message) = match status {
            429 => ("TooManyRequests", "The request has been throttled"),
            _ => ("serviceNotAvailable", "The service is temporarily unavailable."),
        };
        Self::new(status, code, message).header("Retry-After", retry_after.to_string())
    }

    /// The answer. The key of inner errors appears in two spellings, and so it does here.
    pub(super) fn answer(self, now: Moment) -> Answer {
        let request_id = guid(&format!("request {now} {}", self.message));
        let mut inner = json!({
            "date": now.to_string().trim_end_matches('Z'),
            "request-id": request_id,
            "client-request-id": request_id,
        });
        let mut codes = self.inner.iter().rev();
        let mut nested: Option<Value> = codes.next().map(|code| json!({ "code": code }));
        for code in codes {
            nested = Some(json!({ "code": code, "innererror": nested }));
        }
        if let (Some(Value::Object(nested)), Some(fields)) = (nested, inner.as_object_mut()) {
            fields.extend(nested);
        }
        let key = if self.inner.len() > 1 { "innererror" } else { "innerError" };
        let body = json!({ "error": { "code": self.code, "message": self.message, key: inner } });
        Answer { status: self.status, headers: self.headers, body }
    }
}
