//! Which rows of a long listing exist as elements: windowing as arithmetic.
//!
//! A [`Layout`] is one or two bands of equal cells under each other. A list is one band of one column; tiles
//! are a band of low folder tiles above a band of file tiles. Row numbers are those of the listing, where
//! folders come first, so one range of rows always suffices. Lengths are CSS pixels.

use std::ops::Range;

/// A run of cells of one height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Band {
    cells: usize,
    height: u32,
}

/// How the rows of a listing lie on the scrolled surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: usize,
    bands: [Band; 2],
}

/// The part of a listing that exists as elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible {
    /// The rows of the listing to create; in tiles it starts and ends at the edges of a line.
    pub rows: Range<usize>,
    /// Space to leave above them.
    pub before: u32,
    /// Space to leave below them.
    pub after: u32,
}

impl Layout {
    /// Rows under each other, each `height` high.
    pub fn list(rows: usize, height: u32) -> Self {
        Self { columns: 1, bands: [Band { cells: rows, height }, Band { cells: 0, height }] }
    }

    /// Tiles in `columns`: first the folders, lower, then everything else. Heights include the gap below.
    pub fn tiles(
        folders: usize,
        folder_height: u32,
        others: usize,
        other_height: u32,
        columns: usize,
    ) -> Self {
        let first = Band { cells: folders, height: folder_height };
        Self { columns: columns.max(1), bands: [first, Band { cells: others, height: other_height }] }
    }

    /// How many tiles of at least `least` pixels and `gap` between them fit into `width`; one at least.
    pub fn columns_in(width: u32, least: u32, gap: u32) -> usize {
        let columns = width.saturating_add(gap) / least.saturating_add(gap).max(1);
        usize::try_from(columns).map_or(1, |columns| columns.max(1))
    }

    /// The number of rows of the listing.
    pub(crate) fn len(&self) -> usize {
        self.bands.iter().map(|band| band.cells).sum()
    }

    /// How many rows of the listing lie beside each other.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The height of everything.
    pub fn height(&self) -> u32 {
        self.top(self.lines())
    }

    /// What to create for a scroll position: the lines in sight and `overscan` lines on either side, which
    /// shrink before the whole exceeds `budget` rows of the listing. Lines in sight are never left out.
    pub fn window(&self, scroll_top: i32, viewport: u32, overscan: usize, budget: usize) -> Visible {
        let lines = self.lines();
        let top = u32::try_from(scroll_top).unwrap_or(0).min(self.height().saturating_sub(viewport));
        let first = self.line_at(top);
        let last = self.line_at(top.saturating_add(viewport).saturating_sub(1)).saturating_add(1).min(lines);
        let spare = (budget / self.columns).saturating_sub(last.saturating_sub(first)) / 2;
        let overscan = overscan.min(spare);
        let start = first.saturating_sub(overscan);
        let end = (last + overscan).min(lines);
        let rows = self.first_of(start)..self.first_of(end);
        let before = self.top(start);
        Visible { rows, before, after: self.height().saturating_sub(self.top(end)) }
    }

    /// Where to scroll so that a row is in sight, `margin` away from the edge it came from; `None` if it is
    /// in sight already.
    pub fn reveal(&self, row: usize, scroll_top: i32, viewport: u32, margin: u32) -> Option<u32> {
        let line = self.line_of(row.min(self.len().saturating_sub(1)));
        let (top, bottom) = (self.top(line), self.top(line + 1));
        let current = u32::try_from(scroll_top).unwrap_or(0);
        let furthest = self.height().saturating_sub(viewport);
        if top < current.saturating_add(margin) && current > 0 {
            let wanted = top.saturating_sub(margin).min(furthest);
            (wanted < current).then_some(wanted)
        } else if bottom.saturating_add(margin) > current.saturating_add(viewport) {
            let wanted = bottom.saturating_add(margin).saturating_sub(viewport).min(furthest).min(top);
            (wanted > current).then_some(wanted)
        } else {
            None
        }
    }

