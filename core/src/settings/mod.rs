//! What the administrator set: the JSON object of the page, read into types, and the gate in front of the picker.
//!
//! [`parse`] reads it, [`Settings::gate`] decides whether this person may import at all. A wrong value is a named
//! error and never silently replaced; an unknown key is ignored; `null` is the same as leaving the key out.

mod address;
mod choice;
mod cloud;
mod error;
mod gate;
mod media;
mod object;
mod parse;
mod role;

#[cfg(test)]
mod tests;

pub use address::GraphBase;
pub use choice::{Theme, TokenStorage};
pub use cloud::Cloud;
pub(crate) use error::Allowed;
pub use error::SettingsError;
pub use gate::Refusal;
pub(crate) use media::{MediaType, MediaTypes};
pub use parse::{Settings, parse};
pub use role::Role;
pub(crate) use role::UserRole;
