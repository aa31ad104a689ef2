//! One picked file as the host gets it: Graph's driveItem, plus what a v8 host and Kaltura want to know.

use super::json::quoted;
use serde_json::Value;
use std::fmt;

/// A picked file, ready to be posted.
#[derive(Clone, PartialEq, Eq)]
pub struct PickedItem(String);

/// What is added to Graph's driveItem.
#[derive(Clone, Copy, Debug)]
pub struct ItemAdditions<'a> {
    /// The Graph base with version, which a v8 host uses as `@sharePoint.endpoint`.
    pub graph_base: &'a str,
    /// The fresh pre-authenticated link; a folder has none.
    pub download_url: Option<&'a str>,
    /// Kaltura's media type: 1 video, 2 image, 5 audio; `None` if it is no media.
    pub media_type: Option<u8>,
    /// The name proposed for the entry.
    pub name: &'a str,
    /// What recognises the same file at a second import.
    pub reference_id: &'a str,
    /// The folders that the file lies in below a chosen folder, such as `Lectures/Week 1`; empty if the file was chosen
    /// by itself.
    pub path: &'a str,
}

impl PickedItem {
    /// Adds `@sharePoint.endpoint`, both names of the download link, and `kaltura` to a driveItem. What the driveItem said
    /// under those names before is overruled, as the later member wins in `JSON.parse`.
    ///
    /// `None` if the driveItem is not an object.
    pub fn build(drive_item: &Value, additions: &ItemAdditions<'_>) -> Option<Self> {
        let has_members = !drive_item.as_object()?.is_empty();
        let mut json = drive_item.to_string();
        json.pop();
        if has_members {
            json.push(',');
        }
        push(&mut json, "\"@sharePoint.endpoint\":", additions.graph_base);
        if let Some(url) = additions.download_url {
            push(&mut json, ",\"@microsoft.graph.downloadUrl\":", url);
            push(&mut json, ",\"@content.downloadUrl\":", url);
        }
        json.push_str(",\"kaltura\":{");
        if let Some(media_type) = additions.media_type {
            json.push_str("\"mediaType\":");
            json.push_str(&media_type.to_string());
            json.push(',');
        }
        push(&mut json, "\"name\":", additions.name);
        push(&mut json, ",\"referenceId\":", additions.reference_id);
        if !additions.path.is_empty() {
            push(&mut json, ",\"path\":", additions.path);
        }
        json.push_str("}}");
        Some(Self(json))
    }

    /// The item as JSON.
    pub(crate) fn as_json(&self) -> &str {
        &self.0
    }
}

fn push(json: &mut String, name: &str, text: &str) {
    json.push_str(name);
    json.push_str(&quoted(text));
}

impl fmt::Debug for PickedItem {
    /// Shows nothing: the item holds links that open the file without a sign-in.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PickedItem(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ADDITIONS: ItemAdditions<'_> = ItemAdditions {
        graph_base: "https://graph.microsoft.com/v1.0",
        download_url: Some("https://files.example/1?tempauth=x"),
        media_type: Some(1),
        name: "Lecture \"1\"",
        reference_id: "1",
        path: "",
    };

    fn built(drive_item: &Value, additions: &ItemAdditions<'_>) -> Value {
        serde_json::from_str(PickedItem::build(drive_item, additions).unwrap().as_json()).unwrap()
    }

    #[test]
    fn adds_what_hosts_read_to_the_drive_item() {
        let drive_item = json!({"id": "1", "name": "a \"b\".mp4", "@microsoft.graph.downloadUrl": "stale",
            "size": 9_007_199_254_740_993_u64, "parentReference": {"driveId": "d"}, "@sharePoint.endpoint": "x"});
        assert_eq!(
            built(&drive_item, &ADDITIONS),
            json!({"id": "1", "name": "a \"b\".mp4", "size": 9_007_199_254_740_993_u64, "parentReference": {"driveId": "d"},
                "@sharePoint.endpoint": "https://graph.microsoft.com/v1.0",
                "@microsoft.graph.downloadUrl": "https://files.example/1?tempauth=x",
                "@content.downloadUrl": "https://files.example/1?tempauth=x",
                "kaltura": {"mediaType": 1, "name": "Lecture \"1\"", "referenceId": "1"}})
        );
    }

    #[test]
    fn says_only_what_there_is() {
        let additions =
            ItemAdditions { download_url: None, media_type: None, path: "Lectures/Week 1", ..ADDITIONS };
        assert_eq!(
            built(&json!({}), &additions),
            json!({"@sharePoint.endpoint": "https://graph.microsoft.com/v1.0",
                "kaltura": {"name": "Lecture \"1\"", "referenceId": "1", "path": "Lectures/Week 1"}})
        );
    }

    #[test]
    fn refuses_what_is_no_object() {
        for value in [json!([]), json!(null), json!("{}"), json!(1)] {
            assert!(PickedItem::build(&value, &ADDITIONS).is_none(), "{value}");
        }
    }
}
