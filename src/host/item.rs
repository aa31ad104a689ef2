//! One picked file as the host gets it: Graph's driveItem, plus what a v8 host and Kaltura want to know.

use super::json::quoted;
use serde::de::IgnoredAny;
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
}

impl PickedItem {
    /// Adds `@sharePoint.endpoint`, both names of the download link, and `kaltura` to a driveItem given as JSON. What the
    /// driveItem said under those names before is overruled, as the later member wins in `JSON.parse`.
    ///
    /// `None` if the driveItem is not a JSON object.
    pub fn build(drive_item: &str, additions: &ItemAdditions<'_>) -> Option<Self> {
        let drive_item = drive_item.trim();
        let members = drive_item.strip_prefix('{')?.strip_suffix('}')?;
        serde_json::from_str::<IgnoredAny>(drive_item).ok()?;
        let mut json = String::with_capacity(drive_item.len() + 1024);
        json.push('{');
        json.push_str(members);
        if !members.trim().is_empty() {
            json.push(',');
        }
        push(&mut json, "\"@sharePoint.endpoint\":", additions.graph_base);
        if let Some(url) = additions.download_url {
            push(&mut json, ",\"@microsoft.graph.downloadUrl\":", url);
            push(&mut json, ",\"@content.downloadUrl\":", url);
        }
        json.push_str(",\"kaltura\":{\"mediaType\":");
        match additions.media_type {
            Some(media_type) => json.push_str(&media_type.to_string()),
            None => json.push_str("null"),
        }
        push(&mut json, ",\"name\":", additions.name);
        push(&mut json, ",\"referenceId\":", additions.reference_id);
        json.push_str("}}");
        Some(Self(json))
    }

    /// The item as JSON.
    pub fn as_json(&self) -> &str {
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
    use serde_json::{Value, json};

    const ADDITIONS: ItemAdditions<'_> = ItemAdditions {
        graph_base: "https://graph.microsoft.com/v1.0",
        download_url: Some("https://files.example/1?tempauth=x"),
        media_type: Some(1),
        name: "Lecture \"1\"",
        reference_id: "onedrive:d:1",
    };

    #[test]
    fn adds_what_hosts_read_to_the_drive_item() {
        let item = PickedItem::build(
            r#"{"id":"1","name":"a.mp4","@microsoft.graph.downloadUrl":"stale","parentReference":{"driveId":"d"}}"#,
            &ADDITIONS,
        )
        .unwrap();
        let value: Value = serde_json::from_str(item.as_json()).unwrap();
        assert_eq!(
            value,
            json!({"id": "1", "name": "a.mp4", "parentReference": {"driveId": "d"},
                "@sharePoint.endpoint": "https://graph.microsoft.com/v1.0",
                "@microsoft.graph.downloadUrl": "https://files.example/1?tempauth=x",
                "@content.downloadUrl": "https://files.example/1?tempauth=x",
                "kaltura": {"mediaType": 1, "name": "Lecture \"1\"", "referenceId": "onedrive:d:1"}})
        );
    }

    #[test]
    fn a_folder_has_no_link_and_no_media_type() {
        let additions = ItemAdditions { download_url: None, media_type: None, ..ADDITIONS };
        let item = PickedItem::build(" {} ", &additions).unwrap();
        let value: Value = serde_json::from_str(item.as_json()).unwrap();
        assert!(value.get("@content.downloadUrl").is_none());
        assert!(value["kaltura"]["mediaType"].is_null());
    }

    #[test]
    fn refuses_what_is_no_object() {
        for text in ["", "[]", "null", "{", "{]}", r#"{"a":}"#, r#"{"a":1}{"b":2}"#, r#"{"a":1},{}"#] {
            assert!(PickedItem::build(text, &ADDITIONS).is_none(), "{text}");
        }
    }
}
