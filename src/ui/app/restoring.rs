//! What is there before anybody has clicked: the choice and the import from before a reload, or the choice that the host
//! names (`selection.sourceItems`).

use super::App;
use super::loading::Task;
use crate::browser::{Browser, SessionStore};
use onedrive_picker_core::graph::{FileRef, Item};
use onedrive_picker_core::host::options::Host;
use onedrive_picker_core::picker::basket::{read_kept, write_kept};
use onedrive_picker_core::picker::client::Pager;
use onedrive_picker_core::picker::ports::{Clock, Store};

/// Where the choice is kept, for this tab only. It holds ids and names, and whose and which picker's they are.
const CHOICE: &str = "onedrive-picker.choice";
/// The same of what the host was given.
const GIVEN: &str = "onedrive-picker.given";
/// How often files that could not be read anew are asked for once more.
const RETRIES: u32 = 5;
/// How long before that, in milliseconds.
const PAUSE: u32 = 5_000;

impl App {
    /// Chooses again what was chosen before this page was loaded anew, else what the host wants chosen from the start. Once:
    /// a later sign-in keeps what is chosen then.
    pub(super) fn restore_choice(self) {
        let Some(services) = self.services() else { return };
        if services.restored.replace(true) {
            return self.keep_choice();
        }
        let head = self.choice_head();
        let kept = |key: &str| -> Vec<FileRef> {
            let text = SessionStore.get(key);
            let kept = text.as_deref().and_then(|text| text.strip_prefix(head.as_str())).map(read_kept);
            kept.unwrap_or_default().into_iter().map(|kept| kept.file).collect()
        };
        let mut given = kept(GIVEN);
        let before = services.given_before.borrow();
        given.retain(|file| !before.contains(file));
        given.extend(before.iter().cloned());
        drop(before);
        let mut files = kept(CHOICE);
        if files.is_empty() {
            let options = services.options();
            let items = options.selection.source_items.iter();
            files.extend(items.filter_map(|item| FileRef::parse(&item.drive_id, &item.id)));
        }
        if files.is_empty() && given.is_empty() {
            return;
        }
        let task = Task::spawn(async move {
            self.follow_again(given, &head).await;
            self.choose_again(files, &head).await;
        });
        *services.loads.restoring.borrow_mut() = Some(task);
    }

    /// Reads files anew and does this with them, lot by lot. False if there is nothing to do, or not here any more: the
    /// picker is another account's by now.
    async fn read_again(self, files: Vec<FileRef>, head: &str, mut take: impl FnMut(Vec<Item>)) -> bool {
        let Some(services) = self.services() else { return false };
        if files.is_empty() {
            return false;
        }
        let mut pager = Pager::files(files);
        let mut retries = 0..RETRIES;
        loop {
            let read = services.graph.next_page(&mut pager).await;
            if head != self.choice_head() {
                return false;
            }
            match read {
                Ok(Some(rows)) => take(rows.items),
                Ok(None) => return true,
                // Nobody has asked for this now, so nobody is asked to do anything. Where the listing failed too, the person
                // is asked there.
                Err(_) if retries.next().is_some() => {
                    Browser.sleep(PAUSE).await;
                    while self.has_failed() {
                        Browser.sleep(PAUSE).await;
                    }
                }
                Err(_) => return false,
            }
        }
    }

    /// Goes on with what the host was given, and tells of it.
    async fn follow_again(self, files: Vec<FileRef>, head: &str) {
        let Some(services) = self.services() else { return };
        let resume = |items| self.hand_over.update(|hand_over| hand_over.resume(items, self.now()));
        if !self.read_again(files, head, resume).await {
            return;
        }
        // What the host has said meanwhile.
        let reports = std::mem::take(&mut *services.reports.borrow_mut());
        self.import_progressed(&reports);
        self.tell_of_import();
    }

    /// Keeps what the host was given for a reload of this page.
    pub(super) fn keep_given(self) {
        let text = self
            .hand_over
            .with_untracked(|hand_over| write_kept(hand_over.given().map(|item| (item, false))));
        if !text.is_empty() {
            SessionStore.set(GIVEN, &[self.choice_head(), text].concat());
        }
    }

    /// Reads files and chooses them. What is gone meanwhile, or cannot be chosen here, is left out.
    async fn choose_again(self, files: Vec<FileRef>, head: &str) {
        let Some(services) = self.services() else { return };
        let choose = |items: Vec<Item>| {
            let wanted = services.wanted();
            let (folders, files): (Vec<_>, Vec<_>) =
                items.into_iter().filter(|item| wanted.takes(item)).partition(Item::is_folder);
            let mut refused = None;
            self.basket.update(|basket| {
                refused = basket.add(files).err();
                for folder in &folders {
                    refused = basket.add_folder(folder.clone()).err().or(refused);
                }
            });
            if let Some(refused) = refused {
                self.refuse(refused);
            }
            folders.into_iter().for_each(|folder| self.count_folder(folder));
        };
        if self.read_again(files, head, choose).await {
            self.announce_choice();
        }
    }

    /// Keeps the choice for a reload of this page.
    pub(super) fn keep_choice(self) {
        let text = self.basket.with_untracked(onedrive_picker_core::picker::basket::Basket::to_text);
        if text.is_empty() {
            SessionStore.remove(CHOICE);
        } else {
            SessionStore.set(CHOICE, &[self.choice_head(), text].concat());
        }
    }

    /// Forgets it: the person leaves.
    pub(super) fn forget_choice(self) {
        SessionStore.remove(CHOICE);
        SessionStore.remove(GIVEN);
    }

    /// Whose choice it is, and for which opening of the picker.
    pub(super) fn choice_head(self) -> String {
        let channel =
            self.services().map(|services| services.options()).and_then(|options| match &options.host {
                Host::Present(messaging) => Some(messaging.channel_id.as_json().to_owned()),
                Host::Absent => None,
            });
        let account = self.memory_key("choice").unwrap_or_default();
        [account.as_str(), "\n", channel.as_deref().unwrap_or_default(), "\n"].concat()
    }
}
