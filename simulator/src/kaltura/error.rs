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
    ("FILE_TYPE_NOT_SUPPORTED", &[], "File type is not supported"),
    (
        "UPLOAD_TOKEN_FILE_TYPE_RESTRICTED_FOR_UPLOAD",
        &["TOKEN"],
        "Uploaded file type is restricted for upload \"@TOKEN@\"",
    ),
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
