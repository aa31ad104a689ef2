//! The order of the rows. A long listing is sorted between frames, and its focus, anchor and choice follow the files.

use super::App;
use super::loading::Task;
use crate::browser::Browser;
use crate::ui::later::Later;
use leptos::prelude::*;
use onedrive_picker_core::graph::FileRef;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::order::{Column, Order};
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::picker::selection::Selection;

/// Comparisons after which the clock is looked at.
const STEP: usize = 200;
/// How long a long listing is sorted between two frames, in milliseconds.
const TIME: u64 = 8;
/// Rows that are sorted at once, without a frame in between.
const AT_ONCE: usize = 1_000;

impl App {
    /// Sorts by a column; a second press turns the order round.
    pub fn sort_by(self, column: Column) {
        self.sort(self.order.get_untracked().pressed(column));
    }

    /// Sorts the whole listing, in steps if it is long.
    pub(in crate::ui) fn sort(self, order: Order) {
        let files = self.selected_files();
        self.listing.update(|listing| listing.sort(order));
        let rows = self.listing.with_untracked(|listing| listing.total());
        if self.sort_for(if rows <= AT_ONCE { u64::MAX } else { TIME }) {
            self.pause_sort();
            self.follow_files(&files);
            self.announce_order();
        } else {
            self.sort_on(files);
        }
    }

    /// Goes on with a sort that was under way when its place was left.
    pub(super) fn resume_sort(self) {
        if self.listing.with_untracked(|listing| listing.is_sorting()) {
            self.later(Later::ResumeSort);
        }
    }

    /// The same, with its code at hand.
    pub(in crate::ui) fn continue_sort(self) {
        self.sort_on(self.selected_files());
    }

    /// Lets a sort rest, because another place is about to be shown.
    pub(super) fn pause_sort(self) {
        if let Some(services) = self.services() {
            *services.loads.sort.borrow_mut() = None;
        }
    }

    fn sort_on(self, files: Vec<(usize, FileRef)>) {
        let Some(services) = self.services() else { return };
        let task = Task::spawn(async move {
            loop {
                Browser.sleep(0).await;
                if self.sort_for(TIME) {
                    break;
                }
            }
            self.follow_files(&files);
            self.announce_order();
        });
        *services.loads.sort.borrow_mut() = Some(task);
    }

    /// Sorts on for about so many milliseconds. True once the rows are in order.
    fn sort_for(self, limit: u64) -> bool {
        let end = Browser.now().saturating_add(limit);
        self.collation(|collation| {
            self.listing.update(|listing| {
                loop {
                    if listing.sort_step(STEP, Some(collation)) {
                        return true;
                    }
                    if Browser.now() >= end {
                        return false;
                    }
                }
            })
        })
    }

    fn announce_order(self) {
        if let Order::By(column, _) = self.order.get_untracked() {
            let name = self.speech.say(crate::ui::sorter::column_name(column));
            self.announce(self.speech.fill(Message::SortedBy, &[("column", &name)]));
        }
    }

    /// The files in the rows that the selection remembers, by row.
    pub(super) fn selected_files(self) -> Vec<(usize, FileRef)> {
        let rows = self.selection.with_untracked(Selection::rows);
        self.listing.with_untracked(|listing| {
            rows.into_iter().filter_map(|row| Some((row, listing.get(row)?.file.clone()))).collect()
        })
    }

    /// Lets the selection follow these files to the rows that they are in now.
    pub(super) fn follow_files(self, files: &[(usize, FileRef)]) {
        let (rows, count) = self
            .listing
            .with_untracked(|listing| (listing.rows_of(files.iter().map(|(_, file)| file)), listing.len()));
        if files.iter().zip(&rows).all(|((before, _), now)| Some(*before) == *now) {
            return;
        }
        let now = |row: usize| {
            let place = files.binary_search_by_key(&row, |(before, _)| *before).ok()?;
            rows.get(place).copied().flatten()
        };
        self.selection.update(|selection| selection.moved(count, now));
    }
}
