//! Reading the first page of a folder before it is opened, because the pointer or the focus rests on it. It costs nobody
//! anything: one folder at a time, given up as soon as the user asks for something, and none where data or Graph's patience
//! is short.

/// How long the pointer or the focus rests on a folder before it is likely to be opened, in milliseconds.
pub const DWELL: u32 = 150;
/// How long what was read ahead is as good as read now, in milliseconds.
const FRESH: u64 = 60_000;
/// How long nothing is read ahead after Graph was busy, in milliseconds.
const CALM: u64 = 300_000;
/// Folders read ahead that are kept.
const KEPT: usize = 6;

/// What speaks against reading ahead, apart from what was read ahead already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// A request of the user's own is under way.
    pub is_busy: bool,
    /// The user wants to save data, or the network is a slow one.
    pub saves_data: bool,
    /// Until when Graph has asked to be left alone, in milliseconds since 1970; 0 if it never did.
    pub throttled_until: u64,
}

/// What was read ahead, or is being read: at most one at a time. Dropping a `T` gives it up.
#[derive(Debug)]
pub struct Prefetch<T> {
    entries: Vec<Entry<T>>,
    calm_until: u64,
}

#[derive(Debug)]
struct Entry<T> {
    key: String,
    at: u64,
    done: bool,
    work: T,
}

impl<T> Default for Prefetch<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), calm_until: 0 }
    }
}

impl<T> Prefetch<T> {
    /// Whether to read a folder ahead now. One that is being read, or was a moment ago, is not read again.
    pub fn may_begin(&self, key: &str, now: u64, circumstances: Circumstances) -> bool {
        let Circumstances { is_busy, saves_data, throttled_until } = circumstances;
        let was_throttled = throttled_until > 0 && now < throttled_until.saturating_add(CALM);
        let is_known = self.entries.iter().any(|entry| entry.key == key && entry.is_fresh(now));
        !is_busy && !saves_data && !was_throttled && now >= self.calm_until && !is_known
    }

    /// Notes that a folder is being read. Another one that still was is given up, and the oldest ones are forgotten.
    pub fn begin(&mut self, key: String, now: u64, work: T) {
        self.interrupt();
        self.entries.retain(|entry| entry.key != key && entry.is_fresh(now));
        if self.entries.len() >= KEPT {
            self.entries.remove(0);
        }
        self.entries.push(Entry { key, at: now, done: false, work });
    }

    /// Notes that a folder has been read.
    pub fn finish(&mut self, key: &str) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == key) {
            entry.done = true;
        }
    }

    /// Forgets a folder that could not be read, and for a while reads no other: whatever it was, it was not asked for.
    pub fn fail(&mut self, key: &str, now: u64) {
        self.entries.retain(|entry| entry.key != key);
        self.calm_until = now.saturating_add(CALM);
    }

    /// The folder that is opened, if it was read ahead or is being read; any other that is being read is given up.
    pub fn take(&mut self, key: &str, now: u64) -> Option<T> {
        let place = self.entries.iter().position(|entry| entry.key == key);
        let entry = place.map(|place| self.entries.remove(place));
        self.interrupt();
        entry.filter(|entry| entry.is_fresh(now)).map(|entry| entry.work)
    }

    /// Gives up what is being read: the user asks for something else.
    pub fn interrupt(&mut self) {
        self.entries.retain(|entry| entry.done);
    }

    /// Forgets everything, as for another account.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

impl<T> Entry<T> {
    fn is_fresh(&self, now: u64) -> bool {
        now.saturating_sub(self.at) < FRESH
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::{Rc, Weak};

    const NOW: u64 = 1_700_000_000_000;

    fn begin(prefetch: &mut Prefetch<Rc<()>>, key: &str, now: u64) -> Weak<()> {
        let work = Rc::new(());
        let watched = Rc::downgrade(&work);
        prefetch.begin(key.to_owned(), now, work);
        watched
    }

    fn is_alive(work: &Weak<()>) -> bool {
        work.strong_count() > 0
    }

    #[test]
    fn begins_only_when_it_costs_nobody_anything() {
        let prefetch = Prefetch::<()>::default();
        let calm = Circumstances::default();
        for (circumstances, expected) in [
            (calm, true),
            (Circumstances { is_busy: true, ..calm }, false),
            (Circumstances { saves_data: true, ..calm }, false),
            (Circumstances { throttled_until: NOW + 1, ..calm }, false),
            (Circumstances { throttled_until: NOW - CALM + 1, ..calm }, false),
            (Circumstances { throttled_until: NOW - CALM, ..calm }, true),
        ] {
            assert_eq!(prefetch.may_begin("a", NOW, circumstances), expected, "{circumstances:?}");
        }
    }

    #[test]
    fn reads_one_folder_at_a_time_and_each_once() {
        let mut prefetch = Prefetch::default();
        let first = begin(&mut prefetch, "a", NOW);
        assert!(!prefetch.may_begin("a", NOW, Circumstances::default()), "it is being read");
        let second = begin(&mut prefetch, "b", NOW);
        assert!(!is_alive(&first) && is_alive(&second));
        prefetch.finish("b");
        begin(&mut prefetch, "c", NOW);
        assert!(is_alive(&second), "what has been read is kept");
        assert!(!prefetch.may_begin("b", NOW + FRESH - 1, Circumstances::default()));
        assert!(prefetch.may_begin("b", NOW + FRESH, Circumstances::default()), "it may have changed");
    }

    #[test]
    fn gives_way_to_what_the_user_asks_for() {
        let mut prefetch = Prefetch::default();
        let read = begin(&mut prefetch, "a", NOW);
        prefetch.finish("a");
        let reading = begin(&mut prefetch, "b", NOW);
        prefetch.interrupt();
        assert!(is_alive(&read) && !is_alive(&reading));
        let reading = begin(&mut prefetch, "b", NOW);
        assert!(prefetch.take("a", NOW + 1).is_some());
        assert!(!is_alive(&reading), "another folder is opened");
        assert!(prefetch.take("a", NOW + 1).is_none(), "each is opened once");
    }

    #[test]
    fn hands_over_what_is_still_being_read() {
        let mut prefetch = Prefetch::default();
        let reading = begin(&mut prefetch, "a", NOW);
        let taken = prefetch.take("a", NOW + 10);
        assert!(taken.is_some() && is_alive(&reading));
    }

    #[test]
    fn forgets_what_is_old_or_too_much() {
        let mut prefetch = Prefetch::default();
        begin(&mut prefetch, "old", NOW);
        prefetch.finish("old");
        assert!(prefetch.take("old", NOW + FRESH).is_none());
        let works: Vec<_> = (0..=KEPT)
            .map(|number| {
                let work = begin(&mut prefetch, &number.to_string(), NOW);
                prefetch.finish(&number.to_string());
                work
            })
            .collect();
        let alive: Vec<bool> = works.iter().map(is_alive).collect();
        assert_eq!(alive.iter().filter(|alive| **alive).count(), KEPT);
        assert!(!alive[0], "the oldest went");
        prefetch.clear();
        assert!(!works.iter().any(is_alive));
    }

    #[test]
    fn leaves_graph_alone_for_a_while_after_a_failure() {
        let mut prefetch = Prefetch::default();
        let failed = begin(&mut prefetch, "a", NOW);
        prefetch.fail("a", NOW + 5);
        assert!(!is_alive(&failed) && prefetch.take("a", NOW + 6).is_none());
        assert!(!prefetch.may_begin("b", NOW + 4 + CALM, Circumstances::default()));
        assert!(prefetch.may_begin("b", NOW + 5 + CALM, Circumstances::default()));
    }
}
