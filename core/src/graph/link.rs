//! The pre-authenticated download address of a file.

use std::fmt;

use serde_json::Value;

use super::json;

/// Graph's name for the address.
pub(crate) const GRAPH_DOWNLOAD_URL: &str = "@microsoft.graph.downloadUrl";
/// The name of the direct endpoints (`_api/v2.0`), which older hosts read.
pub(crate) const CONTENT_DOWNLOAD_URL: &str = "@content.downloadUrl";

/// An address that opens a file's bytes for anybody, for some minutes. It is a secret: never stored, never logged,
/// and asked for with no token.
#[derive(Clone, PartialEq, Eq)]
pub struct DownloadUrl(Box<str>);

impl DownloadUrl {
    /// The address in a driveItem, under either name.
    pub(crate) fn of_item(item: &Value) -> Option<Self> {
        let url =
            json::text(item, &[GRAPH_DOWNLOAD_URL]).or_else(|| json::text(item, &[CONTENT_DOWNLOAD_URL]))?;
        (url.starts_with("https://") || url.starts_with("http://")).then(|| Self(Box::from(url)))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DownloadUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DownloadUrl(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_the_address_under_either_name() {
        for (item, expected) in [
            (json!({"@microsoft.graph.downloadUrl":"https://f/1"}), Some("https://f/1")),
            (json!({"@content.downloadUrl":"https://f/2"}), Some("https://f/2")),
            (json!({"@content.downloadUrl":""}), None),
            (json!({"@content.downloadUrl":"javascript:1"}), None),
            (json!({}), None),
        ] {
            let url = DownloadUrl::of_item(&item);
            assert_eq!(url.as_ref().map(DownloadUrl::as_str), expected, "{item}");
            assert!(!format!("{url:?}").contains("f/"));
        }
    }
}
