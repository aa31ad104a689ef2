//! The site's routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};

use super::site::Site;
use super::{assets, my_media, picker_page};
use crate::{control, hosts, page};

/// The site, the picker, the host kit, the host pages, and the control page.
pub(crate) fn router(site: Arc<Site>) -> Router {
    // POST comes from hosts that were written for Microsoft's picker.
    let picker = || get(picker_page::picker).post(picker_page::picker);
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/my-media") }))
        .route("/my-media", get(my_media::my_media))
        .route("/favicon.ico", get(page::icon))
        .route("/site/{name}", get(file))
        .route("/onedrive/index/blank-page", picker())
        .route("/_layouts/15/FilePicker.aspx", picker())
        .route("/picker", picker())
        .route("/onedrive/index/setup", get(picker_page::setup))
        .route("/onedrive/index/onedrive-settings.json", get(picker_page::settings_file))
        .route("/onedrive-settings.json", get(picker_page::settings_file))
        .route("/_layouts/15/onedrive-settings.json", get(picker_page::settings_file))
        .nest_service("/onedrive/index/", assets::dist(&site))
        .nest_service("/host", assets::kit(&site))
        .merge(hosts::router(&site))
        .merge(control::router(Arc::clone(&site)))
        .fallback(any(|| async { (StatusCode::NOT_FOUND, "There is no such page here.") }))
        .with_state(site)
}

async fn file(Path(name): Path<String>) -> Response {
    match name.as_str() {
        "my-media.css" => page::file(&name, include_str!("../../pages/mediaspace/my-media.css")),
        "my-media.js" => page::file(&name, include_str!("../../pages/mediaspace/my-media.js")),
        "entries.js" => page::file(&name, include_str!("../../pages/mediaspace/entries.js")),
        "controls.js" => page::file(&name, include_str!("../../pages/mediaspace/controls.js")),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
