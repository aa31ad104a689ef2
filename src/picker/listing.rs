//! One folder or place as it arrives: page by page, refreshed behind, kept when something fails.

use std::ops::Deref;

use super::filter::Show;
use super::order::{Column, Direction, Order};
use super::rows::{Collation, Rows};
use crate::graph::{FileRef, Item};

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
    /// The pages of a newer reading, until they can take the place of the rows.
    fresh: Option<Vec<Item>>,
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
        Self { rows: Rows::new(ranked), phase: Phase::Loading, pages: 0, ranked, fresh: None, version: 0 }
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

    /// Whether everything has arrived and there is nothing in it at all.
    pub fn is_bare(&self) -> bool {
        self.phase_is_complete() && self.rows.total() == 0
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
                fresh.extend(page);
                if more && fresh.len() < before {
                    self.fresh = Some(fresh);
                    return 0;
                }
                self.pages = if more { 2 } else { self.pages.max(1) };
                self.rows.replace(fresh, collation);
            }
            None => {
                self.pages = self.pages.saturating_add(1);
                self.rows.extend(page, collation);
            }
        }
        self.phase = if more { Phase::Partial } else { Phase::Complete };
        if self.pages == 1 && !more && !self.ranked && self.rows.order() == Order::Given {
            self.rows.sort(Order::By(Column::Name, Direction::Ascending));
            self.rows.sort_step(usize::MAX, collation);
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
            self.fresh = Some(Vec::new());
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
        done
    }

    /// Shows only some kinds of files; folders are always shown.
    pub fn filter(&mut self, show: Show) {
        self.version = self.version.wrapping_add(1);
        self.rows.filter(show);
    }

    /// Brings an item up to date where it stands.
    pub fn update(&mut self, item: Item) {
        if self.rows.update(item) {
            self.version = self.version.wrapping_add(1);
        }
    }

    /// Takes an item out that is gone.
    pub fn remove(&mut self, gone: &FileRef) {
        if self.rows.remove(gone) {
            self.version = self.version.wrapping_add(1);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picker::testing::{file, file_ref, names};

    type Folder = Listing<&'static str>;

    fn page(names: &[&str]) -> Vec<Item> {
        names.iter().map(|name| file(name)).collect()
    }

    #[test]
    fn arrives_page_by_page_without_moving_a_row() {
        let mut listing = Folder::folder();
        assert_eq!((listing.phase(), listing.row_count()), (&Phase::Loading, -1));
        assert_eq!(listing.receive(page(&["f10.mp4", "f2.mp4"]), true, None), 2);
        assert_eq!((listing.phase(), listing.row_count()), (&Phase::Partial, -1));
        assert_eq!(listing.receive(page(&["f2.mp4", "f1.mp4"]), false, None), 1);
        assert_eq!((listing.phase(), listing.row_count()), (&Phase::Complete, 4));
        assert_eq!(names(listing.iter()), ["f10.mp4", "f2.mp4", "f1.mp4"]);
    }

    #[test]
    fn puts_a_folder_of_one_page_into_natural_order() {
        let mut listing = Folder::folder();
        listing.receive(page(&["f10.mp4", "f2.mp4"]), false, None);
        assert_eq!(names(listing.iter()), ["f2.mp4", "f10.mp4"]);
        let mut hits = Folder::ranked();
        hits.receive(page(&["f10.mp4", "f2.mp4"]), false, None);
        assert_eq!(names(hits.iter()), ["f10.mp4", "f2.mp4"]);
    }

    #[test]
    fn keeps_its_rows_when_a_page_fails() {
        let mut listing = Folder::folder();
        listing.receive(page(&["a.mp4"]), true, None);
        listing.fail("throttled");
        assert_eq!((listing.phase(), listing.len()), (&Phase::Failed("throttled"), 1));
        listing.retry();
        assert_eq!(listing.phase(), &Phase::Partial);
        listing.receive(page(&["b.mp4"]), false, None);
        assert_eq!(listing.len(), 2);
    }

    #[test]
    fn loads_again_when_the_first_page_failed() {
        let mut listing = Folder::folder();
        listing.fail("offline");
        listing.refresh();
        assert_eq!(listing.phase(), &Phase::Loading);
        assert!(!listing.is_refreshing());
    }

    #[test]
    fn refreshes_behind_the_rows() {
        let mut listing = Folder::folder();
        listing.receive(page(&["a.mp4", "b.mp4", "c.mp4"]), false, None);
        listing.refresh();
        listing.receive(page(&["b.mp4", "d.mp4"]), true, None);
        assert_eq!(
            names(listing.iter()),
            ["a.mp4", "b.mp4", "c.mp4"],
            "nothing moves before the whole is there"
        );
        listing.receive(page(&["c.mp4"]), false, None);
        assert_eq!(names(listing.iter()), ["b.mp4", "c.mp4", "d.mp4"]);
        assert_eq!(listing.phase(), &Phase::Complete);
    }

    #[test]
    fn a_failed_refresh_changes_nothing() {
        let mut listing = Folder::folder();
        listing.receive(page(&["a.mp4"]), false, None);
        listing.refresh();
        listing.fail("offline");
        assert_eq!((listing.phase(), listing.len()), (&Phase::Complete, 1));
        assert!(!listing.is_refreshing());
    }

    #[test]
    fn a_refresh_goes_on_where_the_older_reading_stopped() {
        let mut listing = Folder::folder();
        listing.receive(page(&["a.mp4", "b.mp4"]), true, None);
        listing.refresh();
        listing.receive(page(&["b.mp4", "c.mp4"]), true, None);
        assert_eq!((listing.phase(), listing.is_refreshing()), (&Phase::Partial, false));
        listing.receive(page(&["d.mp4"]), false, None);
        assert_eq!(names(listing.iter()), ["b.mp4", "c.mp4", "d.mp4"]);
    }

    #[test]
    fn tells_an_empty_folder_from_one_whose_files_are_hidden() {
        let mut listing = Folder::folder();
        assert!(!listing.is_bare());
        listing.receive(Vec::new(), false, None);
        assert!(listing.is_bare());
        let mut listing = Folder::folder();
        listing.receive(page(&["a.mp4"]), false, None);
        listing.filter(Show::Only(crate::graph::MediaKind::Image));
        assert!(listing.is_empty() && !listing.is_bare());
    }

    #[test]
    fn counts_every_change() {
        let mut listing = Folder::folder();
        let mut last = listing.version();
        let steps: [&dyn Fn(&mut Folder); 6] = [
            &|listing| assert_eq!(listing.receive(page(&["b.mp4", "a.mp4"]), true, None), 2),
            &|listing| listing.press(Column::Name),
            &|listing| assert!(listing.sort_step(1000, None)),
            &|listing| listing.update(file("a.mp4")),
            &|listing| listing.remove(&file_ref("a.mp4")),
            &|listing| listing.fail("offline"),
        ];
        for step in steps {
            step(&mut listing);
            assert_ne!(listing.version(), last);
            last = listing.version();
        }
        listing.remove(&file_ref("a.mp4"));
        assert_eq!(listing.version(), last);
    }

    #[test]
    fn holds_twenty_thousand_items() {
        let mut listing = Folder::folder();
        for start in 0..100 {
            let page = (0..200)
                .map(|number| file(&format!("f{}.mp4", (start * 200 + number) * 7 % 20_000)))
                .collect();
            listing.receive(page, start < 99, None);
        }
        listing.press(Column::Name);
        let mut steps = 0;
        while !listing.sort_step(10_000, None) {
            steps += 1;
        }
        assert!(steps > 10, "a sort of this length pauses");
        assert_eq!(listing.len(), 20_000);
        assert!(names(listing.iter()).starts_with(&["f0.mp4", "f1.mp4", "f2.mp4"]));
        assert_eq!(listing.row_of(&file_ref("f19999.mp4")), Some(19_999));
    }
}
