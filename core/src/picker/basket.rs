//! What is chosen so far: files and whole folders, from any folder, search or place, in the order of choosing.

mod kept;
mod refusal;
#[cfg(test)]
mod tests;

use super::counting::Found;
use super::ref_index::RefIndex;
use crate::graph::{FileRef, Item};

pub use kept::{Kept, read_kept, write_kept};
pub use refusal::Refusal;

/// One entry of the basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The file or folder chosen.
    pub item: Item,
    /// What is known of its content, if it is a folder.
    pub content: Content,
}

/// What a choice stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The file itself.
    File,
    /// A folder whose files are being counted: so many so far.
    Counting(usize),
    /// A folder and its files.
    Folder(Vec<Found>),
}

/// A file to hand over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen<'a> {
    /// The file.
    pub item: &'a Item,
    /// The folders it lies in from the chosen folder on; empty for a file chosen by itself.
    pub path: &'a str,
}

/// The sums under the listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files to import, each once; those counted so far included.
    pub files: usize,
    /// Bytes, where known.
    pub bytes: u64,
    /// Milliseconds of recordings, where known.
    pub duration: u64,
    /// Whether a folder is still being counted.
    pub counting: bool,
}

/// What is chosen so far.
#[derive(Clone, Debug)]
pub struct Basket {
    choices: Vec<Choice>,
    index: RefIndex,
    limit: usize,
    version: u32,
}

impl Basket {
    /// An empty basket for at most `limit` files.
    pub fn new(limit: usize) -> Self {
        Self { choices: Vec::new(), index: RefIndex::default(), limit, version: 0 }
    }

