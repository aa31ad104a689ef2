//! What stands in the middle: rows, or why there are none and what to do about it.

use super::app::{App, View};
use super::button::Button;
use super::copy::CopyDetails;
use super::element::{Built, element, react, until_cleanup};
use super::empty::Empty;
use super::grid::grid;
use super::icon::Shape;
use super::list_keys::{on_key, on_stray_key};
use super::preview::Preview;
use super::speech::{say, speech};
use super::tiles::tiles;
use super::troubles::{Door, details, look};
use crate::browser::listen;
use crate::graph::GraphError;
use crate::picker::listing::Phase;
use crate::picker::place::{Location, Shown};
use crate::picker::search::Scope;
use crate::text::Message;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What takes the place of rows, as a number, so that one kind of memo serves for all numbers of the application.
mod instead {
    pub(super) const ROWS: usize = 0;
    pub(super) const BARE: usize = 1;
    pub(super) const FILTERED: usize = 2;
    /// A failure, and with the version of the listing added, each failure its own.
    pub(super) const FAILED: usize = 3;
}

/// The listing with its states, and the preview beside it.
pub fn listing(app: App) -> Built {
    let (slot, beside) = (element("div", "slot"), element("div", "slot"));
    let split = element("div", "split")
        .on("keydown", move |event| on_key(app, event.unchecked_ref()))
        .with(&slot)
        .with(&beside);
    let instead = Memo::new(move |_| {
        let version = app.version.get();
        app.location.track();
        app.listing.with_untracked(|listing| match listing.phase() {
            Phase::Failed(_) if listing.total() == 0 => instead::FAILED + version,
            Phase::Complete if listing.total() == 0 => instead::BARE,
            Phase::Complete if listing.is_empty() => instead::FILTERED,
            _ => instead::ROWS,
        })
    });
    react(move || {
        let (instead, view) = (instead.get(), app.view.get());
        slot.clear();
        match (instead, view) {
            (instead::ROWS, View::List) => slot.append(&grid(app)),
            (instead::ROWS, View::Tiles) => slot.append(&tiles(app)),
            (instead::BARE, _) => app.island(&slot, Bare),
            (instead::FILTERED, _) => app.island(&slot, Filtered),
            _ => app.island(&slot, Failed),
        }
        // Whoever had the focus in what was replaced finds it in what takes its place.
        app.keep_focus();
    });
    app.around_rows(&beside, |app, slot| {
        if let Some(window) = web_sys::window() {
            until_cleanup(listen(&window, "keydown", move |event| on_stray_key(app, event.unchecked_ref())));
        }
        app.island(slot, Preview);
    });
    split
}

/// Nothing is there.
#[component]
fn Bare() -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let query = app.location.with_untracked(|location| match location.shown() {
        Shown::Results { query, .. } => Some((query.text().to_owned(), query.scope())),
        _ => None,
    });
    if let Some((query, scope)) = query {
        let title = speech.fill(Message::NothingFound, &[("query", &query)]);
        return view! {
            <Empty shape=Shape::Search title text=say(Message::NothingFoundText)>
                {(scope == Scope::Here)
                    .then(|| {
                        view! {
                            <Button kind="primary" press=move || app.search_in(Scope::Everywhere)>
                                {say(Message::SearchEverywhere)}
                            </Button>
                        }
                    })}
                <Button press=move || app.clear_search()>{say(Message::ClearSearch)}</Button>
            </Empty>
        }
        .into_any();
    }
    let in_folder = app.location.with_untracked(|location| !location.crumbs().is_empty());
    let title = if in_folder || app.is_my_files() { Message::EmptyFolder } else { Message::EmptyPlace };
    view! {
        <Empty shape=Shape::Folder title=say(title) text=app.empty_text()>
            {app
                .location
                .with_untracked(Location::can_go_up)
                .then(|| view! { <Button press=move || app.go_up()>{say(Message::GoUp)}</Button> })}
        </Empty>
    }
    .into_any()
}

/// Something is there, but not of the kind that is shown.
#[component]
fn Filtered() -> impl IntoView {
    let app = App::here();
    view! {
        <Empty shape=Shape::Search title=say(Message::NoneOfKind) text=say(Message::NoneOfKindText)>
            <Button press=move || app.show_kind(None)>{say(Message::ShowAll)}</Button>
        </Empty>
    }
}

/// It could not be had.
#[component]
fn Failed() -> impl IntoView {
    let app = App::here();
    let error = app.listing.with_untracked(|listing| match listing.phase() {
        Phase::Failed(error) => Some(error.clone()),
        _ => None,
    });
    error.map(|error| {
        let mut look = look(&error);
        let is_place = app.location.with_untracked(|location| matches!(location.shown(), Shown::Place(_)));
        if is_place && matches!(*error, GraphError::Forbidden(_)) {
            (look.title, look.text) = (Message::PlaceClosed, Message::PlaceClosedText);
        }
        let details = details(&error, app.now());
        let go_back = app.location.with_untracked(Location::can_go_up);
        view! {
            <Empty shape=look.shape tone=look.tone alert=true title=say(look.title) text=say(look.text)>
                {match look.door {
                    Door::TryAgain => {
                        view! { <Button press=move || app.try_again()>{say(Message::TryAgain)}</Button> }.into_any()
                    }
                    Door::SignIn => {
                        view! {
                            <Button kind="primary" press=move || app.begin_sign_in()>
                                {say(Message::SignInShort)}
                            </Button>
                        }
                            .into_any()
                    }
                    Door::GoBack => {
                        view! {
                            {go_back
                                .then(|| {
                                    view! {
                                        <Button kind="primary" press=move || app.go_up()>
                                            {say(Message::GoBack)}
                                        </Button>
                                    }
                                })}
                            <Button press=move || app.try_again()>{say(Message::TryAgain)}</Button>
                            <Button press=move || app.use_another_account()>
                                {say(Message::UseAnotherAccount)}
                            </Button>
                        }
                            .into_any()
                    }
                }}
                <CopyDetails details />
            </Empty>
        }
    })
}
