//! The listing as pictures beside each other. Windowed like the list; the same handles: a `grid` whose items are `row`s.
//!
//! ARIA: grid pattern with one tab stop. Keys: as in the list, and the left and right arrows.

use super::app::App;
use super::grid::{Frame, pixels};
use super::in_sight::{InSight, Placed};
use super::name::Name;
use super::speech::speech;
use super::thumbnail::{Thumbnail, shape_of};
use super::words::Facts;
use crate::graph::Item;
use leptos::prelude::*;

/// Lines created beyond those in sight, on either side.
const OVERSCAN: usize = 1;
/// Tiles at the most; each has about ten elements.
const BUDGET: usize = 30;

/// The scrolling grid of tiles.
#[component]
pub fn Tiles() -> impl IntoView {
    let app = App::here();
    let layout = Memo::new(move |_| app.tile_layout());
    let visible =
        Memo::new(move |_| layout.get().window(app.scroll_top.get(), app.viewport.get(), OVERSCAN, BUDGET));
    let in_sight = InSight::new(app, visible);
    let rows = move |folders: bool| {
        let border = app.listing.with_untracked(|listing| listing.folders());
        let rows = in_sight.rows().into_iter();
        rows.filter(|placed| (placed.row < border) == folders).collect::<Vec<_>>()
    };
    let tile = move |folder: bool| {
        move |placed: Placed| {
            let top = move |row| layout.with(|layout| layout.offset(row));
            view! { <Tile folder placed=in_sight.follow(placed) top /> }
        }
    };
    let columns = move || ["repeat(", &app.tile_columns().to_string(), ", minmax(0, 1fr))"].concat();
    view! {
        <Frame in_sight>
            <div class="rows" role="rowgroup" aria-label=move || app.listing_name()>
                <div aria-hidden="true" style:height=move || pixels(visible.get().before)></div>
                <div class="tiles" role="presentation" style:grid-template-columns=columns>
                    <For each=move || rows(true) key=move |placed| in_sight.key(placed) children=tile(true) />
                </div>
                <div class="tiles" role="presentation" style:grid-template-columns=columns>
                    <For each=move || rows(false) key=move |placed| in_sight.key(placed) children=tile(false) />
                </div>
                <div aria-hidden="true" style:height=move || pixels(visible.get().after)></div>
            </div>
        </Frame>
    }
}

#[component]
fn Tile(
    /// Whether it is one of the low tiles of the folders at the top.
    folder: bool,
    /// Where it stands and what it shows.
    placed: Memo<Placed>,
    /// Where a row of the listing begins, in pixels from the first.
    top: impl Fn(usize) -> u32 + Send + Sync + 'static,
) -> impl IntoView {
    let app = App::here();
    let row = move || placed.with(|placed| placed.row);
    let far = move || placed.with(|placed| placed.far);
    let item = Memo::new(move |_| placed.with(|placed| placed.item.clone()));
    let selected = Memo::new(move |_| item.with(|item| app.is_chosen(&item.file)));
    let speech = speech();
    let facts = Memo::new(move |_| item.with(|item| Facts::of(speech, item, app.judge(item))));
    let label = move || item.with(|item| facts.with(|facts| facts.label(&item.name)));
    view! {
        <div
            class=if folder { "tile row" } else { "tile" }
            class:far=far
            role="row"
            aria-rowindex=move || row() + 2
            aria-selected=move || if selected.get() { "true" } else { "false" }
            aria-disabled=move || facts.with(|facts| facts.reason.is_some()).then_some("true")
            aria-label=label
            data-index=row
            tabindex=move || if app.focused_row.get() == row() { "0" } else { "-1" }
            style:height=move || pixels(app.tile_height(folder))
            style:top=move || far().then(|| pixels(top(row())))
        >
            {move || item.with(|item| if folder { folder_cells(app, item) } else { file_cells(app, item, facts.get()) })}
        </div>
    }
}

fn check() -> impl IntoView {
    view! { <span class="check" role="gridcell" data-part="check"></span> }
}

fn folder_cells(app: App, item: &Item) -> AnyView {
    let file = StoredValue::new_local(item.file.clone());
    view! {
        <Thumbnail picture=None shape=shape_of(item) />
        <span class="label" role="gridcell">
            <Name name=item.name.to_string() whole=true />
            {move || file.with_value(|file| app.folder_facts(file)).map(|line| view! { <span class="more">{line}</span> })}
        </span>
        {check()}
    }
    .into_any()
}

fn file_cells(app: App, item: &Item, facts: Facts) -> AnyView {
    let line = facts.reason.unwrap_or_else(|| {
        let known = [facts.date, facts.size].into_iter().filter(|fact| !fact.is_empty());
        known.collect::<Vec<_>>().join(" · ")
    });
    view! {
        <div class="still" role="gridcell" data-part="thumb">
            <Thumbnail picture=item.thumbnail.as_deref().map(str::to_owned) shape=shape_of(item) />
            {(!facts.length.is_empty()).then(|| view! { <span class="length">{facts.length}</span> })}
        </div>
        {check()}
        <span class="label" role="gridcell">
            <Name name=item.name.to_string() whole=true marks=app.marks(item) />
            <span class="more">{line}</span>
        </span>
    }
    .into_any()
}
