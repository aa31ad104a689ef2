//! Step 1, "Your site": an address in, the redirect URI out.

use super::copy_value::CopyValue;
use super::field::TextField;
use super::site_words::{EXAMPLE, SiteChanges, marked_uri, site_problem};
use super::state::Setup;
use super::tell::{tell, tell_with};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;

/// The step.
#[component]
pub fn SiteStep() -> impl IntoView {
    let setup = Setup::here();
    let problem =
        Signal::derive(move || setup.site.with(|site| site.as_ref().err().map(|error| site_problem(*error))));
    view! {
        <p class="lead-in">{tell(SetupMessage::SiteLead)}</p>
        <form
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                setup.next();
            }
        >
            <TextField
                id="site"
                label=SetupMessage::SiteLabel
                value=Signal::derive(move || setup.form.with(|form| form.site.clone()))
                enter=move |text| setup.form.update(|form| form.site = text)
                problem
                good=Signal::derive(move || setup.site.with(Result::is_ok))
                hint=tell_with(SetupMessage::SiteHint, &[("example", EXAMPLE)])
            />
        </form>
        <div role="status">
            {move || setup.site.get().ok().map(|read| view! { <SiteChanges read /> })}
        </div>
        {move || setup.site.get().ok().map(|read| {
            let shown = marked_uri(&read);
            view! {
                <CopyValue
                    label=tell(SetupMessage::RedirectUri)
                    value=read.site.redirect_uri()
                    shown=shown
                />
                <p class="quietly">{tell(SetupMessage::RedirectUriHint)}</p>
            }
        })}
    }
}
