//! A hidden frame, for a sign-in that shows nothing (`prompt=none`).

use wasm_bindgen::JsCast;
use web_sys::{HtmlIFrameElement, Window, window};

/// A hidden `iframe` that lives as long as this value.
#[derive(Debug)]
pub struct HiddenFrame(HtmlIFrameElement);

impl HiddenFrame {
    /// Adds the frame to the page. `None` if the page takes none.
    pub fn open(url: &str) -> Option<Self> {
        let document = window()?.document()?;
        let frame = document.create_element("iframe").ok()?.unchecked_into::<HtmlIFrameElement>();
        for (name, value) in [("hidden", ""), ("aria-hidden", "true"), ("title", "Microsoft"), ("src", url)] {
            frame.set_attribute(name, value).ok()?;
        }
        document.body()?.append_child(&frame).ok()?;
        Some(Self(frame))
    }

    /// The window of the frame, to know its messages by.
    pub fn window(&self) -> Option<Window> {
        self.0.content_window()
    }
}

impl Drop for HiddenFrame {
    fn drop(&mut self) {
        self.0.remove();
    }
}
