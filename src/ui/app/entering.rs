//! Where the picker begins, and which places it offers.

use super::loading::Task;
use super::{App, Screen, View};
use crate::browser::Browser;
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use crate::ui::later::Later;
use onedrive_picker_core::graph::{FileRef, FolderRef, GraphError, Item};
use onedrive_picker_core::host::options::{Layout, PlaceAddress, Sort, SortField, split};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::beginning::Beginning;
use onedrive_picker_core::picker::client::Pager;
use onedrive_picker_core::picker::listing::Listing;
use onedrive_picker_core::picker::order::{Column, Direction, Order};
use onedrive_picker_core::picker::place::{Crumb, Location, Place, Shown};
use onedrive_picker_core::picker::ports::Store;
use onedrive_picker_core::picker::wanted::places;

use super::source::{ROOT, Source, place_row};

impl App {
    /// Shows the place to begin at: where the host says, else where this account was last, else My files.
    pub(super) fn begin_browsing(self) {
        let Some(services) = self.services() else { return };
        if let Some(layout) = services.options().layout {
            self.show_as(if layout == Layout::Tiles { View::Tiles } else { View::List });
        }
        // The first request leaves before anything is drawn.
        self.begin_at(self.beginning());
        self.screen.set(Screen::Browsing);
        self.load_later_soon();
        self.settle();
    }

    fn begin_at(self, beginning: Beginning) {
        match beginning {
            Beginning::At(location) => self.arrive(location),
            Beginning::Unknown(place) => {
                self.arrive(Location::new(place));
                self.later(Later::StartIsGone);
            }
            Beginning::Folder { .. } | Beginning::Address { .. } => {
                // Skeleton rows, until the place is found.
                self.location.set(Location::new(beginning.place()));
                self.listing.set(Listing::folder());
                self.later(Later::FindStart(beginning, self.visit.get_untracked()));
            }
        }
    }

    fn beginning(self) -> Beginning {
        let stored = self.memory_key("place").and_then(|key| Browser.get(&key));
        let last = stored.and_then(|text| Location::from_text(&text));
        let options = self.services().map(|services| services.options()).unwrap_or_default();
        Beginning::of(&options, last)
    }

    /// Goes to a location and sorts it as the host wishes.
    fn arrive(self, location: Location) {
        self.location.set(location);
        self.show(None);
        let sort = self.services().and_then(|services| services.options().sort);
        if let Some(Sort { field, ascending }) = sort {
            let column = match field {
                SortField::Name => Column::Name,
                SortField::Modified => Column::Modified,
                SortField::Size => Column::Size,
            };
            let direction = if ascending { Direction::Ascending } else { Direction::Descending };
            self.later(Later::Sort(self.visit.get_untracked(), Order::By(column, direction)));
        }
    }

    /// Goes to the place that the host names, once it is found, unless the user has gone elsewhere since that visit.
    pub(in crate::ui) fn find_start(self, beginning: Beginning, visit: u32) {
        let Some(services) = self.services() else { return };
        if self.visit.get_untracked() != visit {
            return;
        }
        let top = Location::new(beginning.place());
        let task = Task::spawn(async move {
            match self.find(&beginning).await {
                Ok(location) => self.arrive(location),
                Err(error) => {
                    // Where nothing can be had at all, the listing says why.
                    let is_gone = !matches!(error, GraphError::SignedOut | GraphError::Transport(_));
                    if is_gone && !beginning.falls_back() {
                        self.say_start_is_gone();
                    }
                    self.arrive(top);
                }
            }
        });
        *services.loads.listing.borrow_mut() = Some(task);
    }

