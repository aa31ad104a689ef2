//! What the picker asks of Graph, each once.

use super::super::state::Setup;
use super::super::tell::{count, fill};
use super::token::TrialToken;
use crate::browser::Browser;
use onedrive_picker_core::auth::Session;
use onedrive_picker_core::graph::{
    BATCH_SIZE, FileRef, FolderRef, GraphBase, GraphError, Item, ThumbnailSize, may_have_thumbnail,
};
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::picker::client::{GraphClient, Pager};
use onedrive_picker_core::registration::{CheckName, CheckState, Mend};
use onedrive_picker_core::settings::Settings;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

type Client = GraphClient<Browser, TrialToken>;

impl Setup {
    /// Runs the checks that need a session. The session is gone when they are over.
    pub(super) async fn check_graph(self, session: Session, settings: &Settings) {
        let Ok(base) = GraphBase::parse(settings.graph_base.as_str()) else { return };
        let client = Client::new(Rc::new(Browser), base, TrialToken(session));
        self.running(CheckName::Me);
        let person = client.me().await;
        if let Some(person) = self.judged(CheckName::Me, person) {
            let note = fill(self.speech, SetupMessage::NotePerson, &[("name", &person.name)]);
            self.set_note(CheckName::Me, note);
        }
        self.running(CheckName::Drive);
        let drive = client.drive().await;
        if self.judged(CheckName::Drive, drive).is_none() {
            for name in [CheckName::Listing, CheckName::Thumbnail, CheckName::FreshLink, CheckName::Search] {
                self.set_check(name, CheckState::NotReachable);
            }
            return;
        }
        let items = self.check_listing(&client).await;
        self.check_thumbnail(&client, &items).await;
        self.check_link(&client, &items).await;
        self.check_search(&client, &items).await;
    }

    async fn check_listing(self, client: &Client) -> Vec<Item> {
        self.running(CheckName::Listing);
        let mut pager = Pager::children(&FolderRef::MyFiles, None);
        let rows = client.next_page(&mut pager).await;
        let Some(rows) = self.judged(CheckName::Listing, rows) else { return Vec::new() };
        let mut items = rows.map(|rows| rows.items).unwrap_or_default();
        self.set_note(CheckName::Listing, count(self.speech, SetupMessage::NoteItems, items.len()));
        // Many keep nothing but folders at the top.
        let folder = items.iter().find(|item| item.is_folder()).map(|folder| folder.file.clone());
        if let Some(folder) = folder.filter(|_| !items.iter().any(may_have_thumbnail)) {
            let mut pager = Pager::children(&FolderRef::Folder(folder), None);
            if let Ok(Some(rows)) = client.next_page(&mut pager).await {
                items.extend(rows.items);
            }
        }
        items
    }

    async fn check_thumbnail(self, client: &Client, items: &[Item]) {
        self.running(CheckName::Thumbnail);
        let files: Vec<FileRef> = items
            .iter()
            .filter(|item| may_have_thumbnail(item))
            .take(BATCH_SIZE)
            .map(|item| item.file.clone())
            .collect();
        let answers = match files.is_empty() {
            true => Ok(Vec::new()),
            false => client.thumbnails(&files, ThumbnailSize::Medium).await,
        };
        let Some(answers) = self.judged(CheckName::Thumbnail, answers) else { return };
        let Some(address) = answers.into_iter().find_map(|answer| answer.ok().flatten()) else {
            return self.nothing_to_try(CheckName::Thumbnail);
        };
        if can_be_shown(&address).await {
            self.set_check(CheckName::Thumbnail, CheckState::Passed);
        } else {
            self.fail_check(CheckName::Thumbnail, Mend::CheckNetwork, "not_loaded");
        }
    }

    async fn check_link(self, client: &Client, items: &[Item]) {
        let Some(file) = items.iter().find(|item| item.is_file() && item.obstacle.is_none()) else {
            return self.nothing_to_try(CheckName::FreshLink);
        };
        self.running(CheckName::FreshLink);
        let links = client.refresh_links(std::slice::from_ref(&file.file)).await;
        let Some(links) = self.judged(CheckName::FreshLink, links) else { return };
        if links.first().is_none_or(|link| link.outcome.is_err()) {
            self.fail_check(CheckName::FreshLink, Mend::TryAgain, "no_link");
        }
    }

    async fn check_search(self, client: &Client, items: &[Item]) {
        self.running(CheckName::Search);
        let word = items.first().and_then(|item| item.name.split([' ', '.', '_', '-']).next());
        let word = word.filter(|word| !word.is_empty()).unwrap_or("a");
        let mut pager = Pager::search_folder(&FolderRef::MyFiles, word);
        let found = client.next_page(&mut pager).await;
        self.judged(CheckName::Search, found);
    }

    fn running(self, name: CheckName) {
        self.set_check(name, CheckState::Running);
    }

    /// Notes an answer of Graph, and hands it on if there is one.
    fn judged<T>(self, name: CheckName, answer: Result<T, GraphError>) -> Option<T> {
        let state = match &answer {
            Ok(_) => CheckState::Passed,
            Err(error) => CheckState::of_graph_error(error),
        };
        self.set_check(name, state);
        answer.ok()
    }

    fn nothing_to_try(self, name: CheckName) {
        self.set_check(name, CheckState::NotReachable);
        self.set_note(name, fill(self.speech, SetupMessage::NothingToTry, &[]));
    }
}

/// Whether the browser can load and decode a picture.
async fn can_be_shown(address: &str) -> bool {
    let Ok(image) = HtmlImageElement::new() else { return false };
    image.set_src(address);
    JsFuture::from(image.decode()).await.is_ok()
}
