//! What content comes from: `KalturaUrlResource` and `KalturaUploadedFileTokenResource` (SRV `api_v3/lib/types/resource/`).

use serde_json::{Map, Value};

use super::error::ApiError;
use super::request::text_of;

/// Where content comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    /// A link to import from.
    Url(UrlResource),
    /// The token of an upload.
    Token(String),
}

/// A link to import from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UrlResource {
    pub(super) url: String,
    pub(super) force_async_download: bool,
    pub(super) should_redirect: bool,
    /// Names and values of `urlHeaders`.
    pub(super) headers: Vec<(String, String)>,
}

impl Resource {
    /// Judges the parameter `resource`; nothing if there is none, which `addContent` allows.
    ///
    /// # Errors
    /// `OBJECT_TYPE_ABSTRACT` without a class or with one that is no resource (SRV `api_v3/lib/KalturaRequestDeserializer.php`
    /// L301-322), `RESOURCE_TYPE_NOT_SUPPORTED` for another kind, `PROPERTY_VALIDATION_WRONG_FORMAT` for headers that are plain texts,
    /// `PROPERTY_VALIDATION_CANNOT_BE_NULL` without a link or token.
    pub(super) fn parse(resource: Option<&Value>) -> Result<Option<Self>, ApiError> {
        let Some(Value::Object(members)) = resource else { return Ok(None) };
        let needed = |class: &str, name: &str| {
            let text = members.get(name).and_then(text_of).filter(|text| !text.is_empty());
            let property = format!("{class}::{name}");
            text.ok_or_else(|| ApiError::new("PROPERTY_VALIDATION_CANNOT_BE_NULL", &[&property]))
        };
        match members.get("objectType").and_then(Value::as_str) {
            Some("KalturaUrlResource") => {
                let headers = headers(members.get("urlHeaders"))?;
                Ok(Some(Self::Url(UrlResource {
                    url: needed("KalturaUrlResource", "url")?,
                    force_async_download: flag(members, "forceAsyncDownload"),
                    should_redirect: flag(members, "shouldRedirect"),
                    headers,
                })))
            }
            Some("KalturaUploadedFileTokenResource") => {
                Ok(Some(Self::Token(needed("KalturaUploadedFileTokenResource", "token")?)))
            }
            Some(other)
                if other.starts_with("Kaltura") && other.ends_with("Resource") && other.len() > 15 =>
            {
                Err(ApiError::new("RESOURCE_TYPE_NOT_SUPPORTED", &[&other.replacen("Kaltura", "k", 1)]))
            }
            _ => Err(ApiError::new("OBJECT_TYPE_ABSTRACT", &["KalturaResource"])),
        }
    }
}

fn flag(members: &Map<String, Value>, name: &str) -> bool {
    members.get(name).and_then(text_of).is_some_and(|text| matches!(text.as_str(), "1" | "true"))
}

/// `[{"objectType":"KalturaString","value":"Name: value"}]`; a plain text is no object (SRV
/// `api_v3/lib/KalturaRequestDeserializer.php` L303-304).
fn headers(value: Option<&Value>) -> Result<Vec<(String, String)>, ApiError> {
    let Some(Value::Array(items)) = value else { return Ok(Vec::new()) };
    if items.iter().any(|item| !item.is_object()) {
        return Err(ApiError::new("PROPERTY_VALIDATION_WRONG_FORMAT", &["urlHeaders", "array"]));
    }
    let pairs = items.iter().filter_map(|item| item.get("value")?.as_str()?.split_once(':'));
    Ok(pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// SRV `KalturaRequestDeserializer.php` L301-322.
    #[test]
    fn judges_a_resource() {
        for (resource, code) in [
            (json!({"url": "http://h"}), "OBJECT_TYPE_ABSTRACT"),
            (json!({"objectType": "KalturaMediaEntry"}), "OBJECT_TYPE_ABSTRACT"),
            (json!({"objectType": "Nonsense"}), "OBJECT_TYPE_ABSTRACT"),
            (json!({"objectType": "KalturaRemoteStorageResource"}), "RESOURCE_TYPE_NOT_SUPPORTED"),
            (json!({"objectType": "KalturaUrlResource"}), "PROPERTY_VALIDATION_CANNOT_BE_NULL"),
            (json!({"objectType": "KalturaUploadedFileTokenResource"}), "PROPERTY_VALIDATION_CANNOT_BE_NULL"),
        ] {
            assert_eq!(Resource::parse(Some(&resource)).unwrap_err().code, code, "{resource}");
        }
        assert_eq!(Resource::parse(None), Ok(None));
    }

    /// SRV `KalturaRequestDeserializer.php` L303-304; the guides show plain texts, and are wrong.
    #[test]
    fn reads_headers_from_objects_and_refuses_plain_texts() {
        let mut resource = json!({"objectType": "KalturaUrlResource", "url": "http://h", "shouldRedirect": "1",
            "forceAsyncDownload": true,
            "urlHeaders": [{"objectType": "KalturaString", "value": "Authorization: Bearer t"}]});
        let Some(Resource::Url(url)) = Resource::parse(Some(&resource)).unwrap() else { panic!("a link") };
        assert!(url.should_redirect && url.force_async_download);
        assert_eq!(url.headers, [("Authorization".to_owned(), "Bearer t".to_owned())]);
        resource["urlHeaders"] = json!(["Authorization: Bearer t"]);
        assert_eq!(Resource::parse(Some(&resource)).unwrap_err().code, "PROPERTY_VALIDATION_WRONG_FORMAT");
    }
}
