//! Which part something that no measured visit ran goes to, by where it is in the source.
//!
//! What runs in a measured visit and what runs in another person's visit is the same in most of the program, and different wherever
//! code reads what comes from outside: another site's address, settings, tokens, answers, names of files. What reads is kept apart
//! from all other late code, so that a visit which needs some of it before its first listing has little to fetch.

/// A part of the program. Each is loaded after the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What comes before the first rows.
    First,
    /// What other people's first rows may need.
    Spare,
    /// What is around the rows.
    Around,
    /// All else.
    Rest,
}

impl Part {
    /// Those after the first.
    pub(super) const LATER: [Self; 3] = [Self::Spare, Self::Around, Self::Rest];

    /// What its file is called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Spare => "spare",
            Self::Around => "around",
            Self::Rest => "rest",
        }
    }
}

/// Rooms that keep things, each visit in another way: how much there is decides what runs.
const KEEPERS: &[&str] =
    &["alloc::collections::btree", "alloc::raw_vec", "dlmalloc::", "hashbrown::", "indexmap::"];

/// Rooms that read what comes from outside, and the flow of the sign-in that few sites use.
const READERS: &[&str] = &[
    "onedrive_picker::auth::",
    "onedrive_picker::browser::intl::",
    "onedrive_picker::browser::launch::",
    "onedrive_picker::graph::base::",
    "onedrive_picker::graph::ids::",
    "onedrive_picker::graph::item::",
    "onedrive_picker::graph::json::",
    "onedrive_picker::graph::media::",
    "onedrive_picker::graph::page::",
    "onedrive_picker::graph::time::",
    "onedrive_picker::host::message::",
    "onedrive_picker::host::options::",
    "onedrive_picker::picker::filter::",
    "onedrive_picker::picker::fold",
    "onedrive_picker::picker::format::",
    "onedrive_picker::picker::name::",
    "onedrive_picker::picker::natural::",
    "onedrive_picker::picker::order::",
    "onedrive_picker::picker::rows::",
    "onedrive_picker::picker::sign_in::",
    "onedrive_picker::picker::window::",
    "onedrive_picker::settings::",
    "onedrive_picker::text::",
    "onedrive_picker::web::",
    "alloc::",
    "base64::",
    "base64ct::",
    "block_buffer::",
    "char::",
    "core::",
    "digest::",
    "form_urlencoded::",
    "generic_array::",
    "oauth2::",
    "percent_encoding::",
    "serde_json::",
    "sha2::",
    "str::",
    "url::",
];

/// Rooms in those that only speak, mostly of what went wrong.
const EXPLAINERS: &[&str] = &[
    "onedrive_picker::auth::admin_consent::",
    "onedrive_picker::auth::details::",
    "onedrive_picker::auth::problem::",
    "onedrive_picker::auth::provider_error::",
    "onedrive_picker::auth::remedy::",
    "onedrive_picker::settings::error::",
    "onedrive_picker::text::message::",
];

/// The part that a function, by its name without hashes, goes to if it is late.
pub(super) fn part(name: &str) -> Part {
    let own = name.trim_start_matches(['<', '&', '*']).trim_start_matches("mut ");
    let begins = |rooms: &[&str]| rooms.iter().any(|room| own.starts_with(room));
    // A library's function may be about something of such a room: what it does there is then part of it.
    let is_about = |room: &&str| room.starts_with("onedrive_picker::") && name.contains(*room);
    let is_view = name.contains("onedrive_picker::ui::") || name.contains("tachys::");
    let reads =
        begins(READERS) || !is_view && !own.starts_with("onedrive_picker::") && READERS.iter().any(is_about);
    if begins(KEEPERS) {
        Part::First
    } else if reads && !begins(EXPLAINERS) {
        Part::Spare
    } else {
        Part::Rest
    }
}

/// The part that a region of a function goes to if it is late. A function that builds or changes a view has branches for every
/// state that the screen may be in; what others have are mostly branches for other input.
pub(super) fn part_of_regions(name: &str) -> Part {
    let is_view = ["onedrive_picker::ui::", "leptos::", "tachys::"].iter().any(|room| name.contains(room));
    match part(name) {
        Part::Rest if !is_view => Part::Spare,
        part => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_reads_apart_from_explainers_and_views() {
        for (name, function, regions) in [
            ("<onedrive_picker::web::origin::Origin>::split", Part::Spare, Part::Spare),
            (
                "<&onedrive_picker::settings::parse::Object as core::fmt::Debug>::fmt",
                Part::Spare,
                Part::Spare,
            ),
            ("onedrive_picker::settings::error::text", Part::Rest, Part::Spare),
            ("<core::option::Option<&str>>::map", Part::Spare, Part::Spare),
            ("onedrive_picker::picker::basket::Basket>::add", Part::Rest, Part::Spare),
            ("<onedrive_picker::ui::app::App>::begin", Part::Rest, Part::Rest),
            (
                "<core::option::Option<&str>>::map::<onedrive_picker::graph::time::parse>",
                Part::Spare,
                Part::Spare,
            ),
            ("<alloc::vec::Vec<onedrive_picker::ui::row::Row>>::push", Part::Spare, Part::Spare),
        ] {
            assert_eq!((part(name), part_of_regions(name)), (function, regions), "{name}");
        }
    }
}
