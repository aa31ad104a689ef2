//! Focus, anchor and ranges: what clicks and keys choose, as changes to the basket.
//!
//! The basket outlives the listing, so a plain click never takes other choices away: it toggles its own row.
//! Rows are numbers of the listing shown; [`Selection::moved`] follows them when the order changes.

use std::ops::RangeInclusive;

/// Whether one file or many may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A choice takes the place of the one before.
    Single,
    /// Choices add up.
    Multiple,
}

/// What the rows are like at this moment.
pub trait RowStates {
    /// The number of rows.
    fn rows(&self) -> usize;
    /// Whether the row may be chosen by a range or by "select all".
    fn in_range(&self, row: usize) -> bool;
    /// Whether the row may be chosen at all.
    fn can_be_chosen(&self, row: usize) -> bool;
    /// Whether the row is chosen.
    fn is_chosen(&self, row: usize) -> bool;
}

/// Rows to put into the basket and rows to take out of it. Nothing of the rows elsewhere changes, unless
/// `clear` says that everything chosen before goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Everything that was chosen before goes first ([`Mode::Single`]).
    pub clear: bool,
    /// Rows to choose, in order.
    pub add: Vec<usize>,
    /// Rows to take back.
    pub remove: Vec<usize>,
}

impl Change {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        !self.clear && self.add.is_empty() && self.remove.is_empty()
    }
}

/// The state of the column head's check mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// No row is chosen.
    Off,
    /// Some are.
    Mixed,
    /// All that can be chosen are.
    On,
}

/// Where the focus is and from where a range goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    focus: usize,
    anchor: usize,
    /// Whether the focus moved away since the anchor was set.
    has_wandered: bool,
    /// The rows that the current range added; they go again when it shrinks. What was chosen before stays.
    drawn: Vec<usize>,
}

