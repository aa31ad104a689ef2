//! All entries: the database, and the search index that follows it.
//!
//! Lists are answered from a search index that is written at the end of a request and copied to further search servers, which
//! lag behind (SRV `plugins/search/providers/sphinx_search/lib/kSphinxSearchManager.php` L499-545, `kSphinxQueryCache.php`).
//! `get`, `getByIds` and lists by id read the database.

use std::collections::{HashMap, VecDeque};

use super::entry::{Entry, EntryStatus};

#[derive(Default)]
pub(super) struct Entries {
    all: Vec<Entry>,
    places: HashMap<String, usize>,
    /// By place, how the index shows an entry from which time on; oldest first.
    indexed: Vec<VecDeque<(u64, Entry)>>,
}

impl Entries {
    /// Adds an entry.
    pub(super) fn insert(&mut self, entry: Entry, now: u64, lag: u64) {
        self.places.insert(entry.id.clone(), self.all.len());
        self.indexed.push(VecDeque::from([(now + lag, entry.clone())]));
        self.all.push(entry);
    }

    /// An entry as it is in the database, deleted ones too.
    pub(super) fn get(&self, id: &str) -> Option<&Entry> {
        self.all.get(*self.places.get(id)?)
    }

    /// Changes an entry, and returns it as it is then.
    pub(super) fn change(
        &mut self,
        id: &str,
        now: u64,
        lag: u64,
        change: impl FnOnce(&mut Entry),
    ) -> Option<Entry> {
        let place = *self.places.get(id)?;
        let entry = self.all.get_mut(place)?;
        change(entry);
        entry.updated_at = now;
        let entry = entry.clone();
        let versions = self.indexed.get_mut(place)?;
        while versions.get(1).is_some_and(|(visible, _)| *visible <= now) {
            versions.pop_front();
        }
        versions.push_back((now + lag, entry.clone()));
        Some(entry)
    }

    /// All entries in the database, deleted ones too, oldest first.
    pub(super) fn all(&self) -> &[Entry] {
        &self.all
    }

    /// The entries as the index has them, deleted ones left out.
    pub(super) fn indexed(&self, now: u64) -> impl Iterator<Item = &Entry> {
        self.indexed.iter().filter_map(move |versions| {
            let (_, entry) = versions.iter().rev().find(|(visible, _)| *visible <= now)?;
            (entry.status != EntryStatus::Deleted).then_some(entry)
        })
    }

    /// When the index next changes.
    pub(super) fn next_change(&self, now: u64) -> Option<u64> {
        self.indexed.iter().flatten().map(|(visible, _)| *visible).filter(|visible| *visible > now).min()
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::EntryKind;
    use super::*;

    /// GUIDES `KALTURA_ANNOTATIONS_API.md`, "Index delay".
    #[test]
    fn the_index_shows_an_entry_and_its_changes_after_the_lag() {
        let mut entries = Entries::default();
        entries.insert(Entry::new("1_a".into(), EntryKind::Media(1), "noa", 0), 1_000, 5_000);
        assert_eq!(entries.indexed(5_999).count(), 0);
        assert_eq!(entries.next_change(1_000), Some(6_000));
        assert_eq!(entries.indexed(6_000).count(), 1);
        entries.change("1_a", 7_000, 5_000, |entry| entry.status = EntryStatus::Import);
        assert_eq!(entries.get("1_a").unwrap().status, EntryStatus::Import);
        assert_eq!(entries.indexed(11_999).next().unwrap().status, EntryStatus::NoContent);
        assert_eq!(entries.indexed(12_000).next().unwrap().status, EntryStatus::Import);
        entries.change("1_a", 20_000, 0, |entry| entry.status = EntryStatus::Deleted);
        assert_eq!(entries.indexed(20_000).count(), 0);
        assert_eq!(entries.all().len(), 1);
    }
}
