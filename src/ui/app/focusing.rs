//! Scrolling, and where the focus is. It is never lost: after a move, a load or an error it is on a row, on the list or
//! on the button that goes on.

use super::App;
use crate::browser::{after_paint, watch_size};
use crate::ui::element::{Built, react, until_cleanup};
use leptos::prelude::*;
use onedrive_picker_core::graph::FileRef;
use onedrive_picker_core::picker::window::Layout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Pixels kept between a row that was scrolled to and the edge.
const MARGIN: u32 = 8;
/// The height of the column heads, which cover the top of the list.
const HEAD: i32 = 32;

/// The least width of a tile, the gap between tiles, the padding around them, in pixels.
const LEAST_TILE: u32 = 156;
const GAP: u32 = 12;
const PADDING: u32 = 16;
/// The height of a folder's tile, and of everything below the picture of a file's.
const FOLDER_TILE: u32 = 52;
const TILE_LABEL: u32 = 76;

impl App {
    /// Says which element scrolls, and watches its size, until the current reactive owner ends.
    pub fn attach_list(self, list: &Built) {
        *self.list.borrow_mut() = Some(list.clone());
        let list = list.clone();
        self.look_how_narrow();
        react(move || {
            // It goes on where another list was, once its rows have made the room.
            let scrolled = list.clone();
            request_animation_frame(move || {
                scrolled.set_scroll_top(self.scroll_top.get_untracked());
                self.scrolled();
            });
            let of = list.clone();
            until_cleanup(watch_size(&list, move || {
                // What follows from a new size may change it once more, which is for the next frame.
                let list = of.clone();
                request_animation_frame(move || self.measure(list.unchecked_ref()));
            }));
        });
    }

    fn measure(self, list: &HtmlElement) {
        self.viewport.set(u32::try_from(list.client_height()).unwrap_or(0));
        self.list_width.set(u32::try_from(list.client_width()).unwrap_or(0));
        self.look_how_narrow();
    }

    fn look_how_narrow(self) {
        let narrow = web_sys::window()
            .and_then(|window| window.match_media("(width < 640px), (pointer: coarse)").ok().flatten())
            .is_some_and(|query| query.matches());
        self.row_height.set(if narrow { 60 } else { 44 });
        self.narrow.set(narrow);
    }

    /// Notes how far the list is scrolled, and loads on when the end comes into sight.
    pub fn scrolled(self) {
        if let Some(list) = self.list_element() {
            self.scroll_top.set(list.scroll_top());
        }
    }

    /// Scrolls the list by what is answered for the top of its rows in the window and their height, both in pixels.
    /// Whether it moved.
    pub fn scroll_along(self, by: impl FnOnce(i32, i32) -> i32) -> bool {
        let Some(list) = self.list_element() else { return false };
        let (before, place) = (list.scroll_top(), list.get_bounding_client_rect());
        let step = by(place.top() as i32, list.client_height());
        if step != 0 {
            list.set_scroll_top(before + step);
        }
        list.scroll_top() != before
    }

    pub(super) fn list_element(self) -> Option<HtmlElement> {
        let list = self.list.borrow().clone()?;
        list.is_connected().then(|| list.unchecked_ref::<HtmlElement>().clone())
    }

    pub(super) fn layout(self) -> Layout {
        if self.shows_tiles() {
            untrack(|| self.tile_layout())
        } else {
            Layout::list(self.row_count.get_untracked(), self.row_height.get_untracked())
        }
    }

    /// How the tiles lie. Reactive.
    pub fn tile_layout(self) -> Layout {
        self.version.track();
        let (folders, all) = self.listing.with_untracked(|listing| (listing.folders(), listing.len()));
        let height = |folder| self.tile_height(folder) + GAP;
        Layout::tiles(folders, height(true), all.saturating_sub(folders), height(false), self.tile_columns())
    }

    /// How many tiles lie beside each other. Reactive.
    pub fn tile_columns(self) -> usize {
        Layout::columns_in(self.tile_room(), LEAST_TILE, GAP)
    }

    fn tile_room(self) -> u32 {
        self.list_width.get().saturating_sub(2 * PADDING)
    }

    /// The height of a tile without the gap below it. Reactive.
    pub fn tile_height(self, folder: bool) -> u32 {
        if folder {
            return FOLDER_TILE;
        }
        self.still_height() + TILE_LABEL
    }

    /// The height of the picture on a tile. Reactive.
    pub fn still_height(self) -> u32 {
        let columns = u32::try_from(self.tile_columns()).unwrap_or(1).max(1);
        let width = self.tile_room().saturating_sub(GAP * (columns - 1)) / columns;
        width.saturating_sub(8) * 9 / 16
    }

