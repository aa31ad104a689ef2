//! The same registration in one go: a script for the Azure CLI, JSON for Microsoft Graph, the portal's manifest.

use super::copy_value::CopyBlock;
use super::state::Setup;
use super::tell::{tell, tell_with};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::Registration;

/// The shortcuts; nothing until there is a site.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let setup = Setup::here();
    let written = move |write: fn(&Registration) -> String| {
        Signal::derive(move || {
            setup.registration.with(|registration| registration.as_ref().map(write).unwrap_or_default())
        })
    };
    let graph = Memo::new(move |_| {
        [setup.form.with(|form| form.cloud()).graph_resource(), "/v1.0/applications"].concat()
    });
    let has_opt_out = Memo::new(move |_| {
        setup
            .registration
            .with(|registration| registration.as_ref().is_some_and(|one| one.coop_opt_out().is_some()))
    });
    let opt_out = |registration: &Registration| {
        registration.coop_opt_out().map(|opt_out| opt_out.az_script.to_owned()).unwrap_or_default()
    };
    view! {
        <Show when=move || setup.registration.with(Option::is_some)>
            <section class="shortcuts" aria-labelledby="shortcuts-title">
                <h2 id="shortcuts-title">{tell(SetupMessage::Shortcuts)}</h2>
                <p class="quietly">{tell(SetupMessage::ShortcutsText)}</p>
                <details>
                    <summary>{tell(SetupMessage::AzScript)}</summary>
                    <p class="quietly">{tell(SetupMessage::AzScriptText)}</p>
                    <CopyBlock what=SetupMessage::AzScript text=written(Registration::az_script) />
                </details>
                <details>
                    <summary>{tell(SetupMessage::GraphJson)}</summary>
                    <p class="quietly">
                        {move || tell_with(SetupMessage::GraphJsonText, &[("url", &graph.get())])}
                    </p>
                    <CopyBlock what=SetupMessage::GraphJson text=written(Registration::graph_application_json) />
                </details>
                <details>
                    <summary>{tell(SetupMessage::Manifest)}</summary>
                    <p class="quietly">{tell(SetupMessage::ManifestText)}</p>
                    <CopyBlock what=SetupMessage::Manifest text=written(Registration::portal_manifest_json) />
                </details>
                <Show when=move || has_opt_out.get()>
                    <details>
                        <summary>{tell(SetupMessage::Coop)}</summary>
                        <p class="quietly">{tell(SetupMessage::CoopText)}</p>
                        <CopyBlock what=SetupMessage::CoopScript text=written(opt_out) />
                        <p class="quietly">
                            {move || {
                                let undo = setup
                                    .registration
                                    .with(|one| {
                                        one.as_ref().and_then(Registration::coop_opt_out).map(|out| out.undo_body)
                                    });
                                tell_with(SetupMessage::CoopUndo, &[("body", undo.unwrap_or_default())])
                            }}
                        </p>
                    </details>
                </Show>
            </section>
        </Show>
    }
}