    /// Where a row begins, in pixels from the first.
    pub fn offset(&self, row: usize) -> u32 {
        self.top(self.line_of(row))
    }

    /// How many lines of a row's height fit into the viewport, for Page Up and Page Down; one at least.
    pub fn page(&self, row: usize, viewport: u32) -> usize {
        let [folders, others] = self.bands;
        let height = if row < folders.cells { folders.height } else { others.height };
        usize::try_from(viewport / height.max(1)).map_or(1, |lines| lines.max(1))
    }

    /// The line a row lies in, from 0.
    pub(crate) fn line_of(&self, row: usize) -> usize {
        let [folders, _] = self.bands;
        if row < folders.cells {
            row / self.columns
        } else {
            self.lines_of(folders) + (row - folders.cells) / self.columns
        }
    }

    /// The place of a row within its line, from 0.
    pub(crate) fn column_of(&self, row: usize) -> usize {
        let [folders, _] = self.bands;
        if row < folders.cells { row % self.columns } else { (row - folders.cells) % self.columns }
    }

    /// The row at a line and column, or the last one of that line if the line is shorter.
    pub fn row_at(&self, line: usize, column: usize) -> usize {
        let line = line.min(self.lines().saturating_sub(1));
        let start = self.first_of(line);
        let end = self.first_of(line + 1);
        (start + column.min(self.columns.saturating_sub(1))).min(end.saturating_sub(1).max(start))
    }

    /// The number of lines.
    pub(crate) fn lines(&self) -> usize {
        self.bands.iter().map(|band| self.lines_of(*band)).sum()
    }

    fn lines_of(&self, band: Band) -> usize {
        band.cells.div_ceil(self.columns)
    }

    /// The first row of a line; the number of rows for the line after the last.
    fn first_of(&self, line: usize) -> usize {
        let [folders, _] = self.bands;
        let folder_lines = self.lines_of(folders);
        if line < folder_lines {
            line * self.columns
        } else {
            (folders.cells + (line - folder_lines) * self.columns).min(self.len())
        }
    }

    /// Where a line begins.
    fn top(&self, line: usize) -> u32 {
        let [folders, others] = self.bands;
        let folder_lines = self.lines_of(folders);
        let (above, below) = if line < folder_lines {
            (line, 0)
        } else {
            (folder_lines, (line - folder_lines).min(self.lines_of(others)))
        };
        scaled(above, folders.height).saturating_add(scaled(below, others.height))
    }

    /// The line under a vertical position.
    fn line_at(&self, position: u32) -> usize {
        let [folders, others] = self.bands;
        let folder_lines = self.lines_of(folders);
        let below = scaled(folder_lines, folders.height);
        let line = if position < below {
            divided(position, folders.height)
        } else {
            folder_lines.saturating_add(divided(position - below, others.height))
        };
        line.min(self.lines())
    }
}

fn scaled(lines: usize, height: u32) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_mul(height)
}

