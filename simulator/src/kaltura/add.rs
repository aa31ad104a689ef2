//! `add`, `addContent` and `updateContent` (SRV `api_v3/services/MediaService.php` L56-200,
//! `api_v3/lib/KalturaEntryService.php`).

use std::sync::Arc;

use serde_json::Value;

use super::entry::{
    AUTO_APPROVED, Entry, EntryKind, EntryStatus, PENDING_MODERATION, Replacement, TEXTS, cut_name,
};
use super::error::ApiError;
use super::jobs::{self, Job};
use super::kaltura::Kaltura;
use super::media::{find, wire};
use super::request::{Call, Members};
use super::resource::Resource;
use super::rules::{check, drop_unpermitted, kind_of, object_type};
use super::service::{Headers, Service};
use super::session::Session;
use super::upload;

/// The one conversion profile there is, beside the account's default (none given) and the one that converts nothing (-1).
const CONVERSION_PROFILE: &str = "123";

/// `add`: an entry without content, status 7; or READY where drafts are.
pub(super) fn add(
    kaltura: &Kaltura,
    service: Service,
    session: &Session,
    call: &Call,
    headers: &mut Headers,
) -> Result<Value, ApiError> {
    let parameter = if service == Service::Documents { "documentEntry" } else { "entry" };
    let mut given = call.object(parameter)?.0.clone();
    let dropped = drop_unpermitted(session, &mut given);
    headers.extend(dropped.into_iter().map(|name| format!("KalturaBaseEntry-{name}-error")));
    let kind = kind_of(service, &given)?;
    let switches = kaltura.switches();
    check(&switches, session, &given, object_type(kind))?;
    let text = |name: &str| Members(&given).text(name);
    if let Some(profile) = text("conversionProfileId") {
        check_profile(&profile)?;
    }
    let now = kaltura.now();
    let mut state = kaltura.state();
    let id = state.new_id();
    let owner = text("userId").unwrap_or_else(|| session.user_id.clone());
    let mut entry = Entry::new(id, kind, &owner, now);
    // An administrator's server names the person it acts for (SRV KalturaBaseEntry::toObject, `creatorId`).
    let creator = text("creatorId").filter(|_| session.is_admin());
    entry.creator_id = creator.unwrap_or_else(|| session.user_id.clone());
    let name = text("name").unwrap_or_else(|| format!("{}_{}", kaltura.partner_id(), now / 1_000));
    entry.name = cut_name(&name);
    entry.reference_id = text("referenceId");
    entry.texts = TEXTS.iter().filter_map(|name| Some((*name, text(name)?))).collect();
    entry.moderation = if switches.moderation { PENDING_MODERATION } else { AUTO_APPROVED };
    if let Some(names) = text("categories").filter(|_| switches.category_limit) {
        let known = names.split(',').filter_map(|name| super::category::by_name(name.trim()));
        entry.categories = known.map(|category| category.id).collect();
    }
    if switches.draft_entries_ready && matches!(kind, EntryKind::Media(_)) {
        entry.status = EntryStatus::Ready;
    }
    let value = wire(kaltura, &entry);
    state.entries.insert(entry, now, switches.index_lag_ms);
    Ok(value)
}

/// Unknown, of another type, or 0 is not found; -1 is none (SRV `KalturaBaseEntry.php` L573-587).
fn check_profile(profile: &str) -> Result<(), ApiError> {
    if matches!(profile, "-1" | CONVERSION_PROFILE) {
        return Ok(());
    }
    Err(ApiError::new("CONVERSION_PROFILE_ID_NOT_FOUND", &[profile]))
}

/// `addContent`, which needs an entry of status 7, and `updateContent`, which on others replaces.
pub(super) fn add_content(
    kaltura: &Arc<Kaltura>,
    service: Service,
    session: &Session,
    call: &Call,
    replace: bool,
) -> Result<Value, ApiError> {
    let entry = find(kaltura, service, call)?;
    may_edit(session, &entry)?;
    let replaces = entry.status != EntryStatus::NoContent;
    if replaces && !replace {
        return Err(ApiError::new("ENTRY_ALREADY_WITH_CONTENT", &[]));
    }
    let Some(resource) = Resource::parse(call.parameters.get("resource"))? else {
        return Ok(wire(kaltura, &entry));
    };
    let profile = call.text("conversionProfileId").filter(|text| !text.is_empty());
    if let Some(profile) = &profile {
        check_profile(profile)?;
    }
    // An image has no flavors to replace (MediaService L138-200).
    let temporary = if replaces && entry.kind != EntryKind::Media(2) {
        if !kaltura.switches().entry_replacement {
            return Err(ApiError::new("FEATURE_FORBIDDEN", &["FEATURE_ENTRY_REPLACEMENT"]));
        }
        if entry.replacement.is_some() {
            return Err(ApiError::new("ENTRY_REPLACEMENT_ALREADY_EXISTS", &[]));
        }
        Some(kaltura.state().new_id())
    } else {
        None
    };
    let source = match &resource {
        Resource::Url(url) => kaltura.linked(&url.url),
        Resource::Token(_) => None,
    };
    let changed = kaltura.change(&entry.id, |entry| {
        match temporary {
            Some(id) => entry.replacement = Some(Replacement::Running(id)),
            None if !replaces => entry.status = EntryStatus::Import,
            None => {}
        }
        entry.source = source;
        if let Some(profile) = profile {
            entry.set_text("conversionProfileId", profile);
        }
    });
    let changed = changed.unwrap_or(entry);
    match resource {
        Resource::Token(token) => {
            if let Err(error) = upload::attach(kaltura, session, &changed, &token) {
                kaltura.change(&changed.id, |entry| {
                    entry.replacement = None;
                    entry.status = if replaces { EntryStatus::Ready } else { EntryStatus::NoContent };
                });
                return Err(error);
            }
        }
        Resource::Url(mut url) => {
            if changed.kind == EntryKind::Media(2) && !url.force_async_download {
                // Downloaded within the request, and then urlHeaders count for nothing (attachUrlResource).
                url.headers.clear();
            }
            let drawn = kaltura.state().faults.draw_import();
            jobs::enqueue(kaltura, Job::new(changed.id.clone(), url, drawn));
        }
    }
    Ok(wire(kaltura, &changed))
}

/// `@validateUser entry entryId edit`: another's entry is for other sessions (SRV `api_v3/lib/KalturaDispatcher.php`
/// L168-242).
pub(super) fn may_edit(session: &Session, entry: &Entry) -> Result<(), ApiError> {
    if session.may_edit(&entry.user_id) {
        return Ok(());
    }
    Err(ApiError::new("INVALID_KS", &["", "-4", "INVALID_TYPE"]))
}

impl Kaltura {
    /// An entry that this session may edit.
    ///
    /// # Errors
    /// `ENTRY_ID_NOT_FOUND`, or `INVALID_KS` for another's.
    pub(super) fn editable(&self, session: &Session, id: &str) -> Result<Entry, ApiError> {
        let entry = self.existing(id)?;
        may_edit(session, &entry)?;
        Ok(entry)
    }
}
