//! Step 2, "Register the app": the values of the article's steps, and the application id that comes out of them.

use super::copy_value::{CopyButton, CopyValue};
use super::field::TextField;
use super::go_to::GoTo;
use super::shortcuts::Shortcuts;
use super::site_words::{UnderscoreNote, marked_uri, underscores};
use super::special::Special;
use super::state::Setup;
use super::step::Step;
use super::tell::{tell, tell_around};
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::{ApplicationIdError, Platform, Registration};
use onedrive_picker_core::settings::Cloud;

/// The step.
#[component]
pub fn RegisterStep() -> impl IntoView {
    let setup = Setup::here();
    view! {
        <Lead />
        <form
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                setup.next();
            }
        >
            <NameField />
            <CopyValue
                label=tell(SetupMessage::AccountTypes)
                value=tell(SetupMessage::AccountTypesMany)
                copies=false
            />
            <RedirectUri />
            <div class="banner note">
                <Icon shape=Shape::Lock />
                <div>
                    <b>{tell(SetupMessage::NoSecretTitle)}</b>
                    <p class="quietly">{tell(SetupMessage::NoSecretText)}</p>
                </div>
            </div>
            <ApplicationIdField />
        </form>
        <Shortcuts />
        <Special />
    }
}

#[component]
fn Lead() -> impl IntoView {
    let setup = Setup::here();
    let portal = move || {
        let host = match setup.form.with(|form| form.cloud()) {
            Cloud::Global => "portal.azure.com",
            Cloud::GccHigh | Cloud::Dod => "portal.azure.us",
            Cloud::China => "portal.azure.cn",
        };
        ["https://", host, "/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"].concat()
    };
    let link = view! {
        <a href=portal target="_blank" rel="noopener noreferrer">
            {tell(SetupMessage::AppRegistrations)}
        </a>
    };
    let action = view! { <b>{tell(SetupMessage::NewRegistration)}</b> };
    view! {
        <p class="lead-in">
            {tell_around(SetupMessage::RegisterLead, vec![("link", link.into_any()), ("action", action.into_any())])}
        </p>
    }
}

#[component]
fn NameField() -> impl IntoView {
    let setup = Setup::here();
    // What is registered: without line breaks, and never nothing.
    let registered = Signal::derive(move || {
        let name = setup.registration.with(|one| one.as_ref().map(|one| one.name().to_owned()));
        name.unwrap_or_else(|| setup.form.with(|form| form.name.clone()))
    });
    view! {
        <TextField
            id="name"
            label=SetupMessage::Name
            value=Signal::derive(move || setup.form.with(|form| form.name.clone()))
            enter=move |text| setup.form.update(|form| form.name = text)
        >
            <CopyButton what=tell(SetupMessage::Name) text=registered />
        </TextField>
    }
}

#[component]
fn RedirectUri() -> impl IntoView {
    let setup = Setup::here();
    let platform = Memo::new(move |_| {
        setup.registration.with(|registration| registration.as_ref().map(Registration::platform))
    });
    move || match setup.site.get() {
        Err(_) => view! { <GoTo missing=SetupMessage::NeedsSite step=Step::Site /> }.into_any(),
        Ok(read) => {
            let label = match platform.get() {
                Some(Platform::SinglePage) => SetupMessage::RedirectUriSinglePage,
                _ => SetupMessage::RedirectUriWeb,
            };
            let shown = marked_uri(&read);
            let note = underscores(&read).map(|(before, after)| (before.to_owned(), after.to_owned()));
            view! {
                <CopyValue label=tell(label) value=read.site.redirect_uri() shown=shown />
                {note.map(|(before, after)| view! { <UnderscoreNote before after /> })}
            }
            .into_any()
        }
    }
}

#[component]
fn ApplicationIdField() -> impl IntoView {
    let setup = Setup::here();
    let problem = Signal::derive(move || {
        setup.application_id.with(|id| {
            id.as_ref().err().map(|error| {
                tell(match error {
                    ApplicationIdError::Empty => SetupMessage::ApplicationIdEmpty,
                    ApplicationIdError::ClientSecret => SetupMessage::SecretTitle,
                    _ => SetupMessage::ApplicationIdWrong,
                })
            })
        })
    });
    view! {
        <TextField
            id="application-id"
            label=SetupMessage::ApplicationId
            value=Signal::derive(move || setup.form.with(|form| form.application_id.clone()))
            enter=move |text| setup.form.update(|form| form.application_id = text)
            problem
            good=Signal::derive(move || setup.application_id.with(Result::is_ok))
            hint=tell(SetupMessage::ApplicationIdHint)
        />
    }
}
