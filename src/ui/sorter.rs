//! The order of the listing and the kinds that it shows, as one menu (on a phone the only way, there are no column
//! heads).
//!
//! ARIA: menu button with two groups of `menuitemradio`s.

use super::app::App;
use super::icon::{Icon, Shape};
use super::menu::{Menu, MenuItem};
use super::speech::say;
use super::words::kind_name;
use leptos::prelude::*;
use onedrive_picker_core::graph::MediaKind;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::filter::Show as Shown;
use onedrive_picker_core::picker::order::{Column, Direction, Order};

/// The name of a column.
pub fn column_name(column: Column) -> Message {
    match column {
        Column::Name => Message::ColumnName,
        Column::Modified => Message::ColumnModified,
        Column::Duration => Message::ColumnLength,
        Column::Size => Message::ColumnSize,
        Column::Type => Message::ColumnKind,
    }
}

const COLUMNS: [Column; 5] = [Column::Name, Column::Modified, Column::Type, Column::Duration, Column::Size];
const KINDS: [Option<MediaKind>; 5] =
    [None, Some(MediaKind::Video), Some(MediaKind::Audio), Some(MediaKind::Image), Some(MediaKind::Document)];

/// The button that says order and kind, and its menu.
#[component]
pub fn Sorter() -> impl IntoView {
    let app = App::here();
    let open = RwSignal::new(false);
    let kind = Memo::new(move |_| {
        app.version.track();
        app.listing.with_untracked(|listing| match listing.show() {
            Shown::All => None,
            Shown::Only(kind) => Some(kind),
        })
    });
    let column = move || match app.order.get() {
        Order::By(column, _) => Some(column),
        Order::Given => None,
    };
    let label = move || match kind.get() {
        Some(kind) => say(kind_name(Some(kind))),
        None => say(column().map_or_else(|| app.given_order(), column_name)),
    };
    let items = move || {
        let current = column();
        let orders = COLUMNS.into_iter().map(move |column| {
            MenuItem::radio(say(column_name(column)), Some(column) == current, move || app.sort_by(column))
        });
        let shown = kind.get();
        let kinds = KINDS.into_iter().map(move |kind| {
            let name = kind.map_or(Message::KindAll, |kind| kind_name(Some(kind)));
            MenuItem::radio(say(name), kind == shown, move || app.show_kind(kind))
        });
        orders.chain(std::iter::once(MenuItem::line())).chain(kinds).collect::<Vec<_>>()
    };
    view! {
        <div class="menu-anchor">
            <button
                type="button"
                class="button quiet sorter"
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=move || [&say(Message::SortBy), ": ", &label()].concat()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || {
                    if app.order.get() != Order::Given && app.is_loading() {
                        return view! { <span class="spin small"></span> }.into_any();
                    }
                    let descending = matches!(app.order.get(), Order::By(_, Direction::Descending));
                    view! { <Icon shape=if descending { Shape::SortDesc } else { Shape::SortAsc } class="flip" /> }.into_any()
                }}
                <span class="wider">{label}</span>
            </button>
            {move || view! { <Menu label=say(Message::SortBy) open items=items() class="below" /> }}
        </div>
    }
}
