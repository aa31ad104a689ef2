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
    /// 4: uploaded, and nothing converts it.
    Pending,
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
            Self::Pending => 4,
            Self::NoContent => 7,
        }
    }

    /// The status of a number on the wire.
    pub(super) fn of_number(number: i64) -> Option<Self> {
        use EntryStatus::{
            Deleted, ErrorConverting, ErrorImporting, Import, NoContent, Pending, Preconvert, Ready,
        };
        [ErrorImporting, ErrorConverting, Import, Preconvert, Ready, Deleted, Pending, NoContent]
            .into_iter()
            .find(|status| status.number() == number)
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

/// `moderationStatus` of an entry that waits to be approved.
pub(super) const PENDING_MODERATION: i64 = 1;
/// `moderationStatus` of an entry that was approved.
pub(super) const APPROVED: i64 = 2;
/// `moderationStatus` of an entry that was rejected.
pub(super) const REJECTED: i64 = 3;
/// `moderationStatus` where nobody moderates.
pub(super) const AUTO_APPROVED: i64 = 6;

/// A replacement of an entry's content (`KalturaEntryReplacementStatus`), with the id of the temporary entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Replacement {
    /// The new content is in a temporary entry until it is ready.
    Running(String),
    /// The new content could not be had.
    Failed(String),
}

/// An entry, with what came of its import.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `1_` and eight characters.
    pub id: String,
    /// The name, cut at 256 bytes.
    pub name: String,
    /// Media or document.
    pub kind: EntryKind,
    /// The id that the importer gave, if its session kept it.
    pub reference_id: Option<String>,
    /// The owner.
    pub user_id: String,
    /// Who made it.
    pub creator_id: String,
    /// Text members that are only kept: description, tags, adminTags, conversionProfileId and the like.
    pub texts: Vec<(&'static str, String)>,
    /// Where it stands.
    pub status: EntryStatus,
    /// `KalturaEntryModerationStatus`.
    pub moderation: i64,
    /// In milliseconds since 1970.
    pub created_at: u64,
    /// In milliseconds since 1970.
    pub updated_at: u64,
    /// The id of the file behind the last link, or the name of the last upload, that was handed over.
    pub source: Option<String>,
    /// The extension of its source.
    pub extension: Option<String>,
    /// The ids of the categories that it is in.
    pub categories: Vec<u32>,
    /// The languages of its captions.
    pub captions: Vec<String>,
    /// Custom metadata, by the profile's id.
    pub metadata: Vec<(u32, String)>,
    /// What came of the import, as far as it has come.
    pub import: Option<ImportReport>,
    /// In milliseconds, of a film or a sound that is ready.
    pub duration: Option<u32>,
    pub(super) replacement: Option<Replacement>,
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
pub(super) const TEXTS: [&str; 14] = [
    "description",
    "tags",
    "adminTags",
    "conversionProfileId",
    "licenseType",
    "partnerData",
    "partnerSortValue",
    "sourceVersion",
    "creditUrl",
    "application",
    "applicationVersion",
    "accessControlId",
    "startDate",
    "endDate",
];
/// Those of them that are numbers on the wire.
const NUMBERS: [&str; 6] =
    ["conversionProfileId", "licenseType", "partnerSortValue", "accessControlId", "startDate", "endDate"];

impl Entry {
    /// An entry without content, as `add` makes it.
    pub(super) fn new(id: String, kind: EntryKind, user_id: &str, now: u64) -> Self {
        Self {
            id,
            name: String::new(),
            kind,
            reference_id: None,
            user_id: user_id.to_owned(),
            creator_id: user_id.to_owned(),
            texts: Vec::new(),
            status: EntryStatus::NoContent,
            moderation: AUTO_APPROVED,
            created_at: now,
            updated_at: now,
            source: None,
            extension: None,
            categories: Vec::new(),
            captions: Vec::new(),
            metadata: Vec::new(),
            import: None,
            duration: None,
            replacement: None,
            thumbnail: None,
            content: None,
        }
    }

    /// A kept text member.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// Sets a kept text member.
    pub(super) fn set_text(&mut self, name: &'static str, value: String) {
        self.texts.retain(|(key, _)| *key != name);
        self.texts.push((name, value));
    }

    /// Whether its bytes have arrived.
    pub fn has_content(&self) -> bool {
        self.content.is_some()
    }

    /// The wire form. Members without a value are not there (SRV `KalturaJsonSerializer`).
    pub(super) fn to_value(&self, partner_id: u32, delivery: &str) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| {
            members.insert(name.to_owned(), value);
        };
        put("id", json!(self.id));
        put("name", json!(self.name));
        put("partnerId", json!(partner_id));
        put("userId", json!(self.user_id));
        put("creatorId", json!(self.creator_id));
        put("status", json!(self.status.number()));
        put("moderationStatus", json!(self.moderation));
        put("moderationCount", json!(0));
        put("createdAt", json!(self.created_at / 1_000));
        put("updatedAt", json!(self.updated_at / 1_000));
        for name in ["rank", "totalRank", "votes", "plays", "views", "version"] {
            put(name, json!(0));
        }
        let (replacement, replacing) = match &self.replacement {
            None => ("0", None),
            Some(Replacement::Running(id)) => ("1", Some(id)),
            Some(Replacement::Failed(id)) => ("4", Some(id)),
        };
        put("replacementStatus", json!(replacement));
        if let Some(id) = replacing {
            put("replacingEntryId", json!(id));
        }
        put("thumbnailUrl", json!(format!("{delivery}/p/{partner_id}/thumbnail/entry_id/{}", self.id)));
        for (name, value) in &self.texts {
            match value.parse::<i64>() {
                Ok(number) if NUMBERS.contains(name) => put(name, json!(number)),
                _ => put(name, json!(value)),
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

/// A name as Kaltura keeps it: cut at 256 bytes, between characters (SRV `alpha/lib/model/entry.php` L147, L405-410).
pub(super) fn cut_name(name: &str) -> String {
    const LIMIT: usize = 256;
    let end = (0..=LIMIT.min(name.len())).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    name.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_name_at_256_bytes_between_characters() {
        assert_eq!(cut_name("Lecture"), "Lecture");
        assert_eq!(cut_name(&"a".repeat(300)).len(), 256);
        assert_eq!(cut_name(&"א".repeat(200)).len(), 256);
        assert_eq!(cut_name(&format!("a{}", "א".repeat(200))).len(), 255);
    }
}
