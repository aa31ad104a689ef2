//! Redeeming a code.

use crate::auth::testing::{ACCESS_TOKEN, CLIENT_ID, SCOPE, authority, client_id, ok};
use crate::auth::*;
use crate::web::{Method, Response};
use serde_json::json;

#[test]
fn sends_the_verifier_and_no_secret() {
    let verifier = CodeVerifier::from_random(&[3; 32]);
    let request = build_token_request(&TokenRequest {
        authority: &authority("organizations"),
        client_id: &client_id(),
        redirect_uri: "https://media.example/back",
        scopes: &Scopes::new("https://graph.microsoft.com", FilesAccess::All),
        code: &AuthorizationCode::new("a code&x=1".into()).unwrap(),
        verifier: &verifier,
    });
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.url, "https://login.example/organizations/oauth2/v2.0/token");
    assert_eq!(
        request.headers,
        [("content-type", "application/x-www-form-urlencoded;charset=utf-8".to_owned())]
    );
    let body = request.body.unwrap();
    assert!(
        body.starts_with(&format!(
            "client_id={CLIENT_ID}&grant_type=authorization_code&code=a%20code%26x%3D1&"
        ))
    );
    assert!(body.contains(&format!("&code_verifier={}&", verifier.secret())));
    assert!(!body.contains("client_secret"));
}

#[test]
fn takes_both_tokens() {
    let answer = json!({"access_token": ACCESS_TOKEN, "id_token": "a.b.c", "token_type": "Bearer", "expires_in": 3599, "scope": SCOPE, "ext_expires_in": 3599});
    assert!(parse_token_response(&ok(&answer)).is_ok());
}

#[test]
fn refuses_what_is_missing_or_wrong() {
    let good = json!({"access_token": ACCESS_TOKEN, "id_token": "a.b.c", "token_type": "Bearer", "expires_in": 3599, "scope": SCOPE});
    for (name, value, code) in [
        ("access_token", json!(null), "access_token_missing"),
        ("id_token", json!(null), "id_token_missing"),
        ("token_type", json!("mac"), "token_type_not_bearer"),
        ("expires_in", json!(null), "lifetime_malformed"),
        ("expires_in", json!(0), "lifetime_malformed"),
        ("expires_in", json!("3599"), "token_endpoint_malformed"),
        ("access_token", json!(7), "token_endpoint_malformed"),
    ] {
        let mut answer = good.clone();
        answer[name] = value;
        assert_eq!(parse_token_response(&ok(&answer)).unwrap_err().code(), code, "{name}");
    }
}

#[test]
fn reads_a_refusal() {
    let body = json!({
        "error": "invalid_request", "error_description": "AADSTS9002326: Cross-origin token redemption <b>…</b>",
        "error_codes": [9_002_326], "timestamp": "2026-11-23 05:55:00Z",
        "trace_id": "11111111-2222-3333-4444-555555555555", "correlation_id": "66666666-7777-8888-9999-000000000000"
    });
    let response = Response { status: 400, headers: Vec::new(), body: body.to_string() };
    let error = parse_token_response(&response).unwrap_err();
    assert_eq!(error.problem(), Some(Problem::SinglePagePlatformMissing));
    let provider_error = error.provider_error().unwrap();
    assert_eq!(provider_error.timestamp.as_deref(), Some("2026-11-23 05:55:00Z"));
    assert_eq!(
        provider_error.correlation_id.as_ref().unwrap().as_str(),
        "66666666-7777-8888-9999-000000000000"
    );
}

#[test]
fn refuses_garbage_by_its_status() {
    for (status, body, code) in [
        (500, "<html>", "token_endpoint_failed"),
        (429, "", "token_endpoint_failed"),
        (400, "{}", "token_endpoint_failed"),
        (200, "<html>", "token_endpoint_malformed"),
    ] {
        let response = Response { status, headers: Vec::new(), body: body.into() };
        assert_eq!(parse_token_response(&response).unwrap_err().code(), code, "{status}");
    }
    let huge = Response { status: 200, headers: Vec::new(), body: " ".repeat(2_000_000) };
    assert_eq!(parse_token_response(&huge).unwrap_err().code(), "response_too_large");
}
