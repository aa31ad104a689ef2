//! The root: prepares, then fills the page that `index.html` has emptied.
//!
//! What is there with the first rows is made element by element; everything else is views of Leptos, which the deferred chunk shows in
//! elements that keep their room until then.

use super::app::{App, Screen, Start};
use super::chunk::Chunks;
use super::chunk_notice::chunk_notice;
use super::element::{Built, element, react};
use super::later::Part;
use super::listing::listing;
use super::places::places;
use super::sign_in_step::SignInStep;
use super::thumbnail::replace_broken_pictures;
use super::tray::tray;
use leptos::mount::mount_to;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

/// Mounts the picker into `#app`.
pub fn mount(chunks: Chunks) {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    // Not Leptos' own: its executor is there only once something is mounted.
    spawn_local(async move {
        let page = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("app"));
        let (Some(page), Some(start)) = (page, Start::prepare().await) else { return };
        page.set_class_name("mounted");
        let (screen, notice, said) = (element("div", "slot"), element("div", "slot"), element("p", "hidden"));
        let _ = page.append_with_node_3(&screen, &notice, &said);
        mount_to(page.unchecked_into(), move || root(start, chunks, screen, notice, said)).forget();
    });
}

/// Shows the screens, what is said of missing code, and what just happened, each in its element; and starts.
fn root(start: Start, chunks: Chunks, slot: Built, notice: Built, said: Built) {
    let speech = start.speech();
    let app = App::new(speech, chunks);
    app.begin(start);
    app.watch_network();
    replace_broken_pictures();
    react(move || {
        let screen = app.screen.get();
        slot.clear();
        match screen {
            Screen::Starting => slot.append(&element("div", "starting")),
            Screen::Refused(refused) => app.open_later(&slot, Part::Refused(refused)),
            Screen::SigningIn => app.sign_in_step(SignInStep::Card(slot.clone())),
            Screen::Browsing => slot.append(&browsing(app)),
            Screen::Importing => app.open_later(&slot, Part::Importing),
        }
    });
    chunk_notice(app, notice);
    let said = said.set("role", "status").set("aria-live", "polite");
    react(move || said.set_text_content(Some(&app.announcement.get())));
}

fn browsing(app: App) -> Built {
    let (above, caveat) = (element("div", "slot").with(&element("div", "bar")), element("div", "slot"));
    app.show_later(&above, Part::Above);
    app.show_later(&caveat, Part::Caveat);
    let main = element("main", "main").with(&above).with(&listing(app));
    element("div", "picker").with(&places(app)).with(&main).with(&caveat).with(&tray(app))
}
