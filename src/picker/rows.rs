//! The rows of one listing: every item once, in the order that is shown, folders first.

use std::cmp::Ordering;

use super::filter::Show;
use super::order::{Order, SortKey};
use super::ref_index::RefIndex;
use super::sorter::{Sorter, merge_rows, sort_rows};
use crate::graph::{FileRef, Item};

/// The locale's order of two names (`Intl.Collator`), if it is wanted instead of the built-in one.
pub type Collation<'a> = Option<&'a dyn Fn(&str, &str) -> Ordering>;

/// The rows of one listing.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    items: Vec<Item>,
    keys: Vec<SortKey>,
    index: RefIndex,
    /// All items in order.
    sorted: Vec<u32>,
    /// Those of them that are shown, if not all are.
    shown: Option<Vec<u32>>,
    show: Show,
    order: Order,
    ranked: bool,
    sorting: Option<Sorter>,
}

impl Rows {
    /// No rows yet. `ranked` rows (search hits, recent files) keep even their folders where they came.
    pub fn new(ranked: bool) -> Self {
        Self { ranked, ..Self::default() }
    }

    /// The number of rows shown.
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether no row is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of items that arrived, shown or not.
    pub fn total(&self) -> usize {
        self.items.len()
    }

    /// The item of a row.
    pub fn get(&self, row: usize) -> Option<&Item> {
        self.view().get(row).and_then(|number| self.item(*number))
    }

