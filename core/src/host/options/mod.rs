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
mod tests;

pub use authentication::{Authentication, SignInHints};
pub use entry::{Entry, PlacePath, Sort, SortField};
pub use error::OptionsError;
pub use look::{Accessibility, Appearance, Commands, Layout, Theme, locale_tag};
pub use messaging::{ChannelId, Host, Limits, Messaging};
pub use parse::{HostOptions, LONGEST_OPTIONS, parse};
pub use paths::PlaceAddress;
pub use paths::split;
pub use selection::{Selection, SelectionMode};
pub use types_and_sources::{Filter, Locations, Pivots, TypesAndSources, TypesMode};
