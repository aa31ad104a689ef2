//! From an answer to the error it stands for (reference: Graph error responses; section "Errors").

use serde_json::Value;

use super::challenge::claims_of;
use super::{GraphError, Trace};
use crate::graph::json;
use crate::web::Response;

/// Nested inner errors beyond this are not looked at.
const DEPTH: usize = 8;

/// Codes that say more than the status; others are kept for support only.
const KNOWN_CODES: [&str; 27] = [
    "accessDenied",
    "activityLimitReached",
    "Authorization_RequestDenied",
    "BadRequest",
    "generalException",
    "insufficient_claims",
    "InvalidAuthenticationToken",
    "invalidRange",
    "invalidRequest",
    "itemDoesNotExist",
    "itemNotFound",
    "malwareDetected",
    "nameAlreadyExists",
    "notAllowed",
    "notSupported",
    "quotaLimitReached",
    "Request_BadRequest",
    "ResourceNotFound",
    "resourceLocked",
    "resourceModified",
    "resyncRequired",
    "serviceNotAvailable",
    "throttledRequest",
    "TooManyRequests",
    "tooManyRequests",
    "unauthenticated",
    "virusSuspicious",
];

impl GraphError {
    /// What an answer without success stands for.
    pub fn of_response(response: &Response) -> Self {
        let body = serde_json::from_str(&response.body).unwrap_or(Value::Null);
        let header = |name: &str| response.header(name);
        Self::of_parts(response.status, &header, &body)
    }

    /// A success whose body cannot be read.
    pub(in crate::graph) fn malformed(response: &Response) -> Self {
        let header = |name: &str| response.header(name);
        Self::Malformed(trace_of(response.status, &header, &Value::Null))
    }

    /// The same for a part of a `$batch` answer, whose headers and body are JSON.
    pub(in crate::graph) fn of_parts<'a>(
        status: u16,
        header: &dyn Fn(&str) -> Option<&'a str>,
        body: &Value,
    ) -> Self {
        let trace = trace_of(status, header, body);
        let retry_after = header("retry-after").and_then(|seconds| seconds.trim().parse().ok());
        let message = json::text(body, &["error", "message"]).unwrap_or_default();
        let claims = || header("www-authenticate").and_then(claims_of);
        match (status, trace.service_code.as_str()) {
            (200..=299, _) => Self::Malformed(trace),
            (401, _) => Self::Unauthorized { claims: claims(), trace },
            (403, "insufficient_claims") => Self::Unauthorized { claims: claims(), trace },
            (_, "malwareDetected" | "virusSuspicious") => Self::Malware(trace),
            (429 | 509, _) => Self::Throttled { retry_after, trace },
            (_, "activityLimitReached" | "TooManyRequests" | "tooManyRequests" | "throttledRequest") => {
                Self::Throttled { retry_after, trace }
            }
            (403, _) => match claims() {
                Some(claims) => Self::Unauthorized { claims: Some(claims), trace },
                None => Self::Forbidden(trace),
            },
            (404, _) if message.contains("mysite") => Self::NotProvisioned(trace),
            (400 | 403..=404, _) if message.contains("SPO license") => Self::NoLicence(trace),
            (_, "resyncRequired") => Self::ResyncRequired(trace),
            (404 | 410, _) => Self::NotFound(trace),
            (423, _) | (_, "resourceLocked") => Self::Locked(trace),
            (405 | 501, _) | (_, "notSupported") => Self::NotSupported(trace),
            (408 | 500..=599, _) => Self::Unavailable { retry_after, trace },
            _ => Self::BadRequest(trace),
        }
    }
}

fn trace_of<'a>(status: u16, header: &dyn Fn(&str) -> Option<&'a str>, body: &Value) -> Trace {
    let error = body.get("error").unwrap_or(&Value::Null);
    let inner = inner_error(error).unwrap_or(&Value::Null);
    let request_id = json::text(inner, &["request-id"]).or_else(|| header("request-id"));
    let date = json::text(inner, &["date"]).or_else(|| header("date"));
    Trace {
        status,
        service_code: clip(deepest_code(error)),
        request_id: clip(request_id.unwrap_or_default()),
        date: clip(date.unwrap_or_default()),
    }
}

/// The deepest code that is known; failing that the outermost one, known or not.
fn deepest_code(error: &Value) -> &str {
    let mut code = json::text(error, &["code"]).unwrap_or_default();
    let mut level = error;
    for _ in 0..DEPTH {
        let Some(inner) = inner_error(level) else { break };
        level = inner;
        let deeper = json::text(level, &["code"]).unwrap_or_default();
        if code.is_empty() || KNOWN_CODES.contains(&deeper) {
            code = deeper;
        }
    }
    code
}

/// Graph writes the key in both ways.
fn inner_error(error: &Value) -> Option<&Value> {
    error.get("innerError").or_else(|| error.get("innererror")).filter(|inner| inner.is_object())
}

/// Keeps what a code, an id or a date is made of, at a length that a person would still copy.
fn clip(text: &str) -> String {
    let fits = |character: &char| {
        character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | ':' | '.' | ',' | ' ' | '+')
    };
    text.chars().filter(fits).take(64).collect()
}
