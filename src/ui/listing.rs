//! What stands in the middle: rows, or why there are none and what to do about it.

use super::app::{App, View};
use super::button::Button;
use super::copy::CopyDetails;
use super::element::{Built, element, react};
use super::empty::Empty;
use super::grid::grid;
use super::icon::Shape;
use super::later::Part;
use super::list_keys::on_key;
use super::speech::{say, speech};
use super::troubles::{Door, details, look};
use leptos::prelude::*;
use onedrive_picker_core::graph::GraphError;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::listing::Phase;
use onedrive_picker_core::picker::place::{Location, Shown};
use onedrive_picker_core::picker::search::Scope;
use wasm_bindgen::JsCast;

/// What stands in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Rows, as a list or as tiles.
    Rows(View),
    /// Nothing is there.
    Bare,
    /// Nothing of the kind that is shown.
    Filtered,
    /// A failure, each with the version of the listing in which it is.
    Failed(usize),
}

/// The listing with its states, and the preview beside it.
pub fn listing(app: App) -> Built {
    let (slot, beside) = (element("div", "slot"), element("div", "slot"));
    let split = element("div", "split")
        .on("keydown", move |event| on_key(app, event.unchecked_ref()))
        .with(&slot)
        .with(&beside);
    let content = Memo::new(move |_| {
        let (version, view) = (app.version.get(), app.view.get());
        app.location.track();
        app.listing.with_untracked(|listing| match listing.phase() {
            Phase::Failed(_) if listing.total() == 0 => Content::Failed(version),
            Phase::Complete if listing.total() == 0 => Content::Bare,
            Phase::Complete if listing.is_empty() => Content::Filtered,
            _ => Content::Rows(view),
        })
    });
    react(move || {
        let content = content.get();
        slot.clear();
        match content {
            Content::Rows(View::List) => slot.append(&grid(app)),
            Content::Rows(View::Tiles) => app.open_later(&slot, Part::Tiles),
            Content::Bare => app.open_later(&slot, Part::Bare),
            Content::Filtered => app.open_later(&slot, Part::Filtered),
            Content::Failed(_) => app.open_later(&slot, Part::Failed),
        }
        // Whoever had the focus in what was replaced finds it in what takes its place.
        app.keep_focus();
    });
    app.show_later(&beside, Part::Preview);
    split
}

/// Nothing is there.
#[component]
pub fn Bare() -> impl IntoView {
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
pub fn Filtered() -> impl IntoView {
    let app = App::here();
    view! {
        <Empty shape=Shape::Search title=say(Message::NoneOfKind) text=say(Message::NoneOfKindText)>
            <Button press=move || app.show_kind(None)>{say(Message::ShowAll)}</Button>
        </Empty>
    }
}

/// It could not be had.
#[component]
pub fn Failed() -> impl IntoView {
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
