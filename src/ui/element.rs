//! Elements made one by one, without a view of their own type each: the first screens and the rows, which are there before
//! everything else and many. What Leptos draws around them holds them as [`Ready`] views.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::dom::Dom;
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;
use std::ops::Deref;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

/// The namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct Built(Element);

/// An element with these classes.
pub fn element(tag: &str, class: &str) -> Built {
    Built(Dom::create_element(tag, None)).set_some("class", Some(class).filter(|class| !class.is_empty()))
}

/// An element of a drawing.
pub fn drawn(tag: &str) -> Built {
    Built(Dom::create_element(tag, Some(SVG)))
}

impl Built {
    /// With an attribute.
    #[must_use]
    pub fn set(self, name: &str, value: &str) -> Self {
        Dom::set_attribute(&self.0, name, value);
        self
    }

    /// With an attribute, if there is a value.
    #[must_use]
    pub fn set_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// With a text after what it holds.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        Dom::insert_node(&self.0, &Dom::create_text_node(text), None);
        self
    }

    /// With an element after what it holds.
    #[must_use]
    pub fn with(self, child: &Element) -> Self {
        self.append(child);
        self
    }

    /// With an element after what it holds, if there is one.
    #[must_use]
    pub fn with_some(self, child: Option<Self>) -> Self {
        match child {
            Some(child) => self.with(&child),
            None => self,
        }
    }

    /// Puts an element after what it holds.
    pub fn append(&self, child: &Element) {
        Dom::insert_node(&self.0, child, None);
    }

    /// Puts an element before a node of it, or at its end.
    pub fn insert(&self, child: &Element, before: Option<&Node>) {
        Dom::insert_node(&self.0, child, before);
    }

    /// Sets an attribute to a value, or takes it away.
    pub fn put(&self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => Dom::set_attribute(&self.0, name, value),
            None => Dom::remove_attribute(&self.0, name),
        }
    }

    /// Sets a property of its style, or takes it away.
    pub fn style(&self, name: &str, value: Option<&str>) {
        let style = self.0.unchecked_ref::<HtmlElement>().style();
        let _ = match value {
            Some(value) => style.set_property(name, value),
            None => style.remove_property(name).map(|_| ()),
        };
    }

    /// Takes out all that it holds.
    pub fn clear(&self) {
        self.0.set_text_content(None);
    }

    /// Does something at each event until the current reactive owner ends.
    #[must_use]
    pub fn on(self, event: &'static str, act: impl FnMut(&Event) + 'static) -> Self {
        self.listen(event, Box::new(act));
        self
    }

    fn listen(&self, event: &'static str, mut act: Box<dyn FnMut(&Event)>) {
        // Keys that do something here must not do what the browser does with them, too.
        let options = EventListenerOptions::enable_prevent_default();
        until_cleanup(EventListener::new_with_options(&self.0, event, options, move |event| act(event)));
    }
}

impl Deref for Built {
    type Target = Element;

    fn deref(&self) -> &Element {
        &self.0
    }
}

/// Keeps a value until the current reactive owner ends, and drops it then.
pub fn until_cleanup<Value: 'static>(value: Value) {
    let value: Box<dyn std::any::Any> = Box::new(value);
    StoredValue::new_local(value);
}

/// Does something now (with the next microtask) and whenever something that it has read has changed, until the current
/// reactive owner ends. What it starts in turn ends before it is done again.
pub fn react(act: impl FnMut() + 'static) {
    // One type of effect for all.
    fn start(act: Box<dyn FnMut()>) {
        Effect::new(act);
    }
    start(Box::new(act));
}

/// A view of Leptos in an element, until the current reactive owner ends.
pub fn mount_view<View: IntoView + 'static>(parent: &Element, view: impl FnOnce() -> View + 'static) {
    until_cleanup(mount_to(parent.clone().unchecked_into(), view));
}

/// An element as a view of Leptos.
pub struct Ready(SendWrapper<Element>);

impl From<Built> for Ready {
    fn from(built: Built) -> Self {
        Self(SendWrapper::new(built.0))
    }
}

impl Render for Ready {
    type State = Element;

    fn build(self) -> Element {
        self.0.take()
    }

    fn rebuild(self, state: &mut Element) {
        let mut next = self.0.take();
        state.insert_before_this(&mut next);
        state.unmount();
        *state = next;
    }
}

impl AddAnyAttr for Ready {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Nothing here is rendered on a server.
impl RenderHtml for Ready {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Element {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
