//! Clicks and keys on rows: what they choose, open or move to.

use super::{App, View};
use crate::browser::Browser;
use crate::ui::banner::Notice;
use crate::ui::column_heads::Chosen;
use crate::ui::empty::Tone;
use crate::ui::later::Later;
use leptos::prelude::*;
use onedrive_picker_core::graph::{FileRef, Item};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::basket::{Content, Refusal};
use onedrive_picker_core::picker::drag::HOLD as HOLD_MS;
use onedrive_picker_core::picker::filter::Fit;
use onedrive_picker_core::picker::keys::{Command, Motion, target};
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::picker::selection::{Change, Mode, RowStates};

/// What of a row was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPart {
    /// Its check mark.
    Check,
    /// Its picture.
    Thumbnail,
    /// All else.
    Body,
}

/// A click on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Click {
    /// The row.
    pub row: usize,
    /// What of it was clicked.
    pub part: RowPart,
    /// With Ctrl or the command key.
    pub control: bool,
    /// With Shift.
    pub shift: bool,
}

/// The rows as selection sees them.
struct States(App);

impl RowStates for States {
    fn rows(&self) -> usize {
        self.0.row_count.get_untracked()
    }

    fn in_range(&self, row: usize) -> bool {
        self.is(row, |item| self.0.takes_in_range(item))
    }

    fn can_be_chosen(&self, row: usize) -> bool {
        self.is(row, |item| self.0.can_choose(item))
    }

    fn is_chosen(&self, row: usize) -> bool {
        self.is(row, |item| self.0.basket.with_untracked(|basket| basket.holds(&item.file)))
    }
}

impl States {
    fn is(&self, row: usize, so: impl FnOnce(&Item) -> bool) -> bool {
        self.0.listing.with_untracked(|listing| listing.get(row).is_some_and(so))
    }
}

impl App {
    /// The item of a row.
    pub(super) fn item(self, row: usize) -> Option<Item> {
        let mut item = self.listing.with_untracked(|listing| listing.get(row).cloned())?;
        item.thumbnail = self.picture_of(&item);
        Some(item)
    }

    /// Whether an item can be imported here.
    pub fn judge(self, item: &Item) -> Fit {
        self.services().map_or(Fit::Unknown, |services| services.wanted().judge(item))
    }

    fn can_choose(self, item: &Item) -> bool {
        self.services().is_some_and(|services| services.wanted().takes(item))
            && !super::source::is_library(item)
    }

    fn takes_in_range(self, item: &Item) -> bool {
        self.services().is_some_and(|services| services.wanted().takes_in_range(item))
            && !super::source::is_library(item)
    }

    /// Whether only one file may be chosen.
    pub fn is_single(self) -> bool {
        self.services().is_some_and(|services| services.wanted().single)
    }

    fn mode(self) -> Mode {
        if self.is_single() { Mode::Single } else { Mode::Multiple }
    }

    /// Whether a file or folder is in the basket. Reactive.
    pub fn is_chosen(self, file: &FileRef) -> bool {
        self.basket.with(|basket| basket.holds(file))
    }

    /// What is known of a chosen folder: "6 files", "Counting… 126 files so far".
    pub fn folder_facts(self, file: &FileRef) -> Option<String> {
        let speech = self.speech;
        self.basket.with(|basket| match &basket.get(file)?.content {
            Content::File => None,
            Content::Counting(so_far) => Some(speech.count(Message::CountingSoFar, *so_far as u64, &[])),
            Content::Folder(files) => Some(speech.count(Message::FilesChosen, files.len() as u64, &[])),
        })
    }

    /// How much of the listing is chosen. Reactive.
    pub fn how_much_is_chosen(self) -> Chosen {
        self.version.track();
        self.basket.with(|basket| {
            self.listing.with_untracked(|listing| {
                // From the few that are chosen: nothing is asked of every row while pages arrive.
                if !basket.all_files().any(|file| listing.shows(file)) {
                    return Chosen::None;
                }
                let is_open = |item: &Item| self.judge(item).is_file() && !basket.holds(&item.file);
                if listing.iter().any(is_open) { Chosen::Some } else { Chosen::All }
            })
        })
    }

