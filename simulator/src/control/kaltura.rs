//! The calls about Kaltura: switches, faults, sessions, entries, links, and the clock.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::microsoft::merged;
use crate::drive::{TestFile, test_link};
use crate::kaltura::{Entry, EntryKind, Faults, NewEntry, NewSession, Switches};
use crate::mediaspace::Site;

/// Sets all faults; those not named go back to what they were at the start.
pub(super) async fn set_faults(State(site): State<Arc<Site>>, Json(faults): Json<Faults>) -> StatusCode {
    site.kaltura.change_faults(|current| *current = faults);
    StatusCode::NO_CONTENT
}

pub(super) async fn switches(State(site): State<Arc<Site>>) -> Json<Switches> {
    Json(site.kaltura.switches())
}

pub(super) async fn set_switches(
    State(site): State<Arc<Site>>,
    Json(members): Json<Map<String, Value>>,
) -> StatusCode {
    let Some(switches) = merged(&site.kaltura.switches(), members) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    site.kaltura.switch(|current| *current = switches);
    StatusCode::NO_CONTENT
}

pub(super) async fn start_session(
    State(site): State<Arc<Site>>,
    Json(session): Json<NewSession>,
) -> Json<Value> {
    Json(json!({ "ks": site.kaltura.start(session) }))
}

pub(super) async fn expire_sessions(State(site): State<Arc<Site>>) -> StatusCode {
    site.kaltura.expire_sessions();
    StatusCode::NO_CONTENT
}

pub(super) async fn calls(State(site): State<Arc<Site>>) -> Json<Value> {
    Json(json!(site.kaltura.calls()))
}

pub(super) async fn entries(State(site): State<Arc<Site>>) -> Json<Value> {
    Json(site.kaltura.entries().iter().map(describe).collect())
}

/// An entry with all that a test or a person may want to know.
pub(super) fn describe(entry: &Entry) -> Value {
    let (document, media_type) = match entry.kind {
        EntryKind::Media(number) => (false, number),
        EntryKind::Document(number) => (true, number),
    };
    json!({
        "id": entry.id,
        "name": entry.name,
        "userId": entry.user_id,
        "creatorId": entry.creator_id,
        "referenceId": entry.reference_id,
        "status": entry.status.number(),
        "moderationStatus": entry.moderation,
        "tags": entry.text("tags"),
        "adminTags": entry.text("adminTags"),
        "description": entry.text("description"),
        "conversionProfileId": entry.text("conversionProfileId"),
        "partnerSortValue": entry.text("partnerSortValue"),
        "application": entry.text("application"),
        "categories": entry.categories,
        "document": document,
        "mediaType": media_type,
        "source": entry.source,
        "hasContent": entry.has_content(),
        "extension": entry.extension,
        "captions": entry.captions,
        "metadata": entry.metadata.iter().map(|(_, xml)| xml).collect::<Vec<_>>(),
        "createdAt": entry.created_at,
        "import": entry.import,
    })
}

pub(super) async fn add_entries(
    State(site): State<Arc<Site>>,
    Json(entries): Json<Vec<NewEntry>>,
) -> Json<Vec<String>> {
    Json(entries.into_iter().map(|entry| site.kaltura.add_entry(entry)).collect())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Moderate {
    entry_id: String,
    approve: bool,
}

pub(super) async fn moderate(State(site): State<Arc<Site>>, Json(moderate): Json<Moderate>) -> StatusCode {
    if site.kaltura.moderate(&moderate.entry_id, moderate.approve) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Links {
    files: Vec<TestFile>,
    #[serde(default = "an_hour")]
    lifetime_seconds: u64,
}

fn an_hour() -> u64 {
    3_600
}

pub(super) async fn links(State(site): State<Arc<Site>>, Json(links): Json<Links>) -> Json<Vec<String>> {
    let expires = site.kaltura.clock().now() + links.lifetime_seconds * 1_000;
    let link = |file: &TestFile| test_link(&site.origins.downloads, file, expires);
    Json(links.files.iter().map(link).collect())
}

/// The time, when something happens next, and how many requests came and wait. Answers once nothing runs.
pub(super) async fn clock(State(site): State<Arc<Site>>) -> Json<Value> {
    Json(read_clock(&site).await)
}

async fn read_clock(site: &Site) -> Value {
    site.kaltura.clock().idle().await;
    let (requests, held) = site.kaltura.requests();
    json!({"now": site.kaltura.clock().now(), "next": site.kaltura.next_due(), "requests": requests, "held": held})
}

/// How far to move the clock.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Advance {
    Seconds(u64),
    Milliseconds(u64),
    To(u64),
}

pub(super) async fn advance(State(site): State<Arc<Site>>, Json(by): Json<Advance>) -> Json<Value> {
    let clock = site.kaltura.clock();
    let target = match by {
        Advance::Seconds(seconds) => clock.now() + seconds * 1_000,
        Advance::Milliseconds(milliseconds) => clock.now() + milliseconds,
        Advance::To(target) => target,
    };
    clock.advance_to(target).await;
    Json(read_clock(&site).await)
}
