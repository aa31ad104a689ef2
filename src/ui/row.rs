//! One row of the listing: check mark, thumbnail, name, date, length, size.
//!
//! ARIA: `row` of a `grid` with `gridcell`s; its name starts with the file's name.

use super::app::App;
use super::built::built;
use super::grid::pixels;
use super::in_sight::Placed;
use super::name::Name;
use super::speech::speech;
use super::thumbnail::{Thumbnail, shape_of};
use super::words::Facts;
use crate::graph::Item;
use leptos::prelude::*;

/// A row.
#[component]
pub fn Row(
    /// Where it stands and what it shows.
    placed: Memo<Placed>,
    /// Where a row of the listing begins, in pixels from the first.
    top: impl Fn(usize) -> u32 + Send + Sync + 'static,
) -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let row = move || placed.with(|placed| placed.row);
    let far = move || placed.with(|placed| placed.far);
    // Everything that is worked out once for a file, whatever moves around it.
    let item = Memo::new(move |_| placed.with(|placed| placed.item.clone()));
    let facts = Memo::new(move |_| item.with(|item| Facts::of(speech, item, app.judge(item))));
    let selected = Memo::new(move |_| item.with(|item| app.is_chosen(&item.file)));
    let label = move || item.with(|item| facts.with(|facts| facts.label(&item.name)));
    view! {
        <div
            class="row"
            class:far=far
            role="row"
            aria-rowindex=move || row() + 2
            aria-selected=move || if selected.get() { "true" } else { "false" }
            aria-disabled=move || facts.with(|facts| facts.reason.is_some()).then_some("true")
            aria-label=label
            data-index=row
            tabindex=move || if app.focused_row.get() == row() { "0" } else { "-1" }
            style:top=move || far().then(|| pixels(top(row())))
        >
            {move || item.with(|item| cells(app, item, facts.get()))}
        </div>
    }
}

/// What stands in a row.
fn cells(app: App, item: &Item, facts: Facts) -> impl IntoView + use<> {
    let phone_line = app.is_narrow().then(|| facts.line().join(" · "));
    let second_line = facts.reason.or_else(|| app.whereabouts(item));
    let file = StoredValue::new_local(item.file.clone());
    let counting = move || file.with_value(|file| app.folder_facts(file));
    view! {
        <span class=built("check") role="gridcell" data-part="check"></span>
        <Thumbnail picture=item.thumbnail.as_deref().map(str::to_owned) shape=shape_of(item) part="thumb" />
        <span class="label" role="gridcell">
            <Name name=item.name.to_string() whole=item.is_folder() marks=app.marks(item) />
            {second_line.map(|line| view! { <span class="more" dir="auto">{line}</span> })}
            {move || counting().map(|line| view! { <span class="more">{line}</span> })}
            {phone_line.map(|line| view! { <span class="more phone">{line}</span> })}
        </span>
        <span class="date" role="gridcell">
            {facts.date}
        </span>
        <span class="number" role="gridcell">
            {facts.length}
        </span>
        <span class="number" role="gridcell">
            {facts.size}
        </span>
    }
}

/// A row in the shape of what comes.
#[component]
pub fn SkeletonRow(
    /// Its place among the skeletons; the widths differ.
    index: usize,
) -> impl IntoView {
    let width = ["58%", "74%", "46%", "66%", "39%", "61%"].get(index % 6).copied().unwrap_or("50%");
    view! {
        <div class="row" aria-hidden="true">
            <span class=built("check")></span>
            <span class=built("thumb bone")></span>
            <span class="bone" style:width=width></span>
        </div>
    }
}