    /// A click on a row: a folder opens; all else is carried out by the deferred chunk.
    pub fn click(self, click: Click) {
        if self
            .touch_ended
            .get()
            .is_some_and(|ended| Browser.now().saturating_sub(ended) < u64::from(HOLD_MS))
        {
            // It is only the end of what a finger chose.
            return;
        }
        let opens = !click.shift && !click.control && click.part != RowPart::Check;
        match self.item(click.row) {
            Some(item) if opens && item.is_folder() => self.open(&item),
            Some(item) => self.press_later(Later::Click(click, self.visit.get_untracked(), Box::new(item))),
            None => {}
        }
    }

    /// A click on a row that does not open a folder: its mark chooses, its picture is previewed, its name chooses or takes back.
    /// Rows may have moved since, and the user may have gone elsewhere: then the item that was pressed is chosen all the same.
    pub(in crate::ui) fn clicked(self, click: Click, visit: u32, item: &Item) {
        let Click { part, control, shift, .. } = click;
        let previews = part == RowPart::Thumbnail && !control;
        let row = self.listing.with_untracked(|listing| listing.row_of(&item.file));
        let Some(row) = row.filter(|_| self.is_visit(visit)) else {
            if !shift && !previews && self.can_choose(item) {
                self.toggle_item(item);
            }
            return;
        };
        if shift {
            self.extend(row);
        } else if previews {
            self.selection.update(|selection| selection.focus_on(row));
            self.preview(item);
        } else {
            self.toggle(row, item);
        }
    }

    /// Chooses an item that is not shown any more, or takes it back.
    fn toggle_item(self, item: &Item) {
        if self.basket.with_untracked(|basket| basket.holds(&item.file)) {
            self.remove(&item.file);
        } else if item.is_folder() {
            self.choose_folder(item.clone());
        } else if let Some(refused) = self.choose_one(item.clone()) {
            self.refuse(refused);
        }
    }

    fn toggle(self, row: usize, item: &Item) {
        if !self.can_choose(item) && !self.basket.with_untracked(|basket| basket.holds(&item.file)) {
            self.explain(item);
        }
        let change = self.selection.update(|selection| selection.toggle(row, self.mode(), &States(self)));
        self.apply(&change);
    }

    /// A long press: a range begins here, and its first row is chosen if it was not.
    pub fn begin_range(self, row: usize) {
        self.selection.update(|selection| selection.enter(row));
        self.extend(row);
    }

    /// Chooses from where a range begins to a row.
    pub fn extend(self, row: usize) {
        let change = self.selection.update(|selection| selection.extend(row, self.mode(), &States(self)));
        self.apply(&change);
    }

    /// Chooses everything that fits, or takes all of the listing back.
    pub fn choose_all(self, _choose: bool) {
        let change = self.selection.update(|selection| selection.all(self.mode(), &States(self)));
        self.apply(&change);
    }

    /// Says why a row cannot be chosen.
    fn explain(self, item: &Item) {
        let reason = crate::ui::words::reason(self.speech, self.judge(item));
        let text = reason.unwrap_or_else(|| self.speech.say(Message::CannotFolder));
        self.announce([&*item.name, ": ", &text].concat());
    }

    fn apply(self, change: &Change) {
        if change.is_empty() {
            return;
        }
        let rows = |rows: &[usize]| rows.iter().filter_map(|row| self.item(*row)).collect::<Vec<_>>();
        let (folders, files): (Vec<_>, Vec<_>) = rows(&change.add).into_iter().partition(Item::is_folder);
        let removed = rows(&change.remove);
        let mut refused = None;
        self.basket.update(|basket| {
            if change.clear {
                basket.clear();
            }
            for item in &removed {
                basket.remove(&item.file);
            }
            refused = basket.add(files).err();
            for folder in &folders {
                refused = basket.add_folder(folder.clone()).err().or(refused);
            }
        });
        if let Some(refused) = refused {
            self.refuse(refused);
        } else {
            self.notice.update(|notice| {
                if notice.as_ref().is_some_and(|notice| notice.about_choice) {
                    *notice = None;
                }
            });
        }
        self.announce_choice();
        let is_file = folders.is_empty() && !change.add.is_empty();
        for folder in folders {
            self.count_folder(folder);
        }
        // `selection.mode: "pick"`: the click that chooses hands over.
        if is_file && self.services().is_some_and(|services| services.wanted().at_once) {
            self.import();
        }
    }

