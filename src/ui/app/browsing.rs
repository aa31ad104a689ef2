//! Going from folder to folder. A folder opened before shows at once and is read anew behind; pages follow each other
//! while the person reads.

use super::source::{is_library, library_ref};
use super::{App, View};
use crate::browser::{Browser, Formats, after_paint, mark_first_rows};
use crate::ui::places;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::graph::{FileRef, FolderRef, Item};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::listing::{Listing, Phase};
use onedrive_picker_core::picker::place::{Crumb, Location, Place, Shown};
use onedrive_picker_core::picker::ports::{Clock, Store};

/// How long the first rows may take, in milliseconds, until the deferred chunk is fetched without them.
const FIRST_ROWS_LIMIT_MS: u32 = 2_000;

impl App {
    /// Goes to the top of a place.
    pub fn go_to(self, place: Place) {
        self.search_text.set(String::new());
        self.travel(|location| *location = Location::new(place));
    }

    /// Whether the place that is shown was entered by that visit.
    pub fn is_visit(self, visit: u32) -> bool {
        self.visit.get_untracked() == visit
    }

    /// Opens a folder.
    pub fn open(self, item: &Item) {
        self.travel(|location| location.open(crumb_of(item)));
    }

    /// Whether there is a way up. Reactive.
    pub fn can_go_up(self) -> bool {
        self.location.with(Location::can_go_up)
    }

    /// Goes to the parent folder and puts the focus on the folder that was left.
    pub fn go_up(self) {
        if !self.location.with_untracked(Location::can_go_up) {
            return;
        }
        let before = self.location.get_untracked();
        let left = self.location.update(Location::up);
        self.leave_for_another(&before);
        if self.location.with_untracked(|location| location.query().is_none()) {
            self.search_text.set(String::new());
        }
        self.show(left.and_then(|crumb| match crumb.folder {
            FolderRef::Folder(file) => Some(file),
            FolderRef::Root(drive) => library_ref(&drive),
            FolderRef::MyFiles => None,
        }));
    }

    /// The names of the breadcrumb: the place, then the folders. Reactive.
    pub fn crumbs(self) -> Vec<String> {
        self.location.with(|location| {
            let place = self.speech.say(places::look(location.place()).1);
            std::iter::once(place)
                .chain(location.crumbs().iter().map(|crumb| crumb.name.to_string()))
                .collect()
        })
    }

    /// Goes to a name of the breadcrumb; 0 is the place.
    pub fn go_to_crumb(self, level: usize) {
        self.travel(|location| location.jump(level.checked_sub(1)));
        if self.location.with_untracked(|location| location.query().is_none()) {
            self.search_text.set(String::new());
        }
    }

    pub(super) fn travel(self, change: impl FnOnce(&mut Location)) {
        let before = self.location.get_untracked();
        self.location.update(change);
        self.leave_for_another(&before);
        self.show(None);
    }

    fn leave_for_another(self, before: &Location) {
        self.pause_sort();
        self.listing.update(Listing::abandon_refresh);
        self.keep_listing(before);
        self.drop_choice_unless_it_persists();
        self.previewed.set(None);
        self.notice.update(|notice| {
            if notice.as_ref().is_some_and(|notice| !notice.stays) {
                *notice = None;
            }
        });
    }

    /// Shows what lies at the location: what was kept of it at once, and what Graph says behind.
    pub(super) fn show(self, focus: Option<FileRef>) {
        let Some(services) = self.services() else { return };
        let location = self.location.get_untracked();
        let ranked = match location.shown() {
            Shown::Results { .. } => true,
            Shown::Place(place) => place != Place::MyFiles,
            Shown::Folder(_) => false,
        };
        let kept = self.kept_listing(&location);
        let (listing, scroll_top, mut row) = match kept {
            Some(mut left) => {
                left.listing.refresh();
                (left.listing, left.scroll_top, left.focus)
            }
            None => (if ranked { Listing::ranked() } else { Listing::folder() }, 0, 0),
        };
        if let Some(found) = focus.and_then(|file| listing.row_of(&file)) {
            row = found;
        }
        self.visit.update(|visit| *visit = visit.wrapping_add(1));
        self.listing.set(listing);
        self.selection.update(|selection| selection.enter(row));
        services.typed.borrow_mut().clear();
        self.scroll_to(scroll_top);
        self.remember_place(&location);
        self.resume_sort();
        self.read();
        if self.may_take_focus() && self.had_focus_in_list() {
            self.focus_rows();
        }
    }

