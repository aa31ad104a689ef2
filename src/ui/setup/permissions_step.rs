//! Step 3, "Tokens and permissions": two boxes, four permissions, one consent.

use super::copy_value::{CopyButton, CopyValue};
use super::go_to::GoTo;
use super::state::Setup;
use super::tell::tell;
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use onedrive_picker_core::auth::{FilesAccess, Flow};
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::{Permission, Reason};

/// The step.
#[component]
pub fn PermissionsStep() -> impl IntoView {
    view! {
        <p class="lead-in">{tell(SetupMessage::PermissionsLead)}</p>
        <Boxes />
        <section aria-labelledby="api-permissions">
            <h2 id="api-permissions">{tell(SetupMessage::ApiPermissions)}</h2>
            <FilesChoice />
            <Permissions />
        </section>
        <Consent />
    }
}

#[component]
fn Boxes() -> impl IntoView {
    let setup = Setup::here();
    let is_implicit = move || setup.form.with(|form| form.flow() == Flow::Implicit);
    let ticked = |text: SetupMessage| {
        view! {
            <li class="tick">
                <span class="box" aria-hidden="true">
                    <Icon shape=Shape::Check class="small" />
                </span>
                {tell(text)}
            </li>
        }
    };
    view! {
        <section aria-labelledby="authentication">
            <h2 id="authentication">{tell(SetupMessage::Authentication)}</h2>
            <Show
                when=is_implicit
                fallback=|| view! { <p>{tell(SetupMessage::TickNone)}</p> }
            >
                <p>{tell(SetupMessage::TickBoth)}</p>
                <ul class="ticks">
                    {ticked(SetupMessage::AccessTokensBox)} {ticked(SetupMessage::IdTokensBox)}
                </ul>
            </Show>
        </section>
    }
}

/// All files, or only one's own. ARIA: radio buttons in a `group`.
#[component]
fn FilesChoice() -> impl IntoView {
    let setup = Setup::here();
    let option = move |files: FilesAccess, name: &'static str, title: SetupMessage, text: SetupMessage| {
        view! {
            <label class="option">
                <input
                    type="radio"
                    name="files"
                    value=name
                    prop:checked=move || setup.form.with(|form| form.files() == files)
                    on:change=move |_| setup.form.update(|form| form.files = name.to_owned())
                />
                <span>
                    <b>{tell(title)}</b>
                    <span class="quietly">{tell(text)}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{tell(SetupMessage::WhichFiles)}</legend>
            {option(FilesAccess::All, "all", SetupMessage::FilesAll, SetupMessage::FilesAllText)}
            {option(FilesAccess::Own, "own", SetupMessage::FilesOwn, SetupMessage::FilesOwnText)}
        </fieldset>
    }
}

#[component]
fn Permissions() -> impl IntoView {
    let setup = Setup::here();
    let permissions = move || Permission::for_access(setup.form.with(|form| form.files()));
    view! {
        <p>{tell(SetupMessage::AddPermissions)}</p>
        <ul class="permissions">
            {move || {
                permissions()
                    .into_iter()
                    .map(|permission| {
                        view! {
                            <li>
                                <div class="value">
                                    <code dir="ltr" translate="no">{permission.name()}</code>
                                    <CopyButton what=permission.name().to_owned() text=permission.name().to_owned() />
                                </div>
                                <span class="quietly">{tell(reason(permission.reason()))}</span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
}

fn reason(reason: Reason) -> SetupMessage {
    match reason {
        Reason::ReadAllFiles => SetupMessage::ReasonAllFiles,
        Reason::ReadOwnFiles => SetupMessage::ReasonOwnFiles,
        Reason::SignIn => SetupMessage::ReasonSignIn,
        Reason::ShowName => SetupMessage::ReasonName,
        Reason::FindDrive => SetupMessage::ReasonDrive,
    }
}

#[component]
fn Consent() -> impl IntoView {
    let setup = Setup::here();
    let link = move || {
        let client_id = setup.application_id.get().ok()?;
        let tenant = setup.form.with(|form| form.tenant()).ok()?;
        setup.registration.with(|one| one.as_ref().map(|one| one.admin_consent_url(&client_id, &tenant)))
    };
    view! {
        <section aria-labelledby="consent">
            <h2 id="consent">{tell(SetupMessage::Consent)}</h2>
            <p>{tell(SetupMessage::ConsentText)}</p>
            {move || match link() {
                Some(url) => {
                    view! {
                        <CopyValue label=tell(SetupMessage::ConsentLink) value=url.clone() />
                        <a class="button open" href=url target="_blank" rel="noopener noreferrer">
                            <Icon shape=Shape::Window class="small" />
                            {tell(SetupMessage::OpenConsent)}
                        </a>
                    }
                        .into_any()
                }
                None => setup.missing().map(|(missing, step)| view! { <GoTo missing step /> }).into_any(),
            }}
        </section>
    }
}