    /// Scrolls to a height in pixels.
    pub(super) fn scroll_to(self, top: i32) {
        self.scroll_top.set(top);
        let Some(list) = self.list_element() else { return };
        list.set_scroll_top(top);
        if list.scroll_top() != top {
            // The rows that are still to come make the room with the next frame.
            request_animation_frame(move || {
                if let Some(list) = self.list_element() {
                    list.set_scroll_top(top);
                }
                // Meanwhile the list told of where it could be, and rows were put there.
                self.scrolled();
            });
        }
    }

    /// Puts the focus on the focused row, scrolling to it first, unless the person goes elsewhere meanwhile.
    pub fn focus_rows(self) {
        self.reveal(self.focused_row.get_untracked());
        let before = active_element();
        // The row may become an element only with the next frame.
        request_animation_frame(move || {
            if has_lost_focus() || active_element() == before {
                self.focus_in_place();
            }
        });
    }

    /// Puts the focus on the focused row, on the list while it has no rows, or on the way on if there is no list,
    /// wherever they are scrolled to.
    pub fn focus_in_place(self) {
        let Some(main) = main_element() else { return };
        let mut row = String::from("[data-index=\"");
        row.push_str(&self.focused_row.get_untracked().to_string());
        row.push_str("\"]");
        let places = [row.as_str(), "[role=grid]", ".empty button", ".empty"];
        let found = places.into_iter().find_map(|place| main.query_selector(place).ok().flatten());
        if let Some(found) = found {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            if self.services().is_some_and(|services| services.options().accessibility.shows_focus) {
                // Not in web-sys yet (HTML, FocusOptions).
                let _ = js_sys::Reflect::set(&options, &"focusVisible".into(), &true.into());
            }
            let _ = found.unchecked_into::<HtmlElement>().focus_with_options(&options);
        }
    }

    /// Gives back the focus that elements took with them when they were replaced: at once if a row had it, and once more
    /// when everything has taken its place. To focus lays out the page, which the first rows need not wait for.
    pub fn keep_focus(self) {
        let keep = move || {
            if self.may_take_focus() && has_lost_focus() {
                self.focus_in_place();
            }
        };
        let is_on_list = || active_element().is_some_and(|active| active.matches(".list").unwrap_or(false));
        if self.row_had_focus.get() && !is_on_list() {
            keep();
        }
        after_paint(keep);
    }

    pub(super) fn had_focus_in_list(self) -> bool {
        has_lost_focus()
            || active_element().is_some_and(|active| active.closest(".split").ok().flatten().is_some())
    }

    /// The first row in sight, or the focused one if it is, and how far it is from the top of the list.
    pub(super) fn anchor(self) -> Option<(FileRef, i64)> {
        let layout = self.layout();
        let top = self.scroll_top.get_untracked();
        let visible = layout.window(top, self.viewport.get_untracked(), 0, 0).rows;
        let focused = self.focused_row.get_untracked();
        let row = if visible.contains(&focused) { focused } else { visible.start };
        let file = self.item(row)?.file;
        Some((file, i64::from(layout.offset(row)) - i64::from(top)))
    }

    /// Scrolls so that a row that moved is where it was in the window.
    pub(super) fn hold(self, anchor: Option<(FileRef, i64)>) {
        let Some((file, distance)) = anchor else { return };
        let Some(row) = self.listing.with_untracked(|listing| listing.row_of(&file)) else { return };
        let top = i64::from(self.layout().offset(row)) - distance;
        let top = i32::try_from(top.max(0)).unwrap_or(i32::MAX);
        if top != self.scroll_top.get_untracked() {
            self.scroll_to(top);
        }
    }

    /// Whether the focus may be put somewhere by itself: not before the person came here, if the host wants to keep it
    /// (`accessibility.trapFocusOnLoad: false`).
    pub fn may_take_focus(self) -> bool {
        let takes = self.services().is_none_or(|services| services.options().accessibility.takes_focus);
        let document = web_sys::window().and_then(|window| window.document());
        takes || document.is_some_and(|document| document.has_focus().unwrap_or(false))
    }

    /// Scrolls so far that a row is in sight.
    pub(super) fn reveal(self, row: usize) {
        let viewport = self.viewport.get_untracked();
        let covered = u32::try_from(HEAD).unwrap_or(0);
        let top = self.scroll_top.get_untracked();
        if let Some(top) = self.layout().reveal(row, top, viewport.saturating_sub(covered), MARGIN) {
            self.scroll_to(i32::try_from(top).unwrap_or(i32::MAX));
        }
    }

    /// A row got the focus by a click or by Tab.
    pub fn row_got_focus(self, row: usize) {
        self.row_had_focus.set(true);
        if self.focused_row.get_untracked() != row {
            self.selection.update(|selection| selection.focus_on(row));
        }
    }
}

fn active_element() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

fn main_element() -> Option<Element> {
    web_sys::window()?.document()?.query_selector(".split").ok().flatten()
}

/// Whether nothing has the focus but the body, which gets it from a row that is removed, or the list, which keeps it
/// until there are rows.
fn has_lost_focus() -> bool {
    active_element().is_none_or(|active| active.matches("body, .list").unwrap_or(true))
}