    /// The name of what is listed, for the grid. Reactive.
    pub fn listing_name(self) -> String {
        self.location.track();
        self.listing_name_now()
    }

    pub(super) fn listing_name_now(self) -> String {
        self.location.with_untracked(|location| match location.shown() {
            Shown::Place(place) => self.speech.say(places::look(place).1),
            Shown::Folder(crumb) => crumb.name.to_string(),
            Shown::Results { .. } => self.speech.say(Message::SearchResults),
        })
    }

    /// `aria-rowcount`: the rows and the heads; -1 while it is not known. Reactive.
    pub fn aria_row_count(self) -> i32 {
        self.version.track();
        self.listing.with_untracked(|listing| listing.row_count())
    }

    /// List or tiles.
    pub fn show_as(self, view: View) {
        let anchor = self.anchor();
        self.view.set(view);
        self.hold(anchor);
    }

    pub(super) fn after_first_rows(self) {
        // What comes now must not delay them.
        let visit = self.visit.get_untracked();
        after_paint(move || {
            mark_first_rows();
            self.show_facts();
            if self.visit.get_untracked() == visit {
                self.announce_listing();
            }
            self.load_later();
        });
    }

    /// Shows dates and sizes in rows. The first formatters cost Chromium some 40 ms.
    fn show_facts(self) {
        if !self.facts_shown.get_untracked() {
            self.speech.format(Formats::warm_up);
            self.facts_shown.set(true);
        }
    }

    /// Fetches the deferred chunk while the first rows take long, so that a waiting user can go elsewhere; and prepares
    /// what they need.
    pub(super) fn load_later_soon(self) {
        spawn_local(async move {
            Browser.sleep(FIRST_ROWS_LIMIT_MS).await;
            self.show_facts();
            self.load_later();
        });
    }

    /// The key under which something about this account is remembered.
    pub(super) fn memory_key(self, what: &str) -> Option<String> {
        let account = self.account.get_untracked()?;
        Some(["onedrive-picker.", what, ".", account.tenant_id().as_str(), ".", account.object_id()].concat())
    }

    fn remember_place(self, location: &Location) {
        if let Some(key) = self.memory_key("place") {
            Browser.set(&key, &location.to_text());
        }
    }
}

/// The step of the breadcrumb that opening a row adds.
pub(super) fn crumb_of(item: &Item) -> Crumb {
    let folder = if is_library(item) {
        FolderRef::Root(item.file.drive.clone())
    } else {
        FolderRef::Folder(item.file.clone())
    };
    Crumb { folder, name: item.name.clone() }
}

impl App {
    /// Shows only one kind of files, or all.
    pub fn show_kind(self, kind: Option<onedrive_picker_core::graph::MediaKind>) {
        use onedrive_picker_core::picker::filter::Show;
        self.listing.update(|listing| listing.filter(kind.map_or(Show::All, Show::Only)));
        self.selection.update(|selection| selection.enter(0));
        self.scroll_to(0);
        self.announce_listing();
    }

    /// What Microsoft's own order is here.
    pub fn given_order(self) -> Message {
        self.location.with(|location| match location.shown() {
            Shown::Results { .. } => Message::OrderGiven,
            Shown::Place(Place::Recent | Place::Shared) => Message::ColumnModified,
            Shown::Place(_) | Shown::Folder(_) => Message::ColumnName,
        })
    }

    /// Whether rows are still to come or to find their places. Reactive.
    pub fn is_loading(self) -> bool {
        self.version.track();
        self.listing.with_untracked(|listing| {
            listing.is_sorting() || matches!(listing.phase(), Phase::Loading | Phase::Partial)
        })
    }

    /// Whether the place is My files. Not reactive.
    pub fn is_my_files(self) -> bool {
        self.location.with_untracked(Location::place) == Place::MyFiles
    }

    /// What an empty listing says.
    pub fn empty_text(self) -> String {
        let in_folder = self.location.with_untracked(|location| !location.crumbs().is_empty());
        let is_personal = self.account.get_untracked().is_some_and(|account| account.is_personal());
        match self.location.with_untracked(Location::place) {
            Place::Sites if !in_folder && is_personal => self.speech.say(Message::NotForPersonal),
            Place::Sites if !in_folder => self.speech.say(Message::SitesHint),
            Place::Recent | Place::Shared if !in_folder => self.speech.say(Message::IncompletePlace),
            _ => self.speech.say(Message::EmptyFolderText),
        }
    }

    /// The time in milliseconds since 1970.
    pub fn now(self) -> u64 {
        Browser.now()
    }
}
