//! Above the listing: where we are, search, order, view.

use super::app::{App, View};
use super::icon::{Icon, Shape};
use super::search_box::SearchBox;
use super::sorter::Sorter;
use super::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// The bar with breadcrumb, search, order and view.
#[component]
pub fn Toolbar() -> impl IntoView {
    let app = App::here();
    view! {
        <div class="bar">
            <button
                type="button"
                class="button quiet tool back"
                aria-label=say(Message::Back)
                prop:disabled=move || !app.can_go_up()
                on:click=move |_| app.go_up()
            >
                <Icon shape=Shape::Chevron class="flip" />
            </button>
            <Breadcrumb />
            <Show when=move || app.search_offered()>
                <SearchBox />
            </Show>
            <Sorter />
            <ViewSwitch />
        </div>
    }
}

/// The way from the place to the open folder.
///
/// ARIA: breadcrumb pattern, the open folder with `aria-current="page"`.
#[component]
fn Breadcrumb() -> impl IntoView {
    let app = App::here();
    view! {
        <nav class="crumbs" aria-label=say(Message::Breadcrumb)>
            <ol>
                {move || {
                    let crumbs = app.crumbs();
                    let last = crumbs.len().saturating_sub(1);
                    crumbs
                        .into_iter()
                        .enumerate()
                        .map(|(level, name)| {
                            view! {
                                <li>
                                    {if level == last {
                                        view! {
                                            <b aria-current="page" dir="auto" title=name.clone()>
                                                {name.clone()}
                                            </b>
                                        }
                                            .into_any()
                                    } else {
                                        view! {
                                            <a
                                                href="#"
                                                dir="auto"
                                                title=name.clone()
                                                on:click=move |event| {
                                                    event.prevent_default();
                                                    app.go_to_crumb(level);
                                                }
                                            >
                                                {name.clone()}
                                            </a>
                                            <Icon shape=Shape::Chevron class="small flip" />
                                        }
                                            .into_any()
                                    }}
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ol>
        </nav>
    }
}

/// List or tiles.
#[component]
fn ViewSwitch() -> impl IntoView {
    let app = App::here();
    let button = move |view: View, shape: Shape, name: Message, class: &'static str| {
        view! {
            <button
                type="button"
                class="button tool"
                aria-pressed=move || if app.view.get() == view { "true" } else { "false" }
                aria-label=say(name)
                on:click=move |_| app.show_as(view)
            >
                <Icon shape class />
            </button>
        }
    };
    view! {
        <div class="segment" role="group" aria-label=say(Message::View)>
            {button(View::List, Shape::List, Message::ViewList, "flip")}
            {button(View::Tiles, Shape::Tiles, Message::ViewTiles, "")}
        </div>
    }
}
