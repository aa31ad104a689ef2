//! Step 6, "Kaltura session": what a pasted session may do. It is in the field until the checks begin, and nowhere else.

use super::check_line::CheckLine;
use super::check_words::kaltura_title;
use super::state::Setup;
use super::tell::{tell, tell_with};
use crate::browser::Browser;
use crate::ui::button::Button;
use leptos::html::Input;
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::picker::ports::Http;
use onedrive_picker_core::registration::{
    CheckState, KALTURA_SERVICE_URL, KalturaCheck, KalturaSession, KalturaTrial, TEST_ENTRY_NAME,
    read_service_url,
};
use wasm_bindgen_futures::spawn_local;

/// How long one request may take, in milliseconds.
const REQUEST_LIMIT_MS: u32 = 60_000;

/// The step.
#[component]
pub fn SessionStep() -> impl IntoView {
    let setup = Setup::here();
    let address: NodeRef<Input> = NodeRef::new();
    let session: NodeRef<Input> = NodeRef::new();
    let address_wrong = RwSignal::new(false);
    let session_wrong = RwSignal::new(false);
    let is_running = move || setup.kaltura.with(|states| states.contains(&CheckState::Running));
    let run = move || {
        let (Some(address), Some(session)) = (address.get_untracked(), session.get_untracked()) else {
            return;
        };
        let service_url = read_service_url(&address.value());
        let ks = KalturaSession::read(&session.value());
        address_wrong.set(service_url.is_none());
        session_wrong.set(ks.is_none());
        let (Some(service_url), Some(ks)) = (service_url, ks) else { return };
        // From here on only the requests have it.
        session.set_value("");
        let nonce = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        spawn_local(check(setup, KalturaTrial::new(service_url, ks, nonce)));
    };
    view! {
        <p class="lead-in">{tell(SetupMessage::SessionLead)}</p>
        <div class="field">
            <label for="service-url">{tell(SetupMessage::ServiceUrl)}</label>
            <div class="value edit">
                <input
                    id="service-url"
                    dir="ltr"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="200"
                    value=KALTURA_SERVICE_URL
                    node_ref=address
                    aria-invalid=move || address_wrong.get().then_some("true")
                    aria-describedby="service-url-wrong"
                />
            </div>
            <div id="service-url-wrong" class="wrong" role="alert">
                <Show when=move || address_wrong.get()>
                    <p class="quietly bad">{tell(SetupMessage::ServiceUrlWrong)}</p>
                </Show>
            </div>
        </div>
        <div class="field">
            <label for="kaltura-session">{tell(SetupMessage::KalturaSession)}</label>
            <div class="value edit">
                <input
                    id="kaltura-session"
                    dir="ltr"
                    type="password"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="4000"
                    node_ref=session
                    aria-invalid=move || session_wrong.get().then_some("true")
                    aria-describedby="kaltura-session-hint kaltura-session-wrong"
                />
            </div>
            <span class="quietly" id="kaltura-session-hint">{tell(SetupMessage::KalturaSessionHint)}</span>
            <div id="kaltura-session-wrong" class="wrong" role="alert">
                <Show when=move || session_wrong.get()>
                    <p class="quietly bad">{tell(SetupMessage::KalturaSessionEmpty)}</p>
                </Show>
            </div>
        </div>
        <div class="ways">
            <Button kind="primary" press=run>{tell(SetupMessage::CheckSession)}</Button>
            <span class="quietly">{tell_with(SetupMessage::SessionCleansUp, &[("name", TEST_ENTRY_NAME)])}</span>
        </div>
        <section aria-labelledby="kaltura-checks" aria-busy=move || is_running().then_some("true")>
            <h2 id="kaltura-checks">{tell(SetupMessage::SessionChecks)}</h2>
            <ul class="tests">
                {KalturaCheck::ALL.into_iter().map(|check| view! { <SessionCheck check /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn SessionCheck(
    /// Which check.
    check: KalturaCheck,
) -> impl IntoView {
    let setup = Setup::here();
    let state = Memo::new(move |_| {
        setup.kaltura.with(|states| states.get(check as usize).cloned().unwrap_or(CheckState::Waiting))
    });
    move || view! { <CheckLine title=tell(kaltura_title(check)) state=state.get() note=None /> }
}

/// Sends one request after the other, and shows what each finds.
async fn check(setup: Setup, mut trial: KalturaTrial) {
    let show = |trial: &KalturaTrial| {
        setup.kaltura.set(KalturaCheck::ALL.map(|check| trial.state(check).clone()).to_vec());
    };
    show(&trial);
    while let Some(request) = trial.request() {
        let answer = Browser.send(&request, REQUEST_LIMIT_MS).await;
        trial.take(answer.as_ref().map_err(|error| *error));
        show(&trial);
    }
    setup.announce(SetupMessage::SessionChecked);
}