impl Selection {
    /// The row with the tab stop.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// Every row that it remembers, each once, in ascending order.
    pub fn rows(&self) -> Vec<usize> {
        let mut rows = self.drawn.clone();
        rows.extend([self.focus, self.anchor]);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The focus in a listing just opened: nothing of the one before counts any more.
    pub fn enter(&mut self, row: usize) {
        *self = Self { focus: row, anchor: row, ..Self::default() };
    }

    /// Moves the focus alone, by an arrow key or because a click is about to follow.
    pub fn focus_on(&mut self, row: usize) {
        self.focus = row;
        self.has_wandered = true;
    }

    /// A click on the row or its mark, Space, Ctrl+click: chooses the row or takes it back.
    pub fn toggle(&mut self, row: usize, mode: Mode, states: &dyn RowStates) -> Change {
        self.enter(row);
        if states.is_chosen(row) {
            return Change { remove: vec![row], ..Change::default() };
        }
        if !states.can_be_chosen(row) {
            return Change::default();
        }
        Change { clear: mode == Mode::Single, add: vec![row], remove: Vec::new() }
    }

    /// Shift+click, Shift+arrow, Shift+Space, dragging: the range from the anchor to the row. A range that shrinks takes back
    /// only what it added itself.
    ///
    /// The anchor is the row chosen last (APG, "Shift + Space"); but if the focus moved away and the range begins
    /// at it, with Shift+arrow, that is where it begins.
    pub fn extend(&mut self, row: usize, mode: Mode, states: &dyn RowStates) -> Change {
        if mode == Mode::Single {
            return if states.is_chosen(row) { Change::default() } else { self.toggle(row, mode, states) };
        }
        let last = states.rows().saturating_sub(1);
        let row = row.min(last);
        if self.has_wandered && row != self.focus {
            self.enter(self.focus.min(last));
        }
        self.has_wandered = false;
        let range = ordered(self.anchor.min(last), row);
        let (kept, remove): (Vec<usize>, Vec<usize>) =
            self.drawn.iter().partition(|drawn| range.contains(drawn));
        let add: Vec<usize> = range
            .filter(|row| states.in_range(*row) && !states.is_chosen(*row) && !kept.contains(row))
            .collect();
        self.focus = row;
        self.drawn = kept;
        self.drawn.extend_from_slice(&add);
        Change { clear: false, add, remove }
    }

    /// Everything that can be chosen; if it is chosen already, everything is taken back.
    pub fn all(&mut self, mode: Mode, states: &dyn RowStates) -> Change {
        self.drawn.clear();
        if mode == Mode::Single {
            return Change::default();
        }
        let rows = 0..states.rows();
        if mark(states) == Mark::On {
            return Change {
                remove: rows.filter(|row| states.is_chosen(*row)).collect(),
                ..Change::default()
            };
        }
        let add = rows.filter(|row| states.in_range(*row) && !states.is_chosen(*row)).collect();
        Change { add, ..Change::default() }
    }

    /// Follows the rows after the listing changed its order: `new_row` says where an old row is now. A
    /// focused row that is gone leaves the focus near where it was.
    pub fn moved(&mut self, rows: usize, new_row: impl Fn(usize) -> Option<usize>) {
        let last = rows.saturating_sub(1);
        self.focus = new_row(self.focus).unwrap_or(self.focus).min(last);
        self.anchor = new_row(self.anchor).unwrap_or(self.focus).min(last);
        self.drawn = self.drawn.iter().filter_map(|row| new_row(*row)).collect();
    }
}

/// What the column head's check mark shows.
pub fn mark(states: &dyn RowStates) -> Mark {
    let (mut chosen, mut open) = (false, false);
    for row in 0..states.rows() {
        if states.is_chosen(row) {
            chosen = true;
        } else if states.in_range(row) {
            open = true;
        }
    }
    match (chosen, open) {
        (false, _) => Mark::Off,
        (true, true) => Mark::Mixed,
        (true, false) => Mark::On,
    }
}

fn ordered(left: usize, right: usize) -> RangeInclusive<usize> {
    if left <= right { left..=right } else { right..=left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Rows 0 and 1 are folders, row 4 cannot be chosen.
    struct Table {
        rows: usize,
        chosen: BTreeSet<usize>,
    }

    impl RowStates for Table {
        fn rows(&self) -> usize {
            self.rows
        }
        fn in_range(&self, row: usize) -> bool {
            row > 1 && row != 4
        }
        fn can_be_chosen(&self, row: usize) -> bool {
            row != 4
        }
        fn is_chosen(&self, row: usize) -> bool {
            self.chosen.contains(&row)
        }
    }

    impl Table {
        fn apply(&mut self, change: &Change) {
            if change.clear {
                self.chosen.clear();
            }
            self.chosen.extend(&change.add);
            for row in &change.remove {
                self.chosen.remove(row);
            }
        }
    }

    #[derive(Clone, Copy, Debug)]
    enum Act {
        Click(usize),
        Shift(usize),
        Focus(usize),
        All,
    }
    use Act::{All, Click, Focus, Shift};

    fn after(acts: &[Act], mode: Mode) -> Vec<usize> {
        let mut table = Table { rows: 10, chosen: BTreeSet::new() };
        let mut selection = Selection::default();
        for act in acts {
            let change = match act {
                Focus(row) => {
                    selection.focus_on(*row);
                    continue;
                }
                Click(row) => selection.toggle(*row, mode, &table),
                Shift(row) => selection.extend(*row, mode, &table),
                All => selection.all(mode, &table),
            };
            table.apply(&change);
        }
        table.chosen.into_iter().collect()
    }

    #[test]
    fn chooses_as_file_lists_do() {
        let tables: [(&[Act], &[usize]); 17] = [
            (&[Click(2)], &[2]),
            (&[Click(2), Click(3)], &[2, 3]),
            (&[Click(2), Click(2)], &[]),
            (&[Click(4)], &[]),
            (&[Click(0)], &[0]),
            (&[Click(2), Shift(6)], &[2, 3, 5, 6]),
            (&[Click(6), Shift(2)], &[2, 3, 5, 6]),
            (&[Click(2), Shift(7), Shift(3)], &[2, 3]),
            (&[Click(5), Shift(8), Shift(2)], &[2, 3, 5]),
            (&[Click(7), Click(2), Shift(8), Shift(3)], &[2, 3, 7]),
            (&[Shift(3)], &[2, 3]),
            (&[All], &[2, 3, 5, 6, 7, 8, 9]),
            // A click focuses its row before it chooses.
            (&[Click(2), Focus(7), Shift(7), Focus(3), Shift(3)], &[2, 3]),
            // Arrows, then Shift+arrow: from the focused row.
            (&[Click(2), Focus(6), Shift(7), Shift(8)], &[2, 6, 7, 8]),
            (&[Focus(6), Shift(7), Shift(8), Shift(7)], &[6, 7]),
            // Arrows, then Shift+Space: from the row chosen last.
            (&[Click(2), Focus(6), Shift(6)], &[2, 3, 5, 6]),
            (&[Click(5), Shift(7), Focus(9), Shift(8)], &[5, 6, 7, 8, 9]),
        ];
        for (acts, expected) in tables {
            assert_eq!(after(acts, Mode::Multiple), expected, "{acts:?}");
        }
        assert_eq!(after(&[Click(0), All, All], Mode::Multiple), Vec::<usize>::new());
    }

    #[test]
    fn a_single_choice_takes_the_place_of_the_last() {
        for (acts, expected) in [
            (&[Click(2), Click(3)][..], vec![3]),
            (&[Click(2), Shift(6)], vec![6]),
            (&[Click(2), Click(2)], vec![]),
            (&[Click(2), Click(4)], vec![2]),
            (&[All], vec![]),
        ] {
            assert_eq!(after(acts, Mode::Single), expected, "{acts:?}");
        }
    }

    #[test]
    fn marks_the_head() {
        let table = |chosen: &[usize]| Table { rows: 6, chosen: chosen.iter().copied().collect() };
        assert_eq!(mark(&table(&[])), Mark::Off);
        assert_eq!(mark(&table(&[2])), Mark::Mixed);
        assert_eq!(mark(&table(&[2, 3, 5])), Mark::On);
        assert_eq!(mark(&table(&[0])), Mark::Mixed);
    }

    #[test]
    fn follows_rows_that_move() {
        let mut selection = Selection::default();
        selection.focus_on(3);
        assert_eq!(selection.rows(), [0, 3]);
        selection.moved(10, |row| Some(9 - row));
        assert_eq!(selection.focus(), 6);
        assert_eq!(selection.rows(), [6, 9], "the anchor follows too");
        selection.moved(4, |_| None);
        assert_eq!(selection.focus(), 3, "the row is gone and so are those behind it");
        selection.moved(0, |_| None);
        assert_eq!(selection.focus(), 0);
    }

    fn acts() -> impl Strategy<Value = Act> {
        prop_oneof![
            (0usize..12).prop_map(Click),
            (0usize..12).prop_map(Shift),
            (0usize..12).prop_map(Focus),
            Just(All)
        ]
    }

    proptest! {
        #[test]
        fn never_chooses_what_cannot_be_chosen(acts in prop::collection::vec(acts(), 0..30)) {
            let chosen = after(&acts, Mode::Multiple);
            prop_assert!(!chosen.contains(&4));
            prop_assert!(after(&acts, Mode::Single).len() <= 1);
        }

        #[test]
        fn a_range_never_loses_an_earlier_choice(before in prop::collection::btree_set(2usize..10, 0..6), anchor in 0usize..10, ends in prop::collection::vec(0usize..10, 1..6)) {
            let mut table = Table { rows: 10, chosen: before.clone() };
            let mut selection = Selection { anchor, ..Selection::default() };
            for end in ends {
                let change = selection.extend(end, Mode::Multiple, &table);
                table.apply(&change);
                prop_assert!(table.chosen.is_superset(&before));
            }
        }
    }
}