    async fn find(self, beginning: &Beginning) -> Result<Location, GraphError> {
        let services = self.services().ok_or(GraphError::SignedOut)?;
        match beginning {
            Beginning::At(location) => Ok(location.clone()),
            Beginning::Unknown(place) => Ok(Location::new(*place)),
            Beginning::Folder { names, .. } => self.folder_of_my_files(names).await,
            Beginning::Address { address, only, .. } => {
                if address.is_personal() {
                    return self.folder_of_own_drive(address).await;
                }
                let crumbs = services.graph.place_at(address).await?;
                let mut location = Location::new(Place::Sites);
                if *only {
                    // What lies above is not offered.
                    let last = crumbs.last().cloned();
                    last.into_iter().for_each(|crumb| location.open(crumb));
                    *services.confines.borrow_mut() = Some(crumbs.into());
                } else {
                    crumbs.into_iter().for_each(|crumb| location.open(crumb));
                }
                Ok(location)
            }
        }
    }

    async fn folder_of_my_files(self, names: &[String]) -> Result<Location, GraphError> {
        let services = self.services().ok_or(GraphError::SignedOut)?;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut location = Location::new(Place::MyFiles);
        for crumb in services.graph.trail(&FolderRef::MyFiles, &names).await? {
            location.open(crumb);
        }
        Ok(location)
    }

    /// An address in the account's own OneDrive for work. Another person's cannot be listed from its top.
    async fn folder_of_own_drive(self, address: &PlaceAddress) -> Result<Location, GraphError> {
        let own = self.own_drive().await?;
        let below = split(&own.web_url)
            .filter(|(server, _)| *server == address.server)
            .and_then(|(_, names)| address.names.strip_prefix(names.as_slice()).map(<[String]>::to_vec));
        match below {
            Some(names) if names.is_empty() => Ok(Location::new(Place::MyFiles)),
            Some(names) => self.folder_of_my_files(&names).await,
            None => Err(GraphError::NotFound(Default::default())),
        }
    }

    pub(in crate::ui) fn say_start_is_gone(self) {
        self.notice.set(Some(Notice::new(Tone::Warn, self.speech.say(Message::StartGone))));
    }

    /// The rows of a location within the one place that the host allows; `None` if it allows more.
    pub(super) fn confined(self, location: &Location) -> Option<Source> {
        let services = self.services()?;
        let confines = services.confines.borrow().clone()?;
        let last = confines.last()?;
        match location.shown() {
            Shown::Place(Place::Sites) => Some(Source::Rows(crumb_row(last).into_iter().collect())),
            Shown::Results { query, within: None } => {
                Some(Source::Pages(Pager::search_folder(&last.folder, query.text())))
            }
            _ => None,
        }
    }

    /// The place names offered.
    pub fn places(self) -> Vec<Place> {
        let Some(services) = self.services() else { return Vec::new() };
        let offered = places(&services.options().types_and_sources);
        // The place that the host begins at stays visible even if it is not offered otherwise.
        let kept = [self.beginning().place(), self.location.with_untracked(Location::place)];
        // Nothing of SharePoint is there for a personal account.
        let is_personal = self.account.get_untracked().is_some_and(|account| account.is_personal());
        let is_there = |place: &Place| *place != Place::Sites || !is_personal;
        let places = Place::ALL.into_iter().filter(is_there);
        places.filter(|place| offered.contains(place) || kept.contains(place)).collect()
    }

    /// Whether the places are shown at all.
    pub fn places_shown(self) -> bool {
        self.services().is_none_or(|services| !services.options().places_hidden)
    }

    /// The name of the picker.
    pub fn title(self) -> String {
        self.services()
            .and_then(|services| services.options().title.clone())
            .unwrap_or_else(|| self.speech.say(Message::Title))
    }
}

/// A step of the breadcrumb as a row.
fn crumb_row(crumb: &Crumb) -> Option<Item> {
    let file = match &crumb.folder {
        FolderRef::MyFiles => return None,
        FolderRef::Root(drive) => FileRef::parse(drive.as_str(), ROOT)?,
        FolderRef::Folder(file) => file.clone(),
    };
    Some(place_row(file, crumb.name.clone(), ""))
}
