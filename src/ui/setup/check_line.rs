//! One check: its mark, its name, its state in words, and the mend if it failed.

use super::check_words::{look, mend_text};
use super::kept;
use super::state::Setup;
use super::tell::tell;
use crate::ui::copy::CopyDetails;
use crate::ui::icon::Icon;
use leptos::prelude::*;
use onedrive_picker_core::auth::AdminAction;
use onedrive_picker_core::i18n::{Message, SetupMessage};
use onedrive_picker_core::registration::{CheckState, Mend};

/// A line of a list of checks.
#[component]
pub fn CheckLine(
    /// What it is called in this state.
    title: String,
    /// The state.
    state: CheckState,
    /// What a passed check found, or what a check that was not run waits for.
    note: Option<String>,
) -> impl IntoView {
    let setup = Setup::here();
    let (word, shape, class) = look(&state);
    let is_running = state == CheckState::Running;
    let text = match &state {
        CheckState::Failed { mend, code } => Some(mend_text(setup, *mend, code)),
        _ => note,
    };
    let code = match &state {
        // The rest says itself in the mend.
        CheckState::Failed { code, .. } if code.starts_with("AADSTS") => Some(code.clone()),
        _ => None,
    };
    let way = match &state {
        CheckState::Failed { mend, .. } => way(setup, *mend),
        _ => None,
    };
    view! {
        <li class=class>
            {match is_running {
                true => view! { <Spinner /> }.into_any(),
                false => view! { <Icon shape /> }.into_any(),
            }}
            <b>{title}</b>
            <span class="quietly">
                <span class="word">{tell(word)} {text.is_some().then_some(". ")}</span>
                {text}
                {code.map(|code| view! { " " <code dir="ltr" translate="no">{code}</code> })}
            </span>
            {way}
        </li>
    }
}

/// Turns while something is under way.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spin" aria-hidden="true"></span> }
}

/// Where the mend is done, if there is a link to it.
fn way(setup: Setup, mend: Mend) -> Option<AnyView> {
    match mend {
        Mend::OpenOnSite => {
            let site = setup.site.get().ok()?.site;
            let href = setup.form.with(|form| kept::link_on_site(form, site.origin(), setup.step.get()))?;
            Some(
                view! {
                    <span class="doors">
                        <a class="button slim" href=href>
                            {tell(SetupMessage::OpenOnSite)}
                        </a>
                    </span>
                }
                .into_any(),
            )
        }
        Mend::Azure(AdminAction::GrantConsent | AdminAction::AddPermissions) => {
            let client_id = setup.application_id.get().ok()?;
            let tenant = setup.form.with(|form| form.tenant()).ok()?;
            let url = setup.registration.get()?.admin_consent_url(&client_id, &tenant);
            Some(
                view! {
                    <span class="doors">
                        <a class="button slim" href=url.clone() target="_blank" rel="noopener noreferrer">
                            {tell(SetupMessage::OpenConsent)}
                        </a>
                        <CopyDetails
                            details=url
                            class="slim"
                            label=Message::CopyConsentLink
                            copied_label=Message::LinkCopied
                        />
                    </span>
                }
                .into_any(),
            )
        }
        _ => None,
    }
}
