//! The root: prepares, then fills the page that `index.html` has emptied.
//!
//! The virtual list draws its rows by hand; everything else is Leptos. What the first rows do not need is shown by the deferred chunk, in
//! elements that keep its room until then.

use super::app::{App, Screen, Start};
use super::chunk::Chunks;
use super::chunk_notice::ChunkNoticeBar;
use super::element::{Built, Ready, element, react};
use super::later::Part;
use super::listing::listing;
use super::places::Places;
use super::sign_in_step::SignInStep;
use super::thumbnail::replace_broken_pictures;
use super::tray::Tray;
use leptos::mount::mount_to;
use leptos::prelude::*;
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
        mount_to(page.unchecked_into(), move || view! { <Root start chunks /> }).forget();
    });
}

/// The screen, what is said of missing code, and what just happened.
#[component]
fn Root(
    /// What is known before anything is shown.
    start: Start,
    /// The code that comes later.
    chunks: Chunks,
) -> impl IntoView {
    let speech = start.speech();
    let app = App::new(speech, chunks);
    provide_context(speech);
    provide_context(app);
    app.begin(start);
    replace_broken_pictures();
    let slot = element("div", "slot");
    let screen = slot.clone();
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
    view! {
        {Ready::from(screen)}
        <ChunkNoticeBar />
        <p class="hidden" role="status" aria-live="polite">
            {move || app.announcement.get()}
        </p>
    }
}

fn browsing(app: App) -> Built {
    let (above, caveat) = (element("div", "slot").with(&element("div", "bar")), element("div", "slot"));
    app.show_later(&above, Part::Above);
    app.show_later(&caveat, Part::Caveat);
    let main = element("main", "main").with(&above).with(&listing(app));
    let (places, tray) = (element("div", "slot"), element("div", "slot"));
    app.mount_in(&places, Places);
    app.mount_in(&tray, Tray);
    element("div", "picker").with(&places).with(&main).with(&caveat).with(&tray)
}
