//! From "Import" to "ready": confirm every file, hand them to the host, follow the import file by file.
//!
//! ```text
//! Choosing ── begin ──> Confirming ── hand_over ──> HandingOver ── accepted ──> Importing ── reports ──> Done
//!    ^  ^                   │ undecided, nothing left    │ refused                 │  ^                   │
//!    │  └───────────────────┴────────────────────────────┘          choose_more    │  │ show_import, begin │
//!    └─────────────────────────────────────────────────────────────────────────────┘  └───────────────────┘
//! ```
//! A file that cannot go is named and the rest goes on. Whatever happens, a file is either still in the basket or
//! has a line of its own here. An import goes on while more is chosen.

mod line;
mod sums;
#[cfg(test)]
mod tests;

use crate::graph::{FileRef, Item, ItemProblem};
use crate::host::{ImportItem, ImportState};

pub use line::{Line, LineState, Trouble};
pub use sums::Sums;

/// What the user sees of the hand-over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// The listing.
    #[default]
    Choosing,
    /// Every chosen file is read again.
    Confirming {
        /// Files that are decided.
        done: usize,
        /// Files in all.
        total: usize,
    },
    /// The host has the choice and has not answered.
    HandingOver,
    /// The host imports.
    Importing,
    /// Every file is ready or failed.
    Done,
}

/// A file to hand over and the folders it lies in from the chosen folder on; empty if it was chosen by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The file as the listing knew it.
    pub item: Item,
    /// Such as `Lectures/Week 1`.
    pub path: String,
}

/// What to do once every file is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Hand these files to the host.
    Send(Vec<FileRef>),
    /// None of the files may go, so the host is not asked. They leave the basket; each has its line with the reason, shown
    /// by [`Stage::Done`] or beside the imports under way.
    NothingLeft(Vec<FileRef>),
}

#[derive(Clone, Debug)]
struct Entry {
    departure: Departure,
    verdict: Option<Result<(), ItemProblem>>,
}

/// The hand-over and the imports of this visit.
#[derive(Clone, Debug, Default)]
pub struct HandOver {
    stage: Stage,
    /// Where the user was when the round began.
    came_from: Stage,
    /// The files on their way to the host; kept after a refusal, since the host may accept late.
    round: Vec<Entry>,
    lines: Vec<Line>,
    sums: sums::Clock,
    is_reported: bool,
    version: u32,
}

impl HandOver {
    /// What the user sees.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The files handed over in this visit and those that could not be, in the order of choosing.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether files are with a host that has told nothing of them.
    pub fn is_silent(&self) -> bool {
        !self.is_reported && self.lines.iter().any(|line| line.state.is_under_way())
    }

