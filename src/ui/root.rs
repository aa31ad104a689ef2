//! The root: prepares, then fills the page that `index.html` has emptied.
//!
//! What is there before everything else, the sign-in card and the rows, is made element by element. Around the rows are slots: the
//! views of Leptos in them are loaded, and put there, right after the first rows.

use super::app::{App, Screen, Start};
use super::banner::Banner;
use super::busy::Busy;
use super::caveat::Caveat;
use super::element::{Built, element, react};
use super::importing::Importing;
use super::keys_dialog::KeysDialog;
use super::link_dialog::LinkDialog;
use super::listing::listing;
use super::places::Places;
use super::refusal::RefusedScreen;
use super::search_scope::SearchScope;
use super::sign_in::sign_in;
use super::thumbnail::replace_broken_pictures;
use super::toolbar::Toolbar;
use super::tray::Tray;
use crate::browser::say_if_broken;
use crate::text::Message;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

/// Mounts the picker into `#app`.
pub fn mount() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    // Not Leptos' own: its executor is there only once something is mounted.
    spawn_local(async {
        let page = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("app"));
        let (Some(page), Some(start)) = (page, Start::prepare().await) else { return };
        page.set_class_name("mounted");
        let (screen, said) = (element("div", "slot"), element("p", "hidden"));
        let _ = page.append_with_node_2(&screen, &said);
        mount_to(page.unchecked_into(), move || root(start, screen, said)).forget();
    });
}

/// Shows the screens in their slot, says what happens in the other element, and starts.
fn root(start: Start, slot: Built, said: Built) {
    let speech = start.speech();
    say_if_broken(speech.say(Message::Unloaded));
    let app = App::new(speech);
    app.begin(start);
    replace_broken_pictures();
    let traps = app.traps_focus();
    if traps {
        app.trap_focus();
    }
    react(move || {
        if app.surrounded.get() {
            app.watch_network();
            if !traps {
                app.trap_focus();
            }
        }
    });
    react(move || {
        let screen = app.screen.get();
        slot.clear();
        match screen {
            Screen::Starting => slot.append(&element("div", "starting")),
            Screen::Refused(refused) => app.island(&slot, move || view! { <RefusedScreen refused /> }),
            Screen::SigningIn => slot.append(&sign_in(app)),
            Screen::Browsing => slot.append(&browsing(app)),
            Screen::Importing => app.island(&slot, Importing),
        }
    });
    let said = said.set("role", "status").set("aria-live", "polite");
    react(move || said.set_text_content(Some(&app.announcement.get())));
}

fn browsing(app: App) -> Built {
    let slot = |class, show| {
        let slot = element("div", "slot").with(&element("div", class));
        app.around_rows(&slot, show);
        slot
    };
    let places = slot("rail", |app, slot| app.island(slot, Places));
    let above = slot("bar", |app, slot| app.island(slot, Above));
    let tray = slot("tray", |app, slot| app.island(slot, Below));
    let main = element("main", "main").with(&above).with(&listing(app));
    element("div", "picker").with(&places).with(&main).with(&tray)
}

/// What stands above the listing, and the dialogs.
#[component]
fn Above() -> impl IntoView {
    view! {
        <Toolbar />
        <SearchScope />
        <Busy />
        <Banner />
        <KeysDialog />
        <LinkDialog />
    }
}

/// What stands below it.
#[component]
fn Below() -> impl IntoView {
    view! {
        <Caveat />
        <Tray />
    }
}
