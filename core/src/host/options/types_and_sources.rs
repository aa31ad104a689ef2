//! `typesAndSources`: what may be chosen, and from where.

use super::PlacePath;
use crate::host::json;
use serde_json::Value;

/// What kind of item may be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TypesMode {
    /// Files only.
    Files,
    /// Folders only. A chosen folder arrives as its files.
    Folders,
    /// Both.
    #[default]
    All,
}

/// One of `filters`. Folders stay navigable whatever is filtered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// `folder`
    Folder,
    /// `file`: any file.
    File,
    /// `photo`
    Photo,
    /// `video`
    Video,
    /// `audio`
    Audio,
    /// `document`
    Document,
    /// An extension in lower case with its dot, such as `.mp4`.
    Extension(String),
}

/// Where an item may come from. Both `false`, or both `true`: from anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locations {
    /// `locations.oneDrive` is there.
    pub(crate) one_drive: bool,
    /// `locations.sharePoint` is there.
    pub(crate) share_point: bool,
    /// `locations.sharePoint.byPath`: only from this place.
    pub(crate) path: Option<PlacePath>,
}

/// Which places are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pivots {
    /// My files.
    pub(crate) one_drive: bool,
    /// Recent.
    pub(crate) recent: bool,
    /// Shared.
    pub(crate) shared: bool,
    /// Sites (`sharedLibraries`, `myOrganization`, `site`).
    pub sites: bool,
}

impl Default for Pivots {
    fn default() -> Self {
        Self { one_drive: true, recent: true, shared: true, sites: true }
    }
}

/// What may be chosen, and from where. Limits only ever narrow what the settings allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypesAndSources {
    /// `mode`
    pub(crate) mode: TypesMode,
    /// `filters`; none = everything that the settings allow.
    pub(crate) filters: Vec<Filter>,
    /// `locations`
    pub locations: Locations,
    /// `pivots`
    pub(crate) pivots: Pivots,
}

impl TypesAndSources {
    pub(super) fn read(types: &Value) -> Self {
        const MOST_FILTERS: usize = 200;
        let mut filters = Vec::new();
        for filter in json::elements(types, "filters").iter().take(MOST_FILTERS).filter_map(Value::as_str) {
            Filter::read(filter, &mut filters);
        }
        let locations = types.get("locations").unwrap_or(&Value::Null);
        let share_point = json::object(locations, "sharePoint");
        Self {
            mode: match json::text(types, "mode") {
                Some("files") => TypesMode::Files,
                Some("folders") => TypesMode::Folders,
                _ => TypesMode::All,
            },
            filters,
            locations: Locations {
                one_drive: json::object(locations, "oneDrive").is_some(),
                share_point: share_point.is_some(),
                path: share_point.and_then(|place| place.get("byPath")).and_then(PlacePath::read),
            },
            pivots: Pivots::read(types.get("pivots").unwrap_or(&Value::Null)),
        }
    }
}

impl Filter {
    /// Adds what the filter means. Unknown ones (lists, sites, Syntex) mean nothing here.
    fn read(text: &str, filters: &mut Vec<Self>) {
        let filter = match text {
            "folder" => Self::Folder,
            "file" => Self::File,
            "photo" => Self::Photo,
            "video" => Self::Video,
            "audio" => Self::Audio,
            "document" => Self::Document,
            "media" => return filters.extend([Self::Photo, Self::Video, Self::Audio]),
            _ if is_extension(text) => Self::Extension(text.to_ascii_lowercase()),
            _ => return,
        };
        filters.push(filter);
    }
}

fn is_extension(text: &str) -> bool {
    text.starts_with('.') && json::is_plain(text, 32) && text.len() > 1 && !text.contains(['/', '\\', ' '])
}

impl Pivots {
    /// Microsoft does not say what a missing pivot means. Samples name the wanted ones, so: if any is `true`, only those
    /// are; otherwise all but those that are `false`.
    fn read(pivots: &Value) -> Self {
        let names: [&[&str]; 4] =
            [&["oneDrive"], &["recent"], &["shared"], &["sharedLibraries", "myOrganization", "site"]];
        let has =
            |names: &[&str], wanted: bool| names.iter().any(|name| json::flag(pivots, name) == Some(wanted));
        let names_the_wanted = names.iter().any(|names| has(names, true));
        let shown = |names: &[&str]| if names_the_wanted { has(names, true) } else { !has(names, false) };
        let [one_drive, recent, shared, sites] = names.map(shown);
        Self { one_drive, recent, shared, sites }
    }
}
