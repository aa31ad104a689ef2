//! The host protocol: Microsoft's File Picker v8 messages with the additions of `docs/host-protocol.md`, as types
//! and as one state machine. No browser, no clock: texts of JSON come in and go out, the time is an argument.
//!
//! - [`options`]: what the host asks for in the `filePicker` query parameter;
//! - [`message`]: every message, both ways;
//! - [`item`]: one picked file as the host gets it;
//! - [`progress`] and [`refresh`]: the two additions of this picker, import progress and fresh links;
//! - [`relay`]: a picker that goes on in a window of its own;
//! - [`link`]: the life of one connection to a host.

#[cfg(test)]
mod documented;
pub(crate) mod item;
mod json;
pub(crate) mod link;
pub mod message;
pub mod options;
pub mod progress;
pub(crate) mod refresh;
pub mod relay;
mod token;

pub use item::{ItemAdditions, PickedItem};
pub use link::{CommandFailure, Effect, HostEvent, HostLink, RequestId};
pub use message::AuthenticateRequest;
pub use options::{Host, HostOptions, Messaging, OptionsError, parse};
pub(crate) use progress::ImportState;
pub use progress::{ImportItem, Moderation};
pub use refresh::{HostCommandId, ItemReference, LinkProblem, RefreshedLink};
pub use token::HostToken;
