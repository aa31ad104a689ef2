//! The heads of the columns. They sort; the first cell chooses everything.
//!
//! ARIA: `row` of `columnheader`s with buttons and `aria-sort`; the mark is a `checkbox` that can be mixed.

use super::app::App;
use super::icon::{Icon, Shape};
use super::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::order::{Column, Order};

/// How much of the listing is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing of it.
    None,
    /// Some rows.
    Some,
    /// Every row that can be chosen.
    All,
}

/// The row of heads.
#[component]
pub fn ColumnHeads() -> impl IntoView {
    view! {
        <div class="head" role="row" aria-rowindex="1">
            <span role="columnheader" class="check-cell">
                <SelectAll />
            </span>
            <Head column=Column::Type name=Message::ColumnKind class="" shape=Shape::File />
            <Head column=Column::Name name=Message::ColumnName class="" />
            <Head column=Column::Modified name=Message::ColumnModified class="" />
            <Head column=Column::Duration name=Message::ColumnLength class="number" />
            <Head column=Column::Size name=Message::ColumnSize class="number" />
        </div>
    }
}

#[component]
fn SelectAll() -> impl IntoView {
    let app = App::here();
    let chosen = Memo::new(move |_| app.how_much_is_chosen());
    (!app.is_single()).then(|| {
        view! {
            <button
                type="button"
                class="check"
                role="checkbox"
                aria-label=say(Message::SelectAll)
                aria-checked=move || match chosen.get() {
                    Chosen::None => "false",
                    Chosen::Some => "mixed",
                    Chosen::All => "true",
                }
                data-on=move || (chosen.get() != Chosen::None).then_some("")
                on:click=move |_| app.choose_all(chosen.get_untracked() != Chosen::All)
            >
                {move || {
                    view! { <Icon shape=if chosen.get() == Chosen::Some { Shape::Minus } else { Shape::Check } /> }
                }}
            </button>
        }
    })
}

#[component]
fn Head(
    /// What it sorts by.
    column: Column,
    /// Its name.
    name: Message,
    /// `number` for figures.
    class: &'static str,
    /// Drawn in place of the name, where the column is narrow.
    #[prop(optional)]
    shape: Option<Shape>,
) -> impl IntoView {
    let app = App::here();
    let direction = move || match app.order.get() {
        Order::By(current, direction) if current == column => Some(direction),
        Order::By(..) | Order::Given => None,
    };
    view! {
        <span class=class role="columnheader" aria-sort=move || direction().map(|direction| direction.aria())>
            <button
                type="button"
                tabindex="-1"
                title=shape.map(|_| say(name))
                aria-label=shape.map(|_| say(name))
                on:click=move |_| app.sort_by(column)
            >
                {match shape {
                    Some(shape) => view! { <Icon shape class="small" /> }.into_any(),
                    None => say(name).into_any(),
                }}
                {move || direction().map(|_| view! { <Icon shape=Shape::Chevron class="direction" /> })}
            </button>
        </span>
    }
}
