//! Where the rows of a location come from: a folder, a search, the account's history, libraries.

use super::loading::key;
use super::{App, RowNotes};
use crate::browser::Browser;
use crate::ui::later::Later;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use leptos::task::spawn_local;
use onedrive_picker_core::graph::{
    Drive, DriveId, DriveType, FileRef, FolderRef, GraphError, Item, ItemKind, Library, Parent,
};
use onedrive_picker_core::picker::client::{Pager, Rows};
use onedrive_picker_core::picker::history::History;
use onedrive_picker_core::picker::place::{Location, Place, Shown};
use onedrive_picker_core::picker::ports::Store;
use onedrive_picker_core::picker::search::Scope;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;

/// Where rows come from.
pub enum Source {
    /// Page by page.
    Pages(Pager),
    /// All at once.
    Rows(Vec<Item>),
}

/// The key under which the length of the top of the drive is remembered: a number, to ask for the right pages.
const LENGTH_KEY: &str = "onedrive-picker.length";

/// The id that stands for the top of a library in a row.
pub(super) const ROOT: &str = "root";

/// A library as a row that can be opened.
fn library_row(library: &Library) -> Option<Item> {
    let file = library_ref(&library.drive.id)?;
    Some(place_row(file, library.drive.name.as_str().into(), &library.site_name))
}

/// A library or a folder of one as a row that can be opened, with the name of its site.
pub(super) fn place_row(file: FileRef, name: Arc<str>, site_name: &str) -> Item {
    let parent =
        Parent { folder: None, path: site_name.into(), drive_type: DriveType::DocumentLibrary, site: None };
    Item {
        parent: Some(parent.into()),
        shared: true,
        ..Item::new(file, name, ItemKind::Folder { children: None })
    }
}

/// What stands in a row for a library.
pub(super) fn library_ref(drive: &DriveId) -> Option<FileRef> {
    FileRef::parse(drive.as_str(), ROOT)
}

/// Whether a row is a library, which is opened but not chosen as a whole.
pub(super) fn is_library(item: &Item) -> bool {
    item.file.item.as_str() == ROOT
}

/// A pager that was lent to the deferred chunk, and the page that it read.
pub type PageAnswer = (Box<Pager>, Result<Option<Rows>, GraphError>);

/// Does something and answers with what came of it; gives it up when nobody wants to know any more.
fn answer_unless_cancelled<T: 'static>(
    mut reply: oneshot::Sender<T>,
    work: impl Future<Output = T> + 'static,
) {
    spawn_local(async move {
        let answer = match select(pin!(work), reply.cancellation()).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => return,
        };
        let _ = reply.send(answer);
    });
}

impl App {
    /// Where the rows of a location come from. Folders are read by the main chunk, all else by the deferred one.
    pub(super) async fn source(self, location: &Location) -> Result<Source, GraphError> {
        Ok(match location.shown() {
            Shown::Place(Place::MyFiles) => {
                Source::Pages(Pager::children(&FolderRef::MyFiles, self.expected_length()))
            }
            Shown::Folder(crumb) => {
                Source::Pages(Pager::children(&crumb.folder, self.known_count(location, &crumb.folder)))
            }
            _ => {
                let answer = self.ask_later(|reply| Later::OpenSource(location.clone(), reply)).await;
                return answer.unwrap_or_else(|| Ok(Source::Rows(Vec::new())));
            }
        })
    }

    /// How many items the top of the drive may have: as many as at the last visit. Where nothing is known, as many as make it worth to ask for
    /// large pages at once, which saves a round trip for a long list and costs a request for a short one.
    fn expected_length(self) -> Option<u32> {
        let known = Browser.get(LENGTH_KEY).and_then(|length| length.parse().ok());
        Some(known.unwrap_or(u32::MAX))
    }

    /// Remembers how many items the top of the drive has.
    pub(super) fn remember_length(self, location: &Location) {
        if matches!(location.shown(), Shown::Place(Place::MyFiles)) {
            let length = self.listing.with_untracked(|listing| listing.total());
            Browser.set(LENGTH_KEY, &length.to_string());
        }
    }

    /// Reads the next page: of a folder here, of all else by the deferred chunk.
    pub(super) async fn next_page(self, pager: &mut Pager) -> Result<Option<Rows>, GraphError> {
        let Some(services) = self.services() else { return Ok(None) };
        if pager.is_of_folder() {
            return services.graph.next_folder_page(pager).await;
        }
        let taken = Box::new(std::mem::take(pager));
        let answer = self.ask_later(|reply| Later::NextPage(taken, reply)).await;
        let Some((back, page)) = answer else { return Ok(None) };
        *pager = *back;
        page
    }

