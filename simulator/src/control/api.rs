//! The calls about Kaltura and the site, and the state of everything.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{kaltura, microsoft};
use crate::kaltura::ApiError;
use crate::mediaspace::Site;

/// What the page shows.
pub(super) async fn state(State(site): State<Arc<Site>>) -> Json<Value> {
    let entries: Vec<Value> = site.kaltura.entries().iter().rev().map(kaltura::describe).collect();
    let calls: Vec<Value> = site
        .kaltura
        .calls()
        .iter()
        .rev()
        .take(50)
        .map(|call| json!({"call": format!("{}.{}", call.service, call.action), "error": call.error}))
        .collect();
    Json(json!({
        "kaltura": {
            "faults": site.kaltura.faults(),
            "switches": site.kaltura.switches(),
            "codes": ApiError::codes().collect::<Vec<_>>(),
            "entries": entries,
            "calls": calls,
        },
        "site": site.settings(),
        "microsoft": microsoft::state(&site),
    }))
}

/// Everything as at the start: settings, faults, entries.
pub(super) async fn reset(State(site): State<Arc<Site>>) -> StatusCode {
    site.reset();
    site.kaltura.reset();
    microsoft::reset(&site);
    StatusCode::NO_CONTENT
}

/// Puts members over the site's settings; `null` takes one away.
pub(super) async fn set_site(
    State(site): State<Arc<Site>>,
    Json(members): Json<Map<String, Value>>,
) -> StatusCode {
    for (name, value) in members {
        site.set(&name, value);
    }
    StatusCode::NO_CONTENT
}

pub(super) async fn reset_site(State(site): State<Arc<Site>>) -> StatusCode {
    site.reset();
    StatusCode::NO_CONTENT
}
