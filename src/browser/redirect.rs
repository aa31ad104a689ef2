//! Leaving this page for Microsoft and coming back: the last resort where no second window can open.

use super::SessionStore;
use onedrive_picker_core::picker::ports::Store;
use web_sys::window;

/// Where is noted what is kept while the page is away; also known to the script of `index.html`, which sees by the state that the
/// answer belongs to this very window and takes the address back.
const KEY: &str = "onedrive-picker.redirect";

/// Keeps a text (JSON with `state` and `kept`) and leaves for an address. False if nothing can be kept: then the page
/// stays, for it could not go on afterwards.
pub fn leave_for(url: &str, state: &str, kept: &str) -> bool {
    let Some(window) = window() else { return false };
    let Ok(href) = window.location().href() else { return false };
    let here = href.split('#').next().unwrap_or_default();
    let kept = serde_json::json!({"state": state, "url": here, "kept": kept}).to_string();
    SessionStore.set(KEY, &kept);
    if SessionStore.get(KEY).as_deref() != Some(&kept) {
        return false;
    }
    window.location().assign(url).is_ok()
}
