//! Sorting that can pause: a bottom-up merge sort, stable, in steps of a number of comparisons, so that no
//! task of 20,000 rows holds the page for longer than a frame or two. Rows that are in order already cost one
//! comparison each.

use std::cmp::Ordering;

/// A sort under way over a list of row numbers.
#[derive(Clone, Debug)]
pub struct Sorter {
    from: Vec<u32>,
    into: Vec<u32>,
    width: usize,
    left: usize,
    right: usize,
    start: usize,
    /// Whether the pair at hand was looked at for being in order already.
    is_checked: bool,
}

impl Sorter {
    /// Starts to sort the given rows.
    pub(crate) fn new(rows: Vec<u32>) -> Self {
        let into = Vec::with_capacity(rows.len());
        Self { from: rows, into, width: 1, left: 0, right: 1, start: 0, is_checked: false }
    }

    /// Goes on for about `budget` comparisons. True once everything is sorted.
    pub(crate) fn step(&mut self, mut budget: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> bool {
        while self.width < self.from.len() {
            if budget == 0 {
                return false;
            }
            let left_end = (self.start + self.width).min(self.from.len());
            let right_end = (left_end + self.width).min(self.from.len());
            if !self.is_checked && left_end < right_end {
                self.is_checked = true;
                budget -= 1;
                if self.is_in_order(left_end, compare) {
                    self.into.extend_from_slice(self.from.get(self.start..right_end).unwrap_or_default());
                    (self.left, self.right) = (left_end, right_end);
                    continue;
                }
            }
            if budget == 0 {
                return false;
            }
            let left = self.from.get(self.left).filter(|_| self.left < left_end).copied();
            let right = self.from.get(self.right).filter(|_| self.right < right_end).copied();
            match (left, right) {
                (Some(left), Some(right)) => {
                    budget -= 1;
                    if compare(left, right) == Ordering::Greater {
                        self.into.push(right);
                        self.right += 1;
                    } else {
                        self.into.push(left);
                        self.left += 1;
                    }
                }
                (Some(left), None) => {
                    self.into.push(left);
                    self.left += 1;
                }
                (None, Some(right)) => {
                    self.into.push(right);
                    self.right += 1;
                }
                (None, None) => self.next_pair(right_end),
            }
        }
        true
    }

    /// The rows: sorted once [`step`](Self::step) said so.
    pub(crate) fn into_rows(self) -> Vec<u32> {
        self.from
    }

    /// Whether the run that ends here and the one that begins here make one run.
    fn is_in_order(&self, border: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> bool {
        let last = border.checked_sub(1).and_then(|last| self.from.get(last));
        let (Some(last), Some(first)) = (last, self.from.get(border)) else { return false };
        compare(*last, *first) != Ordering::Greater
    }

    fn next_pair(&mut self, end: usize) {
        self.is_checked = false;
        self.start = end;
        if self.start >= self.from.len() {
            std::mem::swap(&mut self.from, &mut self.into);
            self.into.clear();
            self.width *= 2;
            self.start = 0;
        }
        self.left = self.start;
        self.right = self.start + self.width;
    }
}

/// Sorts the rows at once.
pub(crate) fn sort_rows(rows: Vec<u32>, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let mut sorter = Sorter::new(rows);
    sorter.step(usize::MAX, compare);
    sorter.into_rows()
}

/// Merges rows that arrived into rows that are sorted already: both stay in order, the older first if equal.
/// Few new rows among many old ones cost few comparisons.
pub(crate) fn merge_rows(
    old: &[u32],
    new: &[u32],
    compare: &mut dyn FnMut(u32, u32) -> Ordering,
) -> Vec<u32> {
    let mut merged = Vec::with_capacity(old.len() + new.len());
    let mut rest = old;
    for row in new {
        if rest.last().is_some_and(|last| compare(*last, *row) != Ordering::Greater) {
            // Pages that follow each other in order cost one comparison a row.
            merged.extend_from_slice(rest);
            rest = &[];
        }
        let before = rest.partition_point(|other| compare(*other, *row) != Ordering::Greater);
        let (smaller, larger) = rest.split_at_checked(before).unwrap_or((rest, &[]));
        merged.extend_from_slice(smaller);
        merged.push(*row);
        rest = larger;
    }
    merged.extend_from_slice(rest);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_like_the_standard_library_in_any_steps(values in prop::collection::vec(0u8..20, 0..300), budget in 1usize..50) {
            let rows: Vec<u32> = (0..values.len() as u32).collect();
            let mut expected = rows.clone();
            expected.sort_by_key(|row| values[*row as usize]);
            let mut sorter = Sorter::new(rows);
            let mut compare = |left: u32, right: u32| values[left as usize].cmp(&values[right as usize]);
            let mut steps = 0;
            while !sorter.step(budget, &mut compare) {
                steps += 1;
                prop_assert!(steps < 10_000);
            }
            prop_assert_eq!(sorter.into_rows(), expected);
        }

        #[test]
        fn merging_pages_equals_sorting_the_whole(values in prop::collection::vec(0u8..20, 0..200), cut in 0usize..200) {
            let rows: Vec<u32> = (0..values.len() as u32).collect();
            let cut = cut.min(rows.len());
            let mut compare = |left: u32, right: u32| values[left as usize].cmp(&values[right as usize]);
            let old = sort_rows(rows[..cut].to_vec(), &mut compare);
            let new = sort_rows(rows[cut..].to_vec(), &mut compare);
            let whole = sort_rows(rows, &mut compare);
            prop_assert_eq!(merge_rows(&old, &new, &mut compare), whole);
        }
    }

    #[test]
    fn sorts_what_is_in_order_with_one_comparison_a_row() {
        let mut sorter = Sorter::new((0..20_000).collect());
        let mut comparisons = 0;
        let done = sorter.step(usize::MAX, &mut |left, right| {
            comparisons += 1;
            left.cmp(&right)
        });
        assert!(done && comparisons < 20_000, "{comparisons}");
        assert!(sorter.into_rows().is_sorted());
    }

    #[test]
    fn never_exceeds_its_budget_of_comparisons() {
        let mut sorter = Sorter::new((0..20_000).rev().collect());
        let mut steps = 0;
        loop {
            let mut comparisons = 0;
            let done = sorter.step(5_000, &mut |left, right| {
                comparisons += 1;
                left.cmp(&right)
            });
            assert!(comparisons <= 5_000);
            steps += 1;
            if done {
                break;
            }
        }
        assert!(steps > 1);
        assert!(sorter.into_rows().is_sorted());
    }
}
