//! The v8 options (`filePicker` query parameter), parsed tolerantly: what the picker does not know is ignored, what is
//! of the wrong type counts as absent, except where messages would go to (see [`OptionsError`]). The table of what is
//! honoured stands in `docs/host-protocol.md`.

mod authentication;
mod entry;
mod error;
mod look;
mod messaging;
mod parse;
mod paths;
mod selection;
mod types_and_sources;

#[cfg(test)]
pub(crate) use messaging::Limits;
#[cfg(test)]
mod tests;

pub use authentication::Authentication;
pub(crate) use authentication::SignInHints;
pub(crate) use entry::{Entry, PlacePath};
pub use entry::{Sort, SortField};
pub use error::OptionsError;
pub(crate) use look::{Accessibility, Commands};
pub use look::{Appearance, Layout, Theme};
pub(crate) use messaging::ChannelId;
pub use messaging::{Host, Messaging};
pub use parse::LONGEST_OPTIONS;
pub use parse::{HostOptions, parse};
pub use paths::PlaceAddress;
pub use paths::split;
pub use selection::Selection;
pub(crate) use selection::SelectionMode;
pub(crate) use types_and_sources::{Filter, TypesAndSources, TypesMode};
