//! A Kaltura entry and how it looks on the wire.

use serde_json::{Map, Value, json};

use super::import::ImportReport;

/// The life of an entry (`KalturaEntryStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryStatus {
    /// -2: the link could not be downloaded.
    ErrorImporting,
    /// -1: what was downloaded could not be converted.
    ErrorConverting,
    /// 0: the download waits or runs.
    Import,
    /// 1: the conversion runs.
    Preconvert,
    /// 2: can be played.
    Ready,
    /// 3: deleted.
    Deleted,
    /// 7: added, nothing in it yet.
    NoContent,
}

impl EntryStatus {
    /// The number on the wire.
    pub fn number(self) -> i64 {
        match self {
            Self::ErrorImporting => -2,
            Self::ErrorConverting => -1,
            Self::Import => 0,
            Self::Preconvert => 1,
            Self::Ready => 2,
            Self::Deleted => 3,
            Self::NoContent => 7,
        }
    }

    /// Whether nothing more happens by itself.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Import | Self::Preconvert)
    }
}

/// What kind of object an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `KalturaMediaEntry` with its `mediaType`: 1 video, 2 image, 5 audio, -1 automatic.
    Media(i64),
    /// `KalturaDocumentEntry` with its `documentType`: 11 document, 12 SWF, 13 PDF.
    Document(i64),
}

/// An entry, with what came of its import.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `1_` and eight characters.
    pub id: String,
    /// The name, as the importer gave it.
    pub name: String,
    /// Media or document.
    pub kind: EntryKind,
    /// The id that the importer gave: the driveItem's.
    pub reference_id: Option<String>,
    /// The owner.
    pub user_id: String,
    /// Text members that are only kept: description, tags, adminTags, categories, conversionProfileId.
    pub texts: Vec<(&'static str, String)>,
    /// Where it stands.
    pub status: EntryStatus,
    /// Unix time in seconds.
    pub created_at: u64,
    /// Unix time in seconds.
    pub updated_at: u64,
    /// What came of the import, as far as it has come.
    pub import: Option<ImportReport>,
    /// In milliseconds, of a film or a sound that is ready.
    pub duration: Option<u32>,
    pub(super) thumbnail: Option<String>,
    pub(super) content: Option<Content>,
}

/// The bytes of an entry: those up to the last that is not zero, then zeros up to the length.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) head: axum::body::Bytes,
    pub(super) length: u64,
    pub(super) media_type: String,
}

impl Content {
    /// The bytes from `start` up to `end`.
    pub(super) fn slice(&self, start: u64, end: u64) -> Vec<u8> {
        let place = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX).min(self.head.len());
        let mut bytes = self.head.get(place(start)..place(end)).unwrap_or_default().to_vec();
        bytes.resize(usize::try_from(end.saturating_sub(start)).unwrap_or_default(), 0);
        bytes
    }
}

/// The members that are kept as text.
pub(super) const TEXTS: [&str; 6] =
    ["description", "tags", "adminTags", "categories", "conversionProfileId", "licenseType"];

impl Entry {
    /// A kept text member.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// The wire form; `adminTags` only for those who may see it. Members without a value are not there
    /// (SRV `KalturaJsonSerializer`).
    pub(super) fn to_value(&self, partner_id: u32, delivery: &str, with_admin_tags: bool) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| {
            members.insert(name.to_owned(), value);
        };
        put("id", json!(self.id));
        put("name", json!(self.name));
        put("partnerId", json!(partner_id));
        put("userId", json!(self.user_id));
        put("creatorId", json!(self.user_id));
        put("status", json!(self.status.number()));
        put("moderationStatus", json!(6));
        put("moderationCount", json!(0));
        put("createdAt", json!(self.created_at));
        put("updatedAt", json!(self.updated_at));
        put("rank", json!(0));
        put("totalRank", json!(0));
        put("votes", json!(0));
        put("plays", json!(0));
        put("views", json!(0));
        put("version", json!(0));
        put("thumbnailUrl", json!(format!("{delivery}/p/{partner_id}/thumbnail/entry_id/{}", self.id)));
        for (name, value) in &self.texts {
            if *name != "adminTags" || with_admin_tags {
                put(name, json!(value));
            }
        }
        if let Some(reference_id) = &self.reference_id {
            put("referenceId", json!(reference_id));
        }
        match self.kind {
            EntryKind::Media(media_type) => {
                put("type", json!(1));
                put("mediaType", json!(media_type));
                let duration = self.duration.unwrap_or_default();
                put("duration", json!(duration.div_ceil(1000)));
                put("msDuration", json!(duration));
                put(
                    "dataUrl",
                    json!(format!("{delivery}/p/{partner_id}/playManifest/entryId/{}/a", self.id)),
                );
                put("objectType", json!("KalturaMediaEntry"));
            }
            EntryKind::Document(document_type) => {
                put("type", json!("10"));
                put("documentType", json!(document_type));
                put("objectType", json!("KalturaDocumentEntry"));
            }
        }
        Value::Object(members)
    }
}
