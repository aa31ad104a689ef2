//! `KalturaUrlResource` (SRV `api_v3/lib/types/resource/KalturaUrlResource.php`).

use serde_json::{Map, Value};

use super::error::ApiError;
use super::request::text_of;

/// A link to import from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UrlResource {
    pub(super) url: String,
    pub(super) force_async_download: bool,
    pub(super) should_redirect: bool,
    /// Names and values of `urlHeaders`.
    pub(super) headers: Vec<(String, String)>,
}

impl UrlResource {
    /// Judges the parameter `resource`.
    ///
    /// # Errors
    /// `RESOURCE_TYPE_NOT_SUPPORTED` for another kind, `PROPERTY_VALIDATION_CANNOT_BE_NULL` without a link.
    pub(super) fn parse(resource: Option<&Value>) -> Result<Self, ApiError> {
        let Some(Value::Object(members)) = resource else {
            return Err(ApiError::new("MISSING_MANDATORY_PARAMETER", &["resource"]));
        };
        match members.get("objectType").and_then(Value::as_str) {
            Some("KalturaUrlResource") => {}
            None => return Err(ApiError::new("INVALID_OBJECT_TYPE", &["KalturaResource"])),
            Some(other) if other.starts_with("Kaltura") && other.ends_with("Resource") => {
                return Err(ApiError::new("RESOURCE_TYPE_NOT_SUPPORTED", &[other]));
            }
            Some(other) => return Err(ApiError::new("INVALID_OBJECT_TYPE", &[other])),
        }
        let url = members.get("url").and_then(text_of).filter(|url| !url.is_empty());
        Ok(Self {
            url: url.ok_or_else(|| {
                ApiError::new("PROPERTY_VALIDATION_CANNOT_BE_NULL", &["KalturaUrlResource::url"])
            })?,
            force_async_download: flag(members, "forceAsyncDownload"),
            should_redirect: flag(members, "shouldRedirect"),
            headers: headers(members.get("urlHeaders")),
        })
    }
}

fn flag(members: &Map<String, Value>, name: &str) -> bool {
    members.get(name).and_then(text_of).is_some_and(|text| matches!(text.as_str(), "1" | "true"))
}

/// `[{"objectType":"KalturaString","value":"Name: value"}]`; plain strings have no `value` and count for nothing.
fn headers(value: Option<&Value>) -> Vec<(String, String)> {
    let Some(Value::Array(items)) = value else { return Vec::new() };
    items
        .iter()
        .filter_map(|item| item.get("value")?.as_str()?.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn judges_a_resource() {
        for (resource, code) in [
            (json!(null), "MISSING_MANDATORY_PARAMETER"),
            (json!({"url": "http://h"}), "INVALID_OBJECT_TYPE"),
            (
                json!({"objectType": "KalturaUploadedFileTokenResource", "token": "t"}),
                "RESOURCE_TYPE_NOT_SUPPORTED",
            ),
            (json!({"objectType": "Nonsense"}), "INVALID_OBJECT_TYPE"),
            (json!({"objectType": "KalturaUrlResource"}), "PROPERTY_VALIDATION_CANNOT_BE_NULL"),
        ] {
            assert_eq!(UrlResource::parse(Some(&resource)).unwrap_err().code, code, "{resource}");
        }
    }

    #[test]
    fn reads_headers_only_from_objects() {
        let resource = json!({"objectType": "KalturaUrlResource", "url": "http://h", "shouldRedirect": "1",
            "forceAsyncDownload": true,
            "urlHeaders": [{"objectType": "KalturaString", "value": "Authorization: Bearer t"}, "Plain: lost"]});
        let resource = UrlResource::parse(Some(&resource)).unwrap();
        assert!(resource.should_redirect && resource.force_async_download);
        assert_eq!(resource.headers, [("Authorization".to_owned(), "Bearer t".to_owned())]);
    }
}
