//! My Media: the entries of the person, and "+ Create".

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::settings;
use super::site::{Site, USER_ID};
use crate::page;

/// Where `cargo xtask demo` has the sample of an import on the server (`host-kit/server/node/demo.mjs`).
const IMPORT_SERVER: &str = "http://127.0.0.1:4186";

/// The page, with what a real site would write into it for this person.
pub(super) async fn my_media(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let settings = settings::layered(&site, &uri, &headers);
    let role = settings.get("userRole").and_then(Value::as_str).unwrap_or_default();
    let signed_in = !matches!(role, "" | "emptyRole" | "anonymousRole");
    let config = json!({
        "serviceUrl": site.kaltura.service_url(),
        "ks": signed_in.then(|| site.user_session()),
        "userId": USER_ID,
        "role": role,
        "enabled": settings.get("enabled"),
        "allowedRoles": settings.get("allowedRoles"),
        "lms": site.origins.lms,
    });
    let page =
        page::html(page::inject(include_str!("../../pages/mediaspace/my-media.html"), "site", &config));
    let kaltura = site.kaltura.service_url();
    let pictures = &site.origins.downloads;
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: {kaltura} {pictures}; \
         media-src {kaltura}; connect-src 'self' {kaltura} {IMPORT_SERVER}; frame-src 'self'; frame-ancestors 'self' {}; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
        site.origins.lms
    );
    page::with_header(page, header::CONTENT_SECURITY_POLICY, &policy)
}
