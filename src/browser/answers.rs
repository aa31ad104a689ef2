//! Waiting for the answer of a sign-in: by the `BroadcastChannel` named after its state, or by a message from the window
//! that we opened for it, whichever comes first. The fragment is judged elsewhere (`auth::response`); here only
//! strangers are kept out: by origin, then by source, then by state.

use super::{StorageAccess, listen};
use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, Window, window};

/// Listens for one answer. Dropping it stops listening and closes the channels.
#[derive(Debug)]
pub struct Answers {
    channels: Vec<BroadcastChannel>,
    windows: Rc<RefCell<Vec<Window>>>,
    _listeners: Vec<EventListener>,
}

impl Answers {
    /// Calls `deliver` at most once, with the raw fragment of the answer that carries `state`. In a frame of another site
    /// the answer arrives only with its `access` to the site's own channels.
    pub fn listen(state: &str, access: Option<&StorageAccess>, deliver: impl Fn(String) + 'static) -> Self {
        let deliver = Rc::new(deliver);
        let delivered = Rc::new(Cell::new(false));
        let windows: Rc<RefCell<Vec<Window>>> = Rc::default();
        let on_message = |by_window: bool| {
            let (deliver, delivered, state) = (Rc::clone(&deliver), Rc::clone(&delivered), state.to_owned());
            let windows = Rc::clone(&windows);
            move |event: &web_sys::Event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                if by_window && !(is_own_origin(event) && is_expected(event, &windows.borrow())) {
                    return;
                }
                let Some(fragment) = fragment(&event.data()) else { return };
                // A second tab that signs in at the same time has another state; so has a replayed answer.
                if carries(&fragment, &state) && !delivered.replace(true) {
                    deliver(fragment);
                }
            }
        };
        let channels: Vec<BroadcastChannel> =
            [BroadcastChannel::new(state).ok(), access.and_then(|access| access.channel(state))]
                .into_iter()
                .flatten()
                .collect();
        let mut listeners: Vec<EventListener> =
            channels.iter().map(|channel| listen(channel, "message", on_message(false))).collect();
        if let Some(window) = window() {
            listeners.push(listen(&window, "message", on_message(true)));
        }
        Self { channels, windows, _listeners: listeners }
    }

    /// The answer may come by a message of this window or frame. Messages of others are dropped.
    pub fn expect(&self, window: &Window) {
        self.windows.borrow_mut().push(window.clone());
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        for channel in &self.channels {
            channel.close();
        }
    }
}

fn is_own_origin(event: &MessageEvent) -> bool {
    window().and_then(|window| window.location().origin().ok()).is_some_and(|origin| origin == event.origin())
}

/// Whether a window that the answer is expected from sent it. One that has closed meanwhile has no source any more.
fn is_expected(event: &MessageEvent, windows: &[Window]) -> bool {
    let Ok(source) = Reflect::get(event, &"source".into()) else { return false };
    source.is_null() || windows.iter().any(|window| Object::is(window, &source))
}

fn fragment(message: &JsValue) -> Option<String> {
    Reflect::get(message, &"payload".into()).ok()?.as_string()
}

fn carries(fragment: &str, state: &str) -> bool {
    fragment.split('&').any(|pair| pair.strip_prefix("state=") == Some(state))
}
