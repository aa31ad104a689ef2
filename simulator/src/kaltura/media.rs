//! The other actions on entries (SRV `api_v3/services/MediaService.php`, `BaseEntryService.php`).

use serde_json::{Map, Value, json};

use super::add::may_edit;
use super::entry::{Entry, EntryKind, EntryStatus, TEXTS, cut_name};
use super::error::ApiError;
use super::filter::{Filter, page};
use super::kaltura::Kaltura;
use super::request::{Call, Members, text_of};
use super::rules::{check, drop_unpermitted, object_type};
use super::service::{Headers, Service};
use super::session::Session;

/// `get`: reads the database.
pub(super) fn get(kaltura: &Kaltura, service: Service, call: &Call) -> Result<Value, ApiError> {
    Ok(wire(kaltura, &find(kaltura, service, call)?))
}

/// `baseEntry.getByIds`: reads the database, and leaves out what is missing (SRV `BaseEntryService.php` L459-483).
pub(super) fn get_by_ids(kaltura: &Kaltura, call: &Call) -> Result<Value, ApiError> {
    let ids = call.needed("entryIds")?;
    let entries = ids.split(',').filter_map(|id| kaltura.existing(id.trim()).ok());
    Ok(entries.map(|entry| wire(kaltura, &entry)).collect())
}

/// `list`. Whom it shows: see [`Filter`].
pub(super) fn list(kaltura: &Kaltura, service: Service, session: &Session, call: &Call) -> Value {
    let none = Map::new();
    let members = match call.parameters.get("filter") {
        Some(Value::Object(members)) => members,
        _ => &none,
    };
    let filter = Filter(Members(members));
    super::colleague::meet(kaltura, service, &filter.references());
    let now = kaltura.now();
    let wanted = |entry: &&Entry| {
        entry.status != EntryStatus::Deleted
            && fits(service, entry.kind)
            && filter.shows(session, entry)
            && filter.accepts(entry)
    };
    let mut entries: Vec<Entry> = {
        let state = kaltura.state();
        if filter.is_by_id() {
            state.entries.all().iter().filter(wanted).cloned().collect()
        } else {
            state.entries.indexed(now).filter(wanted).cloned().collect()
        }
    };
    filter.sort(&mut entries);
    let objects: Vec<Value> =
        page(&entries, call.parameters.get("pager")).iter().map(|entry| wire(kaltura, entry)).collect();
    let object_type = match service {
        Service::Media => "KalturaMediaListResponse",
        Service::BaseEntry => "KalturaBaseEntryListResponse",
        Service::Documents => "KalturaDocumentListResponse",
    };
    json!({"objects": objects, "totalCount": entries.len(), "objectType": object_type})
}

/// `update`: texts and the name; what the role may not change is left as it is (SRV `KalturaObject.php` L792-801).
pub(super) fn update(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
    headers: &mut Headers,
) -> Result<Value, ApiError> {
    let entry = find(kaltura, service, call)?;
    may_edit(session, &entry)?;
    let given = ["mediaEntry", "baseEntry", "documentEntry"].iter().find_map(|name| call.object(name).ok());
    let Some(given) = given else {
        return Err(ApiError::new("MISSING_MANDATORY_PARAMETER", &["mediaEntry"]));
    };
    let mut given = given.0.clone();
    let dropped = drop_unpermitted(session, &mut given);
    headers.extend(dropped.into_iter().map(|name| format!("KalturaBaseEntry-{name}-error")));
    check(&kaltura.switches(), session, &given, object_type(entry.kind))?;
    let changed = kaltura.change(&entry.id, |entry| {
        if let Some(name) = given.get("name").and_then(text_of) {
            entry.name = cut_name(&name);
        }
        if let Some(reference) = given.get("referenceId").and_then(text_of) {
            entry.reference_id = Some(reference);
        }
        for name in TEXTS {
            if let Some(text) = given.get(name).and_then(text_of) {
                entry.set_text(name, text);
            }
        }
    });
    Ok(wire(kaltura, &changed.unwrap_or(entry)))
}

/// `delete`: one's own; the answer is `null`.
pub(super) fn delete(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
) -> Result<Value, ApiError> {
    let entry = find(kaltura, service, call)?;
    may_edit(session, &entry)?;
    kaltura.change(&entry.id, |entry| entry.status = EntryStatus::Deleted);
    Ok(Value::Null)
}

pub(super) fn wire(kaltura: &Kaltura, entry: &Entry) -> Value {
    entry.to_value(kaltura.partner_id(), kaltura.service_url())
}

fn fits(service: Service, kind: EntryKind) -> bool {
    match service {
        Service::BaseEntry => true,
        Service::Media => matches!(kind, EntryKind::Media(_)),
        Service::Documents => matches!(kind, EntryKind::Document(_)),
    }
}

pub(super) fn find(kaltura: &Kaltura, service: Service, call: &Call) -> Result<Entry, ApiError> {
    let id = call.needed("entryId")?;
    let entry = kaltura.existing(&id)?;
    if !fits(service, entry.kind) {
        return Err(ApiError::new("ENTRY_ID_NOT_FOUND", &[&id]));
    }
    Ok(entry)
}
