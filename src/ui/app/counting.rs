//! Counting a chosen folder: its files, all the way down, page by page.

use super::App;
use super::loading::Task;
use crate::graph::FileRef;
use crate::picker::counting::{Count, Counted};
use leptos::prelude::*;

impl App {
    /// Counts the files of a chosen folder, recursively.
    pub(super) fn count_folder(self, folder: crate::graph::Item) {
        let Some(services) = self.services() else { return };
        let limit = self.basket.with_untracked(crate::picker::basket::Basket::limit);
        let file = folder.file.clone();
        let task = Task::spawn(async move { self.count(Count::new(&folder, limit), &folder.file).await });
        services.loads.ahead.borrow_mut().interrupt();
        services.loads.counts.borrow_mut().push((file, task));
    }

    async fn count(self, mut count: Count, folder: &FileRef) {
        let Some(services) = self.services() else { return };
        while let Some(next) = count.folder().cloned() {
            let of = crate::graph::FolderRef::Folder(next);
            let mut pager = crate::picker::client::Pager::children(services.graph.base(), &of);
            loop {
                match services.graph.next_page(&mut pager).await {
                    Ok(Some(rows)) => {
                        count.receive(rows.items, &services.wanted().rules);
                        let wanted = self.basket.update(|basket| basket.count(folder, count.found()));
                        if !wanted {
                            return self.counted(folder);
                        }
                        if !rows.more {
                            count.folder_done();
                            break;
                        }
                    }
                    Ok(None) => {
                        count.folder_done();
                        break;
                    }
                    Err(_) => {
                        count.folder_failed();
                        break;
                    }
                }
                if count.folder().is_none() {
                    break;
                }
            }
        }
        let files = match count.finish() {
            Counted::Files { found, .. } => Some(found),
            Counted::TooMany => None,
        };
        if let Err(refusal) = self.basket.update(|basket| basket.counted(folder, files)) {
            self.refuse(refusal);
        }
        self.announce_choice();
        self.counted(folder);
    }

    fn counted(self, folder: &FileRef) {
        // The task drops itself last: nothing follows.
        let folder = folder.clone();
        request_animation_frame(move || {
            if let Some(services) = self.services() {
                services.loads.counts.borrow_mut().retain(|(of, _)| *of != folder);
            }
        });
    }
}
