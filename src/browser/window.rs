//! Windows: the one for sign-in, and how this page itself is shown.

use js_sys::Object;
use onedrive_picker_core::web::Origin;
use web_sys::{Window, window};

/// The sign-in window ("window B"). Microsoft's pages may cut it off from this one, so `closed` proves nothing.
#[derive(Clone, Debug)]
pub struct SignInWindow(Window);

impl SignInWindow {
    /// Opens the window within a click; `None` if the browser blocks it.
    pub fn open(url: &str) -> Option<Self> {
        open_window(url, 480, 640).map(Self)
    }

    /// The window itself, to know its messages by.
    pub fn window(&self) -> &Window {
        &self.0
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

/// Opens a window of that size in the middle of this one, within a click; `None` if the browser blocks it.
pub(super) fn open_window(url: &str, width: i32, height: i32) -> Option<Window> {
    let parent = window()?;
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
    parent.open_with_url_and_target_and_features(url, "", &features).ok().flatten()
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

    /// Whether a page of another origin is somewhere around this one; if it is of another site too, the browser keeps
    /// this page's storage apart.
    pub fn is_cross_origin(&self) -> bool {
        let Self::Framed(parent) = self else { return false };
        let mut around = parent.clone();
        loop {
            if around.location().href().is_err() {
                return true;
            }
            match around.parent() {
                Ok(Some(parent)) if !Object::is(&parent, &around) => around = parent,
                _ => return false,
            }
        }
    }

    /// Posts a message to the host's window, at exactly that origin.
    pub fn post(&self, message: &wasm_bindgen::JsValue, target: &Origin) {
        if let Some(host) = self.host() {
            let _ = host.post_message(message, target.as_str());
        }
    }
}
