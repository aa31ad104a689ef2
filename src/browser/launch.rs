//! What the page was launched with: the query, the settings, and the addresses that `index.html` knows.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Url, UrlSearchParams, window};

/// The parameter that marks the window in which a framed picker goes on.
const CONTINUED: &str = "continued";

/// What a window brings back from Microsoft.
#[derive(Clone)]
pub struct Returned {
    /// The fragment, with everything still to be checked.
    pub fragment: String,
    /// What was kept while the window was away.
    pub kept: String,
}

impl Returned {
    /// Takes it off the page: tokens are not left lying about.
    fn take(page: &JsValue) -> Option<Self> {
        let returned = Reflect::get(page, &"returned".into()).ok()?;
        let _ = Reflect::delete_property(page.dyn_ref::<Object>()?, &"returned".into());
        let text = |name: &str| Reflect::get(&returned, &name.into()).ok()?.as_string();
        Some(Self { fragment: text("fragment")?, kept: text("kept")? })
    }
}

impl std::fmt::Debug for Returned {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Returned(•••)")
    }
}

/// The launch of this page.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// The v8 options as JSON, hostile until parsed.
    pub file_picker: Option<String>,
    /// The `locale` parameter.
    pub locale: Option<String>,
    /// Whether this is the window in which a framed picker goes on (`continued`): the frame is its host.
    pub continued: bool,
    /// The answer of a sign-in that took this very window to Microsoft and back.
    pub returned: Option<Returned>,
    /// The text of `<script type="application/json" id="onedrive-settings">`, if the page has one.
    pub settings: Option<String>,
    /// The address that asset names are relative to.
    pub base: String,
    locales: JsValue,
}

impl Launch {
    /// Reads the page's address and document.
    pub fn of_this_page() -> Option<Self> {
        let window = window()?;
        let query = UrlSearchParams::new_with_str(&window.location().search().ok()?).ok()?;
        let page = Reflect::get(&window, &"onedrivePicker".into()).unwrap_or(JsValue::UNDEFINED);
        let member = |name: &str| Reflect::get(&page, &name.into()).ok();
        Some(Self {
            file_picker: query.get("filePicker"),
            locale: query.get("locale"),
            continued: query.has(CONTINUED),
            returned: Returned::take(&page),
            settings: window
                .document()?
                .get_element_by_id("onedrive-settings")
                .and_then(|block| block.text_content()),
            base: member("base").and_then(|base| base.as_string()).unwrap_or_default(),
            locales: member("locales").unwrap_or(JsValue::UNDEFINED),
        })
    }

    /// The address at which this picker goes on in a window of its own, with these options.
    pub fn address_of_window(&self, options: &str) -> Option<String> {
        let url = Url::new(&window()?.location().href().ok()?).ok()?;
        url.set_hash("");
        url.search_params().set("filePicker", options);
        url.search_params().set(CONTINUED, "1");
        Some(url.href())
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        [&self.base, name].concat()
    }

    /// The address of the words of a locale; `None` for English, which is built in, and for an unknown locale.
    pub fn words(&self, locale: &str) -> Option<String> {
        Reflect::get(&self.locales, &locale.into()).ok()?.as_string().map(|name| self.asset(&name))
    }
}
