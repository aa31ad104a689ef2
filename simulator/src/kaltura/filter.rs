//! `media.list`: which entries, in what order, which page.

use serde_json::{Map, Value};

use super::entry::{Entry, EntryKind, EntryStatus};
use super::request::text_of;

/// The filter of a list, as far as importers use it.
pub(super) struct Filter<'call>(pub(super) &'call Map<String, Value>);

impl Filter<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(text_of).filter(|text| !text.is_empty())
    }

    fn contains(&self, name: &str, value: &str) -> bool {
        self.text(name).is_none_or(|list| list.split(',').any(|item| item.trim() == value))
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// Whether the entry passes. Without any status in the filter only READY entries do: who polls an import with
    /// `media.list` has to name the states.
    pub(super) fn accepts(&self, entry: &Entry) -> bool {
        let status = entry.status.number().to_string();
        let by_status = if self.text("statusEqual").is_none()
            && self.text("statusIn").is_none()
            && self.text("statusNotEqual").is_none()
            && self.text("statusNotIn").is_none()
        {
            entry.status == EntryStatus::Ready
        } else {
            self.contains("statusEqual", &status)
                && self.contains("statusIn", &status)
                && self.text("statusNotEqual").is_none_or(|text| text != status)
                && self
                    .text("statusNotIn")
                    .is_none_or(|list| !list.split(',').any(|item| item.trim() == status))
        };
        let reference_id = entry.reference_id.as_deref().unwrap_or_default();
        let media_type = match entry.kind {
            EntryKind::Media(number) | EntryKind::Document(number) => number.to_string(),
        };
        let created_at = i64::try_from(entry.created_at).unwrap_or(i64::MAX);
        by_status
            && self.contains("idEqual", &entry.id)
            && self.contains("idIn", &entry.id)
            && self.text("referenceIdEqual").is_none_or(|text| text == reference_id)
            && self.contains("referenceIdIn", reference_id)
            && self.contains("userIdEqual", &entry.user_id)
            && self.contains("mediaTypeEqual", &media_type)
            && self.contains("mediaTypeIn", &media_type)
            && self.text("nameEqual").is_none_or(|text| text == entry.name)
            && self.text("nameLike").is_none_or(|text| entry.name.contains(&text))
            && self.number("createdAtGreaterThanOrEqual").is_none_or(|least| created_at >= least)
            && self.number("createdAtLessThanOrEqual").is_none_or(|most| created_at <= most)
    }

    /// Puts the entries in order: newest first unless asked otherwise.
    pub(super) fn sort(&self, entries: &mut [Entry]) {
        let order = self.text("orderBy").unwrap_or_else(|| "-createdAt".to_owned());
        let (descending, key) = match order.strip_prefix('-') {
            Some(key) => (true, key),
            None => (false, order.trim_start_matches('+')),
        };
        match key {
            "name" => entries.sort_by(|a, b| a.name.cmp(&b.name)),
            "updatedAt" => entries.sort_by_key(|entry| entry.updated_at),
            _ => entries.sort_by_key(|entry| entry.created_at),
        }
        if descending {
            entries.reverse();
        }
    }
}

/// The page of `KalturaFilterPager`: 30 entries unless asked otherwise, at most 500.
pub(super) fn page<'list>(entries: &'list [Entry], pager: Option<&Value>) -> &'list [Entry] {
    let number = |name: &str| {
        pager.and_then(|pager| pager.get(name)).and_then(text_of).and_then(|text| text.parse::<usize>().ok())
    };
    let size = number("pageSize").unwrap_or(30).clamp(1, 500);
    let start = number("pageIndex").unwrap_or(1).saturating_sub(1).saturating_mul(size).min(entries.len());
    let end = start.saturating_add(size).min(entries.len());
    entries.get(start..end).unwrap_or_default()
}
