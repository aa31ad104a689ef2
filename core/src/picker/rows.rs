//! The rows of one listing: every item once, in the order that is shown, folders first.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::filter::Show;
use super::order::{Order, SortKey};
use super::ref_index::RefIndex;
use super::sorter::{Sorter, merge_rows, sort_rows};
use crate::graph::{FileRef, Item};

/// The locale's order of two names (`Intl.Collator`), if it is wanted instead of the built-in one.
pub(crate) type Collation<'a> = Option<&'a dyn Fn(&str, &str) -> Ordering>;

/// How many comparisons of two keys take as long as making one.
const COMPARISONS_OF_A_KEY: usize = 4;

/// The rows of one listing.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    items: Vec<Item>,
    /// What sorting needs to know of the first items: of none before the first sort, then of all.
    keys: Vec<SortKey>,
    index: RefIndex,
    /// All items in order.
    sorted: Vec<u32>,
    /// Those of them that are shown, if not all are.
    shown: Option<Vec<u32>>,
    show: Show,
    order: Order,
    ranked: bool,
    sorting: Option<Sorting>,
}

/// A sort under way.
#[derive(Clone, Debug)]
struct Sorting {
    sorter: Sorter,
    /// Whether the locale's order is being worked out. Before that the built-in one, which is far cheaper, brings the
    /// rows almost into order.
    refines: bool,
    /// Rows that came meanwhile.
    late: Vec<u32>,
}

impl Sorting {
    fn of(rows: Vec<u32>) -> Self {
        Self { sorter: Sorter::new(rows), refines: false, late: Vec::new() }
    }
}

impl Rows {
    /// No rows yet. `ranked` rows (search hits, recent files) keep even their folders where they came.
    pub(crate) fn new(ranked: bool) -> Self {
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

    /// The rows of several items, in one pass over the listing.
    pub fn rows_of<'a>(&self, wanted: impl Iterator<Item = &'a FileRef>) -> Vec<Option<usize>> {
        let mut places = vec![None; self.items.len()];
        for (row, number) in self.view().iter().enumerate() {
            if let Some(place) = places.get_mut(index(*number)) {
                *place = Some(row);
            }
        }
        wanted
            .map(|file| {
                let number = self.index.find(file, |number| self.reference(number))?;
                places.get(index(number)).copied().flatten()
            })
            .collect()
    }

    /// Whether an item is here and shown.
    pub fn shows(&self, wanted: &FileRef) -> bool {
        self.find(wanted).is_some_and(|item| self.show.passes(item))
    }

    /// How many rows at the top are folders; 0 where folders stay among the files.
    pub fn folders(&self) -> usize {
        if self.folders_first() { self.view().partition_point(|number| self.is_folder(*number)) } else { 0 }
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
    pub(crate) fn extend(&mut self, page: Vec<Item>, collation: Collation<'_>) -> usize {
        let first = self.items.len();
        for item in page {
            match self.index.find(&item.file, |number| self.reference(number)) {
                Some(number) => self.set(number, item),
                None => self.push(item),
            }
        }
        let new: Vec<u32> = (number(first)..number(self.items.len())).collect();
        let added = new.len();
        if self.sorting.is_none() && self.order != Order::Given {
            self.make_keys(usize::MAX);
        }
        if let Some(sorting) = &mut self.sorting {
            sorting.late.extend_from_slice(&new);
            self.sorted.extend(new);
        } else {
            let mut compare = |left: u32, right: u32| self.compare(left, right, collation);
            let new = sort_rows(new, &mut compare);
            self.sorted = merge_rows(&self.sorted, &new, &mut compare);
        }
        self.refilter();
        added
    }

    /// No rows yet, in the same order and filter.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { show: self.show, order: self.order, ranked: self.ranked, ..Self::default() }
    }

    /// Starts to sort. Call [`sort_step`](Self::sort_step) until it is done; with a collation in every call or in none.
    pub(crate) fn sort(&mut self, order: Order) {
        self.order = order;
        self.sorting = Some(Sorting::of((0..number(self.items.len())).collect()));
    }

    /// Sorts on for about `budget` comparisons. True once the rows are in order.
    pub(crate) fn sort_step(&mut self, budget: usize, collation: Collation<'_>) -> bool {
        if self.sorting.is_none() {
            return true;
        }
        let budget = self.make_keys(budget);
        if budget == 0 {
            return false;
        }
        let Some(mut sorting) = self.sorting.take() else { return true };
        let collate = collation.filter(|_| sorting.refines);
        let mut compare = |left: u32, right: u32| self.compare(left, right, collate);
        if !sorting.sorter.step(budget, &mut compare) {
            self.sorting = Some(sorting);
            return false;
        }
        let mut rows = sorting.sorter.into_rows();
        if collation.is_some() && !sorting.refines {
            self.sorting = Some(Sorting { sorter: Sorter::new(rows), refines: true, late: sorting.late });
            return false;
        }
        let is_done = sorting.late.is_empty();
        rows.append(&mut sorting.late);
        if !is_done {
            self.sorting = Some(Sorting::of(rows.clone()));
        }
        self.sorted = rows;
        self.refilter();
        is_done
    }

    /// Shows only some kinds of files; folders are always shown.
    pub(crate) fn filter(&mut self, show: Show) {
        self.show = show;
        self.refilter();
    }

    fn refilter(&mut self) {
        let passes = |number: &u32| self.item(*number).is_some_and(|item| self.show.passes(item));
        self.shown = (self.show != Show::All).then(|| self.sorted.iter().copied().filter(passes).collect());
    }

    fn compare(&self, left: u32, right: u32, collation: Collation<'_>) -> Ordering {
        if !self.folders_first() {
            return Ordering::Equal;
        }
        if self.order == Order::Given {
            return self.is_folder(right).cmp(&self.is_folder(left));
        }
        let (Some(left_key), Some(right_key)) = (self.key(left), self.key(right)) else {
            return Ordering::Equal;
        };
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

    /// Makes the keys that are missing, as far as the budget of comparisons goes, one at least. Answers what is left of it.
    fn make_keys(&mut self, budget: usize) -> usize {
        let from = self.keys.len();
        let missing = self.items.len().saturating_sub(from);
        let made = missing.min((budget / COMPARISONS_OF_A_KEY).max(1));
        self.keys.extend(self.items.iter().skip(from).take(made).map(SortKey::of));
        let left = budget.saturating_sub(made.saturating_mul(COMPARISONS_OF_A_KEY));
        if made == missing { left } else { 0 }
    }

    fn is_folder(&self, number: u32) -> bool {
        self.item(number).is_some_and(Item::is_folder)
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
