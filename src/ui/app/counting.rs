//! Counting a chosen folder: its files, all the way down, page by page.

use super::App;
use super::loading::Task;
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use onedrive_picker_core::graph::{FileRef, FolderRef, GraphError, Item};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::client::Pager;
use onedrive_picker_core::picker::counting::{Count, Counted};

impl App {
    /// Counts the files of a chosen folder, recursively, until that is done or the folder is taken back.
    pub(super) fn count_folder(self, folder: Item) {
        let Some(services) = self.services() else { return };
        let limit = self.basket.with_untracked(onedrive_picker_core::picker::basket::Basket::limit);
        let file = folder.file.clone();
        let task = Task::spawn(async move { self.count(Count::new(&folder, limit), &folder).await });
        services.loads.ahead.borrow_mut().interrupt();
        services.loads.counts.borrow_mut().push((file, task));
    }

    /// Gives up the counts of what is not chosen any more, and of what has been counted.
    pub(super) fn drop_counts(self) {
        let Some(services) = self.services() else { return };
        let mut counts = services.loads.counts.borrow_mut();
        self.basket.with_untracked(|basket| counts.retain(|(folder, _)| basket.is_counting(folder)));
    }

    async fn count(self, mut count: Count, folder: &Item) {
        while let Some(next) = count.folder().cloned() {
            match self.count_in(&mut count, &next, &folder.file).await {
                Ok(()) => count.folder_done(),
                // Whoever shared the folder kept this one in it to themselves, or it went meanwhile.
                Err(GraphError::Forbidden(_) | GraphError::NotFound(_)) if next != folder.file => {
                    count.folder_failed();
                }
                Err(error) => return self.count_failed(folder.clone(), &error),
            }
        }
        let (files, unreadable) = match count.finish() {
            Counted::Files { found, unreadable, .. } => (Some(found), unreadable),
            Counted::TooMany => (None, 0),
        };
        match self.basket.update(|basket| basket.counted(&folder.file, files)) {
            Err(refusal) => self.refuse(refusal),
            Ok(()) if unreadable > 0 => {
                let text = self.speech.count(Message::FoldersLeftOut, unreadable.into(), &[]);
                self.notice.set(Some(Notice::new(Tone::Warn, text).about_choice()));
            }
            Ok(()) => {}
        }
        self.announce_choice();
    }

    /// Reads one folder to its end, or until there is more than can be chosen.
    async fn count_in(self, count: &mut Count, next: &FileRef, folder: &FileRef) -> Result<(), GraphError> {
        let services = self.services().ok_or(GraphError::SignedOut)?;
        let mut pager = Pager::children(&FolderRef::Folder(next.clone()), None);
        while let Some(rows) = services.graph.next_page(&mut pager).await? {
            count.receive(rows.items, &services.wanted().rules);
            self.basket.update(|basket| basket.count(folder, count.found()));
            if !rows.more || count.folder().is_none() {
                break;
            }
        }
        Ok(())
    }

    /// A folder that cannot be read to its end is not chosen: some of its files would be left out, and nobody would know.
    fn count_failed(self, folder: Item, error: &GraphError) {
        self.remove(&folder.file);
        let notice = self.not_all_loaded(error, move || self.choose_folder(folder.clone()));
        self.notice.set(Some(notice.about_choice()));
    }

    /// Chooses a folder once more.
    pub(super) fn choose_folder(self, folder: Item) {
        self.notice.set(None);
        match self.basket.update(|basket| basket.add_folder(folder.clone())) {
            Err(refusal) => self.refuse(refusal),
            Ok(()) => self.count_folder(folder),
        }
        self.announce_choice();
    }
}
