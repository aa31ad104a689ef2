//! What may be set on an entry, and by whom.

use serde_json::{Map, Value};

use super::entry::EntryKind;
use super::error::ApiError;
use super::request::text_of;
use super::service::Service;
use super::session::{KEEP_REFERENCE, Session};
use super::switches::Switches;

/// What a role must have so that a property is kept (SRV `deployment/permissions/object.KalturaBaseEntry.ini`, items 1, 2, 8, 9
/// and 15 to 18). None of it is in BASE_USER_SESSION_PERMISSION.
const PERMISSIONS: [(&str, &str); 4] = [
    ("referenceId", KEEP_REFERENCE),
    ("accessControlId", "CONTENT_MANAGE_ACCESS_CONTROL"),
    ("startDate", "CONTENT_MANAGE_SCHEDULE"),
    ("endDate", "CONTENT_MANAGE_SCHEDULE"),
];

/// Most categories of an entry.
const MAX_CATEGORIES: usize = 32;

/// The class of an entry.
pub(super) fn object_type(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Media(_) => "KalturaMediaEntry",
        EntryKind::Document(_) => "KalturaDocumentEntry",
    }
}

/// What kind of entry is to be made. A class that is none of those that the service takes is ignored, and its own is made (SRV
/// `api_v3/lib/KalturaRequestDeserializer.php` L301-322).
///
/// # Errors
/// `PROPERTY_VALIDATION_CANNOT_BE_NULL`, `INVALID_ENUM_VALUE`.
pub(super) fn kind_of(service: Service, given: &Map<String, Value>) -> Result<EntryKind, ApiError> {
    let declared = given.get("objectType").and_then(Value::as_str).unwrap_or_default();
    let document = match service {
        Service::Media => false,
        Service::Documents => true,
        Service::BaseEntry if declared == "KalturaDocumentEntry" => true,
        Service::BaseEntry if declared == "KalturaMediaEntry" => false,
        // A KalturaBaseEntry: type automatic.
        Service::BaseEntry => return Ok(EntryKind::Media(-1)),
    };
    let (class, property, enumeration, allowed): (_, _, _, &[i64]) = if document {
        ("KalturaDocumentEntry", "documentType", "KalturaDocumentType", &[11, 12, 13])
    } else {
        ("KalturaMediaEntry", "mediaType", "KalturaMediaType", &[-1, 1, 2, 5, 201, 202, 203, 204])
    };
    let Some(text) = given.get(property).and_then(text_of) else {
        return Err(ApiError::new("PROPERTY_VALIDATION_CANNOT_BE_NULL", &[&format!("{class}::{property}")]));
    };
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    let make = if document { EntryKind::Document } else { EntryKind::Media };
    number.map(make).ok_or_else(|| ApiError::new("INVALID_ENUM_VALUE", &[&text, property, enumeration]))
}

/// Takes away what the session's role may not set, and returns the names: the call succeeds without them (SRV
/// `api_v3/lib/types/KalturaObject.php` L735-747, L792-801).
pub(super) fn drop_unpermitted(session: &Session, given: &mut Map<String, Value>) -> Vec<&'static str> {
    PERMISSIONS
        .iter()
        .filter(|(_, permission)| !session.is_permitted(permission))
        .filter_map(|(name, _)| given.remove(*name).filter(|value| !value.is_null()).map(|_| *name))
        .collect()
}

/// Judges what is left.
///
/// # Errors
/// The code of each rule that is cited here.
pub(super) fn check(
    switches: &Switches,
    session: &Session,
    given: &Map<String, Value>,
    class: &str,
) -> Result<(), ApiError> {
    let has = |name: &str| given.get(name).is_some_and(|value| !value.is_null());
    let text = |name: &str| given.get(name).and_then(text_of);
    // SRV BE L596.
    if text("referenceId").is_some_and(|reference| reference.chars().count() < 2) {
        let name = format!("{class}::referenceId");
        return Err(ApiError::new("PROPERTY_VALIDATION_MIN_LENGTH", &[&name, "2"]));
    }
    // SRV `KalturaEntryService.php` L1617-1628.
    if text("userId").is_some_and(|user_id| !session.may_edit(&user_id)) {
        return Err(ApiError::new("INVALID_KS", &["", "-4", "INVALID_TYPE"]));
    }
    // SRV `KalturaEntryService.php` L1578-1611.
    if has("adminTags") && !session.may_edit_admin_tags() {
        return Err(ApiError::new("PROPERTY_VALIDATION_ADMIN_PROPERTY", &["adminTags"]));
    }
    check_categories(switches, session, text("categories").unwrap_or_default().as_str())?;
    for name in ["name", "description", "tags"] {
        let text = text(name).unwrap_or_default();
        // SRV `infra/content/kXml.class.php` L55-60.
        if text.chars().any(|character| character < ' ' && !"\t\n\r".contains(character)) {
            return Err(ApiError::new("INVALID_PARAMETER_CHAR", &[name]));
        }
        if switches.refuse_markup && has_markup(&text) {
            return Err(ApiError::new("UNSAFE_HTML_TAGS", &[class, name]));
        }
    }
    Ok(())
}

