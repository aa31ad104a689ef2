//! The page of the picker at its three addresses, for GET and POST.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::policy::policy;
use super::settings;
use super::site::Site;
use crate::page;

/// The longest body, in bytes, that is taken to its end.
const LIMIT: usize = 8 << 20;

/// The picker. A POST's body, with a token in it perhaps, is taken to its end and thrown away, as web servers do: a
/// connection that ends with bytes unread is reset, and the answer may be lost with it (RFC 9112, section 9.6).
pub(super) async fn picker(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    drop(to_bytes(body, LIMIT).await);
    serve(&site, "index.html", &uri, &headers).await
}

/// The set-up assistant.
pub(super) async fn setup(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    serve(&site, "setup.html", &uri, &headers).await
}

/// The settings as a file, for pages that have none written into them.
pub(super) async fn settings_file(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    match settings::text_of(settings::layered(&site, &uri, &headers)) {
        Some(text) => {
            ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], text)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn serve(site: &Site, name: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    let Ok(text) = tokio::fs::read_to_string(site.dist.join(name)).await else {
        let hint = format!("{name} is not there yet: cargo xtask build makes it.");
        return (StatusCode::SERVICE_UNAVAILABLE, hint).into_response();
    };
    let settings = settings::layered(site, uri, headers);
    let policy = policy(&text, &settings, &site.origins);
    let text = match settings::text_of(settings) {
        Some(settings) => page::inject_text(&text, "onedrive-settings", &settings),
        None => text,
    };
    // No COOP, or the host would lose its window; no X-Frame-Options, it cannot name hosts.
    let response = page::with_header(page::html(text), header::CONTENT_SECURITY_POLICY, &policy);
    let response = page::with_header(response, header::REFERRER_POLICY, "no-referrer");
    // A site may forbid requests that block the page (XMLHttpRequest, "sync-xhr" in Permissions Policy).
    let permissions = header::HeaderName::from_static("permissions-policy");
    let response = page::with_header(response, permissions, "sync-xhr=()");
    page::with_header(response, header::X_CONTENT_TYPE_OPTIONS, "nosniff")
}
