//! `refresh-links`: the host asks for fresh download links of picked items while the picker is open.

use super::json;
use serde_json::Value;
use std::fmt;

/// The id of a command of the host, to be echoed exactly: a text or a whole number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostCommandId(String);

impl HostCommandId {
    /// `None` if there is nothing that could be echoed.
    pub(super) fn read(message: &Value) -> Option<Self> {
        const LONGEST: usize = 256;
        match message.get("id")? {
            Value::String(text) if text.len() <= LONGEST => Some(Self(json::quoted(text))),
            Value::Number(number) => number
                .as_u64()
                .map(|number| number.to_string())
                .or_else(|| number.as_i64().map(|number| number.to_string()))
                .map(Self),
            _ => None,
        }
    }

    /// The id as JSON.
    pub(super) fn as_json(&self) -> &str {
        &self.0
    }
}

/// Where one item lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemReference {
    /// The drive's id.
    pub drive_id: String,
    /// The item's id within the drive.
    pub id: String,
}

impl ItemReference {
    /// Reads `{id, driveId}` or a driveItem with `parentReference.driveId`. `None` if one of them is missing or is no
    /// identifier.
    pub(super) fn read(item: &Value) -> Option<Self> {
        const LONGEST: usize = 1024;
        let id = json::plain(item, "id", LONGEST)?;
        let drive_id = json::plain(item, "driveId", LONGEST)
            .or_else(|| json::plain(item.get("parentReference")?, "driveId", LONGEST))?;
        Some(Self { drive_id: drive_id.to_owned(), id: id.to_owned() })
    }
}

/// One item of the answer.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshedLink {
    /// Which item.
    pub item: ItemReference,
    /// The fresh link, pre-authenticated and short-lived, or why there is none.
    pub link: Result<String, LinkProblem>,
}

impl fmt::Debug for RefreshedLink {
    /// Does not show the link: it opens the file without a sign-in.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RefreshedLink")
            .field("item", &self.item)
            .field("link", &self.link.as_ref().map(|_| "…"))
            .finish()
    }
}

/// Why an item has no fresh link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkProblem {
    /// Graph's error code (`itemNotFound`, `accessDenied`, …) or one of this picker.
    pub(crate) code: String,
    /// A sentence for logs.
    pub(crate) message: String,
}

impl LinkProblem {
    /// A problem with the given code and sentence.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_item_reference_in_both_shapes() {
        for (text, expected) in [
            (r#"{"id":"1","driveId":"b!x"}"#, true),
            (r#"{"id":"1","parentReference":{"driveId":"b!x"}}"#, true),
            (r#"{"id":"1"}"#, false),
            (r#"{"id":1,"driveId":"b!x"}"#, false),
            (r#"{"id":"","driveId":"b!x"}"#, false),
            (r#"{"id":"1\n","driveId":"b!x"}"#, false),
            (r#""1""#, false),
            ("null", false),
        ] {
            assert_eq!(ItemReference::read(&json::parse(text).unwrap()).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn echoes_a_command_id_as_it_came() {
        for (text, expected) in [
            (r#"{"id":"a\"b"}"#, Some(r#""a\"b""#)),
            (r#"{"id":7}"#, Some("7")),
            (r#"{"id":-7}"#, Some("-7")),
            (r#"{"id":1.5}"#, None),
            (r#"{"id":{}}"#, None),
            (r#"{"id":null}"#, None),
            ("{}", None),
        ] {
            let id = HostCommandId::read(&json::parse(text).unwrap());
            assert_eq!(id.as_ref().map(HostCommandId::as_json), expected, "{text}");
        }
    }

    #[test]
    fn debug_hides_the_link() {
        let link = RefreshedLink {
            item: ItemReference { drive_id: "d".into(), id: "1".into() },
            link: Ok("https://files.example/tempauth=secret".into()),
        };
        assert!(!format!("{link:?}").contains("secret"));
    }
}
