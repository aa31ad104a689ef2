//! What may be chosen, how much of it, and from where: the site's settings, narrowed by the host's options
//! (File Picker v8: `typesAndSources`, `selection`).

use super::filter::{Fit, Kinds, Rules};
use super::place::Place;
use crate::graph::{Item, MediaKind};
use crate::host::HostOptions;
use crate::host::options::{Filter, SelectionMode, TypesAndSources, TypesMode};
use crate::settings::{MediaType, Settings};

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which files fit, also within a chosen folder.
    pub rules: Rules,
    /// Whether files can be chosen by themselves.
    pub(crate) files: bool,
    /// Whether folders can be chosen, for their files.
    pub(crate) folders: bool,
    /// Whether one choice takes the place of the last.
    pub single: bool,
    /// Whether the click that chooses also hands over (`selection.mode: "pick"`).
    pub at_once: bool,
    /// Whether the choice outlives going elsewhere (`selection.enablePersistence`).
    pub persistent: bool,
    /// The most files of one choice.
    pub limit: u32,
}

impl Wanted {
    /// The settings, narrowed by the options.
    pub fn of(settings: &Settings, options: &HostOptions) -> Self {
        let types = &options.types_and_sources;
        let only_folders =
            !types.filters.is_empty() && types.filters.iter().all(|filter| *filter == Filter::Folder);
        let (files, folders) = match types.mode {
            TypesMode::Files => (true, false),
            TypesMode::Folders => (false, true),
            TypesMode::All => (!only_folders, true),
        };
        let single = options.selection.mode != SelectionMode::Multiple;
        Self {
            rules: rules(settings, types),
            files,
            // One file at a time is not what a folder arrives as, unless folders are all that is asked for.
            folders: folders && (!single || !files),
            single,
            at_once: options.selection.mode == SelectionMode::Pick,
            persistent: options.selection.is_persistent,
            limit: if single && !files {
                settings.max_items
            } else {
                options.selection.limit(settings.max_items)
            },
        }
    }

    /// Judges an item as a row: also whether the host wants files at all.
    pub fn judge(&self, item: &Item) -> Fit {
        match self.rules.judge(item) {
            Fit::Fits if !self.files => Fit::OnlyFolders,
            fit => fit,
        }
    }

    /// Whether a row can be chosen.
    pub fn takes(&self, item: &Item) -> bool {
        match self.judge(item) {
            Fit::Folder => self.folders,
            fit => fit == Fit::Fits,
        }
    }

    /// Whether a row is chosen with its neighbours, by a range or by "Select all": files, or folders where nothing else
    /// can be chosen.
    pub fn takes_in_range(&self, item: &Item) -> bool {
        match self.judge(item) {
            Fit::Fits => true,
            Fit::Folder => !self.files && self.folders,
            _ => false,
        }
    }
}

fn rules(settings: &Settings, types: &TypesAndSources) -> Rules {
    let kind = |media: MediaType| match media {
        MediaType::Video => MediaKind::Video,
        MediaType::Audio => MediaKind::Audio,
        MediaType::Image => MediaKind::Image,
        MediaType::Document => MediaKind::Document,
    };
    let kinds = settings.media_types.iter().map(kind).fold(Kinds::NONE, Kinds::with);
    // A host's filters name kinds and extensions together, any of which may fit; `file` takes everything.
    let words = types.filters.iter().filter_map(|filter| match filter {
        Filter::Photo => Some(MediaKind::Image.name().to_owned()),
        Filter::Video => Some(MediaKind::Video.name().to_owned()),
        Filter::Audio => Some(MediaKind::Audio.name().to_owned()),
        Filter::Document => Some(MediaKind::Document.name().to_owned()),
        Filter::Extension(extension) => Some(extension.clone()),
        Filter::Folder | Filter::File => None,
    });
    let extensions = if types.filters.contains(&Filter::File) { Vec::new() } else { words.collect() };
    Rules { kinds, extensions, largest: settings.max_item_bytes }
}

