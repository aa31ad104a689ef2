//! Tab goes round within the picker if the host wants that (File Picker v8, `accessibility.enableFocusTrap`).

use super::App;
use crate::ui::element::until_cleanup;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, KeyboardEvent};

/// What Tab stops at.
const STOPS: &str = "a[href], button:not(:disabled), input:not(:disabled), select, summary, [tabindex='0']";

impl App {
    /// Whether the host wants Tab to stay within the document.
    pub fn traps_focus(self) -> bool {
        self.services().is_some_and(|services| services.options().accessibility.traps_focus)
    }

    /// Keeps Tab within the document, from the last stop to the first and back. A modal dialog does so by itself. Until the current
    /// reactive owner ends.
    pub fn trap_focus(self) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let of = document.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document, "keydown", options, move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
            if self.traps_focus()
                && key.key() == "Tab"
                && of.query_selector("dialog[open]").ok().flatten().is_none()
                && let Some(next) = wrapped(&of, key.shift_key())
            {
                event.prevent_default();
                let _ = next.focus();
            }
        });
        until_cleanup(listener);
    }
}

/// The other end, if the focus is at the end that it is about to leave.
fn wrapped(document: &Document, backwards: bool) -> Option<HtmlElement> {
    let stops = document.query_selector_all(STOPS).ok()?;
    let stops = (0..stops.length()).filter_map(|index| stops.get(index)?.dyn_into::<HtmlElement>().ok());
    let mut stops = stops.filter(|stop| stop.offset_parent().is_some());
    let first = stops.next()?;
    let last = stops.next_back().unwrap_or_else(|| first.clone());
    let (leaving, other) = if backwards { (first, last) } else { (last, first) };
    let focused = document.active_element()?;
    (focused == *leaving || focused.tag_name() == "BODY").then_some(other)
}
