//! The message port to the host (File Picker v8 handshake): carries texts of JSON both ways; what they mean is
//! `host::link`'s business.

use super::Embedding;
use super::listen;
use gloo_events::EventListener;
use js_sys::{Array, JSON};
use onedrive_picker_core::web::Origin;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

/// A longer message (in UTF-16 units of JSON) is dropped unread.
const LONGEST_MESSAGE: u32 = 1 << 20;

/// One end of a fresh channel whose other end went to the host. Dropping it closes the channel.
#[derive(Debug)]
pub struct HostPort {
    port: MessagePort,
    _listener: EventListener,
}

impl HostPort {
    /// Posts `initialize` (a text of JSON) with the other end of a fresh channel to the host's window at exactly `target`.
    ///
    /// `receive` gets every message of the host as JSON. `None` if there is no host or no channel can be made.
    pub fn open(
        embedding: &Embedding,
        target: &Origin,
        initialize: &str,
        receive: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let host = embedding.host()?;
        let channel = MessageChannel::new().ok()?;
        let port = channel.port1();
        let listener = listen(&port, "message", move |event| {
            if let Some(text) = event.dyn_ref::<MessageEvent>().and_then(|event| json_of(&event.data())) {
                receive(text);
            }
        });
        port.start();
        let message = JSON::parse(initialize).ok()?;
        host.post_message_with_transfer(&message, target.as_str(), &Array::of1(&channel.port2())).ok()?;
        Some(Self { port, _listener: listener })
    }

    /// Sends a message, given as JSON.
    pub fn post(&self, message: &str) {
        if let Ok(message) = JSON::parse(message) {
            let _ = self.port.post_message(&message);
        }
    }
}

impl Drop for HostPort {
    fn drop(&mut self) {
        self.port.close();
    }
}

/// A message as JSON; `None` if it has none, or too much of it.
pub(super) fn json_of(message: &JsValue) -> Option<String> {
    if message.dyn_ref::<js_sys::JsString>().is_some_and(|text| text.length() > LONGEST_MESSAGE) {
        return None;
    }
    let text = JSON::stringify(message).ok()?;
    if JsValue::from(text.clone()).is_undefined() || text.length() > LONGEST_MESSAGE {
        return None;
    }
    text.as_string()
}
