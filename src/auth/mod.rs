//! A sign-in as data: request, response, verified session, expiry. No browser in it.

mod authority;
mod client_secret;
mod constant_time;
mod flow;
mod guid;
pub mod keys;

pub use authority::{Authority, Tenant};
pub use client_secret::looks_like_client_secret;
pub use flow::Flow;
pub use guid::{ClientId, Guid, TenantId};
