//! The order of the listing, as a menu (on a phone the only way, there are no column heads).
//!
//! ARIA: menu button with `menuitemradio`s.

use super::app::App;
use super::icon::{Icon, Shape};
use super::menu::{Menu, MenuItem};
use super::speech::say;
use crate::picker::order::{Column, Direction, Order};
use crate::text::Message;
use leptos::prelude::*;

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

/// The button that says the order, and its menu.
#[component]
pub fn Sorter() -> impl IntoView {
    let app = App::here();
    let open = RwSignal::new(false);
    view! {
        <div class="menu-anchor">
            <button
                type="button"
                class="button quiet sorter"
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=say(Message::SortBy)
                on:click=move |_| {
                    app.load_later_style();
                    open.update(|open| *open = !*open);
                }
            >
                {move || {
                    let descending = matches!(app.order.get(), Order::By(_, Direction::Descending));
                    view! { <Icon shape=if descending { Shape::SortDesc } else { Shape::SortAsc } class="flip" /> }
                }} <span class="wider">{move || say(current(app.order.get()).map_or(Message::OrderGiven, column_name))}</span>
            </button>
            {move || {
                let current = current(app.order.get());
                let items = COLUMNS
                    .into_iter()
                    .map(|column| {
                        MenuItem::radio(say(column_name(column)), Some(column) == current, move || app.sort_by(column))
                    })
                    .collect();
                view! { <Menu label=say(Message::SortBy) open items class="below" /> }
            }}
        </div>
    }
}

fn current(order: Order) -> Option<Column> {
    match order {
        Order::By(column, _) => Some(column),
        Order::Given => None,
    }
}
