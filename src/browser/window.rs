//! Windows: the one for sign-in, and how this page itself is shown.

use crate::web::Origin;
use js_sys::Object;
use web_sys::{Window, window};

/// The sign-in window ("window B"). Microsoft's pages may cut it off from this one, so `closed` proves nothing.
#[derive(Clone, Debug)]
pub struct SignInWindow(Window);

impl SignInWindow {
    /// Opens an empty window within a click; `None` if the browser blocks it.
    pub fn open(url: &str) -> Option<Self> {
        let parent = window()?;
        let (width, height) = (480, 640);
        let screen = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
            value.ok().and_then(|value| value.as_f64()).map_or(0, |value| value as i32)
        };
        let left = screen(parent.screen_x()) + (screen(parent.outer_width()) - width) / 2;
        let top = screen(parent.screen_y()) + (screen(parent.outer_height()) - height) / 2;
        let features = [
            "popup,width=",
            &width.to_string(),
            ",height=",
            &height.to_string(),
            ",left=",
            &left.max(0).to_string(),
            ",top=",
            &top.max(0).to_string(),
        ]
        .concat();
        let opened = parent.open_with_url_and_target_and_features(url, "", &features).ok().flatten()?;
        Some(Self(opened))
    }

    /// Brings the window to the front, if it is still within reach.
    pub fn focus(&self) {
        let _ = self.0.focus();
    }

    /// Closes the window, if it is still within reach.
    pub fn close(&self) {
        let _ = self.0.close();
    }

    /// What `popup.closed` says: true also for a window that Microsoft's page has cut off.
    pub fn seems_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }
}

/// How this page is shown, and who shows it.
#[derive(Clone, Debug)]
pub enum Embedding {
    /// In a window of its own that another page opened.
    Popup(Window),
    /// In a frame of another page.
    Framed(Window),
    /// By itself.
    Alone,
}

impl Embedding {
    /// Looks at `window.parent` and `window.opener`.
    pub fn of_this_page() -> Self {
        let Some(this) = window() else { return Self::Alone };
        if let Ok(Some(parent)) = this.parent()
            && !Object::is(&parent, &this)
        {
            return Self::Framed(parent);
        }
        match this.opener() {
            Ok(opener) if !opener.is_null() && !opener.is_undefined() => {
                Self::Popup(wasm_bindgen::JsCast::unchecked_into(opener))
            }
            _ => Self::Alone,
        }
    }

    /// The window of the host, if there is one.
    pub fn host(&self) -> Option<&Window> {
        match self {
            Self::Popup(window) | Self::Framed(window) => Some(window),
            Self::Alone => None,
        }
    }

    /// Whether the page is framed by another site, where the browser keeps its storage apart.
    pub fn is_cross_origin(&self) -> bool {
        matches!(self, Self::Framed(parent) if parent.location().href().is_err())
    }

    /// Posts a message to the host's window, at exactly that origin.
    pub fn post(&self, message: &wasm_bindgen::JsValue, target: &Origin) {
        if let Some(host) = self.host() {
            let _ = host.post_message(message, target.as_str());
        }
    }
}
