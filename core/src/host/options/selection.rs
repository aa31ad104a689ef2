//! `selection`: how much may be chosen.

use crate::host::json;
use crate::host::refresh::ItemReference;
use serde_json::Value;

/// How a choice is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SelectionMode {
    /// One file, then the button.
    #[default]
    Single,
    /// Any number up to the maximum.
    Multiple,
    /// One file, handed over by the click on it.
    Pick,
}

/// What may be chosen at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// How.
    pub(crate) mode: SelectionMode,
    /// How many at most, from 1; `None` leaves it to the settings. Asking for more than those allow has no effect.
    pub(crate) maximum_count: Option<u32>,
    /// Whether the choice is kept across folders and places; `true` unless the host says `false`.
    pub(crate) is_persistent: bool,
    /// Files that are chosen from the start, at most 1,000.
    pub source_items: Vec<ItemReference>,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            mode: SelectionMode::Single,
            maximum_count: None,
            is_persistent: true,
            source_items: Vec::new(),
        }
    }
}

impl Selection {
    /// How many may be chosen: 1 unless the mode is [`SelectionMode::Multiple`], else the smaller of host and settings.
    pub(crate) fn limit(&self, settings: u32) -> u32 {
        match self.mode {
            SelectionMode::Single | SelectionMode::Pick => 1,
            SelectionMode::Multiple => self.maximum_count.map_or(settings, |count| count.min(settings)),
        }
    }

    pub(super) fn read(selection: &Value) -> Self {
        const MOST_SOURCE_ITEMS: usize = 1_000;
        let count = json::whole(selection, "maximumCount").or_else(|| json::whole(selection, "maxCount"));
        Self {
            mode: match json::text(selection, "mode") {
                Some("multiple") => SelectionMode::Multiple,
                Some("pick") => SelectionMode::Pick,
                _ => SelectionMode::Single,
            },
            maximum_count: count
                .filter(|count| *count > 0)
                .map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
            is_persistent: json::flag(selection, "enablePersistence").unwrap_or(true),
            source_items: json::elements(selection, "sourceItems")
                .iter()
                .take(MOST_SOURCE_ITEMS)
                .filter_map(ItemReference::read)
                .collect(),
        }
    }
}
