//! Why an import failed, in words with a next step, by the code that the host reports.

use super::Message;

/// The message of a code of Kaltura's server or of the host kit, `None` for a code of another host.
///
/// Kaltura's codes are in capitals (github.com/kaltura/server, `api_v3/lib/KalturaErrors.php`), the states in which an import ends too
/// (`KalturaEntryStatus`), those of the host kit in small letters (docs/host-protocol.md). A code of Kaltura that has no words of its own
/// is named in [`Message::ImportRefused`].
pub fn import_error(code: &str) -> Option<Message> {
    Some(match code {
        "session_ended" | "INVALID_KS" | "MISSING_KS" => Message::ImportSessionEnded,
        "ACTION_BLOCKED" => Message::ImportTooManyCalls,
        "no_answer" => Message::ImportNoAnswer,
        "LOCK_TIMED_OUT" => Message::ImportServerError,
        "BLOCKED" => Message::ImportBlocked,
        "SERVICE_FORBIDDEN"
        | "SERVICE_FORBIDDEN_CONTENT_BLOCKED"
        | "USER_BLOCKED"
        | "PROPERTY_VALIDATION_NO_INSERT_PERMISSION"
        | "CANNOT_ASSIGN_ENTRY_TO_CATEGORY" => Message::ImportNotAllowed,
        "PROPERTY_VALIDATION_ADMIN_PROPERTY"
        | "ENTRY_CATEGORY_FIELD_IS_DEPRECATED"
        | "MAX_CATEGORIES_FOR_ENTRY_REACHED"
        | "CATEGORY_NOT_FOUND" => Message::ImportAdminOnly,
        "INVALID_PARTNER_ID" | "CONVERSION_PROFILE_ID_NOT_FOUND" | "INGESTION_PROFILE_ID_NOT_FOUND" => {
            Message::ImportSettingUnknown
        }
        "ENTRY_ID_NOT_FOUND" | "INVALID_ENTRY_ID" => Message::ImportEntryGone,
        "not_own_entry" => Message::ImportNotOwn,
        "ENTRY_ALREADY_WITH_CONTENT" | "ENTRY_REPLACEMENT_ALREADY_EXISTS" => Message::ImportHasContent,
        "FEATURE_FORBIDDEN" => Message::ImportNoReplacing,
        "FILE_TYPE_NOT_SUPPORTED"
        | "UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD"
        | "FILE_CONTENT_NOT_SECURE"
        | "image_type_not_supported" => Message::ImportTypeRefused,
        "UNSAFE_HTML_TAGS" | "INVALID_PARAMETER_CHAR" => Message::ImportNameRefused,
        "MAX_FILE_SIZE_EXCEEDED" => Message::ImportTooLarge,
        "ERROR_IMPORTING" => Message::ImportNotFetched,
        "ERROR_CONVERTING" => Message::ImportNotConverted,
        "link_missing" => Message::ImportLinkMissing,
        "no_content" => Message::ImportNoContent,
        "time_limit" => Message::ImportTimeLimit,
        "virusScan.Infected" => Message::ImportVirus,
        "virusScan.ScanFailure" => Message::ImportScanFailed,
        "MISSING_MANDATORY_PARAMETER"
        | "OBJECT_TYPE_ABSTRACT"
        | "INVALID_OBJECT_TYPE"
        | "INVALID_ENUM_VALUE"
        | "ENTRY_TYPE_NOT_SUPPORTED"
        | "RESOURCE_TYPE_NOT_SUPPORTED" => Message::ImportPageMistake,
        _ if code.starts_with("INTERNAL_") => Message::ImportServerError,
        _ if code.starts_with("UPLOAD") => Message::ImportNotUploaded,
        _ if ["PROPERTY_VALIDATION_", "SERVICE_", "ACTION_"].iter().any(|start| code.starts_with(start)) => {
            Message::ImportPageMistake
        }
        _ if is_kalturas(code) => Message::ImportRefused,
        _ => return None,
    })
}

/// Whether a code looks like one of Kaltura's: capitals and underscores.
fn is_kalturas(code: &str) -> bool {
    code.contains('_') && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that `add`, `addContent`, `updateContent`, `getByIds`, `list`, `delete` and `uploadToken` answer (SRV
    /// `api_v3/lib/KalturaErrors.php`), the states in which an import ends, and the codes of the host kit.
    const CODES: [&str; 48] = [
        "MISSING_KS",
        "INVALID_KS",
        "SERVICE_FORBIDDEN",
        "SERVICE_FORBIDDEN_CONTENT_BLOCKED",
        "SERVICE_NOT_SPECIFIED",
        "SERVICE_DOES_NOT_EXISTS",
        "ACTION_NOT_SPECIFIED",
        "ACTION_DOES_NOT_EXISTS",
        "ACTION_BLOCKED",
        "LOCK_TIMED_OUT",
        "USER_BLOCKED",
        "INVALID_PARTNER_ID",
        "ENTRY_ID_NOT_FOUND",
        "ENTRY_ALREADY_WITH_CONTENT",
        "ENTRY_REPLACEMENT_ALREADY_EXISTS",
        "ENTRY_TYPE_NOT_SUPPORTED",
        "ENTRY_CATEGORY_FIELD_IS_DEPRECATED",
        "RESOURCE_TYPE_NOT_SUPPORTED",
        "FEATURE_FORBIDDEN",
        "OBJECT_TYPE_ABSTRACT",
        "INVALID_OBJECT_TYPE",
        "INVALID_ENUM_VALUE",
        "INVALID_PARAMETER_CHAR",
        "UNSAFE_HTML_TAGS",
        "MISSING_MANDATORY_PARAMETER",
        "PROPERTY_VALIDATION_CANNOT_BE_NULL",
        "PROPERTY_VALIDATION_NO_INSERT_PERMISSION",
        "PROPERTY_VALIDATION_ADMIN_PROPERTY",
        "PROPERTY_VALIDATION_WRONG_FORMAT",
        "PROPERTY_VALIDATION_MIN_LENGTH",
        "CONVERSION_PROFILE_ID_NOT_FOUND",
        "INGESTION_PROFILE_ID_NOT_FOUND",
        "FILE_TYPE_NOT_SUPPORTED",
        "UPLOAD_TOKEN_NOT_FOUND",
        "UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD",
        "INTERNAL_SERVERL_ERROR",
        "ERROR_IMPORTING",
        "ERROR_CONVERTING",
        "BLOCKED",
        "virusScan.Infected",
        "virusScan.ScanFailure",
        "session_ended",
        "no_answer",
        "no_content",
        "not_own_entry",
        "link_missing",
        "time_limit",
        "image_type_not_supported",
    ];

    #[test]
    fn every_code_that_an_import_meets_has_words_of_its_own() {
        for code in CODES {
            let message = import_error(code);
            assert!(message.is_some_and(|message| message != Message::ImportRefused), "{code}");
        }
    }

    #[test]
    fn a_new_code_of_kaltura_is_named_and_one_of_another_host_is_its_own_to_explain() {
        assert_eq!(import_error("SOMETHING_NEW"), Some(Message::ImportRefused));
        for code in ["", "unknown", "EXPIRED", "quotaReached", "lms_full"] {
            assert_eq!(import_error(code), None, "{code}");
        }
    }
}
