//! One row of the listing: check mark, thumbnail, name, date, length, size.
//!
//! ARIA: `row` of a `grid` with `gridcell`s; its name starts with the file's name.

use super::app::App;
use super::built::built;
use super::name::Name;
use super::speech::speech;
use super::thumbnail::{Thumbnail, shape_of};
use super::words::Facts;
use crate::graph::Item;
use leptos::prelude::*;

/// A row.
#[component]
pub fn Row(
    /// Its place in the listing, from 0.
    index: usize,
    /// What it shows.
    item: Item,
) -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let fit = app.judge(&item);
    let facts = Facts::of(speech, &item, fit);
    let label = facts.label(&item.name);
    let name = item.name.to_string();
    let marks = app.marks(&item);
    let whereabouts = app.whereabouts(&item);
    let file = StoredValue::new_local(item.file.clone());
    let selected = Memo::new(move |_| file.with_value(|file| app.is_chosen(file)));
    let counting = move || file.with_value(|file| app.folder_facts(file));
    let thumbnail = item.thumbnail.as_deref().map(str::to_owned);
    let shape = shape_of(&item);
    let phone_line = facts.line().join(" · ");
    let second_line = facts.reason.clone().or(whereabouts);
    let choosable = fit.can_be_chosen();
    view! {
        <div
            class="row"
            role="row"
            aria-rowindex=index + 2
            aria-selected=move || if selected.get() { "true" } else { "false" }
            aria-disabled=(!choosable).then_some("true")
            aria-label=label
            data-index=index
            tabindex=move || if app.focused_row.get() == index { "0" } else { "-1" }
        >
            <span class=built("check") role="gridcell" data-part="check"></span>
            <Thumbnail picture=thumbnail shape part="thumb" />
            <span class="label" role="gridcell">
                <Name name whole=item.is_folder() marks />
                {second_line.map(|line| view! { <span class="more" dir="auto">{line}</span> })}
                {move || counting().map(|line| view! { <span class="more">{line}</span> })}
                {app.is_narrow().then(|| view! { <span class="more phone">{phone_line}</span> })}
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
        </div>
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