    /// Takes everything back when the person goes elsewhere, if the host wants that (`selection.enablePersistence`).
    pub(super) fn drop_choice_unless_it_persists(self) {
        let drops = self.services().is_some_and(|services| !services.wanted().persistent);
        if drops && self.basket.with_untracked(|basket| !basket.is_empty()) {
            self.later(Later::DropChoice);
        }
    }

    /// Takes everything back.
    pub(in crate::ui) fn drop_choice(self) {
        self.basket.update(onedrive_picker_core::picker::basket::Basket::clear);
        self.announce_choice();
    }

    /// Explains a limit at the moment it bites.
    pub(super) fn refuse(self, refusal: Refusal) {
        let speech = self.speech;
        let text = match refusal {
            Refusal::Full { limit, .. } => speech.count(Message::LimitItems, limit as u64, &[]),
            Refusal::FolderTooLarge { limit } => speech.count(Message::FolderTooMany, limit as u64, &[]),
            Refusal::NothingFits => speech.say(Message::FolderNothing),
        };
        self.notice.set(Some(Notice::new(Tone::Warn, text).about_choice()));
    }

    /// Says how much is chosen, and keeps it.
    pub(super) fn announce_choice(self) {
        let files = self.basket.with_untracked(|basket| basket.totals().files);
        self.announce(self.speech.count(Message::ChoiceNow, files as u64, &[]));
        self.drop_counts();
        self.keep_choice();
    }

    /// Takes a file or folder out of the basket.
    pub fn remove(self, file: &FileRef) {
        self.basket.update(|basket| {
            basket.remove(file);
        });
        self.announce_choice();
    }

    /// Does what a key asks for.
    pub fn execute(self, command: Command) {
        let row = self.focused_row.get_untracked();
        if !matches!(command, Command::Type(_))
            && let Some(services) = self.services()
        {
            services.typed.borrow_mut().clear();
        }
        match command {
            Command::Move(motion) => self.move_to(self.goal(motion), false),
            Command::Extend(motion) => self.move_to(self.goal(motion), true),
            Command::Open => match self.item(row) {
                Some(item) if item.is_folder() => self.open(&item),
                Some(item) if item.is_file() => self.preview(&item),
                _ => {}
            },
            Command::Parent => self.go_up(),
            Command::Toggle => {
                if let Some(item) = self.item(row) {
                    self.toggle(row, &item);
                }
            }
            Command::ToggleRange => self.extend(row),
            Command::SelectAll => self.choose_all(true),
            Command::Search => self.search_focus.update(|count| *count += 1),
            Command::Help => {
                self.keys_shown.set(true);
            }
            Command::Dismiss => self.dismiss(),
            Command::Type(letter) => self.jump_by_letter(letter),
        }
    }

    fn goal(self, motion: Motion) -> usize {
        let row = self.focused_row.get_untracked();
        let layout = self.layout();
        let page = layout.page(row, self.viewport.get_untracked());
        target(motion, row, &layout, page)
    }

    fn move_to(self, row: usize, extend: bool) {
        if extend {
            self.extend(row);
        } else {
            self.selection.update(|selection| selection.focus_on(row));
        }
        self.focus_rows();
    }

    fn jump_by_letter(self, letter: char) {
        let Some(services) = self.services() else { return };
        let row = {
            let mut typed = services.typed.borrow_mut();
            typed.push(letter, Browser.now());
            let focused = self.focused_row.get_untracked();
            self.listing.with_untracked(|listing| {
                typed.find(focused, listing.len(), |row| listing.get(row).map_or("", |item| &item.name))
            })
        };
        match row {
            Some(row) => self.move_to(row, false),
            // No name goes on with a space: it chooses, as it does when nothing is being typed.
            None if letter == ' ' => self.execute(Command::Toggle),
            None => {}
        }
    }

    /// Whether a name is being typed, so that a space belongs to it.
    pub fn is_typing(self) -> bool {
        self.services().is_some_and(|services| services.typed.borrow().is_active(Browser.now()))
    }

    /// Whether rows have a second line instead of columns.
    pub fn is_narrow(self) -> bool {
        self.narrow.get_untracked()
    }

    /// Whether tiles are shown.
    pub fn shows_tiles(self) -> bool {
        self.view.get_untracked() == View::Tiles
    }

    /// Whether the page runs from right to left.
    pub fn is_right_to_left(self) -> bool {
        self.services().is_some_and(|services| services.right_to_left)
    }
}
