//! The places at the inline start (tabs under the title on a phone), and the account below them.
//!
//! ARIA: a `navigation` of links, the current one with `aria-current="page"`. Keys: Tab, Enter.
//!
//! They are there with the first rows. In the main chunk elements are made one by one, for views of Leptos would add 14 kB to it.

use super::app::App;
use super::element::{Built, element, react};
use super::icon::{Shape, icon};
use super::later::Part;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::place::{Location, Place};

/// The rail: title, places, account.
pub fn places(app: App) -> Built {
    let shown = app.places_shown();
    let title = element("span", "").text(&app.title());
    let rail = element("aside", if shown { "rail" } else { "rail bare" })
        .with(&element("h1", "title").with(&icon(Shape::Cloud, "")).with(&title));
    if shown {
        let list = element("nav", "places").set("aria-label", &app.say(Message::Places));
        for place in app.places() {
            list.append(&place_link(app, place));
        }
        let from_link = element("div", "slot");
        app.show_later(&from_link, Part::Link);
        rail.append(&list.with(&from_link));
    }
    let account = element("div", "slot");
    app.show_later(&account, Part::Account);
    rail.with(&account)
}

fn place_link(app: App, place: Place) -> Built {
    let (shape, name) = look(place);
    let link = element("a", "place").set("href", "#").with(&icon(shape, "")).text(&app.say(name)).on(
        "click",
        move |event| {
            event.prevent_default();
            app.go_to(place);
        },
    );
    let current = link.clone();
    react(move || {
        let is_current = app.location.with(Location::place) == place;
        current.put("aria-current", is_current.then_some("page"));
    });
    link
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
