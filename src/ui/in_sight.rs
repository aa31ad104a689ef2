//! The rows that exist as elements: those in sight, and the one with the tab stop wherever it is, so that scrolling
//! never takes the focus away. A row stays the same element while others come and go around it.

use super::app::App;
use crate::graph::{FileRef, Item};
use crate::picker::window::Visible;
use leptos::prelude::*;

/// A row that exists as an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its place in the listing, from 0.
    pub row: usize,
    /// Whether it is out of sight and only keeps the focus.
    pub far: bool,
    /// What it shows.
    pub item: Item,
}

/// What the rows are told apart by: the visit to a place, and the file.
pub type Key = (u32, FileRef);

/// The rows that exist as elements. A copy is a handle.
#[derive(Clone, Copy)]
pub struct InSight {
    visit: RwSignal<u32>,
    rows: Memo<Vec<Placed>>,
}

impl InSight {
    /// Follows what is in sight, what is listed and what has the focus.
    pub fn new(app: App, visible: Memo<Visible>) -> Self {
        let rows = Memo::new(move |_| {
            app.version.track();
            let range = visible.with(|visible| visible.rows.clone());
            let focused = app.focused_row.get();
            app.listing.with_untracked(|listing| {
                let above = (focused < range.start).then_some(focused);
                let below = (focused >= range.end).then_some(focused);
                let rows = above.into_iter().chain(range.clone()).chain(below);
                rows.filter_map(|row| {
                    let item = listing.get(row)?.clone();
                    Some(Placed { row, far: !range.contains(&row), item })
                })
                .collect()
            })
        });
        Self { visit: app.visit, rows }
    }

    /// The rows, in their order. Reactive.
    pub fn rows(self) -> Vec<Placed> {
        self.rows.get()
    }

    /// Takes part in every change. Reactive.
    pub fn track(self) {
        self.rows.track();
    }

    /// What tells a row from others.
    pub fn key(self, placed: &Placed) -> Key {
        (self.visit.get_untracked(), placed.item.file.clone())
    }

    /// One row, as it is from now on.
    pub fn follow(self, placed: Placed) -> Memo<Placed> {
        Memo::new(move |before: Option<&Placed>| {
            let known = before.unwrap_or(&placed);
            self.rows.with(|rows| {
                let now = rows.iter().find(|other| other.item.file == known.item.file);
                now.unwrap_or(known).clone()
            })
        })
    }
}
