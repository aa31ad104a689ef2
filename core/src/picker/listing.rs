//! One folder or place as it arrives: page by page, refreshed behind, kept when something fails.

#[cfg(test)]
mod tests;

use std::ops::Deref;

use super::filter::Show;
use super::order::{Column, Direction, Order};
use super::rows::{Collation, Rows};
use crate::graph::Item;

/// How much of a listing has arrived. `E` is what can go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase<E> {
    /// The first page is on its way: nothing to show but skeletons.
    Loading,
    /// Some pages are here, more can be had.
    Partial,
    /// Everything is here.
    Complete,
    /// A page could not be had. The rows that are here stay.
    Failed(E),
}

/// The listing of one folder or place.
#[derive(Clone, Debug)]
pub struct Listing<E> {
    rows: Rows,
    phase: Phase<E>,
    pages: u32,
    ranked: bool,
    /// Whether Microsoft has more than is asked for.
    cut: bool,
    /// The rows of a newer reading, until they can take the place of those shown.
    fresh: Option<Rows>,
    version: u32,
}

impl<E> Listing<E> {
    /// A folder. If it fits one page it is put into natural order at once; a longer one keeps Microsoft's
    /// order until the user sorts, so that no row moves while pages arrive.
    pub fn folder() -> Self {
        Self::new(false)
    }

    /// Search hits or recent files: their order is their rank.
    pub fn ranked() -> Self {
        Self::new(true)
    }

    fn new(ranked: bool) -> Self {
        Self {
            rows: Rows::new(ranked),
            phase: Phase::Loading,
            pages: 0,
            ranked,
            cut: false,
            fresh: None,
            version: 0,
        }
    }

    /// How much has arrived.
    pub fn phase(&self) -> &Phase<E> {
        &self.phase
    }

    /// A number that changes whenever what is shown changes.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Whether a newer reading is under way behind the rows shown.
    pub fn is_refreshing(&self) -> bool {
        self.fresh.is_some()
    }

    /// Whether Microsoft has more than is asked for, so that these are not all.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Notes whether Microsoft has more than is asked for.
    pub fn cut(&mut self, cut: bool) {
        if self.cut != cut {
            self.cut = cut;
            self.version = self.version.wrapping_add(1);
        }
    }

    /// `aria-rowcount` with the row of the column heads; -1 while it is not known (WAI-ARIA 1.2).
    pub fn row_count(&self) -> i32 {
        let rows = i32::try_from(self.rows.len() + 1).unwrap_or(i32::MAX);
        if self.phase_is_complete() { rows } else { -1 }
    }

    /// Takes the next page; `more` says whether another follows. Answers how many items are new.
    pub fn receive(&mut self, page: Vec<Item>, more: bool, collation: Collation<'_>) -> usize {
        self.version = self.version.wrapping_add(1);
        let before = self.rows.total();
        match self.fresh.take() {
            Some(mut fresh) => {
                fresh.extend(page, collation);
                if more && fresh.total() < before {
                    self.fresh = Some(fresh);
                    return 0;
                }
                self.pages = if more { 2 } else { self.pages.max(1) };
                self.rows = fresh;
            }
            None => {
                self.pages = self.pages.saturating_add(1);
                self.rows.extend(page, collation);
            }
        }
        self.phase = if more { Phase::Partial } else { Phase::Complete };
        if self.pages == 1 && !more && !self.ranked && self.rows.order() == Order::Given {
            self.rows.sort(Order::By(Column::Name, Direction::Ascending));
            while !self.rows.sort_step(usize::MAX, collation) {}
        }
        self.rows.total().saturating_sub(before)
    }

    /// Notes that a page could not be had. While refreshing, the older rows simply stay as they are.
    pub fn fail(&mut self, error: E) {
        self.version = self.version.wrapping_add(1);
        if self.fresh.take().is_none() {
            self.phase = Phase::Failed(error);
        }
    }

    /// Goes on after a failure: skeletons if nothing is here yet, otherwise the rows with more to come.
    pub fn retry(&mut self) {
        self.version = self.version.wrapping_add(1);
        if matches!(self.phase, Phase::Failed(_)) {
            self.phase = if self.pages == 0 { Phase::Loading } else { Phase::Partial };
        }
    }

    /// Starts to read everything anew behind the rows shown. Pages go to [`receive`](Self::receive) as before.
    pub fn refresh(&mut self) {
        if self.pages == 0 {
            self.retry();
        } else {
            self.fresh = Some(self.rows.emptied());
        }
    }

    /// Gives up a newer reading, when the user went elsewhere meanwhile.
    pub fn abandon_refresh(&mut self) {
        self.fresh = None;
    }

    /// Sorts by a press on a column's head.
    pub fn press(&mut self, column: Column) {
        self.sort(self.rows.order().pressed(column));
    }

    /// Starts to sort. Call [`sort_step`](Self::sort_step) until it is done.
    pub fn sort(&mut self, order: Order) {
        self.version = self.version.wrapping_add(1);
        if let Some(fresh) = &mut self.fresh {
            fresh.sort(order);
        }
        self.rows.sort(order);
    }

    /// Sorts on for about `budget` comparisons; true once the rows are in order. 10,000 comparisons take a few
    /// milliseconds with the built-in order.
    pub fn sort_step(&mut self, budget: usize, collation: Collation<'_>) -> bool {
        let was_sorting = self.rows.is_sorting();
        let done = self.rows.sort_step(budget, collation);
        if was_sorting && done {
            self.version = self.version.wrapping_add(1);
        }
        done && self.fresh.as_mut().is_none_or(|fresh| fresh.sort_step(budget, collation))
    }

    /// Shows only some kinds of files; folders are always shown.
    pub fn filter(&mut self, show: Show) {
        self.version = self.version.wrapping_add(1);
        if let Some(fresh) = &mut self.fresh {
            fresh.filter(show);
        }
        self.rows.filter(show);
    }

    fn phase_is_complete(&self) -> bool {
        matches!(self.phase, Phase::Complete)
    }
}

impl<E> Deref for Listing<E> {
    type Target = Rows;

    /// Everything that reads rows.
    fn deref(&self) -> &Rows {
        &self.rows
    }
}
