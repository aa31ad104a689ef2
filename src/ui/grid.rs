//! The listing as a grid of rows. Only the rows in sight exist as elements, so that 20,000 files scroll like 20.
//!
//! ARIA: grid pattern (APG) with one tab stop. Keys: arrows, Home, End, Page Up and Down move; Shift extends; Space chooses;
//! Enter opens; Backspace goes up; Ctrl+A chooses all; letters jump to a name; `/` searches; `?` lists the keys.

use super::app::App;
use super::column_heads::ColumnHeads;
use super::in_sight::InSight;
use super::row::{Row, SkeletonRow};
use super::touch::Finger;
use crate::picker::listing::Phase;
use crate::picker::window::Layout;
use leptos::ev::MouseEvent;
use leptos::html::Div;
use leptos::prelude::*;
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
    let in_sight = InSight::new(app, visible);
    let waits = Memo::new(move |_| {
        app.version.track();
        app.listing.with_untracked(|listing| match listing.phase() {
            Phase::Loading => 6,
            Phase::Partial => 2,
            Phase::Complete | Phase::Failed(_) => 0,
        })
    });
    view! {
        <Frame in_sight>
            <ColumnHeads />
            <div class="rows" role="rowgroup" aria-label=move || app.listing_name()>
                <div aria-hidden="true" style:height=move || pixels(visible.get().before)></div>
                <For each=move || in_sight.rows() key=move |placed| in_sight.key(placed) let(placed)>
                    <Row placed=in_sight.follow(placed) top=move |row| layout.with(|layout| layout.offset(row)) />
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
    in_sight: InSight,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let app = App::here();
    let list = NodeRef::<Div>::new();
    app.attach_list(list);
    let finger = Finger::on(app, list);
    Effect::new(move |_| {
        in_sight.track();
        app.keep_focus();
    });
    view! {
        <div
            class="list"
            role="grid"
            aria-label=move || app.listing_name()
            aria-rowcount=move || app.aria_row_count()
            aria-multiselectable=if app.is_single() { "false" } else { "true" }
            aria-busy=move || app.is_loading().then_some("true")
            tabindex=move || if app.row_count.get() == 0 { "0" } else { "-1" }
            node_ref=list
            on:scroll=move |_| app.scrolled()
            on:pointerdown=move |event| finger.down(&event)
            on:pointermove=move |event| finger.moved(&event)
            on:pointerup=move |_| finger.up()
            on:pointercancel=move |_| finger.up()
            on:contextmenu=move |event| {
                if finger.is_dragging() {
                    event.prevent_default();
                }
            }
            on:click=move |event| {
                if !finger.has_just_chosen() {
                    on_click(app, &event);
                }
            }
            on:focus=move |_| app.focus_in_place()
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
