//! What the page was launched with: the query, the settings, and the addresses that `index.html` knows.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{UrlSearchParams, window};

/// The launch of this page.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// The v8 options as JSON, hostile until parsed.
    pub file_picker: Option<String>,
    /// The `locale` parameter.
    pub locale: Option<String>,
    /// The text of `<script type="application/json" id="onedrive-settings">`, if the page has one.
    pub settings: Option<String>,
    /// The address that asset names are relative to.
    pub base: String,
    /// The stylesheet of what the first listing does not need, relative to the base.
    pub later: Option<String>,
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
            settings: window
                .document()?
                .get_element_by_id("onedrive-settings")
                .and_then(|block| block.text_content()),
            base: member("base").and_then(|base| base.as_string()).unwrap_or_default(),
            later: member("later").and_then(|name| name.as_string()),
            locales: member("locales").unwrap_or(JsValue::UNDEFINED),
        })
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
