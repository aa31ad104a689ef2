//! What was entered, kept over a reload and handed on by a link: never a secret, never a token.

use super::step::Step;
use crate::browser::LocalStore;
use onedrive_picker_core::picker::ports::Store;
use onedrive_picker_core::registration::{Registration, SetupForm};
use onedrive_picker_core::web::Origin;
use serde_json::Value;
use wasm_bindgen::JsValue;
use web_sys::window;

/// The key in the browser's storage.
const KEY: &str = "onedrive-picker.setup";

/// What was entered earlier, and whether it came with a link.
pub fn read(page_settings: Option<&str>, own_origin: &Origin) -> (SetupForm, bool) {
    let of_link = of_link();
    let is_of_link = of_link.is_some();
    let kept = of_link.or_else(|| LocalStore.get(KEY).map(|text| SetupForm::from_fragment(&text)));
    let mut form = kept.unwrap_or_else(|| first(page_settings, own_origin));
    if form.name.is_empty() {
        form.name = Registration::DEFAULT_NAME.to_owned();
    }
    (form, is_of_link)
}

/// Keeps it.
pub fn write(form: &SetupForm) {
    LocalStore.set(KEY, &form.to_fragment());
}

/// What a form begins with: this site, and what its page was served with.
pub fn first(page_settings: Option<&str>, own_origin: &Origin) -> SetupForm {
    let settings: Value =
        page_settings.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let text = |key: &str| settings.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    SetupForm {
        site: own_origin.as_str().to_owned(),
        name: Registration::DEFAULT_NAME.to_owned(),
        application_id: text("applicationId"),
        tenant: text("tenant"),
        cloud: text("cloud"),
        allowed_roles: text("allowedRoles"),
        flow: text("flow"),
        files: text("filesAccess"),
        ..SetupForm::default()
    }
}

/// The link that carries the form to the same step of this page.
pub fn link(form: &SetupForm, step: Step) -> Option<String> {
    let location = window()?.location();
    let mut link = location.origin().ok()?;
    link.push_str(&location.pathname().ok()?);
    Some(with_form(link, form, step))
}

/// The link that opens the assistant on the site that is being set up.
pub fn link_on_site(form: &SetupForm, site: &Origin, step: Step) -> Option<String> {
    let mut link = site.as_str().to_owned();
    link.push_str(&window()?.location().pathname().ok()?);
    Some(with_form(link, form, step))
}

fn with_form(mut link: String, form: &SetupForm, step: Step) -> String {
    link.push('#');
    link.push_str(&SetupForm { step: step.name().to_owned(), ..form.clone() }.to_fragment());
    link
}

/// Takes the form out of the address, so that a reload goes on with what is entered now.
pub fn of_link() -> Option<SetupForm> {
    let window = window()?;
    let location = window.location();
    let fragment = location.hash().ok().filter(|fragment| fragment.len() > 1)?;
    let form = SetupForm::from_fragment(&fragment);
    let mut address = location.pathname().ok()?;
    address.push_str(&location.search().ok()?);
    let _ = window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    (form != SetupForm::default()).then_some(form)
}
