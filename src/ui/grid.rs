//! The listing as a grid of rows. Only the rows in sight exist as elements, so that 20,000 files scroll like 20.
//!
//! ARIA: grid pattern (APG) with one tab stop. Keys: arrows, Home, End, Page Up and Down move; Shift extends; Space chooses;
//! Enter opens; Backspace goes up; Ctrl+A chooses all; letters jump to a name; `/` searches; `?` lists the keys.

use super::app::App;
use super::column_heads::ColumnHeads;
use super::row::{Row, SkeletonRow};
use crate::picker::keys::{Bearings, Press, command};
use crate::picker::listing::Phase;
use crate::picker::window::Layout;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Rows created beyond those in sight, on either side.
const OVERSCAN: usize = 3;
/// Rows at the most; each has about a dozen elements, the page has under 400.
const BUDGET: usize = 26;
/// The height of the column heads in pixels.
const HEAD: i32 = 32;

/// The scrolling grid.
#[component]
pub fn Grid() -> impl IntoView {
    let app = App::here();
    let layout = Memo::new(move |_| Layout::list(app.row_count.get(), app.row_height.get()));
    let visible = Memo::new(move |_| {
        layout.get().window(app.scroll_top.get() - HEAD, app.viewport.get(), OVERSCAN, BUDGET)
    });
    let rows = move || {
        app.version.track();
        let range = visible.get().rows;
        app.listing.with_untracked(|listing| {
            range.filter_map(|index| listing.get(index).map(|item| (index, item.clone()))).collect::<Vec<_>>()
        })
    };
    let waits = Memo::new(move |_| {
        app.version.track();
        app.listing.with_untracked(|listing| match listing.phase() {
            Phase::Loading => 6,
            Phase::Partial => 2,
            Phase::Complete | Phase::Failed(_) => 0,
        })
    });
    view! {
        <Frame visible=Signal::derive(move || visible.get().rows)>
            <ColumnHeads />
            <div role="rowgroup" aria-label=move || app.listing_name()>
                <div aria-hidden="true" style:height=move || pixels(visible.get().before)></div>
                <For each=rows key=|(index, item)| (*index, item.file.clone()) let((index, item))>
                    <Row index item />
                </For>
                <div aria-hidden="true" style:height=move || pixels(visible.get().after)></div>
            </div>
            {move || (0..waits.get()).map(|index| view! { <SkeletonRow index /> }).collect_view()}
        </Frame>
    }
}

/// The scrolling element around rows or tiles: what it is called, its keys, clicks and focus.
#[component]
pub fn Frame(
    /// The rows that exist as elements.
    #[prop(into)]
    visible: Signal<Range<usize>>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let app = App::here();
    let list = NodeRef::<Div>::new();
    app.attach_list(list);
    view! {
        <div
            class="list"
            role="grid"
            aria-label=move || app.listing_name()
            aria-rowcount=move || app.aria_row_count()
            aria-multiselectable=if app.is_single() { "false" } else { "true" }
            aria-busy=move || app.is_loading().then_some("true")
            tabindex=move || if visible.with(|rows| rows.contains(&app.focused_row.get())) { "-1" } else { "0" }
            node_ref=list
            on:scroll=move |_| app.scrolled()
            on:keydown=move |event| on_key(app, &event)
            on:click=move |event| on_click(app, &event)
            on:focus=move |_| app.focus_rows()
            on:focusin=move |event| on_focus(app, &event.target())
        >
            {children()}
        </div>
    }
}

/// A length for a style.
pub fn pixels(length: u32) -> String {
    let mut text = length.to_string();
    text.push_str("px");
    text
}

fn on_key(app: App, event: &KeyboardEvent) {
    let on_head = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.closest(".head").ok().flatten().is_some());
    if on_head {
        return;
    }
    let (key, code) = (event.key(), event.code());
    let press = Press {
        key: &key,
        code: &code,
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    };
    let bearings =
        Bearings { tiles: app.shows_tiles(), rtl: app.is_right_to_left(), typing: app.is_typing() };
    if let Some(command) = command(press, bearings) {
        event.prevent_default();
        event.stop_propagation();
        app.obey(command);
    }
}

fn row_of(event: &MouseEvent) -> Option<(usize, bool, bool)> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let row = target.closest("[data-index]").ok()??;
    let index = row.get_attribute("data-index")?.parse().ok()?;
    let part = target.closest("[data-part]").ok()?.and_then(|part| part.get_attribute("data-part"));
    Some((index, part.as_deref() == Some("check"), part.as_deref() == Some("thumb")))
}

fn on_click(app: App, event: &MouseEvent) {
    // The second click of a double click belongs to the first.
    if event.detail() > 1 {
        return;
    }
    if let Some((index, on_check, on_thumb)) = row_of(event) {
        app.click(index, on_check, on_thumb, event.ctrl_key() || event.meta_key(), event.shift_key());
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
