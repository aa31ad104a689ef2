//! The options as a whole.

use super::{
    Accessibility, Authentication, Commands, Entry, Host, Layout, Messaging, OptionsError, Selection,
    SignInHints, Sort, Theme, TypesAndSources, look,
};
use crate::host::json;
use crate::web::Origin;
use serde_json::Value;

/// Longer options, in bytes of JSON, are refused. Browsers and servers rarely carry more in an address anyway.
pub const LONGEST_OPTIONS: usize = 64 * 1024;

/// What the host asks for. The default is that of a page without a host: everything allowed, one file at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostOptions {
    /// `messaging`
    pub host: Host,
    /// `entry`: where to begin.
    pub entry: Entry,
    /// `entry.sortBy`: how to sort at first.
    pub sort: Option<Sort>,
    /// `typesAndSources`: what may be chosen, and from where.
    pub types_and_sources: TypesAndSources,
    /// `selection`: how much may be chosen.
    pub selection: Selection,
    /// `commands`: labels, and whether links are wanted.
    pub commands: Commands,
    /// `search`: whether it is turned off (`false` or `{enabled: false}`).
    pub search_disabled: bool,
    /// `theme`, over the settings' own; `None` keeps those.
    pub theme: Option<Theme>,
    /// `list.layout.type`: the view to begin with.
    pub layout: Option<Layout>,
    /// `leftNav`: whether the places are hidden (`enabled: false` or `initialModality: "hidden"`).
    pub places_hidden: bool,
    /// `accessibility`: where the focus goes.
    pub accessibility: Accessibility,
    /// `title`, cleaned and at most 80 characters.
    pub title: Option<String>,
    /// `localization.language`; the query's `locale` comes first.
    pub language: Option<String>,
    /// `authentication`: whether the host supplies tokens.
    pub authentication: Authentication,
    /// `signIn`, an addition of this picker: hints for our own sign-in.
    pub sign_in: SignInHints,
}

/// Parses the `filePicker` query parameter. `allowed` are the origins that may host the picker.
///
/// # Errors
/// [`OptionsError`] if it is no JSON object of reasonable size, or if `messaging` names no allowed host. Everything
/// else that is wrong is ignored.
pub fn parse(text: &str, allowed: &[Origin]) -> Result<HostOptions, OptionsError> {
    if text.len() > LONGEST_OPTIONS {
        return Err(OptionsError::TooLarge { length: text.len() });
    }
    let options = json::parse(text).ok_or(OptionsError::NotJson)?;
    if !options.is_object() {
        return Err(OptionsError::NotAnObject);
    }
    let host = match options.get("messaging") {
        None => Host::Absent,
        Some(messaging) => Host::Present(Messaging::read(messaging, allowed)?),
    };
    Ok(HostOptions::read(&options, host))
}

impl HostOptions {
    /// Reads everything but `messaging`, which a `configure` message must not change.
    pub(crate) fn read(options: &Value, host: Host) -> Self {
        let member = |key: &str| options.get(key).unwrap_or(&Value::Null);
        let left_nav = member("leftNav");
        let search = member("search");
        Self {
            host,
            entry: Entry::read(member("entry")),
            sort: Sort::read(member("entry")),
            types_and_sources: TypesAndSources::read(member("typesAndSources")),
            selection: Selection::read(member("selection")),
            commands: Commands::read(member("commands")),
            search_disabled: search.as_bool().or_else(|| json::flag(search, "enabled")) == Some(false),
            theme: Theme::read(member("theme")),
            layout: member("list").get("layout").and_then(Layout::read),
            places_hidden: json::flag(left_nav, "enabled") == Some(false)
                || json::text(left_nav, "initialModality") == Some("hidden"),
            accessibility: Accessibility::read(member("accessibility")),
            title: json::label(options, "title"),
            language: json::text(member("localization"), "language").and_then(look::locale_tag),
            authentication: Authentication::read(options.get("authentication")),
            sign_in: SignInHints::read(member("signIn")),
        }
    }
}