fn divided(position: u32, height: u32) -> usize {
    usize::try_from(position / height.max(1)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn creates_what_is_in_sight_and_a_little_more() {
        let layout = Layout::list(20_000, 44);
        assert_eq!(
            layout.window(0, 440, 4, 60),
            Visible { rows: 0..14, before: 0, after: (20_000 - 14) * 44 }
        );
        let middle = layout.window(44 * 1000 + 10, 440, 4, 60);
        assert_eq!(middle.rows, 996..1015);
        assert_eq!(middle.before, 996 * 44);
        assert_eq!(layout.window(i32::MAX, 440, 4, 60).rows, 19_986..20_000);
        assert_eq!(layout.window(-60, 440, 4, 60).rows, 0..14, "Safari scrolls beyond the start");
    }

    #[test]
    fn gives_up_overscan_before_the_budget_of_elements() {
        let layout = Layout::list(20_000, 44);
        assert_eq!(layout.window(44 * 500, 440, 20, 16).rows, 497..513);
        assert_eq!(layout.window(44 * 500, 4400, 20, 16).rows, 500..600, "never less than what is in sight");
    }

    #[test]
    fn lays_folders_above_files_in_tiles() {
        let layout = Layout::tiles(4, 60, 7, 170, 3);
        assert_eq!(layout.lines(), 2 + 3);
        assert_eq!(layout.height(), 2 * 60 + 3 * 170);
        assert_eq!(layout.window(0, 200, 0, 100).rows, 0..7);
        assert_eq!(layout.window(70, 60, 0, 100).rows, 3..7);
        assert_eq!(layout.window(400, 230, 0, 100), Visible { rows: 7..11, before: 120 + 170, after: 0 });
        assert_eq!((layout.line_of(3), layout.column_of(3)), (1, 0));
        assert_eq!((layout.line_of(4), layout.column_of(4)), (2, 0));
        assert_eq!([0, 3, 4, 7].map(|row| layout.offset(row)), [0, 60, 120, 290]);
        assert_eq!(layout.row_at(1, 2), 3, "the only folder of its line");
        assert_eq!(layout.row_at(99, 9), 10);
        assert_eq!(Layout::columns_in(520, 160, 12), 3);
        assert_eq!(Layout::columns_in(10, 160, 12), 1);
    }

    #[test]
    fn scrolls_only_as_far_as_needed() {
        let layout = Layout::list(100, 44);
        assert_eq!(layout.reveal(3, 0, 440, 0), None);
        assert_eq!(layout.reveal(10, 0, 440, 0), Some(44));
        assert_eq!(layout.reveal(2, 440, 440, 0), Some(88));
        assert_eq!(layout.reveal(99, 0, 440, 32), Some(4400 - 440));
        assert_eq!(layout.reveal(0, 100, 440, 32), Some(0));
        assert_eq!(layout.page(5, 440), 10);
    }

    #[test]
    fn shows_nothing_of_nothing() {
        let layout = Layout::list(0, 44);
        assert_eq!(layout.len(), 0);
        assert_eq!(layout.window(500, 440, 4, 60), Visible { rows: 0..0, before: 0, after: 0 });
        assert_eq!(layout.reveal(0, 0, 440, 8), None);
        assert_eq!(layout.row_at(3, 1), 0);
    }

    prop_compose! {
        fn layouts()(folders in 0usize..40, others in 0usize..3000, columns in 1usize..8, low in 1u32..80, high in 1u32..200) -> Layout {
            Layout::tiles(folders, low, others, high, columns)
        }
    }

    proptest! {
        #[test]
        fn covers_the_viewport_and_keeps_the_height(layout in layouts(), scroll in -100i32..400_000, viewport in 1u32..2000, overscan in 0usize..10, budget in 0usize..200) {
            let visible = layout.window(scroll, viewport, overscan, budget);
            prop_assert!(visible.rows.start <= visible.rows.end && visible.rows.end <= layout.len());
            let top = u32::try_from(scroll).unwrap_or(0).min(layout.height().saturating_sub(viewport));
            prop_assert!(visible.before <= top);
            prop_assert!(layout.height() - visible.after >= (top + viewport).min(layout.height()));
            prop_assert!(visible.before + visible.after <= layout.height());
        }

        #[test]
        fn revealed_rows_are_in_sight(layout in layouts(), row in 0usize..3000, scroll in 0i32..400_000, viewport in 200u32..2000) {
            prop_assume!(layout.len() > 0);
            let row = row.min(layout.len() - 1);
            let scroll = scroll.min(i32::try_from(layout.height().saturating_sub(viewport)).unwrap());
            let after = layout.reveal(row, scroll, viewport, 0).unwrap_or(scroll as u32);
            let visible = layout.window(after as i32, viewport, 0, usize::MAX);
            prop_assert!(visible.rows.contains(&row));
            prop_assert_eq!(layout.reveal(row, after as i32, viewport, 0), None);
        }

        #[test]
        fn line_and_column_lead_back_to_the_row(layout in layouts(), row in 0usize..3000) {
            prop_assume!(row < layout.len());
            prop_assert_eq!(layout.row_at(layout.line_of(row), layout.column_of(row)), row);
        }
    }
}
