//! Step 4, "OneDrive module": the three fields of Kaltura's console, and the settings block for a page that is served by
//! other means.

use super::copy_value::{CopyBlock, CopyValue};
use super::field::Choice;
use super::go_to::GoTo;
use super::state::Setup;
use super::tell::{tell, tell_around, tell_with};
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::ModuleSettings;
use onedrive_picker_core::settings::{Role, SettingsError};

/// The step.
#[component]
pub fn ModuleStep() -> impl IntoView {
    let setup = Setup::here();
    view! {
        <Lead />
        <PageSettings />
        <RoleChoice />
        {move || match (setup.module.get(), setup.missing()) {
            (Some(module), _) => view! { <Fields module /> }.into_any(),
            (None, Some((missing, step))) => view! { <GoTo missing step /> }.into_any(),
            (None, None) => ().into_any(),
        }}
    }
}

#[component]
fn Lead() -> impl IntoView {
    let setup = Setup::here();
    let link = move || {
        let site = setup.site.get().ok().map(|read| read.site.origin().as_str().to_owned());
        match site {
            Some(site) => {
                let href = [site.as_str(), ModuleSettings::CONSOLE_PATH].concat();
                view! {
                    <a href=href target="_blank" rel="noopener noreferrer">
                        {tell(SetupMessage::ModuleLink)}
                    </a>
                }
                .into_any()
            }
            None => tell(SetupMessage::ModuleLink).into_any(),
        }
    };
    view! {
        <p class="lead-in">
            {tell_around(SetupMessage::ModuleLead, vec![("link", link.into_any())])}
        </p>
    }
}

#[component]
fn RoleChoice() -> impl IntoView {
    let setup = Setup::here();
    let options = Role::ALL.into_iter().map(|role| {
        let name = role.name();
        let text = match role {
            Role::PrivateOnly => tell_with(SetupMessage::RoleLowest, &[("role", name)]),
            _ => name.to_owned(),
        };
        (name, text)
    });
    view! {
        <Choice
            id="allowed-roles"
            label=SetupMessage::Roles
            options=options.collect()
            value=Signal::derive(move || setup.form.with(|form| form.role().name()))
            choose=move |name| setup.form.update(|form| form.allowed_roles = name)
            hint=tell(SetupMessage::RolesText)
        />
    }
}

#[component]
fn Fields(
    /// What to enter.
    module: ModuleSettings,
) -> impl IntoView {
    let fields = module.console_fields().map(|(key, value)| {
        view! { <CopyValue label=key.to_owned() value=value.to_owned() /> }
    });
    view! {
        {fields.into_iter().collect_view()}
        <section class="shortcuts" aria-labelledby="settings-block">
            <h2 id="settings-block">{tell(SetupMessage::SettingsBlock)}</h2>
            <p class="quietly">{tell(SetupMessage::SettingsBlockText)}</p>
            <CopyBlock what=SetupMessage::SettingsBlock text=module.settings_block() />
        </section>
    }
}

/// What is wrong with the settings that this very page was served with.
#[component]
pub fn PageSettings() -> impl IntoView {
    let setup = Setup::here();
    let place = setup.place();
    place.settings_error.as_ref().map(|error| {
        view! {
            <div class="banner bad note" role="alert">
                <Icon shape=Shape::Warning />
                <div>
                    <b>{tell(SetupMessage::WrongPageSetting)}</b>
                    <p class="quietly">{settings_problem(error)}</p>
                </div>
            </div>
        }
    })
}

/// The key, the value and what is allowed.
pub fn settings_problem(error: &SettingsError) -> String {
    let allowed = error.allowed().map(|allowed| allowed.to_string()).unwrap_or_default();
    let key = error.key().unwrap_or_default();
    match error {
        SettingsError::Wrong { value, .. } => tell_with(
            SetupMessage::WrongPageSettingText,
            &[("key", key), ("value", value), ("allowed", &allowed)],
        ),
        SettingsError::Missing { .. } => {
            tell_with(SetupMessage::MissingPageSettingText, &[("key", key), ("allowed", &allowed)])
        }
        _ => tell(SetupMessage::MalformedPageSettings),
    }
}
