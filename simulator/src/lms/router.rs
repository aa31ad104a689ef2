//! The course's routes.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

use crate::mediaspace::{self, Site};
use crate::{hosts, page};

/// The course page, and the host pages and the kit under an origin that is another site than MediaSpace.
pub(crate) fn router(site: &Site) -> Router {
    let config = json!({"mediaspace": site.origins.mediaspace});
    let course = move || async move {
        page::html(page::inject(include_str!("../../pages/lms/course.html"), "config", &config))
    };
    Router::new()
        .route("/", get(course))
        .route("/favicon.ico", get(page::icon))
        .route("/site/{name}", get(file))
        .merge(hosts::router(site))
        .nest_service("/host", mediaspace::kit(site))
}

async fn file(Path(name): Path<String>) -> Response {
    match name.as_str() {
        "course.css" => page::file(&name, include_str!("../../pages/lms/course.css")),
        "course.js" => page::file(&name, include_str!("../../pages/lms/course.js")),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
