//! The messages of File Picker v8 and of the additions, both ways.

mod incoming;
mod outgoing;
mod result;
#[cfg(test)]
mod tests;

pub(crate) use incoming::Incoming;
pub use incoming::{Dropped, LONGEST_MESSAGE, decode};
pub use outgoing::AuthenticateRequest;
pub(crate) use outgoing::{AuthenticateType, Outgoing};
pub(crate) use result::Answer;
pub use result::HostError;
pub(super) use result::error_parts;
