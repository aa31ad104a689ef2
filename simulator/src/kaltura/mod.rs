//! Kaltura's API: multirequest, entries, and an asynchronous import that really downloads.
//!
//! Answers as the published server does (SRV = github.com/kaltura/server): refusals with HTTP 200, JSON only from
//! exactly `application/json`, a CORS allow-list without headers of one's own, user sessions that may not set
//! `adminTags`, imports that fail on an expired link.

mod content;
mod delivery;
mod entry;
mod error;
mod faults;
mod filter;
mod import;
#[allow(clippy::module_inception, reason = "the party and the thing that plays it have one name")]
mod kaltura;
mod kept;
mod media;
mod reference;
mod request;
mod resource;
mod router;
mod rules;
mod service;
mod session;
#[cfg(test)]
mod tests;
mod xml;

pub use entry::{Entry, EntryKind, EntryStatus};
pub use error::ApiError;
pub use faults::{FailingCalls, FailingImports, Failure, Faults, Pace};
pub use import::ImportReport;
pub use kaltura::{CallRecord, Kaltura, ListedFile, Listing};
pub use router::router;
pub use session::SessionKind;
