//! The life of one connection to a host: what happens goes in, what is to be done comes out.
//!
//! ```text
//! Starting --start--> Initialized --activate--> Active --close, window closing--> Closed
//!                         |   ^                   ^
//!                  initializeTimeout:        a late activate
//!                  NotActivated, the person     still counts
//!                  can go on looking
//! ```

mod effect;
mod flood;
mod host_link;
mod pending;
mod receive;
mod served;
mod settle;

#[cfg(test)]
mod model;
#[cfg(test)]
mod quirks;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod tests;

pub use effect::{CommandFailure, Effect, HostEvent, RequestId};
pub use host_link::HostLink;