/// SRV `KalturaBaseEntry.php` L664-705, `KalturaEntryService.php` L1587-1595, `alpha/lib/model/entry.php` L1411-1459.
fn check_categories(switches: &Switches, session: &Session, categories: &str) -> Result<(), ApiError> {
    if categories.is_empty() || !switches.category_limit {
        return Ok(());
    }
    if session.has_privacy_context() {
        return Err(ApiError::new("ENTRY_CATEGORY_FIELD_IS_DEPRECATED", &[]));
    }
    let names: Vec<&str> = categories.split(',').map(str::trim).collect();
    if names.len() > MAX_CATEGORIES {
        return Err(ApiError::new("MAX_CATEGORIES_FOR_ENTRY_REACHED", &[&MAX_CATEGORIES.to_string()]));
    }
    let known = |name: &&str| super::category::by_name(name).is_some();
    if !session.is_admin() && !names.iter().all(known) {
        return Err(ApiError::new("PROPERTY_VALIDATION_ADMIN_PROPERTY", &["categories"]));
    }
    Ok(())
}

/// Whether something like a tag stands in a text.
fn has_markup(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/') && rest.contains('>')
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::session::{NewSession, SessionPreset, Sessions};
    use super::super::switches::Pace;
    use super::*;

    fn session(new: NewSession) -> Session {
        let mut sessions = Sessions::default();
        let ks = sessions.start(1, new, 0);
        sessions.judge(Some(&ks), 0).unwrap()
    }

    fn members(value: Value) -> Map<String, Value> {
        let Value::Object(members) = value else { panic!("an object") };
        members
    }

    /// SRV `api_v3/lib/types/KalturaObject.php` L735-747 with `object.KalturaBaseEntry.ini`.
    #[test]
    fn a_role_without_the_permission_loses_the_property_without_a_word() {
        let entry =
            json!({"referenceId": "01A", "accessControlId": 3, "startDate": 1, "endDate": 2, "name": "N"});
        for (preset, dropped) in [
            (SessionPreset::PlainUser, vec!["referenceId", "accessControlId", "startDate", "endDate"]),
            (SessionPreset::ReferenceRole, vec!["accessControlId", "startDate", "endDate"]),
            (SessionPreset::Administrator, vec![]),
        ] {
            let mut given = members(entry.clone());
            let session = session(NewSession::of("noa", preset));
            assert_eq!(drop_unpermitted(&session, &mut given), dropped);
            assert_eq!(given.len(), 5 - dropped.len());
            assert!(check(&Switches::new(Pace::TEST), &session, &given, "KalturaMediaEntry").is_ok());
        }
    }

    /// Each rule's source stands in [`check`] and [`check_categories`].
    #[test]
    fn refuses_what_only_others_may_set() {
        let plain = NewSession::default();
        let outside = NewSession { privacy_context: false, ..NewSession::default() };
        let admin = NewSession::of("server", SessionPreset::Administrator);
        let tags = NewSession::of("noa.bar-lev", SessionPreset::AdminTags);
        let many = vec!["Media"; 33].join(",");
        for (new, given, code) in [
            (&plain, json!({"adminTags": "x"}), Some("PROPERTY_VALIDATION_ADMIN_PROPERTY")),
            (&tags, json!({"adminTags": "x"}), None),
            (&admin, json!({"adminTags": "x"}), None),
            (&plain, json!({"categories": "Media"}), Some("ENTRY_CATEGORY_FIELD_IS_DEPRECATED")),
            (&tags, json!({"categories": "Media"}), Some("ENTRY_CATEGORY_FIELD_IS_DEPRECATED")),
            (&outside, json!({"categories": "Media"}), None),
            (&outside, json!({"categories": "Unknown"}), Some("PROPERTY_VALIDATION_ADMIN_PROPERTY")),
            (&admin, json!({"categories": "Unknown"}), None),
            (&admin, json!({ "categories": many }), Some("MAX_CATEGORIES_FOR_ENTRY_REACHED")),
            (&plain, json!({"userId": "other"}), Some("INVALID_KS")),
            (&admin, json!({"userId": "other"}), None),
            (&admin, json!({"referenceId": "0"}), Some("PROPERTY_VALIDATION_MIN_LENGTH")),
            (&plain, json!({"name": "a\u{1}"}), Some("INVALID_PARAMETER_CHAR")),
            (&plain, json!({"name": "a\u{1f600}\n"}), None),
            (&plain, json!({"name": "<b>a</b>"}), None),
        ] {
            let found =
                check(&Switches::new(Pace::TEST), &session(new.clone()), &members(given.clone()), "C");
            assert_eq!(found.err().map(|error| error.code).as_deref(), code, "{given}");
        }
        let strict = Switches { refuse_markup: true, category_limit: false, ..Switches::new(Pace::TEST) };
        let found = |given| check(&strict, &session(plain.clone()), &members(given), "C");
        assert_eq!(found(json!({"name": "<b>a</b>"})).unwrap_err().code, "UNSAFE_HTML_TAGS");
        assert!(found(json!({"name": "a < b", "categories": "Media"})).is_ok());
    }

    /// SRV `KalturaRequestDeserializer.php` L301-322.
    #[test]
    fn a_class_that_the_service_does_not_take_is_ignored() {
        let kind = |service, given| kind_of(service, &members(given));
        let document = json!({"objectType": "KalturaDocumentEntry", "documentType": 13});
        let refused = kind(Service::Media, document.clone()).unwrap_err();
        assert_eq!(refused.args[0].1, "KalturaMediaEntry::mediaType");
        assert_eq!(kind(Service::BaseEntry, document.clone()), Ok(EntryKind::Document(13)));
        assert_eq!(kind(Service::Documents, document), Ok(EntryKind::Document(13)));
        assert_eq!(kind(Service::Media, json!({"mediaType": 1})), Ok(EntryKind::Media(1)));
        assert_eq!(kind(Service::BaseEntry, json!({"mediaType": 1})), Ok(EntryKind::Media(-1)));
        assert_eq!(kind(Service::Media, json!({"mediaType": 9})).unwrap_err().code, "INVALID_ENUM_VALUE");
    }
}
