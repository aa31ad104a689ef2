//! The root: the steps, the step that is open, the live check.

use super::kept;
use super::live_check::LiveCheck;
use super::module_step::ModuleStep;
use super::permissions_step::PermissionsStep;
use super::rail::Rail;
use super::register_step::RegisterStep;
use super::session_step::SessionStep;
use super::site_step::SiteStep;
use super::start::Start;
use super::state::Setup;
use super::step::Step;
use super::tell::{tell, tell_with};
use super::try_step::TryStep;
use crate::ui::button::Button;
use crate::ui::icon::{Icon, Shape};
use crate::ui::speech::say;
use leptos::mount::mount_to;
use leptos::prelude::*;
use onedrive_picker_core::i18n::{Message, SetupMessage};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

/// Mounts the assistant into `#app`.
pub fn mount() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    // Not Leptos' own: its executor is there only once something is mounted.
    spawn_local(async {
        let document = web_sys::window().and_then(|window| window.document());
        let page = document.and_then(|document| document.get_element_by_id("app"));
        let (Some(page), Some(start)) = (page, Start::prepare().await) else { return };
        page.replace_children_with_node_0();
        mount_to(page.unchecked_into(), move || view! { <Root start /> }).forget();
    });
}

#[component]
fn Root(
    /// What is known before anything is shown.
    start: Start,
) -> impl IntoView {
    let setup = Setup::new(start);
    provide_context(setup.speech);
    provide_context(setup);
    setup.keep();
    setup.follow_history();
    setup.check_browser();
    setup.watch_page();
    Effect::new(move || {
        let mut title = tell(setup.step.get().title());
        title.push_str(" – ");
        title.push_str(&tell(SetupMessage::Title));
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&title);
        }
    });
    view! {
        <div class="page">
            <Rail />
            <main>
                <StepHead />
                <Notices />
                {move || match setup.step.get() {
                    Step::Site => view! { <SiteStep /> }.into_any(),
                    Step::Register => view! { <RegisterStep /> }.into_any(),
                    Step::Permissions => view! { <PermissionsStep /> }.into_any(),
                    Step::Module => view! { <ModuleStep /> }.into_any(),
                    Step::Try => view! { <TryStep /> }.into_any(),
                    Step::Session => view! { <SessionStep /> }.into_any(),
                }}
                <Ways />
            </main>
            <LiveCheck />
        </div>
        <p class="hidden" role="status" aria-live="polite">
            {move || setup.announcement.get()}
        </p>
    }
}

#[component]
fn StepHead() -> impl IntoView {
    let setup = Setup::here();
    view! {
        <p class="quietly">
            {move || {
                tell_with(
                    SetupMessage::StepOf,
                    &[
                        ("number", &setup.step.get().number().to_string()),
                        ("count", &Step::ALL.len().to_string()),
                    ],
                )
            }}
        </p>
        <h1 tabindex="-1" node_ref=setup.title>
            {move || tell(setup.step.get().title())}
        </h1>
    }
}

/// What has to be said whatever step is open.
#[component]
fn Notices() -> impl IntoView {
    let setup = Setup::here();
    view! {
        <Show when=move || setup.from_link.get()>
            <div class="banner note" role="status">
                <Icon shape=Shape::Info />
                <p>{tell(SetupMessage::FromLink)}</p>
                <Button kind="quiet slim" press=move || setup.from_link.set(false)>
                    {say(Message::Close)}
                </Button>
            </div>
        </Show>
        <Show when=move || setup.copy_refused.get()>
            <div class="banner warn note" role="alert">
                <Icon shape=Shape::Info />
                <p>{tell(SetupMessage::CopyRefused)}</p>
                <Button kind="quiet slim" press=move || setup.copy_refused.set(false)>
                    {say(Message::Close)}
                </Button>
            </div>
        </Show>
    }
}

/// Back and Next.
#[component]
fn Ways() -> impl IntoView {
    let setup = Setup::here();
    let before = move || setup.step.get().before();
    view! {
        <div class="ways">
            {move || {
                before()
                    .map(|step| view! { <Button press=move || setup.open(step)>{say(Message::Back)}</Button> })
            }}
            {move || {
                setup
                    .step
                    .get()
                    .next_label()
                    .map(|label| {
                        view! {
                            <Button kind="primary" press=move || setup.next()>
                                {tell(label)}
                            </Button>
                        }
                    })
            }}
        </div>
    }
}

/// The link to what was entered, for whoever does the other half of the work.
pub(super) fn share_link(setup: Setup) -> Signal<String> {
    Signal::derive(move || setup.form.with(|form| kept::link(form, setup.step.get()).unwrap_or_default()))
}
