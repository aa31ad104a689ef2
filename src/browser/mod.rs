//! The ports made of browser parts: fetch, WebCrypto, storage, windows, message ports, `Intl`.
//!
//! Every listener, timer and request here is a value that cleans up when it is dropped. Objects of other windows are
//! never tested with `instanceof`: that is false across realms (wasm-bindgen#1367).

mod answers;
mod clipboard;
mod clock;
mod entropy;
mod frame;
mod host_port;
mod http;
mod intl;
mod launch;
mod page;
mod redirect;
mod relay;
mod signatures;
mod storage_access;
mod store;
mod window;

pub use answers::Answers;
pub use clipboard::copy_text;
pub use frame::HiddenFrame;
pub use host_port::HostPort;
pub use http::{Probe, fetch_text, probe};
pub use intl::Formats;
pub use launch::{Launch, Returned};
pub use page::{
    after_paint, apply_theme, document_language, document_title, is_online, listen, mark_first_rows,
    own_origin, saves_data, watch_size,
};
pub use redirect::leave_for;
pub use relay::{Relay, RelayEvent};
pub use storage_access::{StorageAccess, has_storage_access};
pub use store::{LocalStore, SessionStore};
pub use window::{Embedding, SignInWindow};

use host_port::json_of;

/// The browser as the one implementation of [`onedrive_picker_core::picker::ports::Ports`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;
