//! Below the rows: what may be missing among them, and where it can be seen.
//!
//! ARIA: a `note`, after the listing that it is about.

use super::app::App;
use super::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::listing::Phase;
use onedrive_picker_core::picker::place::{Location, Place, Shown};

/// What is said of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// Microsoft does not tell everything of this place, or not all that was found.
    Incomplete,
    /// What a search finds is some minutes old.
    Late,
}

/// The line, while there is something to say and something that it is said of.
#[component]
pub fn Caveat() -> impl IntoView {
    let app = App::here();
    let doubt = Memo::new(move |_| {
        app.version.track();
        let (is_empty, is_cut, ends) = app.listing.with_untracked(|listing| {
            (listing.is_empty(), listing.is_cut(), *listing.phase() == Phase::Complete)
        });
        app.location.with(|location| match location.shown() {
            // What is empty says it by itself.
            _ if is_empty && ends => None,
            Shown::Results { .. } if is_cut => Some(Doubt::Incomplete),
            Shown::Results { .. } => ends.then_some(Doubt::Late),
            Shown::Place(Place::Recent | Place::Shared) => Some(Doubt::Incomplete),
            Shown::Place(_) | Shown::Folder(_) => None,
        })
    });
    let line = move |doubt| match doubt {
        Doubt::Incomplete => say(Message::IncompletePlace).into_any(),
        Doubt::Late => {
            let folder = app.location.with_untracked(Location::searches_from_a_folder);
            view! {
                <span>{say(Message::FoundLate)}</span>
                {folder
                    .then(|| {
                        view! {
                            <button type="button" class="link" on:click=move |_| app.clear_search()>
                                {say(Message::SeenAtOnce)}
                            </button>
                        }
                    })}
            }
            .into_any()
        }
    };
    move || doubt.get().map(|doubt| view! { <div class="caveat quietly" role="note">{line(doubt)}</div> })
}
