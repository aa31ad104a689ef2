//! What stands still while the picker is used: settings, options, the client, the link to the host.

use super::hosting::HostConnection;
use super::loading::Loads;
use super::signing_in::SignInWork;
use super::tokens::Tokens;
use crate::browser::{Browser, Embedding, Launch, Relay};
use crate::graph::MediaKind;
use crate::host::HostOptions;
use crate::host::options::{Filter, SelectionMode};
use crate::picker::client::GraphClient;
use crate::picker::filter::{Kinds, Rules};
use crate::picker::typeahead::Typeahead;
use crate::settings::{MediaType, Settings};
use crate::text::Locale;
use std::cell::RefCell;

/// The parts of one picker that do not change.
pub(super) struct Services {
    /// What the administrator set.
    pub settings: Settings,
    /// What the host asked for.
    pub options: HostOptions,
    /// What can be chosen.
    pub rules: Rules,
    /// Whether only one file can be chosen.
    pub single: bool,
    /// Whether the page runs from right to left.
    pub right_to_left: bool,
    /// How the page was launched.
    pub launch: Launch,
    /// How the page is shown.
    pub embedding: Embedding,
    /// The token in use.
    pub tokens: Tokens,
    /// Microsoft Graph.
    pub graph: GraphClient<Browser, Tokens>,
    /// The link to the host; `None` if there is no host.
    pub host: Option<HostConnection>,
    /// The sign-in under way.
    pub sign_in: SignInWork,
    /// The window in which a framed picker goes on.
    pub elsewhere: RefCell<Option<Relay>>,
    /// The requests under way.
    pub loads: Loads,
    /// What was typed to jump to a name.
    pub typed: RefCell<Typeahead>,
}

/// What can be chosen: the settings, narrowed by the host's options.
pub(super) fn rules(settings: &Settings, options: &HostOptions) -> Rules {
    let kind = |media: MediaType| match media {
        MediaType::Video => MediaKind::Video,
        MediaType::Audio => MediaKind::Audio,
        MediaType::Image => MediaKind::Image,
        MediaType::Document => MediaKind::Document,
    };
    let kinds = settings.media_types.iter().map(kind).fold(Kinds::NONE, Kinds::with);
    // A host's filters name kinds and extensions together, any of which may fit; `file` takes everything.
    let filters = &options.types_and_sources.filters;
    let words = filters.iter().filter_map(|filter| match filter {
        Filter::Photo => Some(MediaKind::Image.name().to_owned()),
        Filter::Video => Some(MediaKind::Video.name().to_owned()),
        Filter::Audio => Some(MediaKind::Audio.name().to_owned()),
        Filter::Document => Some(MediaKind::Document.name().to_owned()),
        Filter::Extension(extension) => Some(extension.clone()),
        Filter::Folder | Filter::File => None,
    });
    let extensions = if filters.contains(&Filter::File) { Vec::new() } else { words.collect() };
    Rules { kinds, extensions, largest: settings.max_item_bytes }
}

/// Whether only one file can be chosen: the host says `single`, which is also what an absent `selection` means.
pub(super) fn is_single(options: &HostOptions) -> bool {
    options.selection.mode == SelectionMode::Single
}

/// The locale: the address, the host, the settings, the browser.
pub(super) fn locale(launch: &Launch, options: Option<&HostOptions>, settings: Option<&Settings>) -> Locale {
    let languages = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
    let languages: Vec<String> = languages.iter().filter_map(|language| language.as_string()).collect();
    let first = [
        launch.locale.as_deref(),
        options.and_then(|options| options.language.as_deref()),
        settings.and_then(|settings| settings.locale.as_deref()),
    ];
    Locale::choose(first.into_iter().flatten().chain(languages.iter().map(String::as_str)))
}
