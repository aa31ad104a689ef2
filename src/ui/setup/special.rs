//! What most sites leave as it is: the cloud, the tenant, the flow.

use super::field::{Choice, TextField};
use super::state::Setup;
use super::tell::tell;
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::TenantError;
use onedrive_picker_core::settings::Cloud;

/// The special cases, folded until they are wanted, and open if one of them was chosen.
#[component]
pub fn Special() -> impl IntoView {
    let setup = Setup::here();
    let is_open = setup.form.with_untracked(|form| {
        form.cloud() != Cloud::Global || !form.tenant.trim().is_empty() || form.flow == "code"
    });
    let problem = Signal::derive(move || {
        let error = setup.form.with(|form| form.tenant().err())?;
        Some(tell(match error {
            TenantError::ClientSecret => SetupMessage::SecretTitle,
            TenantError::Malformed => SetupMessage::TenantWrong,
        }))
    });
    view! {
        <details class="special" open=is_open>
            <summary>{tell(SetupMessage::Special)}</summary>
            <Choice
                id="cloud"
                label=SetupMessage::Cloud
                options=vec![
                    (Cloud::Global.name(), tell(SetupMessage::CloudGlobal)),
                    (Cloud::GccHigh.name(), tell(SetupMessage::CloudGccHigh)),
                    (Cloud::Dod.name(), tell(SetupMessage::CloudDod)),
                    (Cloud::China.name(), tell(SetupMessage::CloudChina)),
                ]
                value=Signal::derive(move || setup.form.with(|form| form.cloud().name()))
                choose=move |name| setup.form.update(|form| form.cloud = name)
            />
            <TextField
                id="tenant"
                label=SetupMessage::Tenant
                value=Signal::derive(move || setup.form.with(|form| form.tenant.clone()))
                enter=move |text| setup.form.update(|form| form.tenant = text)
                problem
                hint=tell(SetupMessage::TenantHint)
            />
            <Choice
                id="flow"
                label=SetupMessage::Flow
                options=vec![
                    ("implicit", tell(SetupMessage::FlowImplicit)),
                    ("code", tell(SetupMessage::FlowCode)),
                ]
                value=Signal::derive(move || {
                    setup.form.with(|form| if form.flow == "code" { "code" } else { "implicit" })
                })
                choose=move |name| setup.form.update(|form| form.flow = name)
            />
        </details>
    }
}
