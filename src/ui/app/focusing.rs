//! Scrolling, and where the focus is. It is never lost: after a move, a load or an error it is on a row, on the list or
//! on the button that goes on.

use super::App;
use crate::picker::window::Layout;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

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
    /// Says which element scrolls, and watches its size.
    pub fn attach_list(self, list: NodeRef<Div>) {
        self.list.set_value(Some(list));
        Effect::new(move |_| {
            if let Some(list) = list.get() {
                self.measure(&list);
            }
        });
        let resized = StoredValue::new_local(web_sys::window().map(|window| {
            crate::browser::listen(&window, "resize", move |_| {
                if let Some(list) = list.try_get_untracked().flatten() {
                    self.measure(&list);
                }
            })
        }));
        on_cleanup(move || resized.dispose());
    }

    fn measure(self, list: &HtmlElement) {
        self.viewport.set(u32::try_from(list.client_height()).unwrap_or(0));
        self.list_width.set(u32::try_from(list.client_width()).unwrap_or(0));
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

    pub(super) fn list_element(self) -> Option<HtmlElement> {
        let list = self.list.get_value()?.try_get_untracked()??;
        Some(list.unchecked_into())
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
        let columns = u32::try_from(self.tile_columns()).unwrap_or(1).max(1);
        let width = self.tile_room().saturating_sub(GAP * (columns - 1)) / columns;
        width.saturating_sub(8) * 9 / 16 + TILE_LABEL
    }

    /// Scrolls to the top, for a new listing.
    pub(super) fn scroll_to(self, top: i32) {
        self.scroll_top.set(top);
        if let Some(list) = self.list_element() {
            list.set_scroll_top(top);
        }
    }

    /// Puts the focus on the focused row, scrolling to it first.
    pub fn focus_rows(self) {
        let row = self.focused_row.get_untracked();
        self.reveal(row);
        // The row may become an element only with the next frame.
        request_animation_frame(move || {
            let Some(list) = self.list_element() else { return };
            let mut selector = String::from("[data-index=\"");
            selector.push_str(&row.to_string());
            selector.push_str("\"]");
            if let Some(element) = list.query_selector(&selector).ok().flatten() {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                if self.services().is_some_and(|services| services.options().accessibility.shows_focus) {
                    // Not in web-sys yet (HTML, FocusOptions).
                    let _ = js_sys::Reflect::set(&options, &"focusVisible".into(), &true.into());
                }
                let _ = element.unchecked_into::<HtmlElement>().focus_with_options(&options);
            }
        });
    }

    /// Whether the focus may be put somewhere by itself: not before the person came here, if the host wants to keep it
    /// (`accessibility.trapFocusOnLoad: false`).
    pub(super) fn may_take_focus(self) -> bool {
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
        if self.focused_row.get_untracked() != row {
            self.selection.update(|selection| selection.focus_on(row));
        }
    }
}
