//! Counting a folder before it is chosen: its fitting files, all the way down, read folder by folder.
//!
//! The traversal only says which folder to read next; the caller reads its pages, feeds them back, shows the
//! progress and stops by dropping the count.

use std::collections::VecDeque;

use super::filter::{Fit, Rules};
use crate::graph::{FileRef, Item};

/// A file found in a chosen folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub(crate) item: Item,
    /// The folders it lies in from the chosen one on, such as `Lectures/Week 1`.
    pub(crate) path: String,
}

/// A count under way.
#[derive(Clone, Debug)]
pub struct Count {
    queue: VecDeque<(FileRef, String)>,
    seen: Vec<FileRef>,
    found: Vec<Found>,
    skipped: u32,
    unreadable: u32,
    limit: usize,
    over: bool,
}

/// How a count ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// These are its files.
    Files {
        /// The fitting files, in the order found.
        found: Vec<Found>,
        /// Files that do not fit the settings.
        skipped: u32,
        /// Folders below that could not be read.
        unreadable: u32,
    },
    /// More files, or more folders to look through, than can be chosen at once: it has to be opened.
    TooMany,
}

impl Count {
    /// The most folders read for one choice, so that a click never floods Microsoft with requests.
    pub(crate) const MOST_FOLDERS: usize = 200;

    /// Starts to count a folder, for at most `limit` files.
    pub fn new(folder: &Item, limit: usize) -> Self {
        Self {
            queue: VecDeque::from([(folder.file.clone(), folder.name.to_string())]),
            seen: vec![folder.file.clone()],
            found: Vec::new(),
            skipped: 0,
            unreadable: 0,
            limit,
            over: false,
        }
    }

    /// The folder to read now; `None` when the count is over. It stays the same until
    /// [`folder_done`](Self::folder_done) or [`folder_failed`](Self::folder_failed).
    pub fn folder(&self) -> Option<&FileRef> {
        if self.over { None } else { self.queue.front().map(|(folder, _)| folder) }
    }

    /// How many fitting files there are so far.
    pub fn found(&self) -> usize {
        self.found.len()
    }

    /// Takes a page of the folder being read.
    pub fn receive(&mut self, page: Vec<Item>, rules: &Rules) {
        let Some((_, path)) = self.queue.front() else { return };
        let path = path.clone();
        for item in page {
            match rules.judge(&item) {
                Fit::Folder => self.enqueue(&item, &path),
                Fit::Fits if self.found.iter().any(|found| found.item.file == item.file) => {}
                Fit::Fits if self.found.len() < self.limit => {
                    self.found.push(Found { item, path: path.clone() });
                }
                Fit::Fits => self.over = true,
                _ => self.skipped = self.skipped.saturating_add(1),
            }
        }
    }

    /// The folder being read has no further page.
    pub fn folder_done(&mut self) {
        self.queue.pop_front();
    }

    /// The folder being read cannot be read: its files are left out, and the count says so.
    pub fn folder_failed(&mut self) {
        self.unreadable = self.unreadable.saturating_add(1);
        self.queue.pop_front();
    }

    /// The result, once [`folder`](Self::folder) has no more to read.
    pub fn finish(self) -> Counted {
        if self.over {
            return Counted::TooMany;
        }
        Counted::Files { found: self.found, skipped: self.skipped, unreadable: self.unreadable }
    }

