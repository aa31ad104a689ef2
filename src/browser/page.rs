//! The document that the picker lives in.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use onedrive_picker_core::web::Origin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement, ResizeObserver, window};

/// The origin of this page.
pub fn own_origin() -> Option<Origin> {
    Origin::parse(&window()?.location().origin().ok()?).ok()
}

/// Whether the browser believes that it has a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the user wants to save data, or has a network on which every byte counts (Network Information).
pub fn saves_data() -> bool {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
    let connection = window().and_then(|window| of(&window.navigator(), "connection"));
    let Some(connection) = connection.filter(JsValue::is_object) else { return false };
    let kind = of(&connection, "effectiveType").and_then(|kind| kind.as_string());
    of(&connection, "saveData").is_some_and(|saves| saves.is_truthy())
        || kind.is_some_and(|kind| kind.ends_with("2g"))
}

/// Listens until the returned value is dropped. What the browser does with the event by itself can be prevented.
pub fn listen(
    target: &EventTarget,
    event: &'static str,
    callback: impl FnMut(&Event) + 'static,
) -> EventListener {
    EventListener::new_with_options(target, event, EventListenerOptions::enable_prevent_default(), callback)
}

/// Watches the size of an element until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _told: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells at once how large an element is, and whenever that changes.
pub fn watch_size(element: &Element, told: impl FnMut() + 'static) -> Option<SizeWatch> {
    let told = Closure::<dyn FnMut()>::new(told);
    let observer = ResizeObserver::new(told.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(SizeWatch { observer, _told: told })
}

/// Says which language the page is in, and its direction.
pub fn document_language(locale: &str, right_to_left: bool) {
    if let Some(root) = root() {
        root.set_lang(locale);
        root.set_dir(if right_to_left { "rtl" } else { "ltr" });
    }
}

/// Names the document as the host names the picker, if it does.
pub fn document_title(title: Option<&str>) {
    if let (Some(title), Some(document)) = (title, window().and_then(|window| window.document())) {
        document.set_title(title);
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

/// Does something once what has changed in this task is painted. A page that is not visible paints nothing, so there it is done soon.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    let is_visible = window.document().is_some_and(|document| !document.hidden());
    let act = Closure::once_into_js(act);
    let soon = move || {
        if let Some(window) = self::window() {
            let _ = window.set_timeout_with_callback(act.unchecked_ref());
        }
    };
    if is_visible {
        // A frame is painted right after its callbacks.
        let _ = window.request_animation_frame(Closure::once_into_js(soon).unchecked_ref());
    } else {
        soon();
    }
}

/// Notes in the browser's timeline that the first rows are there.
pub fn mark_first_rows() {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        let _ = performance.mark("onedrive-picker: first rows");
    }
}

fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
}