    /// The items in the order shown.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.view().iter().filter_map(|number| self.item(*number))
    }

    /// The item with that reference, shown or not.
    pub fn find(&self, wanted: &FileRef) -> Option<&Item> {
        self.index.find(wanted, |number| self.reference(number)).and_then(|number| self.item(number))
    }

    /// The row of an item, if it is shown.
    pub fn row_of(&self, wanted: &FileRef) -> Option<usize> {
        let number = self.index.find(wanted, |number| self.reference(number))?;
        self.view().iter().position(|other| *other == number)
    }

    /// How many rows at the top are folders; 0 where folders stay among the files.
    pub fn folders(&self) -> usize {
        if self.folders_first() {
            self.view().partition_point(|number| self.key(*number).is_some_and(SortKey::is_folder))
        } else {
            0
        }
    }

    /// The order in force.
    pub fn order(&self) -> Order {
        self.order
    }

    /// What is shown.
    pub fn show(&self) -> Show {
        self.show
    }

    /// Whether rows are still being sorted; until then they stand as before.
    pub fn is_sorting(&self) -> bool {
        self.sorting.is_some()
    }

    /// Takes a page. An item that is there already is brought up to date where it stands. Answers how many are new.
    pub fn extend(&mut self, page: Vec<Item>, collation: Collation<'_>) -> usize {
        let first = self.items.len();
        for item in page {
            match self.index.find(&item.file, |number| self.reference(number)) {
                Some(number) => self.set(number, item),
                None => self.push(item),
            }
        }
        let new: Vec<u32> = (number(first)..number(self.items.len())).collect();
        let added = new.len();
        if self.sorting.is_some() {
            self.sorted.extend(new);
            self.sorting = Some(Sorter::new(self.sorted.clone()));
        } else {
            let mut compare = |left: u32, right: u32| self.compare(left, right, collation);
            let new = sort_rows(new, &mut compare);
            self.sorted = merge_rows(&self.sorted, &new, &mut compare);
        }
        self.refilter();
        added
    }

    /// Puts other items in the place of all, in the same order and filter.
    pub fn replace(&mut self, items: Vec<Item>, collation: Collation<'_>) {
        let fresh = Self { show: self.show, order: self.order, ranked: self.ranked, ..Self::default() };
        *self = fresh;
        self.extend(items, collation);
    }

    /// Brings one item up to date where it stands. False if it is not there.
    pub fn update(&mut self, item: Item) -> bool {
        let found = self.index.find(&item.file, |number| self.reference(number));
        found.map(|number| self.set(number, item)).is_some()
    }

    /// Takes one item out. False if it is not there.
    pub fn remove(&mut self, gone: &FileRef) -> bool {
        let Some(number) = self.index.find(gone, |number| self.reference(number)) else { return false };
        let order: Vec<u32> = self.sorted.iter().copied().filter(|other| *other != number).collect();
        let items = order.iter().filter_map(|number| self.item(*number).cloned()).collect();
        // The rows are in order already, so they are taken as given.
        let (order, ranked) = (self.order, self.ranked);
        *self = Self { show: self.show, ranked: true, ..Self::default() };
        self.extend(items, None);
        (self.order, self.ranked) = (order, ranked);
        true
    }

    /// Starts to sort. Call [`sort_step`](Self::sort_step) until it is done.
    pub fn sort(&mut self, order: Order) {
        self.order = order;
        self.sorting = Some(Sorter::new((0..number(self.items.len())).collect()));
    }

    /// Sorts on for about `budget` comparisons. True once the rows are in order.
    pub fn sort_step(&mut self, budget: usize, collation: Collation<'_>) -> bool {
        let Some(mut sorter) = self.sorting.take() else { return true };
        if sorter.step(budget, &mut |left, right| self.compare(left, right, collation)) {
            self.sorted = sorter.into_rows();
            self.refilter();
            true
        } else {
            self.sorting = Some(sorter);
            false
        }
    }

    /// Shows only some kinds of files; folders are always shown.
    pub fn filter(&mut self, show: Show) {
        self.show = show;
        self.refilter();
    }

    fn refilter(&mut self) {
        let passes = |number: &u32| self.item(*number).is_some_and(|item| self.show.passes(item));
        self.shown = (self.show != Show::All).then(|| self.sorted.iter().copied().filter(passes).collect());
    }

    fn compare(&self, left: u32, right: u32, collation: Collation<'_>) -> Ordering {
        let (Some(left_key), Some(right_key)) = (self.key(left), self.key(right)) else {
            return Ordering::Equal;
        };
        if !self.folders_first() {
            return Ordering::Equal;
        }
        match collation {
            None => left_key.compare(right_key, self.order, None),
            Some(collate) => left_key.compare(
                right_key,
                self.order,
                Some(&|| match (self.item(left), self.item(right)) {
                    (Some(left), Some(right)) => collate(&left.name, &right.name),
                    _ => Ordering::Equal,
                }),
            ),
        }
    }

    fn folders_first(&self) -> bool {
        !self.ranked || self.order != Order::Given
    }

    fn push(&mut self, item: Item) {
        let number = number(self.items.len());
        let reference = item.file.clone();
        self.keys.push(SortKey::of(&item));
        self.items.push(item);
        let items = &self.items;
        self.index.insert(number, &reference, |other| items.get(index(other)).map(|item| &item.file));
    }

    fn set(&mut self, number: u32, item: Item) {
        if let Some(key) = self.keys.get_mut(index(number)) {
            *key = SortKey::of(&item);
        }
        if let Some(slot) = self.items.get_mut(index(number)) {
            *slot = item;
        }
    }

    fn view(&self) -> &[u32] {
        self.shown.as_deref().unwrap_or(&self.sorted)
    }

    fn item(&self, number: u32) -> Option<&Item> {
        self.items.get(index(number))
    }

    fn key(&self, number: u32) -> Option<&SortKey> {
        self.keys.get(index(number))
    }

    fn reference(&self, number: u32) -> Option<&FileRef> {
        self.item(number).map(|item| &item.file)
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::MediaKind;
    use crate::picker::order::{Column, Direction};
    use crate::picker::testing::{file, file_ref, folder, names};
    use proptest::prelude::*;

    const BY_NAME: Order = Order::By(Column::Name, Direction::Ascending);

    fn rows(pages: &[&[&str]]) -> Rows {
        let mut rows = Rows::new(false);
        for page in pages {
            rows.extend(page.iter().map(|name| made(name)).collect(), None);
        }
        rows
    }

    fn made(name: &str) -> Item {
        if name.contains('.') { file(name) } else { folder(name) }
    }

    #[test]
    fn keeps_the_given_order_with_folders_first() {
        let rows = rows(&[&["b.mp4", "X", "a.mp4"], &["Y", "c.mp4"]]);
        assert_eq!(names(rows.iter()), ["X", "Y", "b.mp4", "a.mp4", "c.mp4"]);
        assert_eq!(rows.folders(), 2);
        assert_eq!(rows.row_of(&file_ref("a.mp4")), Some(3));
    }

    #[test]
    fn keeps_the_rank_of_hits() {
        let mut rows = Rows::new(true);
        rows.extend(vec![file("b.mp4"), folder("X"), file("a.mp4")], None);
        assert_eq!(names(rows.iter()), ["b.mp4", "X", "a.mp4"]);
        assert_eq!(rows.folders(), 0);
        rows.sort(BY_NAME);
        rows.sort_step(usize::MAX, None);
        assert_eq!(names(rows.iter()), ["X", "a.mp4", "b.mp4"]);
        assert_eq!(rows.folders(), 1);
    }

    #[test]
    fn takes_an_item_once_and_brings_it_up_to_date() {
        let mut rows = rows(&[&["a.mp4", "b.mp4"]]);
        let newer = Item { size: Some(7), ..file("a.mp4") };
        assert_eq!(rows.extend(vec![newer, file("c.mp4")], None), 1);
        assert_eq!(names(rows.iter()), ["a.mp4", "b.mp4", "c.mp4"]);
        assert_eq!(rows.get(0).and_then(|item| item.size), Some(7));
    }

    #[test]
    fn puts_later_pages_into_the_order_of_the_user() {
        let mut rows = rows(&[&["b.mp4", "d.mp4"]]);
        rows.sort(BY_NAME);
        assert!(rows.sort_step(100, None));
        rows.extend(vec![file("c.mp4"), file("a.mp4"), folder("Z")], None);
        assert_eq!(names(rows.iter()), ["Z", "a.mp4", "b.mp4", "c.mp4", "d.mp4"]);
    }

    #[test]
    fn sorts_on_with_a_page_that_arrives_meanwhile() {
        let mut rows = rows(&[&["d.mp4", "c.mp4", "b.mp4"]]);
        rows.sort(BY_NAME);
        assert!(!rows.sort_step(1, None));
        rows.extend(vec![file("a.mp4")], None);
        assert_eq!(rows.len(), 4, "nothing is hidden while sorting");
        while !rows.sort_step(1, None) {}
        assert_eq!(names(rows.iter()), ["a.mp4", "b.mp4", "c.mp4", "d.mp4"]);
    }

    #[test]
    fn shows_one_kind_and_all_folders() {
        let mut rows = rows(&[&["a.mp4", "b.mp3", "X"]]);
        rows.filter(Show::Only(MediaKind::Audio));
        assert_eq!(names(rows.iter()), ["X", "b.mp3"]);
        assert_eq!((rows.total(), rows.folders()), (3, 1));
        assert_eq!(rows.row_of(&file_ref("a.mp4")), None);
        assert!(rows.find(&file_ref("a.mp4")).is_some());
        rows.extend(vec![file("c.mp4"), file("d.mp3")], None);
        assert_eq!(names(rows.iter()), ["X", "b.mp3", "d.mp3"]);
        rows.filter(Show::All);
        assert_eq!(rows.len(), 5);
    }

    #[test]
    fn loses_one_row_and_keeps_the_others_where_they_are() {
        let mut rows = rows(&[&["b.mp4", "X", "a.mp4", "c.mp4"]]);
        assert!(rows.remove(&file_ref("a.mp4")));
        assert!(!rows.remove(&file_ref("a.mp4")));
        assert_eq!(names(rows.iter()), ["X", "b.mp4", "c.mp4"]);
        assert_eq!(rows.row_of(&file_ref("c.mp4")), Some(2));
    }

    #[test]
    fn asks_the_locale() {
        let mut rows = rows(&[&["a.mp4", "b.mp4"]]);
        rows.sort(BY_NAME);
        rows.sort_step(usize::MAX, Some(&|left, right| right.cmp(left)));
        assert_eq!(names(rows.iter()), ["b.mp4", "a.mp4"]);
    }

    proptest! {
        #[test]
        fn pages_never_change_what_is_shown_in_the_end(
            numbers in prop::collection::vec(0u8..60, 0..80),
            cuts in prop::collection::vec(1usize..20, 1..8),
            sort_at in 0usize..8,
            budget in 1usize..40,
        ) {
            let items: Vec<Item> = numbers.iter().map(|number| if number % 5 == 0 { folder(&format!("F{number}")) } else { file(&format!("f{number}.mp4")) }).collect();
            let mut rows = Rows::new(false);
            let mut rest = items.as_slice();
            for (step, cut) in cuts.iter().cycle().enumerate() {
                if step == sort_at {
                    rows.sort(BY_NAME);
                }
                rows.sort_step(budget, None);
                if rest.is_empty() && step > sort_at {
                    break;
                }
                let (page, others) = rest.split_at((*cut).min(rest.len()));
                rest = others;
                rows.extend(page.to_vec(), None);
                prop_assert_eq!(rows.len(), rows.total());
            }
            while !rows.sort_step(budget, None) {}
            let mut expected: Vec<u8> = numbers.clone();
            expected.sort_unstable_by_key(|number| (number % 5 != 0, *number));
            expected.dedup();
            let expected: Vec<String> = expected.iter().map(|number| if number % 5 == 0 { format!("F{number}") } else { format!("f{number}.mp4") }).collect();
            prop_assert_eq!(names(rows.iter()), expected);
            for (row, item) in rows.iter().enumerate() {
                prop_assert_eq!(rows.row_of(&item.file), Some(row));
            }
        }
    }
}
