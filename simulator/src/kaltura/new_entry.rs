//! Entries that a test or a person wants to be there already.

use serde::Deserialize;

use super::entry::{AUTO_APPROVED, Entry, EntryKind, EntryStatus};

/// An entry to be made.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NewEntry {
    /// The owner.
    pub user_id: String,
    /// The name.
    pub name: String,
    /// The reference.
    pub reference_id: Option<String>,
    /// The number of its status; one that is unknown stands for READY.
    pub status: i64,
    /// The number of its moderation status.
    pub moderation_status: i64,
    /// Words.
    pub tags: Option<String>,
    /// Words that only administrators set.
    pub admin_tags: Option<String>,
    /// How old it is.
    pub created_seconds_ago: u64,
    /// A document instead of a video.
    pub document: bool,
    /// The ids of its categories.
    pub categories: Vec<u32>,
}

impl Default for NewEntry {
    fn default() -> Self {
        Self {
            user_id: super::COLLEAGUE.to_owned(),
            name: "A colleague's".to_owned(),
            reference_id: None,
            status: EntryStatus::Ready.number(),
            moderation_status: AUTO_APPROVED,
            tags: None,
            admin_tags: None,
            created_seconds_ago: 3_600,
            document: false,
            categories: Vec::new(),
        }
    }
}

impl NewEntry {
    pub(super) fn into_entry(self, id: String, then: u64) -> Entry {
        let kind = if self.document { EntryKind::Document(11) } else { EntryKind::Media(1) };
        let mut entry = Entry::new(id, kind, &self.user_id, then);
        entry.name = self.name;
        entry.reference_id = self.reference_id;
        entry.status = EntryStatus::of_number(self.status).unwrap_or(EntryStatus::Ready);
        entry.moderation = self.moderation_status;
        entry.categories = self.categories;
        for (name, value) in [("tags", self.tags), ("adminTags", self.admin_tags)] {
            if let Some(value) = value {
                entry.set_text(name, value);
            }
        }
        entry
    }
}