    /// The most files that can be chosen.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Changes the most files that can be chosen. What is chosen stays: see [`is_over`](Self::is_over).
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
        self.version = self.version.wrapping_add(1);
    }

    /// Whether more is chosen than may be, because the limit was lowered afterwards.
    pub fn is_over(&self) -> bool {
        self.totals().files > self.limit
    }

    /// What was chosen, in order.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// Whether this very file or folder was chosen.
    pub(crate) fn contains(&self, file: &FileRef) -> bool {
        self.find(file).is_some()
    }

    /// The entry of a file or folder.
    pub fn get(&self, file: &FileRef) -> Option<&Choice> {
        self.find(file).and_then(|number| self.choices.get(number))
    }

    /// Chooses files, as many as fit; what is there already is left alone.
    ///
    /// # Errors
    /// [`Refusal::Full`] if some did not fit; those that did are chosen all the same.
    pub fn add(&mut self, items: impl IntoIterator<Item = Item>) -> Result<(), Refusal> {
        let mut room = self.limit.saturating_sub(self.totals().files);
        let mut left_out = 0;
        for item in items {
            if self.contains(&item.file) {
                continue;
            }
            let counted = self.holds_in_folder(&item.file);
            if room == 0 && !counted {
                left_out += 1;
                continue;
            }
            room -= usize::from(!counted);
            self.push(Choice { item, content: Content::File });
        }
        if left_out == 0 { Ok(()) } else { Err(Refusal::Full { limit: self.limit, left_out }) }
    }

    /// Chooses a folder whose files are yet to be counted.
    ///
    /// # Errors
    /// [`Refusal::Full`] if no file fits any more.
    pub fn add_folder(&mut self, folder: Item) -> Result<(), Refusal> {
        if self.totals().files >= self.limit {
            return Err(Refusal::Full { limit: self.limit, left_out: 1 });
        }
        if !self.contains(&folder.file) {
            self.push(Choice { item: folder, content: Content::Counting(0) });
        }
        Ok(())
    }

    /// Whether the files of this chosen folder are being counted.
    pub fn is_counting(&self, folder: &FileRef) -> bool {
        self.get(folder).is_some_and(|choice| matches!(choice.content, Content::Counting(_)))
    }

    /// Notes how many files a folder has so far. False if it was taken back meanwhile: stop counting.
    pub fn count(&mut self, folder: &FileRef, so_far: usize) -> bool {
        match self.find(folder).and_then(|number| self.choices.get_mut(number)) {
            Some(Choice { content: content @ Content::Counting(_), .. }) => {
                if *content != Content::Counting(so_far) {
                    *content = Content::Counting(so_far);
                    self.version = self.version.wrapping_add(1);
                }
                true
            }
            _ => false,
        }
    }

    /// Notes the files of a counted folder; `None` if there are too many of them.
    ///
    /// # Errors
    /// [`Refusal`] if the folder cannot be chosen; it is taken out of the basket, and nothing else.
    pub fn counted(&mut self, folder: &FileRef, files: Option<Vec<Found>>) -> Result<(), Refusal> {
        let Some(number) = self.find(folder) else { return Ok(()) };
        let refusal = match &files {
            None => Some(Refusal::FolderTooLarge { limit: self.limit }),
            Some(files) if files.is_empty() => Some(Refusal::NothingFits),
            Some(files) if files.len() > self.limit => Some(Refusal::FolderTooLarge { limit: self.limit }),
            Some(files) => {
                let new = files.iter().filter(|found| !self.holds(&found.item.file)).count();
                let left_out = (self.counted_files() + new).saturating_sub(self.limit);
                (left_out > 0).then_some(Refusal::Full { limit: self.limit, left_out })
            }
        };
        if let Some(refusal) = refusal {
            self.remove(folder);
            return Err(refusal);
        }
        if let (Some(choice), Some(files)) = (self.choices.get_mut(number), files) {
            choice.content = Content::Folder(files);
            self.version = self.version.wrapping_add(1);
        }
        Ok(())
    }

    /// Takes a file or folder back, a file also out of a chosen folder. False if it was not chosen.
    pub fn remove(&mut self, gone: &FileRef) -> bool {
        if !self.holds(gone) {
            return false;
        }
        self.choices.retain(|choice| choice.item.file != *gone);
        self.retain(|file| file != gone);
        true
    }

    /// Keeps only some files, also within folders; a folder without files goes.
    pub fn retain(&mut self, keep: impl Fn(&FileRef) -> bool) {
        for choice in &mut self.choices {
            if let Content::Folder(files) = &mut choice.content {
                files.retain(|found| keep(&found.item.file));
            }
        }
        self.choices.retain(|choice| match &choice.content {
            Content::File => keep(&choice.item.file),
            Content::Counting(_) => true,
            Content::Folder(files) => !files.is_empty(),
        });
        self.reindex();
    }

    /// Takes everything back.
    pub fn clear(&mut self) {
        self.choices.clear();
        self.reindex();
    }

    /// The files to hand over, each once, in the order of choosing.
    pub fn files(&self) -> Vec<Chosen<'_>> {
        let mut files: Vec<Chosen<'_>> = Vec::with_capacity(self.choices.len());
        let mut seen = RefIndex::default();
        for choice in &self.choices {
            match &choice.content {
                Content::File => take(&mut files, &mut seen, Chosen { item: &choice.item, path: "" }),
                Content::Counting(_) => {}
                Content::Folder(found) => {
                    for found in found {
                        take(&mut files, &mut seen, Chosen { item: &found.item, path: &found.path });
                    }
                }
            }
        }
        files
    }

    /// The sums under the listing.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for chosen in self.files() {
            totals.files += 1;
            totals.bytes = totals.bytes.saturating_add(chosen.item.size.unwrap_or(0));
            totals.duration = totals.duration.saturating_add(chosen.item.duration.unwrap_or(0));
        }
        for choice in &self.choices {
            if let Content::Counting(so_far) = choice.content {
                totals.files += so_far;
                totals.counting = true;
            }
        }
        totals
    }

    fn counted_files(&self) -> usize {
        self.files().len()
    }

    /// Whether the file or folder is chosen, by itself or as a file of a counted folder.
    pub fn holds(&self, file: &FileRef) -> bool {
        self.contains(file) || self.holds_in_folder(file)
    }

    /// Everything chosen, one by one: files, folders, and the files of folders that were counted.
    pub fn all_files(&self) -> impl Iterator<Item = &FileRef> {
        self.choices.iter().flat_map(|choice| {
            let inside: &[Found] = match &choice.content {
                Content::Folder(found) => found,
                Content::File | Content::Counting(_) => &[],
            };
            std::iter::once(&choice.item.file).chain(inside.iter().map(|found| &found.item.file))
        })
    }

    fn holds_in_folder(&self, file: &FileRef) -> bool {
        self.choices.iter().any(|choice| match &choice.content {
            Content::Folder(found) => found.iter().any(|found| found.item.file == *file),
            Content::File | Content::Counting(_) => false,
        })
    }

    fn push(&mut self, choice: Choice) {
        let number = u32::try_from(self.choices.len()).unwrap_or(u32::MAX);
        let file = choice.item.file.clone();
        self.choices.push(choice);
        let choices = &self.choices;
        self.index.insert(number, &file, |number| reference(choices, number));
        self.version = self.version.wrapping_add(1);
    }

    fn reindex(&mut self) {
        self.index.clear();
        let choices = &self.choices;
        for (number, choice) in choices.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.index.insert(number, &choice.item.file, |number| reference(choices, number));
        }
        self.version = self.version.wrapping_add(1);
    }

    fn find(&self, file: &FileRef) -> Option<usize> {
        let number = self.index.find(file, |number| reference(&self.choices, number))?;
        usize::try_from(number).ok()
    }
}

fn reference(choices: &[Choice], number: u32) -> Option<&FileRef> {
    choices.get(usize::try_from(number).ok()?).map(|choice| &choice.item.file)
}

fn take<'a>(files: &mut Vec<Chosen<'a>>, seen: &mut RefIndex, chosen: Chosen<'a>) {
    let at = |number: u32| {
        files.get(usize::try_from(number).unwrap_or(usize::MAX)).map(|chosen| &chosen.item.file)
    };
    if seen.find(&chosen.item.file, at).is_some() {
        return;
    }
    let number = u32::try_from(files.len()).unwrap_or(u32::MAX);
    files.push(chosen);
    let at = |number: u32| {
        files.get(usize::try_from(number).unwrap_or(usize::MAX)).map(|chosen| &chosen.item.file)
    };
    seen.insert(number, &chosen.item.file, at);
}
