//! The listing as a grid of rows. Only the rows in sight exist as elements, so that 20,000 files scroll like 20.
//!
//! ARIA: grid pattern (APG) with one tab stop. Keys: arrows, Home, End, Page Up and Down move; Shift extends; Space chooses;
//! Enter opens; Backspace goes up; Ctrl+A chooses all; letters jump to a name; `/` searches; `?` lists the keys.

use super::app::{App, Click, RowPart};
use super::element::{Built, element, react};
use super::in_sight::Rows;
use super::later::Part;
use super::row::{ROW, THUMBNAIL_SIDE, skeleton};
use leptos::prelude::*;
use onedrive_picker_core::picker::listing::Phase;
use onedrive_picker_core::picker::window::Layout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

/// Rows created beyond those in sight, on either side.
const OVERSCAN: usize = 3;
/// Rows at the most; each has about a dozen elements, the page has under 400.
const BUDGET: usize = 26;
/// The height of the column heads in pixels.
const HEAD: i32 = 32;

/// The scrolling grid.
pub fn grid(app: App) -> Built {
    let list = frame(app);
    let heads = element("div", "slot").with(&element("div", "head"));
    app.show_later(&heads, Part::ColumnHeads);
    let (before, after) = (spacer(), spacer());
    let rows = element("div", "rows").set("role", "rowgroup").with(&before).with(&after);
    let waits = element("div", "slot");
    for part in [&heads, &rows, &waits] {
        list.append(part);
    }
    let mut in_sight = Rows::new(app, ROW, rows.clone(), Some(after.clone()));
    let frame = list.clone();
    react(move || {
        let layout = Layout::list(app.row_count.get(), app.row_height.get());
        let visible = layout.window(app.scroll_top.get() - HEAD, app.viewport.get(), OVERSCAN, BUDGET);
        let in_view = layout.window(app.scroll_top.get() - HEAD, app.viewport.get(), 0, 0).rows;
        app.rows_came_into_view(in_view, THUMBNAIL_SIDE);
        name_frame(app, &frame, &rows);
        before.style("height", Some(&pixels(visible.before)));
        after.style("height", Some(&pixels(visible.after)));
        let changed = in_sight.draw(&visible, 0..usize::MAX, &layout, None);
        show_what_waits(app, &waits);
        if changed {
            app.keep_focus();
        }
    });
    list
}

/// Shows as many skeletons as there should be.
fn show_what_waits(app: App, waits: &Built) {
    let count = app.listing.with_untracked(|listing| match listing.phase() {
        Phase::Loading => 6,
        Phase::Partial => 2,
        Phase::Complete | Phase::Failed(_) => 0,
    });
    while waits.child_element_count() > count {
        let Some(last) = waits.last_element_child() else { break };
        last.remove();
    }
    for place in waits.child_element_count()..count {
        waits.append(&skeleton(place as usize));
    }
}

/// An element that takes the room of rows which are none.
pub fn spacer() -> Built {
    element("div", "").set("aria-hidden", "true")
}

/// The scrolling element around rows or tiles, with its keys, clicks and focus.
pub fn frame(app: App) -> Built {
    let list = element("div", "list")
        .set("role", "grid")
        .set("aria-multiselectable", if app.is_single() { "false" } else { "true" })
        .on("scroll", move |_| app.scrolled())
        .on("focus", move |_| app.focus_in_place())
        .on("focusin", move |event| on_focus(app, &event.target()));
    app.attach_list(&list);
    app.watch_touch(&list);
    list.on("click", move |event| on_click(app, event.unchecked_ref()))
}

/// Says what the frame and the group of its rows are called, and how many there are. Reactive.
pub fn name_frame(app: App, frame: &Built, rows: &Built) {
    let name = app.listing_name();
    frame.put("aria-label", Some(&name));
    rows.put("aria-label", Some(&name));
    frame.put("aria-rowcount", Some(&app.aria_row_count().to_string()));
    frame.put("aria-busy", app.is_loading().then_some("true"));
    frame.put("tabindex", Some(if app.row_count.get() == 0 { "0" } else { "-1" }));
}

/// A length for a style.
pub fn pixels(length: u32) -> String {
    let mut text = length.to_string();
    text.push_str("px");
    text
}

fn click_of(event: &MouseEvent) -> Option<Click> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let row = target.closest("[data-index]").ok()??;
    let part = target.closest("[data-part]").ok()?.and_then(|part| part.get_attribute("data-part"));
    Some(Click {
        row: row.get_attribute("data-index")?.parse().ok()?,
        part: match part.as_deref() {
            Some("check") => RowPart::Check,
            Some("thumb") => RowPart::Thumbnail,
            _ => RowPart::Body,
        },
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
    })
}

fn on_click(app: App, event: &MouseEvent) {
    // The second click of a double click belongs to the first.
    if event.detail() > 1 {
        return;
    }
    if let Some(click) = click_of(event) {
        app.click(click);
    }
}

fn on_focus(app: App, target: &Option<web_sys::EventTarget>) {
    let index = target
        .as_ref()
        .and_then(|target| target.dyn_ref::<HtmlElement>())
        .and_then(|element| element.get_attribute("data-index"))
        .and_then(|index| index.parse().ok());
    if let Some(index) = index {
        app.row_got_focus(index);
    }
}
