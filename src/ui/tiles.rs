//! The listing as pictures beside each other. Windowed like the list; the same handles: a `grid` whose items are `row`s.
//!
//! ARIA: grid pattern with one tab stop. Keys: as in the list, and the left and right arrows.

use super::app::App;
use super::grid::{Frame, pixels};
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
    let rows = move |folders: bool| {
        app.version.track();
        let range = visible.get().rows;
        app.listing.with_untracked(|listing| {
            let border = listing.folders();
            range
                .filter(|index| (*index < border) == folders)
                .filter_map(|index| listing.get(index).map(|item| (index, item.clone())))
                .collect::<Vec<_>>()
        })
    };
    let columns = move || ["repeat(", &app.tile_columns().to_string(), ", minmax(0, 1fr))"].concat();
    view! {
        <Frame visible=Signal::derive(move || visible.get().rows)>
            <div role="rowgroup" aria-label=move || app.listing_name()>
                <div aria-hidden="true" style:height=move || pixels(visible.get().before)></div>
                <div class="tiles" role="presentation" style:grid-template-columns=columns>
                    <For each=move || rows(true) key=|(index, item)| (*index, item.file.clone()) let((index, item))>
                        <Tile index item />
                    </For>
                </div>
                <div class="tiles" role="presentation" style:grid-template-columns=columns>
                    <For each=move || rows(false) key=|(index, item)| (*index, item.file.clone()) let((index, item))>
                        <Tile index item />
                    </For>
                </div>
                <div aria-hidden="true" style:height=move || pixels(visible.get().after)></div>
            </div>
        </Frame>
    }
}

#[component]
fn Tile(
    /// Its place in the listing, from 0.
    index: usize,
    /// What it shows.
    item: Item,
) -> impl IntoView {
    let app = App::here();
    let fit = app.judge(&item);
    let facts = Facts::of(speech(), &item, fit);
    let label = facts.label(&item.name);
    let folder = item.is_folder();
    let file = StoredValue::new_local(item.file.clone());
    let selected = Memo::new(move |_| file.with_value(|file| app.is_chosen(file)));
    let thumbnail = item.thumbnail.as_deref().map(str::to_owned);
    let shape = shape_of(&item);
    let line = facts.reason.clone().unwrap_or_else(|| {
        [&facts.date, &facts.size]
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    });
    let check = || view! { <span class="check" role="gridcell" data-part="check"></span> };
    view! {
        <div
            class=if folder { "tile row" } else { "tile" }
            role="row"
            aria-rowindex=index + 2
            aria-selected=move || if selected.get() { "true" } else { "false" }
            aria-disabled=(!fit.can_be_chosen()).then_some("true")
            aria-label=label
            data-index=index
            tabindex=move || if app.focused_row.get() == index { "0" } else { "-1" }
            style:height=move || pixels(app.tile_height(folder))
        >
            {if folder {
                view! {
                    <Thumbnail picture=None shape />
                    <span class="label" role="gridcell">
                        <Name name=item.name.to_string() whole=true />
                    </span>
                    {check()}
                }
                    .into_any()
            } else {
                let length = facts.length.clone();
                view! {
                    <div class="still" role="gridcell" data-part="thumb">
                        <Thumbnail picture=thumbnail shape />
                        {(!length.is_empty()).then(|| view! { <span class="length">{length}</span> })}
                    </div>
                    {check()}
                    <span class="label" role="gridcell">
                        <Name name=item.name.to_string() whole=true />
                        <span class="more">{line}</span>
                    </span>
                }
                    .into_any()
            }}
        </div>
    }
}
