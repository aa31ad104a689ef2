//! The actions on entries (SRV `MediaService.php`, `KalturaEntryService.php`).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::entry::{Entry, EntryKind, EntryStatus, TEXTS};
use super::error::ApiError;
use super::filter::{Filter, page};
use super::import;
use super::kaltura::{Kaltura, now};
use super::request::{Call, text_of};
use super::resource::UrlResource;
use super::rules::{check_permissions, kind_of, object_type};
use super::service::Service;
use super::session::Session;

/// The one conversion profile there is, beside the default (-1, 0 or none).
const CONVERSION_PROFILE: &str = "123";

/// `add`: an entry without content, status 7.
pub(super) fn add(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
) -> Result<Value, ApiError> {
    let parameter = if service == Service::Documents { "documentEntry" } else { "entry" };
    let Some(Value::Object(given)) = call.parameters.get(parameter) else {
        return Err(ApiError::new("MISSING_MANDATORY_PARAMETER", &[parameter]));
    };
    let kind = kind_of(service, given)?;
    check_permissions(kaltura, session, given, object_type(kind))?;
    let text = |name: &str| given.get(name).and_then(text_of).filter(|text| !text.is_empty());
    if let Some(profile) = text("conversionProfileId")
        && !matches!(profile.as_str(), "-1" | "0" | CONVERSION_PROFILE)
    {
        return Err(ApiError::new("CONVERSION_PROFILE_ID_NOT_FOUND", &[&profile]));
    }
    let mut state = kaltura.state();
    state.created += 1;
    let entry = Entry {
        id: entry_id(state.created),
        name: text("name").unwrap_or_else(|| "Untitled".to_owned()),
        kind,
        reference_id: text("referenceId"),
        user_id: text("userId").unwrap_or_else(|| session.user_id.clone()),
        texts: TEXTS.iter().filter_map(|name| Some((*name, text(name)?))).collect(),
        status: EntryStatus::NoContent,
        created_at: now(),
        updated_at: now(),
        import: None,
        duration: None,
        thumbnail: None,
        content: None,
    };
    let value = wire(kaltura, session, &entry);
    state.entries.push(entry);
    Ok(value)
}

/// `addContent` and `updateContent`: queues the import job.
pub(super) fn add_content(
    kaltura: &Arc<Kaltura>,
    service: Service,
    session: &Session,
    call: &Call,
    replace: bool,
) -> Result<Value, ApiError> {
    let mut entry = find(kaltura, service, call)?;
    may_edit(session, &entry)?;
    if service == Service::BaseEntry && matches!(entry.kind, EntryKind::Document(_)) {
        return Err(ApiError::new("ENTRY_TYPE_NOT_SUPPORTED", &["10"]));
    }
    if entry.status != EntryStatus::NoContent && !replace {
        return Err(ApiError::new("ENTRY_ALREADY_WITH_CONTENT", &[]));
    }
    let mut resource = UrlResource::parse(call.parameters.get("resource"))?;
    if entry.kind == EntryKind::Media(2) && !resource.force_async_download {
        // Downloaded within the request, and then urlHeaders count for nothing (attachUrlResource).
        resource.headers.clear();
    }
    entry.status = EntryStatus::Import;
    entry.updated_at = now();
    let drawn = {
        let mut state = kaltura.state();
        if let Some(kept) = state.entries.iter_mut().find(|kept| kept.id == entry.id) {
            *kept = entry.clone();
        }
        state.faults.draw_import()
    };
    tokio::spawn(import::run(Arc::clone(kaltura), entry.id.clone(), resource, drawn));
    Ok(wire(kaltura, session, &entry))
}

/// `get`.
pub(super) fn get(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
) -> Result<Value, ApiError> {
    Ok(wire(kaltura, session, &find(kaltura, service, call)?))
}