    /// Whether a file is on its way to the host, so that nothing else may be handed over.
    pub fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::Confirming { .. } | Stage::HandingOver)
    }

    /// Starts to confirm files: the basket's, or failed ones again. False, and nothing happens, if there is none or
    /// others are on their way: a double click hands over once. A file that is being imported is left out.
    pub fn begin(&mut self, files: Vec<Departure>) -> bool {
        if self.is_busy() {
            return false;
        }
        let mut round: Vec<Entry> = Vec::with_capacity(files.len());
        for departure in files {
            let file = &departure.item.file;
            let is_under_way = self.line(file).is_some_and(|line| line.state.is_under_way());
            if !is_under_way && !round.iter().any(|entry| entry.departure.item.file == *file) {
                round.push(Entry { departure, verdict: None });
            }
        }
        if round.is_empty() {
            return false;
        }
        self.came_from = self.stage;
        self.stage = Stage::Confirming { done: 0, total: round.len() };
        self.round = round;
        self.touch();
        true
    }

    /// Notes what reading a file again said: the file as it is now, or why it cannot go.
    pub fn confirmed(&mut self, file: &FileRef, verdict: Result<Item, ItemProblem>) {
        let Stage::Confirming { total, .. } = self.stage else { return };
        if let Some(entry) = self.round.iter_mut().find(|entry| entry.departure.item.file == *file) {
            entry.verdict = Some(match verdict {
                Ok(item) => {
                    entry.departure.item = Item { file: file.clone(), ..item };
                    Ok(())
                }
                Err(problem) => Err(problem),
            });
        }
        let done = self.round.iter().filter(|entry| entry.verdict.is_some()).count();
        self.stage = Stage::Confirming { done, total };
        self.touch();
    }

    /// Nothing could be confirmed, or the user cancelled: back to where it began, with the choice kept.
    pub fn undecided(&mut self) {
        if self.is_busy() {
            self.round.clear();
            self.rest();
        }
    }

    /// Once every file is decided: what to do now. `None` while files are undecided.
    pub fn hand_over(&mut self) -> Option<Next> {
        let is_decided = self.round.iter().all(|entry| entry.verdict.is_some());
        if !matches!(self.stage, Stage::Confirming { .. }) || !is_decided {
            return None;
        }
        let go = self.round.iter().filter(|entry| entry.may_go());
        let files: Vec<FileRef> = go.map(|entry| entry.departure.item.file.clone()).collect();
        if files.is_empty() {
            return Some(Next::NothingLeft(self.settle_round(None)));
        }
        self.stage = Stage::HandingOver;
        self.touch();
        Some(Next::Send(files))
    }

    /// The host took the choice at `now` (milliseconds), in time or late. Answers the files that leave the basket: those
    /// taken, and those that cannot go, which have their lines now.
    pub fn accepted(&mut self, now: u64) -> Vec<FileRef> {
        let decided = self.round.iter().all(|entry| entry.verdict.is_some());
        if matches!(self.stage, Stage::Confirming { .. }) || !decided {
            return Vec::new();
        }
        self.settle_round(Some(now))
    }

    /// The host refused the choice or did not answer: back to where it began, with the choice kept. The round is remembered, since the
    /// host may still accept.
    pub fn refused(&mut self) {
        if self.stage == Stage::HandingOver {
            self.rest();
        }
    }

    /// The files that the host has, for [`resume`](Self::resume) after a reload.
    pub fn given(&self) -> impl Iterator<Item = &Item> {
        let stayed_here = |line: &&Line| !matches!(line.state, LineState::Failed(Trouble::Problem(_)));
        self.lines.iter().filter(stayed_here).map(|line| &line.item)
    }

    /// Takes up files that the host was given before a reload; how they stand is for it to tell.
    pub fn resume(&mut self, items: Vec<Item>, now: u64) {
        for item in items {
            if self.line(&item.file).is_none() {
                self.lines.push(Line::new(item, String::new(), LineState::Waiting));
            }
        }
        self.sums.start(&self.lines, now);
        self.touch();
    }

    /// Takes what the host says of an import. What is not on its list is not believed.
    pub fn report(&mut self, report: &ImportItem) {
        let of = |line: &&mut Line| {
            line.item.file.item.as_str() == report.item.id
                && line.item.file.drive.as_str() == report.item.drive_id
        };
        let Some(line) = self.lines.iter_mut().find(of) else { return };
        let state = match &report.state {
            ImportState::Queued => LineState::Waiting,
            ImportState::Importing { percent } => LineState::Running(*percent),
            ImportState::Ready => {
                LineState::Ready { entry_id: report.entry_id.clone(), moderation: report.moderation }
            }
            ImportState::Failed { code, message } => {
                LineState::Failed(Trouble::Host { code: code.clone(), message: message.clone() })
            }
        };
        let is_first = !std::mem::replace(&mut self.is_reported, true);
        let (handed_over, is_held_up) = (report.handed_over.or(line.handed_over), report.is_held_up);
        let is_new = (line.handed_over, line.is_held_up) != (handed_over, is_held_up);
        (line.handed_over, line.is_held_up) = (handed_over, is_held_up);
        if line.advance(state) || is_first || is_new {
            self.touch();
        }
        self.settle();
    }

    /// Back to the listing while the import goes on.
    pub fn choose_more(&mut self) {
        if matches!(self.stage, Stage::Importing | Stage::Done) {
            self.stage = Stage::Choosing;
            self.touch();
        }
    }

    /// Shows the import again, if there is one.
    pub fn show_import(&mut self) {
        if self.stage == Stage::Choosing && !self.lines.is_empty() {
            self.stage = Stage::Importing;
            self.touch();
            self.settle();
        }
    }

    /// A failed file as it goes on its way again; `None` if there is no use in that.
    pub fn again(&self, file: &FileRef) -> Option<Departure> {
        self.line(file).and_then(Line::again)
    }

    /// All failed files that may go on their way again.
    pub fn all_again(&self) -> Vec<Departure> {
        self.lines.iter().filter_map(Line::again).collect()
    }

    /// The sums over all lines at `now` (milliseconds).
    pub fn sums(&self, now: u64) -> Sums {
        self.sums.of(&self.lines, now)
    }

    /// Whether the host was given this file in this visit, taken or not.
    pub fn was_given(&self, file: &FileRef) -> bool {
        let is_confirming = matches!(self.stage, Stage::Confirming { .. });
        let in_round = |entry: &Entry| entry.departure.item.file == *file && entry.may_go() && !is_confirming;
        let stayed_here = |line: &Line| matches!(line.state, LineState::Failed(Trouble::Problem(_)));
        self.line(file).is_some_and(|line| !stayed_here(line)) || self.round.iter().any(in_round)
    }

    /// The line of a file.
    pub fn line(&self, file: &FileRef) -> Option<&Line> {
        self.lines.iter().find(|line| line.item.file == *file)
    }

    /// Makes lines of the round. `accepted` is when the host took it, `None` if nothing of it went.
    fn settle_round(&mut self, accepted: Option<u64>) -> Vec<FileRef> {
        let round = std::mem::take(&mut self.round);
        let mut left = Vec::with_capacity(round.len());
        for entry in round {
            let state = match entry.verdict {
                Some(Err(problem)) => LineState::Failed(Trouble::Problem(problem)),
                Some(Ok(())) | None => LineState::Waiting,
            };
            left.push(entry.departure.item.file.clone());
            let line = Line::new(entry.departure.item, entry.departure.path, state);
            match self.lines.iter_mut().find(|other| other.item.file == line.item.file) {
                Some(other) => *other = line,
                None => self.lines.push(line),
            }
        }
        if let (Some(now), false) = (accepted, left.is_empty()) {
            self.sums.start(&self.lines, now);
        }
        if !left.is_empty() {
            self.stage = Stage::Importing;
            self.touch();
            self.settle();
        }
        left
    }

    /// Where the user was before the round.
    fn rest(&mut self) {
        self.stage = self.came_from;
        self.touch();
        self.settle();
    }

    fn settle(&mut self) {
        let all_final = self.lines.iter().all(|line| !line.state.is_under_way());
        match self.stage {
            Stage::Importing if all_final => self.stage = Stage::Done,
            Stage::Done if !all_final => self.stage = Stage::Importing,
            _ => {}
        }
    }

    fn touch(&mut self) {
        self.version = self.version.wrapping_add(1);
    }
}

impl Entry {
    fn may_go(&self) -> bool {
        matches!(self.verdict, Some(Ok(())))
    }
}
