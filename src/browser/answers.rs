//! Waiting for the answer of a sign-in: by the `BroadcastChannel` named after its state, or by a message from a window
//! of our own origin, whichever comes first. The fragment is judged elsewhere (`auth::response`); here only strangers
//! are kept out.

use super::listen;
use gloo_events::EventListener;
use js_sys::Reflect;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, window};

/// Listens for one answer. Dropping it stops listening and closes the channel.
#[derive(Debug)]
pub struct Answers {
    channel: Option<BroadcastChannel>,
    _listeners: Vec<EventListener>,
}

impl Answers {
    /// Calls `deliver` at most once, with the raw fragment of the answer that carries `state`.
    pub fn listen(state: &str, deliver: impl Fn(String) + 'static) -> Self {
        let deliver = Rc::new(deliver);
        let delivered = Rc::new(Cell::new(false));
        let on_message = |needs_origin: bool| {
            let (deliver, delivered, state) = (Rc::clone(&deliver), Rc::clone(&delivered), state.to_owned());
            move |event: &web_sys::Event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                if needs_origin && !is_own_origin(event) {
                    return;
                }
                let Some(fragment) = fragment(&event.data()) else { return };
                // A second tab that signs in at the same time has another state; so has a replayed answer.
                if carries(&fragment, &state) && !delivered.replace(true) {
                    deliver(fragment);
                }
            }
        };
        let mut listeners = Vec::with_capacity(2);
        let channel = BroadcastChannel::new(state).ok();
        if let Some(channel) = &channel {
            listeners.push(listen(channel, "message", on_message(false)));
        }
        if let Some(window) = window() {
            listeners.push(listen(&window, "message", on_message(true)));
        }
        Self { channel, _listeners: listeners }
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

fn is_own_origin(event: &MessageEvent) -> bool {
    window().and_then(|window| window.location().origin().ok()).is_some_and(|origin| origin == event.origin())
}

fn fragment(message: &JsValue) -> Option<String> {
    Reflect::get(message, &"payload".into()).ok()?.as_string()
}

fn carries(fragment: &str, state: &str) -> bool {
    fragment.split('&').any(|pair| pair.strip_prefix("state=") == Some(state))
}
