//! The sign-in card: what will happen, and the one button. While Microsoft's window is open: how to reach it again.

use super::app::{App, Reach, SignIn};
use super::element::{Built, element, react};
use super::icon::{Shape, icon};
use super::problem::SignInProblem;
use super::stuck::Stuck;
use crate::browser::own_origin;
use crate::text::Message;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The stage with the card that is right now.
pub fn sign_in(app: App) -> Built {
    let slot = element("div", "slot");
    let stage = slot.clone();
    react(move || {
        let card = element("section", "card");
        match app.sign_in.get() {
            SignIn::Ask => ask(app, &card),
            SignIn::Waiting => waiting(app, &card),
            SignIn::Blocked => blocked(app, &card, App::open_window_again),
            SignIn::Checking => checking(app, &card),
            SignIn::Elsewhere => elsewhere(app, &card),
            SignIn::BlockedElsewhere => blocked(app, &card, App::continue_in_window),
        }
        stage.clear();
        stage.append(&element("main", "stage").with(&card));
    });
    slot
}

fn ask(app: App, card: &Built) {
    drawing(card, &icon(Shape::Cloud, ""));
    title(app, card, Message::SignInTitle);
    let trouble = element("div", "slot");
    card.append(&trouble);
    react(move || {
        if app.trouble.with(Option::is_some) {
            app.island(&trouble, SignInProblem);
        }
    });
    let list = element("ul", "promises");
    for (shape, title, text) in [
        (Shape::Window, Message::PromiseWindow, Message::PromiseWindowText),
        (Shape::Check, Message::PromiseChoose, Message::PromiseChooseText),
        (Shape::Lock, Message::PromiseRead, Message::PromiseReadText),
    ] {
        let words = element("span", "").with(&element("b", "").text(&app.say(title))).text(&app.say(text));
        list.append(&element("li", "").with(&icon(shape, "")).with(&words));
    }
    card.append(&list);
    let ways = element("div", "ways");
    card.append(&ways);
    react(move || {
        let (reach, framed) = (app.reach.get(), app.framed.get());
        ways.clear();
        show_ways(app, &ways, reach, framed);
    });
    below(card, [link(app, Message::Cancel, App::cancel)]);
}

/// The buttons of the card. Inside another site a window of its own is always a way.
fn show_ways(app: App, ways: &Built, reach: Reach, framed: bool) {
    if reach == Reach::Elsewhere {
        lead(app, ways, Message::ContinueInWindowText, None);
        first(app, ways, Message::ContinueInWindow, App::continue_in_window);
        return;
    }
    first(app, ways, Message::SignIn, App::begin_sign_in);
    if framed {
        ways.append(&button(app, "button wide", Message::ContinueInWindow, App::continue_in_window));
    }
}

/// Microsoft's window is open.
fn waiting(app: App, card: &Built) {
    drawing(card, &element("span", "spin large"));
    title(app, card, Message::WaitingTitle);
    lead(app, card, Message::WaitingText, Some("status"));
    pair(app, card, App::show_sign_in_window, App::open_window_again);
    let hint = element("p", "quietly")
        .with(&element("b", "").text(&app.say(Message::NoWindow)))
        .text(" ")
        .text(&app.speech().fill(Message::NoWindowText, &[("site", &site())]));
    card.append(&element("div", "banner hint").with(&icon(Shape::Info, "")).with(&hint));
    card.append(&stuck(app));
    let elsewhere =
        app.framed.get_untracked().then(|| link(app, Message::ContinueInWindow, App::continue_in_window));
    below(card, elsewhere.into_iter().chain([link(app, Message::Cancel, App::cancel_sign_in)]));
}

/// The help for whoever does not come back from Microsoft's page, folded until it is wanted.
fn stuck(app: App) -> Built {
    let inside = element("div", "");
    let wanted = RwSignal::new(false);
    let details = element("details", "stuck")
        .with(&element("summary", "").text(&app.say(Message::StuckTitle)))
        .with(&inside)
        .on("toggle", move |_| {
            if !wanted.get_untracked() {
                wanted.set(true);
            }
        });
    react(move || {
        if wanted.get() {
            app.island(&inside, Stuck);
        }
    });
    details
}

/// The browser let no window open. Where there is no host to lose, this window can go to Microsoft itself.
fn blocked(app: App, card: &Built, again: fn(App)) {
    drawing(card, &icon(Shape::Window, ""));
    title(app, card, Message::BlockedTitle);
    let mut text = app.speech().fill(Message::BlockedText, &[("site", &site())]);
    if app.is_framed() {
        text.push(' ');
        text.push_str(&app.say(Message::BlockedFramedText));
    }
    card.append(&element("p", "quietly lead").set("role", "alert").text(&text));
    first(app, card, Message::OpenWindowAgain, again);
    if app.may_leave() {
        card.append(&element("p", "quietly").text(&app.say(Message::SignInHereText)));
        card.append(&button(app, "button wide", Message::SignInHere, App::leave_for_microsoft));
    }
    below(card, [link(app, Message::Cancel, App::cancel_sign_in)]);
}

/// The picker goes on in a window of its own.
fn elsewhere(app: App, card: &Built) {
    drawing(card, &icon(Shape::Window, ""));
    title(app, card, Message::ElsewhereTitle);
    lead(app, card, Message::ElsewhereText, Some("status"));
    pair(app, card, App::show_other_window, App::continue_in_window);
    below(card, [link(app, Message::Cancel, App::close_other_window)]);
}

fn checking(app: App, card: &Built) {
    drawing(card, &element("span", "spin large"));
    card.append(&element("h1", "").set("role", "status").text(&app.say(Message::Checking)));
    below(card, [link(app, Message::Cancel, App::leave_sign_in)]);
}

fn drawing(card: &Built, what: &Built) {
    card.append(&element("div", "drawing").set("aria-hidden", "true").with(what));
}

fn title(app: App, card: &Built, title: Message) {
    card.append(&element("h1", "").text(&app.say(title)));
}

fn lead(app: App, card: &Built, text: Message, role: Option<&str>) {
    card.append(&element("p", "quietly lead").set_some("role", role).text(&app.say(text)));
}

/// Two buttons beside each other: to show a window, and to open it again.
fn pair(app: App, card: &Built, show: fn(App), again: fn(App)) {
    let show = button(app, "button wide", Message::ShowWindow, show);
    let again = button(app, "button wide", Message::OpenWindowAgain, again);
    card.append(&element("div", "pair").with(&show).with(&again));
}

/// What stands below the card's buttons.
fn below(card: &Built, links: impl IntoIterator<Item = Built>) {
    let below = element("p", "below");
    for link in links {
        below.append(&link);
    }
    card.append(&below);
}

fn button(app: App, class: &str, label: Message, press: fn(App)) -> Built {
    element("button", class).set("type", "button").text(&app.say(label)).on("click", move |_| press(app))
}

fn link(app: App, label: Message, press: fn(App)) -> Built {
    button(app, "link", label, press)
}

/// The primary button. It takes the focus once it is there: the one before has gone with its card.
fn first(app: App, card: &Built, label: Message, press: fn(App)) {
    let button = button(app, "button primary wide", label, press);
    card.append(&button);
    react(move || {
        if app.may_take_focus() {
            let _ = button.unchecked_ref::<HtmlElement>().focus();
        }
    });
}

fn site() -> String {
    own_origin().map(|origin| origin.to_string()).unwrap_or_default()
}
