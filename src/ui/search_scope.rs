//! Above the hits: how many there are, and where to search. Above places that Microsoft does not tell everything of: that.
//!
//! ARIA: a `group` of toggle buttons.

use super::app::App;
use super::speech::{say, speech};
use crate::picker::listing::Phase;
use crate::picker::place::{Place, Shown};
use crate::picker::search::Scope;
use crate::text::Message;
use leptos::prelude::*;

/// The bar, while there is something to say.
#[component]
pub fn SearchScope() -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let in_folder = move || app.location.with(|location| !location.crumbs().is_empty());
    let button = move |scope: Scope, name: Message| {
        view! {
            <button
                type="button"
                class="button slim"
                aria-pressed=move || if app.search_scope() == Some(scope) { "true" } else { "false" }
                on:click=move |_| app.search_in(scope)
            >
                {say(name)}
            </button>
        }
    };
    let found = move || {
        app.version.track();
        let (count, ends) =
            app.listing.with_untracked(|listing| (listing.len() as u64, *listing.phase() == Phase::Complete));
        let query = app.location.with(|location| location.query().map(|query| query.text().to_owned()));
        ends.then(|| speech.count(Message::ResultsFor, count, &[("query", &query.unwrap_or_default())]))
    };
    let incomplete = move || {
        app.version.track();
        let (is_bare, is_cut) = app.listing.with_untracked(|listing| (listing.is_bare(), listing.is_cut()));
        app.location.with(|location| match location.shown() {
            Shown::Results { .. } => is_cut,
            // An empty place says it by itself.
            Shown::Place(Place::Recent | Place::Shared) => !is_bare,
            Shown::Place(_) | Shown::Folder(_) => false,
        })
    };
    let searches = move || app.search_scope().is_some();
    view! {
        <Show when=move || searches() || incomplete()>
            <div class="bar results">
                <Show when=searches>
                    <p dir="auto">{found}</p>
                </Show>
                <Show when=incomplete>
                    <p class="quietly">{say(Message::IncompletePlace)}</p>
                </Show>
                <Show when=move || searches() && in_folder()>
                    <div class="segment" role="group" aria-label=say(Message::WhereToSearch)>
                        {button(Scope::Here, Message::ThisFolder)} {button(Scope::Everywhere, Message::Everywhere)}
                    </div>
                </Show>
            </div>
        </Show>
    }
}
