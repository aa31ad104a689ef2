//! `media.list`: which entries, in what order, which page.

use serde_json::Value;

use super::category;
use super::entry::{Entry, EntryKind, EntryStatus, PENDING_MODERATION, REJECTED};
use super::request::{Members, text_of};
use super::session::Session;

/// The filter of a list, as far as importers use it (SRV `api_v3/lib/types/entry/filters/KalturaBaseEntryFilter.php`,
/// `alpha/lib/model/entryPeer.php`).
pub(super) struct Filter<'call>(pub(super) Members<'call>);

impl Filter<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.0.text(name)
    }

    fn contains(&self, name: &str, value: &str) -> bool {
        self.text(name).is_none_or(|list| list.split(',').any(|item| item.trim() == value))
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.text(name).is_some())
    }

    /// Whether entries are named by their ids: the database is read then, not the index (SRV
    /// `plugins/search/providers/sphinx_search/lib/SphinxCriteria.php` L528-533).
    pub(super) fn is_by_id(&self) -> bool {
        self.has_any(&["idEqual", "idIn"])
    }

    /// The references that are asked for.
    pub(super) fn references(&self) -> Vec<String> {
        let lists = [self.text("referenceIdEqual"), self.text("referenceIdIn")];
        lists.iter().flatten().flat_map(|list| list.split(',')).map(str::to_owned).collect()
    }

    /// Whether a list of this session may show the entry at all.
    ///
    /// Without `list:*` only entries of one's own are listed, but not if the filter names ids or references (SRV
    /// `KalturaEntryService.php` L1366-1397, `entryPeer.php` L446-450). In a site's session entitlement hides what is only in
    /// categories that one does not see, and lets through what is in none, whoever owns it (`entryPeer.php` L784-809,
    /// `alpha/apps/kaltura/lib/kEntitlementUtils.php` L626-638).
    pub(super) fn shows(&self, session: &Session, entry: &Entry) -> bool {
        if session.is_admin() || entry.user_id == session.user_id {
            return true;
        }
        let named = self.has_any(&["idEqual", "idIn", "referenceIdEqual", "referenceIdIn"]);
        if !session.may_list_all() && !named {
            return false;
        }
        !session.has_privacy_context()
            || entry.categories.is_empty()
            || entry.categories.iter().any(|id| category::is_open(*id))
    }

    /// Whether the entry passes a member that has the forms Equal, In, NotEqual and NotIn; without any of them, the default.
    fn by_number(&self, member: &str, number: i64, default: bool) -> bool {
        let names = ["Equal", "In", "NotEqual", "NotIn"].map(|form| format!("{member}{form}"));
        let [equal, within, not_equal, not_in] = names.each_ref().map(String::as_str);
        if !self.has_any(&[equal, within, not_equal, not_in]) {
            return default;
        }
        let value = number.to_string();
        let excluded = |name: &str| self.text(name).is_some() && self.contains(name, &value);
        self.contains(equal, &value)
            && self.contains(within, &value)
            && !excluded(not_equal)
            && !excluded(not_in)
    }

    /// Whether the entry passes. Without any status in the filter only READY entries do: who polls an import with
    /// `media.list` has to name the states. Without any moderation status those that wait for moderation or were rejected
    /// do not, whatever else is asked for (SRV `KalturaBaseEntryFilter.php` L94-120, L188-191).
    pub(super) fn accepts(&self, entry: &Entry) -> bool {
        let moderated = matches!(entry.moderation, PENDING_MODERATION | REJECTED);
        let media_type = match entry.kind {
            EntryKind::Media(number) | EntryKind::Document(number) => number,
        };
        let reference_id = entry.reference_id.as_deref().unwrap_or_default();
        let seconds = |milliseconds: u64| i64::try_from(milliseconds / 1_000).unwrap_or(i64::MAX);
        let within = |name: &str, value: i64| {
            self.number(&format!("{name}GreaterThanOrEqual")).is_none_or(|least| value >= least)
                && self.number(&format!("{name}LessThanOrEqual")).is_none_or(|most| value <= most)
        };
        let sort_value = entry.text("partnerSortValue").and_then(|text| text.parse().ok());
        let words = |name: &str, text: &str| {
            let text = text.to_lowercase();
            let all = |list: String| {
                list.to_lowercase()
                    .split([',', ' '])
                    .filter(|word| !word.is_empty())
                    .all(|word| text.contains(word))
            };
            let any = |list: String| list.to_lowercase().split(',').any(|word| text.contains(word.trim()));
            self.text(&format!("{name}Like")).is_none_or(all)
                && self.text(&format!("{name}MultiLikeAnd")).is_none_or(all)
                && self.text(&format!("{name}MultiLikeOr")).is_none_or(any)
        };
        self.by_number("status", entry.status.number(), entry.status == EntryStatus::Ready)
            && self.by_number("moderationStatus", entry.moderation, !moderated)
            && self.by_number("mediaType", media_type, true)
            && self.contains("idEqual", &entry.id)
            && self.contains("idIn", &entry.id)
            // Exactly, and with its case: the index has a digest of it (SphinxEntryCriteria.php L240-247).
            && self.text("referenceIdEqual").is_none_or(|text| text == reference_id)
            && self.contains("referenceIdIn", reference_id)
            && self.text("userIdEqual").is_none_or(|text| text == entry.user_id)
            && self.contains("userIdIn", &entry.user_id)
            && self.text("creatorIdEqual").is_none_or(|text| text == entry.creator_id)
            && self.text("nameEqual").is_none_or(|text| text.to_lowercase() == entry.name.to_lowercase())
            && words("name", &entry.name)
            && words("tags", entry.text("tags").unwrap_or_default())
            && words("adminTags", entry.text("adminTags").unwrap_or_default())
            && within("createdAt", seconds(entry.created_at))
            && within("updatedAt", seconds(entry.updated_at))
            && within("partnerSortValue", sort_value.unwrap_or(0))
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
