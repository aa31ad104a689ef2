//! Microsoft sign-in: discovery, keys, the authorize endpoint with its pages, the token endpoint, admin consent. As
//! strict as the real one (entra-sign-in.md); faults come by account or by [`Directory`].

mod aadsts;
mod aadsts_table;
mod admin_consent;
mod answer;
mod authorize;
mod choice;
mod directory;
mod discovery;
mod fault;
mod id_token;
mod keys;
mod page;
mod registration;
mod request;
mod router;
mod scope;
mod sign_out;
#[cfg(test)]
mod tests;
mod token;

pub use directory::{AccessToken, Directory};
pub use fault::TokenFault;
pub use registration::{Audience, Registration};
pub use router::router;
