//! A driveItem as JSON that borrows its texts from the answer: what a listing reads by the thousand, without a tree
//! of owned texts. Only the members in [`MEMBERS`] are held; everything else is read past.
//!
//! It is as tolerant as [`Value`]: a member of an odd type is that member's trouble and not the page's.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The members of a driveItem, at any depth, that [`super::ItemReader`] looks at.
const MEMBERS: [&str; 37] = [
    "id",
    "name",
    "size",
    "file",
    "mimeType",
    "lastModifiedDateTime",
    "parentReference",
    "driveId",
    "driveType",
    "path",
    "siteId",
    "video",
    "audio",
    "duration",
    "width",
    "height",
    "folder",
    "childCount",
    "image",
    "photo",
    "webUrl",
    "lastModifiedBy",
    "user",
    "displayName",
    "shared",
    "owner",
    "sharedBy",
    "group",
    "application",
    "remoteItem",
    "package",
    "bundle",
    "root",
    "malware",
    "deleted",
    "pendingOperations",
    NUMBER,
];

/// The member by which serde_json hands over a number whose digits it keeps (its feature `arbitrary_precision`).
const NUMBER: &str = "$serde_json::private::Number";

/// A JSON value as far as a driveItem is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'a> {
    /// `null`.
    Null,
    /// A whole number that is not negative.
    Number(u64),
    /// A text.
    Text(Cow<'a, str>),
    /// An object, its members of interest in their order.
    Object(Vec<(&'static str, Node<'a>)>),
    /// Anything else.
    Other,
}

impl<'a> Node<'a> {
    /// The same as a node.
    pub(super) fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Number(number) => number.as_u64().map_or(Self::Other, Self::Number),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Object(members) => Self::Object(
                members.iter().filter_map(|(name, value)| Some((member(name)?, Self::of(value)))).collect(),
            ),
            Value::Bool(_) | Value::Array(_) => Self::Other,
        }
    }

    /// The member of that name; the last if there are several.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(other, _)| *other == name).map(|(_, node)| node)
            }
            Self::Null | Self::Number(_) | Self::Text(_) | Self::Other => None,
        }
    }

    /// The text at a path of members, if it is not empty.
    pub(super) fn text(&self, path: &[&str]) -> Option<&str> {
        match self.at(path)? {
            Self::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The whole number at a path of members.
    pub(super) fn number(&self, path: &[&str]) -> Option<u64> {
        match self.at(path)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether the facet is present: Graph writes an object, possibly empty, and `null` for none.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(Self::is_object)
    }

    /// Whether it is an object.
    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.get(name))
    }
}

fn member(name: &str) -> Option<&'static str> {
    MEMBERS.into_iter().find(|member| *member == name)
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(MemberSeed)? {
            match name {
                Some(NUMBER) => return map.next_value::<Digits>().map(|digits| digits.0),
                Some(name) => members.push((name, map.next_value()?)),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Node::Object(members))
    }
}

/// The name of a member, if it is of interest; no text is made of it.
struct MemberSeed;

impl<'de> DeserializeSeed<'de> for MemberSeed {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberSeed {
    type Value = Option<&'static str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(member(name))
    }
}

/// The digits of a number.
struct Digits(Node<'static>);

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DigitsVisitor)
    }
}

struct DigitsVisitor;

impl Visitor<'_> for DigitsVisitor {
    type Value = Digits;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("digits")
    }

    fn visit_str<E>(self, digits: &str) -> Result<Digits, E> {
        Ok(Digits(digits.parse().map_or(Node::Other, Node::Number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::any_json;
    use proptest::prelude::*;

    #[test]
    fn borrows_what_has_no_escapes() {
        let text =
            r#"{"name":"a.mp4","webUrl":"https:\/\/x","size":734003200,"id":null,"video":{"duration":1.5}}"#;
        let node: Node<'_> = serde_json::from_str(text).unwrap();
        assert!(matches!(node.get("name"), Some(Node::Text(Cow::Borrowed("a.mp4")))));
        assert_eq!(node.text(&["webUrl"]), Some("https://x"));
        assert_eq!((node.number(&["size"]), node.number(&["video", "duration"])), (Some(734_003_200), None));
        assert_eq!((node.get("id"), node.has("video"), node.has("id")), (Some(&Node::Null), true, false));
    }

    #[test]
    fn holds_only_what_a_row_may_need() {
        let text = r#"{"@odata.etag":"x","file":{"hashes":{"quickXorHash":"y"},"mimeType":"a/b"},"id":"1","id":"2"}"#;
        let node: Node<'_> = serde_json::from_str(text).unwrap();
        assert_eq!((node.text(&["file", "mimeType"]), node.text(&["id"])), (Some("a/b"), Some("2")));
        assert_eq!((node.get("@odata.etag"), node.get("hashes")), (None, None));
    }

    proptest! {
        #[test]
        fn is_the_same_read_from_text_and_from_a_value(value in any_json()) {
            let text = value.to_string();
            prop_assert_eq!(serde_json::from_str::<Node<'_>>(&text).unwrap(), Node::of(&value));
        }
    }
}
