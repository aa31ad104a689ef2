//! The host pages' routes.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use crate::mediaspace::Site;
use crate::page;

/// The host pages, the same under every origin that serves them.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(site: &Site) -> Router<S> {
    let config = json!({
        "picker": site.origins.mediaspace,
        "graph": site.origins.graph_base(),
        "control": format!("{}/control/api", site.origins.mediaspace),
        "applicationId": site.application_id(),
    });
    Router::new()
        .route("/hosts", get(index))
        .route("/hosts/", get(index))
        .route("/hosts/{name}", get(move |Path(name): Path<String>| async move { file(&name, &config) }))
}

async fn index() -> Response {
    page::file("index.html", include_str!("../../pages/hosts/index.html"))
}

fn file(name: &str, config: &Value) -> Response {
    let mediaspace = config.get("picker").and_then(Value::as_str).unwrap_or_default();
    let html =
        |text: &str| page::html(page::inject(&text.replace("{mediaspace}", mediaspace), "config", config));
    // The pages of the host kit are as strict as a page can be: the kit has to live with that.
    let strict = |text: &str| {
        let policy = format!(
            "default-src 'none'; script-src 'self' {mediaspace}; style-src 'self'; img-src 'self'; \
             connect-src 'self' {mediaspace}; frame-src {mediaspace}; base-uri 'none'; form-action 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'"
        );
        page::with_header(html(text), header::CONTENT_SECURITY_POLICY, &policy)
    };
    match name {
        "v8.html" => html(include_str!("../../pages/hosts/v8.html")),
        "v72.html" => strict(include_str!("../../pages/hosts/v72.html")),
        "element.html" => strict(include_str!("../../pages/hosts/element.html")),
        "v8.js" => page::file(name, include_str!("../../pages/hosts/v8.js")),
        "quirks.js" => page::file(name, include_str!("../../pages/hosts/quirks.js")),
        "v72.js" => page::file(name, include_str!("../../pages/hosts/v72.js")),
        "element.js" => page::file(name, include_str!("../../pages/hosts/element.js")),
        "hosts.css" => page::file(name, include_str!("../../pages/hosts/hosts.css")),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
