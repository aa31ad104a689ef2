//! The keyboard of the listing, whatever stands there: rows, nothing, or what went wrong.
//!
//! Keys that nobody else takes are the listing's too: when an element that had the focus is gone, no key is lost. `/` and
//! `?` work from anywhere but a text field.

use super::app::App;
use super::later::Later;
use leptos::ev::KeyboardEvent;
use onedrive_picker_core::picker::keys::{Bearings, Command, Press, command};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Does what a key pressed in the listing asks for. Buttons in it keep the keys that press them.
pub fn on_key(app: App, event: &KeyboardEvent) {
    let Some(command) = asked(app, event) else { return };
    let target = target(event);
    if is_within(target.as_ref(), ".head, .preview") {
        return;
    }
    if is_within(target.as_ref(), "button, a") && matches!(event.key().as_str(), "Enter" | " ") {
        return;
    }
    take(app, event, command);
}

/// Does what a key pressed outside the listing asks for.
pub fn on_stray_key(app: App, event: &KeyboardEvent) {
    let target = target(event);
    if event.default_prevented()
        || is_within(target.as_ref(), "dialog, input, textarea, select, video, audio")
    {
        return;
    }
    let Some(command) = asked(app, event) else { return };
    let is_nobodys = target.is_none_or(|target| matches!(target.tag_name().as_str(), "BODY" | "HTML"));
    if is_nobodys || matches!(command, Command::Search | Command::Help) {
        take(app, event, command);
    }
}

fn asked(app: App, event: &KeyboardEvent) -> Option<Command> {
    let (key, code) = (event.key(), event.code());
    let press = Press {
        key: &key,
        code: &code,
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    };
    let bearings =
        Bearings { tiles: app.shows_tiles(), rtl: app.is_right_to_left(), typing: app.is_typing() };
    command(press, bearings)
}

fn take(app: App, event: &KeyboardEvent, command: Command) {
    event.prevent_default();
    event.stop_propagation();
    app.press_later(Later::Command(command, app.visit.get_untracked()));
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn is_within(target: Option<&Element>, selector: &str) -> bool {
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}
