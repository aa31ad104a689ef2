//! Where the picker begins: where the host says (File Picker v8, `entry`), else where this account was last.

use super::place::{Location, Place};
use super::wanted::places;
use crate::host::HostOptions;
use crate::host::options::{Entry, PlaceAddress, PlacePath};

/// Where the picker begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Here.
    At(Location),
    /// In a folder of My files, to be found by its names.
    Folder {
        /// From the top down.
        names: Vec<String>,
        /// Whether My files will do if there is no such folder, without a word.
        fallback_to_root: bool,
    },
    /// In a library or a folder of it, to be found by its address.
    Address {
        /// Where it is.
        address: PlaceAddress,
        /// Whether Sites will do if there is no such place, without a word.
        fallback_to_root: bool,
        /// Whether files may be chosen from there only (`typesAndSources.locations.sharePoint.byPath`).
        only: bool,
    },
    /// The host means a place that nobody can find by what it says of it.
    Unknown(Place),
}

impl Beginning {
    /// What the options say; `last` is where the account was last.
    pub fn of(options: &HostOptions, last: Option<Location>) -> Self {
        if let Some(path) = &options.types_and_sources.locations.path {
            return by_path(path, true);
        }
        let at = |place| Self::At(Location::new(place));
        match &options.entry {
            Entry::Recent => at(Place::Recent),
            Entry::Shared => at(Place::Shared),
            Entry::Sites => at(Place::Sites),
            Entry::Photos => at(Place::MyFiles),
            Entry::SharePoint(path) => by_path(path, false),
            Entry::SharePointById { .. } => Self::Unknown(Place::Sites),
            Entry::MyFiles { fallback_to_root, .. } => match options.entry.folder_names() {
                None => Self::Unknown(Place::MyFiles),
                Some(names) if names.is_empty() => at(Place::MyFiles),
                Some(names) => Self::Folder {
                    names: names.into_iter().map(str::to_owned).collect(),
                    fallback_to_root: *fallback_to_root,
                },
            },
            Entry::Anywhere => {
                let offered = places(&options.types_and_sources);
                let last = last.filter(|last| offered.contains(&last.place()));
                let first = offered.first().copied().unwrap_or_default();
                Self::At(last.unwrap_or_else(|| Location::new(first)))
            }
        }
    }

    /// The place of the navigation that it belongs to; it is offered whatever else is.
    pub fn place(&self) -> Place {
        match self {
            Self::At(location) => location.place(),
            Self::Folder { .. } => Place::MyFiles,
            Self::Address { .. } => Place::Sites,
            Self::Unknown(place) => *place,
        }
    }

    /// Whether the host puts up with the top of the place without a word.
    pub fn falls_back(&self) -> bool {
        match self {
            Self::At(_) => true,
            Self::Folder { fallback_to_root, .. } | Self::Address { fallback_to_root, .. } => {
                *fallback_to_root
            }
            Self::Unknown(_) => false,
        }
    }
}

fn by_path(path: &PlacePath, only: bool) -> Beginning {
    match path.place() {
        Some(address) => Beginning::Address { address, fallback_to_root: path.fallback_to_root, only },
        None => Beginning::Unknown(Place::Sites),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::parse;
    use serde_json::{Value, json};

    fn begin(options: &Value) -> Beginning {
        Beginning::of(&parse(&options.to_string(), &[]).unwrap(), Some(Location::new(Place::Shared)))
    }

    fn words(beginning: &Beginning) -> String {
        match beginning {
            Beginning::At(location) => location.place().code().to_owned(),
            Beginning::Folder { names, .. } => format!("folder {}", names.join("/")),
            Beginning::Address { address, only, .. } => {
                format!("{} {}", if *only { "only" } else { "at" }, address.names.join("/"))
            }
            Beginning::Unknown(place) => format!("unknown {}", place.code()),
        }
    }

    #[test]
    fn begins_where_the_host_says_or_where_the_account_was() {
        let dev = "https://contoso.sharepoint.com/sites/dev";
        for (options, expected) in [
            (json!({}), "shared"),
            (json!({"typesAndSources": {"pivots": {"shared": false}}}), "my-files"),
            (json!({"typesAndSources": {"locations": {"sharePoint": {}}}}), "sites"),
            (json!({"entry": {"oneDrive": {"files": {}}}}), "my-files"),
            (json!({"entry": {"oneDrive": {"recent": {}}}}), "recent"),
            (json!({"entry": {"oneDrive": {"sharedWithMe": {}}}}), "shared"),
            (json!({"entry": {"oneDrive": {"photos": {}}}}), "my-files"),
            (json!({"entry": {"sharePoint": {}}}), "sites"),
            (json!({"entry": {"oneDrive": {"files": {"folder": "Pictures/2026"}}}}), "folder Pictures/2026"),
            (json!({"entry": {"oneDrive": {"files": {"folder": "../x"}}}}), "unknown my-files"),
            (json!({"entry": {"sharePoint": {"byPath": {"web": dev}}}}), "at sites/dev"),
            (json!({"entry": {"sharePoint": {"byPath": {"web": dev, "list": "Docs"}}}}), "at sites/dev/Docs"),
            (json!({"entry": {"sharePoint": {"byPath": {"web": "/sites/dev"}}}}), "unknown sites"),
            (json!({"entry": {"sharePoint": {"byId": {"listId": "1"}}}}), "unknown sites"),
            (
                json!({"entry": {"oneDrive": {"recent": {}}},
                    "typesAndSources": {"locations": {"sharePoint": {"byPath": {"web": dev}}}}}),
                "only sites/dev",
            ),
        ] {
            assert_eq!(words(&begin(&options)), expected, "{options}");
        }
    }

    #[test]
    fn says_nothing_of_a_missing_folder_only_if_the_host_says_so() {
        let folder = |fallback: bool| {
            begin(&json!({"entry": {"oneDrive": {"files": {"folder": "A", "fallbackToRoot": fallback}}}}))
        };
        assert!(folder(true).falls_back() && !folder(false).falls_back());
        assert_eq!(folder(true).place(), Place::MyFiles);
    }
}
