//! The picker in a window of its own, seen from the frame that opened it: the frame keeps the host and passes messages
//! on. Both are pages of this origin; nobody else can take the place of either.

use super::listen;
use super::window::open_window;
use super::{json_of, own_origin};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use js_sys::{JSON, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort, Window, window};

/// Between two looks whether the window is still there, in milliseconds. It never goes to Microsoft, so that its `closed`
/// tells the truth.
const LOOK: u32 = 500;

/// The window and, once its picker has introduced itself, the port to it. Dropping it closes the window.
#[derive(Debug)]
pub struct Relay {
    window: Window,
    connection: Rc<RefCell<Option<Connection>>>,
    _introductions: EventListener,
    _watch: Interval,
}

#[derive(Debug)]
struct Connection {
    port: MessagePort,
    _messages: EventListener,
}

/// What happens to a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelayEvent {
    /// The window's picker has introduced itself, perhaps again after a reload.
    Connected,
    /// It said something, as JSON.
    Said(String),
    /// The window is gone.
    Closed,
}

impl Relay {
    /// Opens the window within a click; `None` if the browser blocks it. Its picker introduces itself with this channel
    /// id.
    pub fn open(url: &str, channel_id: &str, tell: impl Fn(RelayEvent) + 'static) -> Option<Self> {
        let this = window()?;
        let opened = open_window(url, 1080, 680)?;
        let tell = Rc::new(tell);
        let connection: Rc<RefCell<Option<Connection>>> = Rc::default();
        let introductions = listen(&this, "message", {
            let (connection, tell, opened) = (Rc::clone(&connection), Rc::clone(&tell), opened.clone());
            let channel_id = channel_id.to_owned();
            move |event| {
                let Some(port) = event.dyn_ref().and_then(|event| introduced(event, &opened, &channel_id))
                else {
                    return;
                };
                let messages = listen(&port, "message", {
                    let tell = Rc::clone(&tell);
                    move |event| {
                        if let Some(text) =
                            event.dyn_ref::<MessageEvent>().and_then(|event| json_of(&event.data()))
                        {
                            tell(RelayEvent::Said(text));
                        }
                    }
                });
                port.start();
                *connection.borrow_mut() = Some(Connection { port, _messages: messages });
                tell(RelayEvent::Connected);
            }
        });
        let watch = Interval::new(LOOK, {
            let opened = opened.clone();
            move || {
                if opened.closed().unwrap_or(true) {
                    tell(RelayEvent::Closed);
                }
            }
        });
        Some(Self { window: opened, connection, _introductions: introductions, _watch: watch })
    }

    /// Whether the window's picker has introduced itself.
    pub fn is_connected(&self) -> bool {
        self.connection.borrow().is_some()
    }

    /// Sends a message, given as JSON, to the window's picker.
    pub fn post(&self, message: &str) {
        if let Some(connection) = &*self.connection.borrow()
            && let Ok(message) = JSON::parse(message)
        {
            let _ = connection.port.post_message(&message);
        }
    }

    /// Brings the window to the front.
    pub fn focus(&self) {
        let _ = self.window.focus();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Some(connection) = &*self.connection.borrow() {
            connection.port.close();
        }
        let _ = self.window.close();
    }
}

/// The port of an introduction: from this very window, of this origin, under this channel id.
fn introduced(event: &MessageEvent, opened: &Window, channel_id: &str) -> Option<MessagePort> {
    let source = Reflect::get(event, &"source".into()).ok()?;
    if !Object::is(&source, opened) || own_origin()?.as_str() != event.origin() {
        return None;
    }
    let text = |name: &str| Reflect::get(&event.data(), &name.into()).ok()?.as_string();
    if text("type")? != "initialize" || text("channelId")? != channel_id {
        return None;
    }
    let port: JsValue = event.ports().get(0);
    (!port.is_undefined()).then(|| port.unchecked_into())
}
