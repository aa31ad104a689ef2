//! The document that the picker lives in.

use crate::web::Origin;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, HtmlElement, HtmlLinkElement, window};

/// The origin of this page.
pub fn own_origin() -> Option<Origin> {
    Origin::parse(&window()?.location().origin().ok()?).ok()
}

/// Whether the browser believes that it has a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the reader asked for less motion.
pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Listens until the returned value is dropped.
pub fn listen(
    target: &EventTarget,
    event: &'static str,
    callback: impl FnMut(&Event) + 'static,
) -> EventListener {
    EventListener::new(target, event, callback)
}

/// Says which language the page is in, and its direction.
pub fn document_language(locale: &str, right_to_left: bool) {
    if let Some(root) = root() {
        root.set_lang(locale);
        root.set_dir(if right_to_left { "rtl" } else { "ltr" });
    }
}

/// Puts the theme on the document: `light`, `dark`, `contrast`, or what the reader's system says. `accent` is a CSS
/// colour of the host; anything that CSS does not take for a colour is dropped by the browser.
pub fn apply_theme(theme: Option<&str>, accent: Option<&str>) {
    let Some(root) = root() else { return };
    let theme = theme.unwrap_or_else(|| {
        if matches("(prefers-contrast: more)") {
            "contrast"
        } else if matches("(prefers-color-scheme: dark)") {
            "dark"
        } else {
            "light"
        }
    });
    let _ = root.dataset().set("theme", theme);
    if let Some(accent) = accent {
        let _ = root.style().set_property("--picker-accent", accent);
    }
}

/// Adds a stylesheet that the first screen did not need. A second call with the same address does nothing.
pub fn load_stylesheet(href: &str) {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    let Some(head) = document.head() else { return };
    let selector = ["link[href=\"", href, "\"]"].concat();
    if document.query_selector(&selector).ok().flatten().is_some() {
        return;
    }
    if let Ok(link) = document.create_element("link")
        && let Some(link) = link.dyn_ref::<HtmlLinkElement>()
    {
        link.set_rel("stylesheet");
        link.set_href(href);
        let _ = head.append_child(link);
    }
}

fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
}
