//! What Kaltura says when it refuses: always with HTTP 200 (SRV `KalturaErrors.php`).

use serde_json::{Map, Value, json};

/// A refusal, sent as a `KalturaAPIException`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The stable code, such as `ENTRY_ID_NOT_FOUND`.
    pub code: String,
    /// The English sentence.
    pub message: String,
    /// The names and values that went into the sentence.
    pub args: Vec<(&'static str, String)>,
}

/// Each code that an importer meets, its argument names, and its sentence with `@NAME@` for an argument.
const CATALOGUE: &[(&str, &[&str], &str)] = &[
    ("MISSING_KS", &[], "Missing KS, session not established"),
    (
        "INVALID_KS",
        &["KSID", "ERR_CODE", "ERR_DESC"],
        "Invalid KS \"@KSID@\", Error \"@ERR_CODE@,@ERR_DESC@\"",
    ),
    ("SERVICE_FORBIDDEN", &["SERVICE"], "The access to service [@SERVICE@] is forbidden"),
    (
        "SERVICE_FORBIDDEN_CONTENT_BLOCKED",
        &[],
        "The access to this service is forbidden since the specified partner is blocked",
    ),
    ("SERVICE_NOT_SPECIFIED", &[], "Service name was not specified, please specify one"),
    ("SERVICE_DOES_NOT_EXISTS", &["SRV_NAME"], "Service \"@SRV_NAME@\" does not exists"),
    ("ACTION_NOT_SPECIFIED", &[], "Action name was not specified, please specify one"),
    (
        "ACTION_DOES_NOT_EXISTS",
        &["ACTION_NAME", "SERVICE_NAME"],
        "Action \"@ACTION_NAME@\" does not exists for service \"@SERVICE_NAME@\"",
    ),
    ("USER_BLOCKED", &[], "User is blocked"),
    ("INVALID_PARTNER_ID", &["PID"], "Invalid partner id \"@PID@\""),
    ("ENTRY_ID_NOT_FOUND", &["ENTRY_ID"], "Entry id \"@ENTRY_ID@\" not found"),
    ("ENTRY_ALREADY_WITH_CONTENT", &[], "Entry already associated with content"),
    ("ENTRY_TYPE_NOT_SUPPORTED", &["ENTRY_TYPE"], "Entry type \"@ENTRY_TYPE@\" not supported"),
    ("RESOURCE_TYPE_NOT_SUPPORTED", &["RES_TYPE"], "Resource type \"@RES_TYPE@\" not supported"),
    ("PROPERTY_VALIDATION_CANNOT_BE_NULL", &["PROP_NAME"], "The property \"@PROP_NAME@\" cannot be null"),
    (
        "PROPERTY_VALIDATION_NO_INSERT_PERMISSION",
        &["PROP_NAME"],
        "Current user has no permission to insert property \"@PROP_NAME@\"",
    ),
    (
        "PROPERTY_VALIDATION_ADMIN_PROPERTY",
        &["PROP_NAME"],
        "The property \"@PROP_NAME@\" is updatable with admin session only",
    ),
    ("MISSING_MANDATORY_PARAMETER", &["PARAM_NAME"], "Missing parameter \"@PARAM_NAME@\""),
    ("INVALID_OBJECT_TYPE", &["INVALID_OBJ_TYPE"], "Invalid object type \"@INVALID_OBJ_TYPE@\""),
    (
        "INVALID_ENUM_VALUE",
        &["ENUM_VAL", "PARAM_NAME", "ENUM_TYPE"],
        "Invalid enumeration value \"@ENUM_VAL@\" for parameter \"@PARAM_NAME@\", expecting enumeration type \"@ENUM_TYPE@\"",
    ),
    ("INGESTION_PROFILE_ID_NOT_FOUND", &["ID"], "Ingestion profile id \"@ID@\" not found"),
    ("CONVERSION_PROFILE_ID_NOT_FOUND", &["ID"], "Conversion profile id \"@ID@\" not found"),
    (
        "OBJECT_TYPE_ABSTRACT",
        &["OBJ_TYPE"],
        "The object type \"@OBJ_TYPE@\" is abstract, use one of the object implementations",
    ),
    (
        "PROPERTY_VALIDATION_WRONG_FORMAT",
        &["PROP_NAME", "FORMAT"],
        "The property \"@PROP_NAME@\" must match format @FORMAT@",
    ),
    (
        "PROPERTY_VALIDATION_MIN_LENGTH",
        &["PROP_NAME", "MIN_LEN"],
        "The property \"@PROP_NAME@\" must have a min length of @MIN_LEN@ characters",
    ),
    ("INVALID_PARAMETER_CHAR", &["XML_FIELD"], "Invalid char in \"@XML_FIELD@\" field"),
    (
        "UNSAFE_HTML_TAGS",
        &["CLASS_NAME", "PROPERTY_NAME"],
        "Potential Unsafe HTML tags found in [@CLASS_NAME@]::[@PROPERTY_NAME@]",
    ),
    (
        "ACTION_BLOCKED",
        &["ACTION_NAME", "SERVICE_NAME"],
        "Action \"@ACTION_NAME@\" in service \"@SERVICE_NAME@\" is blocked",
    ),
    (
        "ENTRY_CATEGORY_FIELD_IS_DEPRECATED",
        &[],
        "entry->categories and entry->categoriesIds fields are deprecated - user categoryEntry service",
    ),
    ("MAX_CATEGORIES_FOR_ENTRY_REACHED", &["MAX"], "Entry can not be assigned to more than @MAX@ categories"),
    ("CATEGORY_NOT_FOUND", &["CAT"], "Category id \"@CAT@\" not found"),
    ("CATEGORY_ENTRY_ALREADY_EXISTS", &[], "Entry already assigned to this category"),
    ("CANNOT_ASSIGN_ENTRY_TO_CATEGORY", &[], "Cannot assign entry to category"),
    ("FEATURE_FORBIDDEN", &["FEATURE"], "The usage of feature [@FEATURE@] is forbidden"),
    ("ENTRY_REPLACEMENT_ALREADY_EXISTS", &[], "Entry already in replacement"),
    (
        "CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION",
        &["USER_ID"],
        "cannot retrieve another user \"@USER_ID@\" using non-admin session",
    ),
    ("UPLOAD_TOKEN_NOT_FOUND", &[], "Upload token not found"),
    (
        "UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD",
        &[],
        "Upload token is in an invalid status for uploading a file, maybe the file was already uploaded",
    ),
    (
        "UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY",
        &[],
        "Upload token is in an invalid status for adding entry, maybe the a file was not uploaded or the token was used",
    ),
    ("UPLOAD_ERROR", &[], "Upload failed"),
    ("CAPTION_ASSET_ID_NOT_FOUND", &["ID"], "The caption asset id not found [@ID@]"),
    ("METADATA_ALREADY_EXISTS", &["ID"], "Metadata already exists id [@ID@]"),
    ("METADATA_PROFILE_NOT_FOUND", &["ID"], "Metadata profile not found, id [@ID@]"),
    ("START_SESSION_ERROR", &["PID"], "Error while starting session for partner [@PID@]"),
    ("LOCK_TIMED_OUT", &["SVC_NAME", "ACTION_NAME"], "Unable to obtain lock for [@SVC_NAME@.@ACTION_NAME@]"),
    ("FILE_TYPE_NOT_SUPPORTED", &[], "File type is not supported"),
    ("UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD", &[], "Upload token is restricted due to the file type"),
    ("INTERNAL_SERVERL_ERROR", &[], "Internal server error occurred"),
];

