//! Kaltura's API: multirequest, entries, and an asynchronous import that really downloads.
//!
//! Answers as the published server does (SRV = github.com/kaltura/server, commit c447fdb3; GUIDES =
//! github.com/kaltura/kaltura-agents-api-guides): refusals with HTTP 200, JSON only from exactly `application/json`, a CORS
//! allow-list without headers of one's own, user sessions whose `referenceId` is dropped silently, lists that lag and show
//! other people's entries, imports that fail on an expired link.

mod account;
mod add;
mod assets;
mod category;
mod colleague;
mod content;
mod delivery;
mod download;
mod entries;
mod entry;
mod error;
mod faults;
mod filter;
mod import;
mod jobs;
#[allow(clippy::module_inception, reason = "the party and the thing that plays it have one name")]
mod kaltura;
mod kept;
mod media;
mod new_entry;
mod reference;
mod request;
mod resource;
mod router;
mod rules;
mod service;
mod session;
mod switches;
#[cfg(test)]
mod tests;
mod upload;
mod xml;

pub use account::ADMIN_SECRET;
pub use colleague::COLLEAGUE;
pub use entry::{Entry, EntryKind, EntryStatus};
pub use error::ApiError;
pub use faults::{FailingCalls, FailingImports, Failure, Faults};
pub use import::ImportReport;
pub use kaltura::{CallRecord, Kaltura, ListedFile, Lookup, OneDrive};
pub use new_entry::NewEntry;
pub use router::router;
pub use session::{NewSession, SessionKind, SessionPreset};
pub use switches::{Colleague, Pace, RateLimit, Switches};
