//! The messages of File Picker v8 and of the additions, both ways.

mod incoming;
mod outgoing;
mod result;
#[cfg(test)]
mod tests;

pub use incoming::{Dropped, Incoming, LONGEST_MESSAGE, decode};
pub use outgoing::{AuthenticateRequest, AuthenticateType, Outgoing};
pub(super) use result::error_parts;
pub use result::{Answer, HostError};