/// `list`: a user sees only entries of their own.
pub(super) fn list(kaltura: &Kaltura, service: Service, session: &Session, call: &Call) -> Value {
    let none = Map::new();
    let members = match call.parameters.get("filter") {
        Some(Value::Object(members)) => members,
        _ => &none,
    };
    let filter = Filter(members);
    let mut entries: Vec<Entry> = kaltura
        .entries()
        .into_iter()
        .filter(|entry| entry.status != EntryStatus::Deleted)
        .filter(|entry| fits(service, entry.kind))
        .filter(|entry| session.may_list_all() || entry.user_id == session.user_id)
        .filter(|entry| filter.accepts(entry))
        .collect();
    filter.sort(&mut entries);
    let objects: Vec<Value> = page(&entries, call.parameters.get("pager"))
        .iter()
        .map(|entry| wire(kaltura, session, entry))
        .collect();
    let object_type = match service {
        Service::Media => "KalturaMediaListResponse",
        Service::BaseEntry => "KalturaBaseEntryListResponse",
        Service::Documents => "KalturaDocumentListResponse",
    };
    json!({"objects": objects, "totalCount": entries.len(), "objectType": object_type})
}

/// `update`: texts and the name.
pub(super) fn update(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
) -> Result<Value, ApiError> {
    let mut entry = find(kaltura, service, call)?;
    may_edit(session, &entry)?;
    let given =
        ["mediaEntry", "baseEntry", "documentEntry"].iter().find_map(|name| call.parameters.get(*name));
    let Some(Value::Object(given)) = given else {
        return Err(ApiError::new("MISSING_MANDATORY_PARAMETER", &["mediaEntry"]));
    };
    check_permissions(kaltura, session, given, object_type(entry.kind))?;
    if let Some(name) = given.get("name").and_then(text_of) {
        entry.name = name;
    }
    for name in TEXTS {
        if let Some(text) = given.get(name).and_then(text_of) {
            entry.texts.retain(|(key, _)| *key != name);
            entry.texts.push((name, text));
        }
    }
    replace(kaltura, &entry);
    Ok(wire(kaltura, session, &entry))
}

/// `delete`.
pub(super) fn delete(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
) -> Result<Value, ApiError> {
    let mut entry = find(kaltura, service, call)?;
    may_edit(session, &entry)?;
    entry.status = EntryStatus::Deleted;
    replace(kaltura, &entry);
    Ok(Value::Null)
}

fn replace(kaltura: &Kaltura, entry: &Entry) {
    if let Some(kept) = kaltura.state().entries.iter_mut().find(|kept| kept.id == entry.id) {
        *kept = entry.clone();
    }
}

fn wire(kaltura: &Kaltura, session: &Session, entry: &Entry) -> Value {
    entry.to_value(kaltura.partner_id(), kaltura.service_url(), session.may_edit_admin_tags())
}

fn fits(service: Service, kind: EntryKind) -> bool {
    match service {
        Service::BaseEntry => true,
        Service::Media => matches!(kind, EntryKind::Media(_)),
        Service::Documents => matches!(kind, EntryKind::Document(_)),
    }
}

fn find(kaltura: &Kaltura, service: Service, call: &Call) -> Result<Entry, ApiError> {
    let id =
        call.text("entryId").ok_or_else(|| ApiError::new("MISSING_MANDATORY_PARAMETER", &["entryId"]))?;
    kaltura
        .entry(&id)
        .filter(|entry| entry.status != EntryStatus::Deleted && fits(service, entry.kind))
        .ok_or_else(|| ApiError::new("ENTRY_ID_NOT_FOUND", &[&id]))
}

/// `@validateUser entry entryId edit`: another's entry is as if it were not there.
fn may_edit(session: &Session, entry: &Entry) -> Result<(), ApiError> {
    if session.may_edit(&entry.user_id) {
        Ok(())
    } else {
        Err(ApiError::new("ENTRY_ID_NOT_FOUND", &[&entry.id]))
    }
}

/// `1_` and eight characters that look drawn at random and are not.
fn entry_id(number: u64) -> String {
    let mut word = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let mut id = String::from("1_");
    for _ in 0..8 {
        id.push(char::from_digit((word % 36) as u32, 36).unwrap_or('0'));
        word /= 36;
    }
    id
}
