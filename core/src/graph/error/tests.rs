//! The statuses and codes of the reference, each with what it means here.

use super::*;
use crate::web::Response;

fn answer(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.to_owned() }
}

fn coded(status: u16, code: &str) -> Response {
    answer(status, &format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#))
}

#[test]
fn judges_by_status_and_code() {
    for (response, expected) in [
        (coded(401, "InvalidAuthenticationToken"), "unauthorized"),
        (coded(403, "accessDenied"), "forbidden"),
        (coded(403, "Authorization_RequestDenied"), "forbidden"),
        (coded(403, "insufficient_claims"), "unauthorized"),
        (coded(404, "itemNotFound"), "not_found"),
        (coded(410, "resyncRequired"), "resync_required"),
        (coded(410, "itemNotFound"), "not_found"),
        (coded(400, "invalidRequest"), "bad_request"),
        (coded(405, "Request_BadRequest"), "not_supported"),
        (coded(423, "notAllowed"), "locked"),
        (coded(429, "TooManyRequests"), "throttled"),
        (coded(503, "activityLimitReached"), "throttled"),
        (coded(503, "serviceNotAvailable"), "unavailable"),
        (coded(500, "generalException"), "unavailable"),
        (coded(501, "notSupported"), "not_supported"),
        (coded(509, ""), "throttled"),
        (coded(403, "malwareDetected"), "malware"),
        (answer(502, "<html>Bad gateway</html>"), "unavailable"),
        (answer(404, ""), "not_found"),
        (answer(418, "[]"), "bad_request"),
    ] {
        assert_eq!(GraphError::of_response(&response).code(), expected, "{response:?}");
    }
}

#[test]
fn tells_a_missing_onedrive_and_a_missing_licence_from_a_missing_item() {
    let body = r#"{"error":{"code":"ResourceNotFound","message":"User's mysite not found."}}"#;
    assert_eq!(GraphError::of_response(&answer(404, body)).code(), "not_provisioned");
    let body = r#"{"error":{"code":"BadRequest","message":"Tenant does not have a SPO license."}}"#;
    assert_eq!(GraphError::of_response(&answer(400, body)).code(), "no_licence");
}

#[test]
fn takes_the_deepest_known_code_from_either_spelling() {
    for (body, expected) in [
        (r#"{"error":{"code":"itemNotFound","innerError":{"code":"itemDoesNotExist"}}}"#, "itemDoesNotExist"),
        (r#"{"error":{"code":"accessDenied","innererror":{"code":"neverHeardOf"}}}"#, "accessDenied"),
        (
            r#"{"error":{"code":"accessDenied","innererror":{"code":"x","innerError":{"code":"malwareDetected"}}}}"#,
            "malwareDetected",
        ),
        (r#"{"error":{"code":"","innerError":{"code":"somethingNew"}}}"#, "somethingNew"),
        (r#"{"error":{"code":7,"innerError":"text"}}"#, ""),
        (r#"{"error":"text"}"#, ""),
    ] {
        let error = GraphError::of_response(&answer(403, body));
        assert_eq!(error.trace().unwrap().service_code, expected, "{body}");
    }
}

#[test]
fn keeps_what_support_asks_for_and_nothing_else() {
    let body = r#"{"error":{"code":"itemNotFound","message":"secret https://host/path?token=1",
        "innerError":{"code":"itemDoesNotExist","date":"2026-02-13T10:17:06","request-id":"93b6f17e-<b>"}}}"#;
    let error = GraphError::of_response(&answer(404, body));
    assert_eq!(
        error.trace().unwrap(),
        &Trace {
            status: 404,
            service_code: "itemDoesNotExist".into(),
            request_id: "93b6f17e-b".into(),
            date: "2026-02-13T10:17:06".into(),
        }
    );
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
fn reads_retry_after_where_it_is_visible() {
    for (value, expected) in [("7", Some(7)), (" 120 ", Some(120)), ("Wed, 21 Oct 2026 07:28:00 GMT", None)] {
        let mut response = coded(429, "TooManyRequests");
        response.headers.push(("retry-after".into(), value.into()));
        assert_eq!(GraphError::of_response(&response).retry_after(), expected, "{value}");
    }
}

#[test]
fn finds_the_claims_challenge() {
    let mut response = coded(401, "InvalidAuthenticationToken");
    response.headers.push((
        "www-authenticate".into(),
        "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"".into(),
    ));
    for status in [401, 403] {
        response.status = status;
        let GraphError::Unauthorized { claims, .. } = GraphError::of_response(&response) else {
            panic!("not a challenge: {status}")
        };
        assert_eq!(claims.as_deref(), Some(r#"{"a":1}"#));
    }
}
