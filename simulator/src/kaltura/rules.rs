//! What may be set on an entry, and by whom.

use serde_json::{Map, Value};

use super::entry::EntryKind;
use super::error::ApiError;
use super::kaltura::Kaltura;
use super::request::text_of;
use super::service::Service;
use super::session::{Session, SessionKind};

/// The class of an entry.
pub(super) fn object_type(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Media(_) => "KalturaMediaEntry",
        EntryKind::Document(_) => "KalturaDocumentEntry",
    }
}

/// What kind of entry is to be made.
///
/// # Errors
/// `INVALID_OBJECT_TYPE`, `PROPERTY_VALIDATION_CANNOT_BE_NULL`, `INVALID_ENUM_VALUE`.
pub(super) fn kind_of(service: Service, given: &Map<String, Value>) -> Result<EntryKind, ApiError> {
    let declared = given.get("objectType").and_then(Value::as_str);
    let default = match service {
        Service::Media => Some("KalturaMediaEntry"),
        Service::Documents => Some("KalturaDocumentEntry"),
        Service::BaseEntry => None,
    };
    let (property, allowed, make): (_, &[i64], fn(i64) -> EntryKind) = match declared.or(default) {
        Some("KalturaMediaEntry") if service != Service::Documents => {
            ("mediaType", &[-1, 1, 2, 5, 201, 202, 203, 204], EntryKind::Media)
        }
        Some("KalturaDocumentEntry") if service != Service::Media => {
            ("documentType", &[11, 12, 13], EntryKind::Document)
        }
        other => return Err(ApiError::new("INVALID_OBJECT_TYPE", &[other.unwrap_or("KalturaBaseEntry")])),
    };
    let class = declared.or(default).unwrap_or_default();
    let Some(text) = given.get(property).and_then(text_of) else {
        return Err(ApiError::new("PROPERTY_VALIDATION_CANNOT_BE_NULL", &[&format!("{class}::{property}")]));
    };
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    let enumeration = if property == "mediaType" { "KalturaMediaType" } else { "KalturaDocumentType" };
    number.map(make).ok_or_else(|| ApiError::new("INVALID_ENUM_VALUE", &[&text, property, enumeration]))
}

/// `checkAdminOnlyInsertProperties`, and what `@requiresPermission insert` may forbid.
pub(super) fn check_permissions(
    kaltura: &Kaltura,
    session: &Session,
    given: &Map<String, Value>,
    class: &str,
) -> Result<(), ApiError> {
    let has = |name: &str| given.get(name).is_some_and(|value| !value.is_null());
    if has("adminTags") && !session.may_edit_admin_tags() {
        return Err(ApiError::new("PROPERTY_VALIDATION_ADMIN_PROPERTY", &[&format!("{class}::adminTags")]));
    }
    if session.kind == SessionKind::Admin {
        return Ok(());
    }
    for name in ["startDate", "endDate"] {
        if has(name) {
            return Err(ApiError::new("PROPERTY_VALIDATION_ADMIN_PROPERTY", &[&format!("{class}::{name}")]));
        }
    }
    if given.get("userId").and_then(text_of).is_some_and(|user_id| user_id != session.user_id) {
        return Err(ApiError::new("INVALID_KS", &["", "-4", "INVALID_TYPE"]));
    }
    if kaltura.faults().restrict_insert {
        for name in ["referenceId", "categories"] {
            if has(name) {
                return Err(ApiError::new(
                    "PROPERTY_VALIDATION_NO_INSERT_PERMISSION",
                    &[&format!("{class}::{name}")],
                ));
            }
        }
    }
    Ok(())
}
