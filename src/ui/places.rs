//! The places at the inline start (tabs under the title on a phone), and the account below them.
//!
//! ARIA: a `navigation` of links, the current one with `aria-current="page"`. Keys: Tab, Enter.

use super::app::App;
use super::element::{Ready, element};
use super::icon::{Icon, Shape};
use super::later::Part;
use super::speech::say;
use crate::picker::place::{Location, Place};
use crate::text::Message;
use leptos::prelude::*;

/// The rail: title, places, account.
#[component]
pub fn Places() -> impl IntoView {
    let app = App::here();
    let (link, account) = (element("div", "slot"), element("div", "slot"));
    app.show_later(&link, Part::Link);
    app.show_later(&account, Part::Account);
    view! {
        <aside class="rail" class:bare=!app.places_shown()>
            <h1 class="title">
                <Icon shape=Shape::Cloud />
                <span>{app.title()}</span>
            </h1>
            {app
                .places_shown()
                .then(|| {
                    view! {
                        <nav class="places" aria-label=say(Message::Places)>
                            {app.places().into_iter().map(|place| view! { <PlaceLink place /> }).collect_view()}
                            {Ready::from(link)}
                        </nav>
                    }
                })}
            {Ready::from(account)}
        </aside>
    }
}

#[component]
fn PlaceLink(
    /// Where the link leads.
    place: Place,
) -> impl IntoView {
    let app = App::here();
    let (shape, name) = look(place);
    view! {
        <a
            class="place"
            href="#"
            aria-current=move || (app.location.with(Location::place) == place).then_some("page")
            on:click=move |event| {
                event.prevent_default();
                app.go_to(place);
            }
        >
            <Icon shape />
            {say(name)}
        </a>
    }
}

/// The icon and the name of a place.
pub fn look(place: Place) -> (Shape, Message) {
    match place {
        Place::MyFiles => (Shape::Cloud, Message::MyFiles),
        Place::Recent => (Shape::Clock, Message::Recent),
        Place::Shared => (Shape::People, Message::Shared),
        Place::Sites => (Shape::Site, Message::Sites),
    }
}
