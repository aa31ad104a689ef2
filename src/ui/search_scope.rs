//! Above the hits: how many there are, and where to search.
//!
//! ARIA: a `group` of toggle buttons.

use super::app::App;
use super::speech::{say, speech};
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::listing::Phase;
use onedrive_picker_core::picker::search::Scope;

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
    view! {
        <Show when=move || app.search_scope().is_some()>
            <div class="bar results">
                <p dir="auto">{found}</p>
                <Show when=in_folder>
                    <div class="segment" role="group" aria-label=say(Message::WhereToSearch)>
                        {button(Scope::Here, Message::ThisFolder)} {button(Scope::Everywhere, Message::Everywhere)}
                    </div>
                </Show>
            </div>
        </Show>
    }
}