    /// Reads the next page of a listing that is no folder, unless nobody wants it any more.
    pub(in crate::ui) fn read_next_page(self, mut pager: Box<Pager>, reply: oneshot::Sender<PageAnswer>) {
        answer_unless_cancelled(reply, async move {
            let page = match self.services() {
                Some(services) => services.graph.next_page(&mut pager).await,
                None => Ok(None),
            };
            (pager, page)
        });
    }

    /// Finds out where the rows of a location come from that is no folder, unless nobody wants to know any more.
    pub(in crate::ui) fn open_source(
        self,
        location: Location,
        reply: oneshot::Sender<Result<Source, GraphError>>,
    ) {
        if self.annotate.borrow().is_none() {
            *self.annotate.borrow_mut() = Some(Box::new(|app, item| RowNotes {
                marks: app.marks(item),
                location: app.whereabouts(item),
            }));
        }
        answer_unless_cancelled(reply, async move { self.find_source(&location).await });
    }

    async fn find_source(self, location: &Location) -> Result<Source, GraphError> {
        let Some(services) = self.services() else { return Ok(Source::Rows(Vec::new())) };
        if let Some(source) = self.confined(location) {
            return Ok(source);
        }
        Ok(match location.shown() {
            Shown::Place(Place::MyFiles) | Shown::Folder(_) => Source::Rows(Vec::new()),
            Shown::Place(Place::Recent) if self.is_work_account().await? => Source::Pages(Pager::recent()),
            Shown::Place(Place::Recent) => {
                let history = self.memory_key("history").and_then(|key| Browser.get(&key));
                let history = history.map(|text| History::from_text(&text)).unwrap_or_default();
                Source::Pages(Pager::files(history.files().iter().map(|past| past.file.clone()).collect()))
            }
            Shown::Place(Place::Shared) if self.is_work_account().await? => {
                Source::Pages(Pager::shared(&self.own_drive().await?))
            }
            Shown::Place(Place::Shared) => Source::Pages(Pager::shortcuts()),
            Shown::Place(Place::Sites) if self.is_work_account().await? => {
                Source::Rows(services.graph.libraries().await?.iter().filter_map(library_row).collect())
            }
            Shown::Place(Place::Sites) => Source::Rows(Vec::new()),
            Shown::Results { query, within: Some(crumb) } => {
                Source::Pages(Pager::search_folder(&crumb.folder, query.text()))
            }
            Shown::Results { query, within: None } => match location.place() {
                Place::Sites if location.crumbs().is_empty() => {
                    let libraries = services.graph.find_libraries(query.text()).await?;
                    Source::Rows(libraries.iter().filter_map(library_row).collect())
                }
                _ if query.scope() == Scope::Everywhere && self.is_work_account().await? => {
                    Source::Pages(Pager::search_everywhere(query.text()))
                }
                _ => Source::Pages(Pager::search_folder(&FolderRef::MyFiles, query.text())),
            },
        })
    }

    /// How many items a folder has, if the listing that it was opened from says so.
    fn known_count(self, location: &Location, folder: &FolderRef) -> Option<u32> {
        let FolderRef::Folder(file) = folder else { return None };
        let mut above = location.clone();
        above.up();
        let services = self.services()?;
        let left = services.loads.left.borrow();
        match left.get(&key(&above))?.listing.find(file)?.kind {
            ItemKind::Folder { children } => children,
            ItemKind::File { .. } | ItemKind::Package | ItemKind::Unknown => None,
        }
    }

    /// Whether Microsoft Search and SharePoint are there for this account.
    async fn is_work_account(self) -> Result<bool, GraphError> {
        if let Some(account) = self.account.get_untracked() {
            return Ok(!account.is_personal());
        }
        Ok(self.own_drive().await?.drive_type != DriveType::Personal)
    }

    pub(super) async fn own_drive(self) -> Result<Drive, GraphError> {
        let services = self.services().ok_or(GraphError::SignedOut)?;
        if let Some(drive) = services.loads.drive.borrow().clone() {
            return Ok(drive);
        }
        let drive = services.graph.drive().await?;
        *services.loads.drive.borrow_mut() = Some(drive.clone());
        Ok(drive)
    }
}
