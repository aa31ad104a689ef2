//! The document that the picker lives in.

use crate::web::Origin;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlLinkElement, ResizeObserver, window};

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

/// Whether the reader asked for less motion.
pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
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

/// Adds a stylesheet that the first screen did not need. The promise is kept once it is there or cannot be had. A second call
/// with the same address does nothing.
pub fn load_stylesheet(href: &str) -> Option<Promise> {
    let document = window()?.document()?;
    let selector = ["link[href=\"", href, "\"]"].concat();
    if document.query_selector(&selector).ok()?.is_some() {
        return None;
    }
    let link: HtmlLinkElement = document.create_element("link").ok()?.unchecked_into();
    link.set_rel("stylesheet");
    link.set_href(href);
    let settled = Promise::new(&mut |resolve, _| {
        link.set_onload(Some(&resolve));
        link.set_onerror(Some(&resolve));
    });
    document.head()?.append_child(&link).ok()?;
    Some(settled)
}

/// Notes in the browser's timeline that the first rows are there.
pub fn mark_first_rows() {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        let _ = performance.mark("onedrive-picker: first rows");
    }
}

/// A part of the program that the first rows do not need, in the order in which they are loaded.
#[derive(Clone, Copy, Debug)]
pub enum LaterPart {
    /// No part, for whoever asks in any case.
    None = -1,
    /// What reads input and is seldom needed.
    Spare,
    /// What is around the rows.
    Around,
    /// All else.
    Rest,
}

/// Has the browser fetch the later parts of the program up to this one (`rest.js`). The promise is kept once it is there, or cannot
/// be had now: then it is fetched when it is needed. A program that came whole has nothing to fetch.
pub fn load_part(part: LaterPart) -> Option<Promise> {
    let load: Function = page_member("loadPart")?.dyn_into().ok()?;
    let loaded = load.call1(&JsValue::UNDEFINED, &(part as i32).into()).ok()?;
    Some(Promise::resolve(&loaded))
}

/// What the page says if the rest of the program is needed and cannot be had: nothing of the program runs then.
pub fn say_if_broken(text: String) {
    let say = Closure::once_into_js(move || {
        if let Some(page) = window().and_then(|window| window.document()?.get_element_by_id("app")) {
            let _ = page.set_attribute("role", "alert");
            page.set_class_name("broken");
            page.set_text_content(Some(&text));
        }
    });
    if let Some(page) = page_object() {
        let _ = Reflect::set(&page, &"broken".into(), &say);
    }
}

/// What `index.html` and `rest.js` leave for the program.
fn page_object() -> Option<JsValue> {
    let window = window()?;
    Reflect::get(&window, &"onedrivePicker".into()).ok().filter(JsValue::is_object)
}

fn page_member(name: &str) -> Option<JsValue> {
    Reflect::get(&page_object()?, &name.into()).ok()
}

fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
}
