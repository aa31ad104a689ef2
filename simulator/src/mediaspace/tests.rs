//! The site as a browser meets it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

use super::*;
use crate::{Options, Running, Simulator};

/// A simulator over a `dist/` of its own.
async fn start(name: &str) -> Running {
    let folder = std::env::temp_dir().join(format!("onedrive-simulator-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("index.html"),
        "<!doctype html><html><head><title>P</title></head><body></body>",
    )
    .unwrap();
    std::fs::write(folder.join("app-0123456789abcdef_bg.wasm"), b"\0asm").unwrap();
    std::fs::write(folder.join("app-0123456789abcdef_bg.wasm.br"), b"brotli").unwrap();
    Simulator::start(Options::for_tests(&folder, &folder)).await.unwrap()
}

async fn ask(running: &Running, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = router(Arc::clone(running.site())).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}

fn settings(page: &str) -> Value {
    let start = page.split_once("id=\"onedrive-settings\">").unwrap().1;
    serde_json::from_str(start.split_once("</script>").unwrap().0).unwrap()
}

#[tokio::test]
async fn serves_the_picker_at_its_three_addresses_by_get_and_post() {
    let running = start("three").await;
    for path in
        ["/onedrive/index/blank-page", "/_layouts/15/FilePicker.aspx?filePicker=%7B%7D", "/picker?locale=he"]
    {
        for method in [Method::GET, Method::POST] {
            let request =
                Request::builder().method(method).uri(path).body(Body::from("access_token=t")).unwrap();
            let (status, headers, page) = ask(&running, request).await;
            assert_eq!(
                (status, &headers["content-type"]),
                (StatusCode::OK, &"text/html; charset=utf-8".parse().unwrap())
            );
            let found = settings(&page);
            assert_eq!(found["graphBaseUrl"], format!("{}/v1.0", running.origins().graph));
            assert_eq!(found["hostOrigins"], json!([running.origins().mediaspace, running.origins().lms]));
            assert!(page.find("onedrive-settings").unwrap() < page.find("</head>").unwrap());
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert_eq!(policy, format!("frame-ancestors 'self' {}", running.origins().lms));
            assert_eq!(headers["cache-control"], "no-store");
            assert_eq!(headers["referrer-policy"], "no-referrer");
            assert!(
                !headers.contains_key("x-frame-options")
                    && !headers.contains_key("cross-origin-opener-policy")
            );
        }
    }
}

#[tokio::test]
async fn answers_a_long_post_whole_before_the_connection_ends() {
    let running = start("long").await;
    let address = running.origins().mediaspace.replace("http://localhost", "127.0.0.1");
    let head =
        "POST /picker HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4194304\r\n\r\n";
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&[b'x'; 4 << 20]).await.expect("nothing is reset while the body is under way");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("an end, not a reset");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn settings_come_from_the_site_then_the_cookie_then_the_address() {
    let running = start("layers").await;
    let seen = async |cookie: &str, query: &str| {
        let request =
            Request::get(format!("/picker{query}")).header("cookie", cookie).body(Body::empty()).unwrap();
        settings(&ask(&running, request).await.2)
    };
    assert_eq!(seen("", "").await["userRole"], "adminRole");
    running.site().set("userRole", "viewerRole");
    assert_eq!(seen("", "").await["userRole"], "viewerRole");
    let cookie = "a=b; sim=%7B%22userRole%22%3A%22emptyRole%22%7D";
    assert_eq!(seen(cookie, "").await["userRole"], "emptyRole");
    assert_eq!(seen(cookie, "?sim=%7B%22userRole%22:%22x%22%7D").await["userRole"], "x");
    assert_eq!(seen(cookie, "?sim=%7B%22userRole%22:null%7D").await["userRole"], Value::Null);
    running.site().reset();
    assert_eq!(seen("", "").await["userRole"], "adminRole");
}

#[tokio::test]
async fn a_whole_settings_text_can_be_wrong_or_missing() {
    let running = start("whole").await;
    let page = async || ask(&running, Request::get("/picker").body(Body::empty()).unwrap()).await.2;
    running.site().set("$settings", "{\"enabled\": </script>");
    assert!(page().await.contains("{\"enabled\": \\u003c/script></script>"));
    running.site().set("$settings", Value::Null);
    assert!(!page().await.contains("onedrive-settings"));
    let file =
        ask(&running, Request::get("/onedrive/index/onedrive-settings.json").body(Body::empty()).unwrap())
            .await;
    assert_eq!(file.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn serves_assets_for_ever_with_the_right_type_and_compressed() {
    let running = start("assets").await;
    let request =
        Request::get("/onedrive/index/app-0123456789abcdef_bg.wasm").header("accept-encoding", "gzip, br");
    let (status, headers, body) = ask(&running, request.body(Body::empty()).unwrap()).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "brotli"));
    assert_eq!(headers["content-type"], "application/wasm");
    assert_eq!(headers["content-encoding"], "br");
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    let (_, headers, _) =
        ask(&running, Request::get("/onedrive/index/index.html").body(Body::empty()).unwrap()).await;
    assert_eq!(headers["cache-control"], "no-cache");
}

#[tokio::test]
async fn my_media_carries_a_user_session_unless_nobody_is_signed_in() {
    let running = start("media").await;
    let page = async || ask(&running, Request::get("/my-media").body(Body::empty()).unwrap()).await.2;
    assert!(page().await.contains("\"ks\":\"djJ8"));
    running.site().set("userRole", "anonymousRole");
    assert!(page().await.contains("\"ks\":null"));
}

#[tokio::test]
async fn every_party_has_an_origin_of_its_own_until_it_is_dropped() {
    let running = start("origins").await;
    let origins = running.origins().clone();
    assert!(origins.mediaspace.starts_with("http://localhost:"));
    let mut all = vec![origins.identity, origins.graph, origins.kaltura, origins.downloads, origins.lms];
    assert!(all.iter().all(|origin| origin.starts_with("http://127.0.0.1:")));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 5);
    let address = running.my_media();
    assert!(reqwest::get(&address).await.unwrap().status().is_success());
    drop(running);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert!(reqwest::Client::new().get(&address).send().await.is_err());
}

#[tokio::test]
async fn a_strict_policy_names_every_party_and_stays_out_of_the_settings() {
    let running = start("policy").await;
    running.site().set("$csp", "strict");
    let (_, headers, page) = ask(&running, Request::get("/picker").body(Body::empty()).unwrap()).await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    for part in
        ["default-src 'none'", "'wasm-unsafe-eval'", &running.origins().graph, &running.origins().downloads]
    {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("trusted-types"));
    assert_eq!(settings(&page)["$csp"], Value::Null);
}