    /// A shortcut may lead back to a folder above, so that each folder is read once. Empty ones are not read.
    fn enqueue(&mut self, folder: &Item, path: &str) {
        let is_empty = matches!(folder.kind, crate::graph::ItemKind::Folder { children: Some(0) });
        if is_empty || self.seen.contains(&folder.file) {
            return;
        }
        if self.seen.len() >= Self::MOST_FOLDERS {
            self.over = true;
            return;
        }
        let mut below = String::with_capacity(path.len() + 1 + folder.name.len());
        below.push_str(path);
        below.push('/');
        below.push_str(&folder.name);
        self.seen.push(folder.file.clone());
        self.queue.push_back((folder.file.clone(), below));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ItemKind;
    use crate::picker::filter::Kinds;
    use crate::picker::testing::{file, folder, item};
    use proptest::prelude::*;

    fn rules() -> Rules {
        Rules { kinds: Kinds::of_media(), extensions: Vec::new(), largest: None }
    }

    /// Reads folders from a table until the count is over; answers the number of folders read.
    fn run(count: &mut Count, tree: &dyn Fn(&str) -> Option<Vec<Item>>) -> usize {
        let mut reads = 0;
        while let Some(folder) = count.folder() {
            reads += 1;
            assert!(reads < 1000);
            match tree(folder.item.as_str()) {
                Some(items) => {
                    count.receive(items, &rules());
                    count.folder_done();
                }
                None => count.folder_failed(),
            }
        }
        reads
    }

    fn lectures(folder_name: &str) -> Option<Vec<Item>> {
        Some(match folder_name {
            "Lectures" => vec![
                folder("Week 1"),
                file("intro.mp4"),
                file("slides.pptx"),
                folder("Locked"),
                item("Bare", ItemKind::Folder { children: Some(0) }),
            ],
            "Week 1" => {
                vec![file("a.mp4"), file("b.mp3"), folder("Lectures"), item("Notes", ItemKind::Package)]
            }
            _ => return None,
        })
    }

    #[test]
    fn finds_the_fitting_files_all_the_way_down() {
        let mut count = Count::new(&folder("Lectures"), 100);
        assert_eq!(run(&mut count, &lectures), 3, "a folder is read once, an empty one never");
        let Counted::Files { found, skipped, unreadable } = count.finish() else { panic!() };
        let found: Vec<_> = found.iter().map(|found| (&*found.item.name, found.path.as_str())).collect();
        assert_eq!(
            found,
            [("intro.mp4", "Lectures"), ("a.mp4", "Lectures/Week 1"), ("b.mp3", "Lectures/Week 1")]
        );
        assert_eq!((skipped, unreadable), (2, 1));
    }

    #[test]
    fn stops_at_the_limit() {
        let mut count = Count::new(&folder("Lectures"), 2);
        run(&mut count, &lectures);
        assert_eq!(count.finish(), Counted::TooMany);
        let mut count = Count::new(&folder("Lectures"), 3);
        run(&mut count, &lectures);
        assert!(matches!(count.finish(), Counted::Files { .. }));
    }

    #[test]
    fn never_reads_more_than_a_few_hundred_folders() {
        let mut count = Count::new(&folder("0"), 100);
        let tree = |name: &str| {
            let number: u32 = name.parse().unwrap();
            Some(vec![folder(&(number * 2 + 1).to_string()), folder(&(number * 2 + 2).to_string())])
        };
        assert!(run(&mut count, &tree) <= Count::MOST_FOLDERS);
        assert_eq!(count.finish(), Counted::TooMany);
    }

    proptest! {
        #[test]
        fn ends_on_any_tree(edges in prop::collection::vec((0u8..12, 0u8..24), 0..60), limit in 0usize..12) {
            let tree = |name: &str| {
                let number: u8 = name.parse().ok()?;
                Some(edges.iter().filter(|(from, _)| *from == number).map(|(_, to)| {
                    if *to < 12 { folder(&to.to_string()) } else { file(&format!("{to}.mp4")) }
                }).collect())
            };
            let mut count = Count::new(&folder("0"), limit);
            prop_assert!(run(&mut count, &tree) <= 12);
            prop_assert!(count.found() <= limit);
            if let Counted::Files { found, .. } = count.finish() {
                let mut names: Vec<_> = found.iter().map(|found| found.item.name.clone()).collect();
                names.sort();
                names.dedup();
                prop_assert_eq!(names.len(), found.len());
            }
        }
    }
}