impl ApiError {
    /// The refusal of this code, its arguments in the order of the catalogue. Missing arguments are empty, and a
    /// code that the catalogue does not know gets its own name as the sentence.
    pub fn new(code: &str, values: &[&str]) -> Self {
        let Some((_, names, sentence)) = CATALOGUE.iter().find(|(name, ..)| *name == code) else {
            return Self { code: code.to_owned(), message: code.to_owned(), args: Vec::new() };
        };
        let mut message = (*sentence).to_owned();
        let mut args = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let value = values.get(index).copied().unwrap_or_default();
            message = message.replace(&format!("@{name}@"), value);
            args.push((*name, value.to_owned()));
        }
        Self { code: code.to_owned(), message, args }
    }

    /// The codes of the catalogue, for a control page to offer.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        CATALOGUE.iter().map(|(code, ..)| *code)
    }

    /// The wire form. `args` is an object, but `[]` when there are none: PHP's empty array.
    pub fn to_value(&self) -> Value {
        let args = if self.args.is_empty() {
            json!([])
        } else {
            Value::Object(
                self.args
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), json!(value)))
                    .collect::<Map<_, _>>(),
            )
        };
        json!({
            "code": self.code,
            "message": self.message,
            "objectType": "KalturaAPIException",
            "args": args,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_without_arguments_has_an_empty_array_where_others_have_an_object() {
        assert_eq!(
            ApiError::new("ENTRY_ALREADY_WITH_CONTENT", &[]).to_value(),
            json!({"code": "ENTRY_ALREADY_WITH_CONTENT", "message": "Entry already associated with content",
                   "objectType": "KalturaAPIException", "args": []})
        );
        assert_eq!(
            ApiError::new("ENTRY_ID_NOT_FOUND", &["1_x"]).to_value(),
            json!({"code": "ENTRY_ID_NOT_FOUND", "message": "Entry id \"1_x\" not found",
                   "objectType": "KalturaAPIException", "args": {"ENTRY_ID": "1_x"}})
        );
    }
}
