//! The root: prepares, then fills the page that `index.html` has emptied.

use super::app::{App, Screen, Start};
use super::banner::Banner;
use super::busy::Busy;
use super::importing::Importing;
use super::keys_dialog::KeysDialog;
use super::link_dialog::LinkDialog;
use super::listing::ListingView;
use super::places::Places;
use super::refusal::RefusedScreen;
use super::search_scope::SearchScope;
use super::sign_in::SignInCard;
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
        mount_to(page.unchecked_into(), move || view! { <Root start /> }).forget();
    });
}

#[component]
fn Root(
    /// What is known before anything is shown.
    start: Start,
) -> impl IntoView {
    let speech = start.speech();
    say_if_broken(speech.say(Message::Unloaded));
    provide_context(speech);
    let app = App::new(speech);
    provide_context(app);
    app.begin(start);
    view! {
        {move || match app.screen.get() {
            Screen::Starting => view! { <div class="starting"></div> }.into_any(),
            Screen::Refused(refused) => view! { <RefusedScreen refused /> }.into_any(),
            Screen::SigningIn => view! { <SignInCard /> }.into_any(),
            Screen::Browsing => view! { <Browsing /> }.into_any(),
            Screen::Importing => view! { <Importing /> }.into_any(),
        }}
        <KeysDialog />
        <LinkDialog />
        <p class="hidden" role="status" aria-live="polite">
            {move || app.announcement.get()}
        </p>
    }
}

#[component]
fn Browsing() -> impl IntoView {
    view! {
        <div class="picker">
            <Places />
            <main class="main">
                <Toolbar />
                <SearchScope />
                <Busy />
                <Banner />
                <ListingView />
            </main>
            <Tray />
        </div>
    }
}