/// The places that a host offers, in the order shown. There is at least one.
pub fn places(types: &TypesAndSources) -> Vec<Place> {
    let (pivots, locations) = (types.pivots, &types.locations);
    let is_anywhere = locations.one_drive == locations.share_point;
    let offered = |place: &Place| match place {
        Place::MyFiles => pivots.one_drive && (is_anywhere || locations.one_drive),
        Place::Recent => pivots.recent && (is_anywhere || locations.one_drive),
        Place::Shared => pivots.shared && (is_anywhere || locations.one_drive),
        Place::Sites => pivots.sites && (is_anywhere || locations.share_point),
    };
    let places: Vec<Place> = Place::ALL.into_iter().filter(offered).collect();
    match places.is_empty() {
        false => places,
        // Options that contradict each other leave the location: it says where files may come from.
        true if !is_anywhere && locations.share_point => vec![Place::Sites],
        true => vec![Place::MyFiles],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::parse;
    use crate::picker::testing::{file, folder};
    use crate::settings;
    use crate::web::Origin;
    use serde_json::{Value, json};

    fn options(options: &Value) -> HostOptions {
        parse(&options.to_string(), &[]).unwrap()
    }

    fn wanted(host: &Value) -> Wanted {
        let own = Origin::parse("https://media.example").unwrap();
        let settings = r#"{"enabled":false,"maxItems":50}"#;
        Wanted::of(&settings::parse(settings, &own).unwrap(), &options(host))
    }

    #[test]
    fn takes_files_folders_or_both_as_the_host_says() {
        let types = |types: Value| json!({"selection": {"mode": "multiple"}, "typesAndSources": types});
        // Whether a video, a sound and a folder can be chosen.
        for (types, expected) in [
            (json!({}), [true, true, true]),
            (json!({"mode": "all"}), [true, true, true]),
            (json!({"mode": "files"}), [true, true, false]),
            (json!({"mode": "folders"}), [false, false, true]),
            (json!({"mode": "files", "filters": ["video"]}), [true, false, false]),
            (json!({"filters": [".mp3"]}), [false, true, true]),
            (json!({"filters": ["folder", ".mp3"]}), [false, true, true]),
            (json!({"filters": ["folder"]}), [false, false, true]),
            (json!({"filters": ["file", ".mp3"]}), [true, true, true]),
            (json!({"filters": ["onenote"]}), [true, true, true]),
        ] {
            let host = json!({"selection": {"mode": "multiple"}, "typesAndSources": types});
            let wanted = wanted(&host);
            let takes = [file("a.mp4"), file("a.mp3"), folder("F")].map(|item| wanted.takes(&item));
            assert_eq!(takes, expected, "{types}");
        }
        assert_eq!(wanted(&types(json!({"mode": "folders"}))).judge(&file("a.mp4")), Fit::OnlyFolders);
        let folders = wanted(&types(json!({"mode": "folders"})));
        assert!(folders.takes_in_range(&folder("F")) && !folders.takes_in_range(&file("a.mp4")));
    }

    #[test]
    fn takes_as_much_as_the_host_says_and_the_settings_allow() {
        // single, at once, limit, whether a folder can be chosen
        for (host, expected) in [
            (json!({}), (true, false, 1, false)),
            (json!({"selection": {"mode": "single"}}), (true, false, 1, false)),
            (json!({"selection": {"mode": "pick"}}), (true, true, 1, false)),
            (json!({"selection": {"mode": "multiple"}}), (false, false, 50, true)),
            (json!({"selection": {"mode": "multiple", "maximumCount": 10}}), (false, false, 10, true)),
            (json!({"selection": {"mode": "multiple", "maximumCount": 99}}), (false, false, 50, true)),
            (json!({"typesAndSources": {"mode": "folders"}}), (true, false, 50, true)),
        ] {
            let wanted = wanted(&host);
            assert_eq!(
                (wanted.single, wanted.at_once, wanted.limit, wanted.takes(&folder("F"))),
                expected,
                "{host}"
            );
        }
    }

    #[test]
    fn offers_the_places_that_pivots_and_locations_leave() {
        let all = Place::ALL.to_vec();
        let own = vec![Place::MyFiles, Place::Recent, Place::Shared];
        for (types, expected) in [
            (json!({}), all.clone()),
            (json!({"pivots": {"recent": false, "site": false}}), vec![Place::MyFiles, Place::Shared]),
            (json!({"pivots": {"oneDrive": true}}), vec![Place::MyFiles]),
            (json!({"locations": {"oneDrive": {}}}), own),
            (json!({"locations": {"sharePoint": {}}}), vec![Place::Sites]),
            (json!({"locations": {"oneDrive": {}, "sharePoint": {}}}), all),
            (json!({"locations": {"sharePoint": {}}, "pivots": {"recent": true}}), vec![Place::Sites]),
            (
                json!({"pivots": {"oneDrive": false, "recent": false, "shared": false, "site": false}}),
                vec![Place::MyFiles],
            ),
        ] {
            let host = options(&json!({"typesAndSources": types}));
            assert_eq!(places(&host.types_and_sources), expected, "{types}");
        }
    }
}
