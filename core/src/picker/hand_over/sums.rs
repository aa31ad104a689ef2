//! How far all imports are together, and how long they may still take.

use super::line::{Line, LineState};

/// The sums over the lines of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Files that are ready.
    pub ready: usize,
    /// Files that failed.
    pub failed: usize,
    /// Files under way or waiting.
    pub to_go: usize,
    /// Files under way that Kaltura does not have yet, so that both pages have to stay open; 0 if the host does not tell.
    pub to_hand_over: usize,
    /// Files that did not fail.
    pub taken: usize,
    /// Whether the host waits for something that it will try again by itself.
    pub is_held_up: bool,
    /// Bytes imported, of files that did not fail.
    pub bytes_done: u64,
    /// Bytes of all files that did not fail.
    pub bytes: u64,
    /// Progress in all, 0 to 100; 100 only when nothing is to go.
    pub percent: u8,
    /// Milliseconds that are probably left; `None` while that cannot be said.
    pub left: Option<u64>,
}

/// When the import under way began, to tell how long it may take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    started: u64,
    done_before: u64,
}

impl Clock {
    /// How long an import runs before its speed says anything, in milliseconds.
    const SETTLING: u64 = 3_000;

    pub(super) fn start(&mut self, lines: &[Line], now: u64) {
        let (_, done, _) = weigh(lines);
        *self = Self { started: now, done_before: done };
    }

    pub(super) fn of(&self, lines: &[Line], now: u64) -> Sums {
        let (counts, done, total) = weigh(lines);
        let percent = if counts.to_go == 0 && counts.ready > 0 {
            100
        } else {
            super::super::format::percent(done, total).min(99)
        };
        let elapsed = now.saturating_sub(self.started);
        let gained = done.saturating_sub(self.done_before);
        let left = if counts.to_go == 0 || elapsed < Self::SETTLING || gained == 0 {
            None
        } else {
            Some(elapsed.saturating_mul((total - done) / 1024) / (gained / 1024).max(1))
        };
        Sums { percent, left, ..counts }
    }
}

/// The counts, and the work done and in all. A file of unknown size weighs a little, so that it counts at all.
fn weigh(lines: &[Line]) -> (Sums, u64, u64) {
    const UNKNOWN: u64 = 1_048_576;
    let (mut sums, mut done, mut total) = (Sums::default(), 0_u64, 0_u64);
    let tells = lines.iter().any(|line| line.handed_over.is_some());
    for line in lines {
        let weight = line.item.size.unwrap_or(UNKNOWN);
        let percent = match &line.state {
            LineState::Waiting | LineState::Running(None) => 0,
            LineState::Running(Some(percent)) => u64::from(*percent),
            LineState::Ready { .. } => 100,
            LineState::Failed(_) => {
                sums.failed += 1;
                continue;
            }
        };
        sums.taken += 1;
        if line.state.is_under_way() {
            sums.to_go += 1;
            sums.to_hand_over += usize::from(tells && line.handed_over != Some(true));
            sums.is_held_up |= line.is_held_up;
        } else {
            sums.ready += 1;
        }
        let part = weight / 100 * percent + weight % 100 * percent / 100;
        total = total.saturating_add(weight);
        done = done.saturating_add(part);
        sums.bytes = sums.bytes.saturating_add(line.item.size.unwrap_or(0));
        sums.bytes_done = sums.bytes_done.saturating_add(if line.item.size.is_some() { part } else { 0 });
    }
    (sums, done, total)
}
