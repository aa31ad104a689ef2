//! The control page's calls, as the page makes them.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::kaltura::Failure;
use crate::{Options, Running, Simulator};

async fn send(running: &Running, method: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(format!("/control/api/{path}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = router::<()>(running.site().clone()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn switches_everything_and_sets_everything_back() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    let faults = json!({"imports": {"percent": 30, "seed": 7, "failure": "converting"}, "calls": [{"answer": "lost", "skip": 2}]});
    for (method, path, body) in [
        ("PUT", "site", json!({"userRole": "viewerRole"})),
        ("PUT", "kaltura/faults", faults),
        ("PUT", "kaltura/switches", json!({"moderation": true, "session": "reference_role"})),
        ("PUT", "kaltura/switches", json!({"rate_limit": {"calls": 20, "window_ms": 10_000}})),
        ("POST", "kaltura/expire-sessions", json!({})),
        ("PUT", "microsoft/switches", json!({"link_lifetime": 5})),
        (
            "PUT",
            "microsoft/switches",
            json!({"largest_top": 200, "bytes_per_second": 200_000, "latency": 100}),
        ),
        ("POST", "microsoft/faults", json!({"kind": {"throttled": {"retry_after": 8}}, "times": 3})),
        ("POST", "microsoft/faults", json!({"kind": "html_page", "party": "downloads"})),
        ("POST", "microsoft/revoke", json!({})),
        ("POST", "microsoft/rotate-keys", json!({})),
        ("POST", "microsoft/end-sessions", json!({})),
        ("PUT", "microsoft/token-fault", json!({"fault": "wrong_nonce"})),
        ("PUT", "microsoft/registration", json!({"enableIdTokenIssuance": false})),
    ] {
        assert_eq!(send(&running, method, path, &body).await.0, StatusCode::NO_CONTENT, "{path}");
    }
    assert_eq!(running.kaltura().faults().imports.unwrap().failure, Failure::Converting);
    assert_eq!(running.world().switches().link_lifetime, 5);
    assert_eq!(running.world().switches().largest_top, Some(200));
    let state = send(&running, "GET", "state", &json!({})).await.1;
    assert_eq!(state["site"]["userRole"], "viewerRole");
    assert_eq!(state["kaltura"]["switches"]["moderation"], true);
    assert_eq!(state["kaltura"]["switches"]["rate_limit"]["calls"], 20);
    assert_eq!(state["microsoft"]["registration"]["enableIdTokenIssuance"], false);

    assert_eq!(send(&running, "POST", "reset", &json!({})).await.0, StatusCode::NO_CONTENT);
    let state = send(&running, "GET", "state", &json!({})).await.1;
    assert_eq!(state["site"]["userRole"], "adminRole");
    assert_eq!(state["kaltura"]["faults"]["imports"], Value::Null);
    assert_eq!(state["kaltura"]["switches"]["session"], "plain_user");
    assert_eq!(state["microsoft"]["registration"]["enableIdTokenIssuance"], true);
    assert_eq!(state["microsoft"]["switches"]["link_lifetime"], 300);
}

#[tokio::test]
async fn refuses_what_is_no_switch() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    for (method, path, body) in [
        ("PUT", "microsoft/switches", json!({"link_lifetime": "soon"})),
        ("PUT", "microsoft/registration", json!({"signInAudience": "everybody"})),
        ("POST", "microsoft/faults", json!({"kind": "earthquake"})),
        ("PUT", "kaltura/faults", json!({"imports": 7})),
        ("PUT", "kaltura/switches", json!({"session": "king"})),
        ("PUT", "kaltura/switches", json!({"moderatoin": true})),
    ] {
        assert_eq!(send(&running, method, path, &body).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}

#[tokio::test]
async fn gives_a_host_a_token_that_graph_knows() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    let answer = send(&running, "POST", "token", &json!({})).await.1;
    let token = running.world().directory().access_token(answer["access_token"].as_str().unwrap()).unwrap();
    assert_eq!(token.username, running.world().accounts().first().unwrap().username);
    assert_eq!(token.scopes, ["Files.Read.All", "User.Read"]);
}
