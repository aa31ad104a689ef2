//! The control page's routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};

use super::{api, kaltura, microsoft};
use crate::mediaspace::Site;
use crate::page;

/// The page at `/control` and its calls below `/control/api/`.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(site: Arc<Site>) -> Router<S> {
    let calls = Router::new()
        .route("/state", get(api::state))
        .route("/reset", post(api::reset))
        .route("/site", put(api::set_site).delete(api::reset_site))
        .route("/clock", get(kaltura::clock))
        .route("/clock/advance", post(kaltura::advance))
        .route("/links", post(kaltura::links))
        .route("/kaltura/faults", put(kaltura::set_faults))
        .route("/kaltura/switches", get(kaltura::switches).put(kaltura::set_switches))
        .route("/kaltura/sessions", post(kaltura::start_session))
        .route("/kaltura/expire-sessions", post(kaltura::expire_sessions))
        .route("/kaltura/entries", get(kaltura::entries).post(kaltura::add_entries))
        .route("/kaltura/moderate", post(kaltura::moderate))
        .route("/kaltura/calls", get(kaltura::calls))
        .route("/microsoft/switches", put(microsoft::set_switches))
        .route("/microsoft/faults", post(microsoft::add_fault).delete(microsoft::clear_faults))
        .route("/microsoft/advance", post(kaltura::advance))
        .route("/microsoft/revoke", post(microsoft::revoke))
        .route("/microsoft/rotate-keys", post(microsoft::rotate_keys))
        .route("/microsoft/end-sessions", post(microsoft::end_sessions))
        .route("/microsoft/token-fault", put(microsoft::set_token_fault))
        .route("/microsoft/registration", put(microsoft::change_registration))
        .route("/token", post(microsoft::issue_token))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), allow_the_course));
    Router::new()
        .route("/control", get(index))
        .route("/control/", get(index))
        .route("/control/{name}", get(file))
        .nest("/control/api", calls)
        .with_state(site)
}

async fn index() -> Response {
    page::file("control.html", include_str!("../../pages/control/control.html"))
}

async fn file(Path(name): Path<String>) -> Response {
    match name.as_str() {
        "control.css" => page::file(&name, include_str!("../../pages/control/control.css")),
        "control.js" => page::file(&name, include_str!("../../pages/control/control.js")),
        "kaltura.js" => page::file(&name, include_str!("../../pages/control/kaltura.js")),
        "microsoft.js" => page::file(&name, include_str!("../../pages/control/microsoft.js")),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Host pages at the course's origin ask for a token here, so that origin, and no other, may read answers.
async fn allow_the_course(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let preflight = request.method() == Method::OPTIONS;
    let response = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let response = page::with_header(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, &site.origins.lms);
    let response = page::with_header(response, header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type");
    page::with_header(response, header::CACHE_CONTROL, "no-store")
}
