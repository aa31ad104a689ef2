//! Which part something late goes to, by where it is in the source.
//!
//! What runs in a measured visit and what runs in another person's visit is the same in views, and different wherever code
//! reads what comes from outside: another site's address, settings, tokens, answers, names of files. What of such code no
//! measured visit ran is kept apart from all else that is late, so that a visit which needs some of it before its first
//! listing has little to fetch.

/// A part of the program. Each is loaded after the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What comes before the first listing.
    First,
    /// What other people's first listings may need.
    Spare,
    /// All else.
    Rest,
}

/// Rooms that read what comes from outside.
const READERS: &[&str] = &[
    "onedrive_picker::web::",
    "onedrive_picker::settings::",
    "onedrive_picker::auth::",
    "onedrive_picker::host::options::",
    "onedrive_picker::host::message::",
    "onedrive_picker::graph::base::",
    "onedrive_picker::graph::item::",
    "onedrive_picker::graph::page::",
    "onedrive_picker::graph::time::",
    "onedrive_picker::graph::media::",
    "onedrive_picker::graph::json::",
    "onedrive_picker::picker::filter::",
    "onedrive_picker::picker::fold",
    "onedrive_picker::picker::format::",
    "onedrive_picker::picker::name::",
    "onedrive_picker::picker::natural::",
    "onedrive_picker::picker::order::",
    "onedrive_picker::picker::rows::",
    "onedrive_picker::picker::window::",
    "onedrive_picker::browser::intl::",
    "onedrive_picker::browser::launch::",
    "onedrive_picker::text::",
    "alloc::",
    "base64::",
    "char::",
    "core::",
    "dlmalloc::",
    "form_urlencoded::",
    "hashbrown::",
    "indexmap::",
    "percent_encoding::",
    "serde_json::",
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
    if begins(READERS) && !begins(EXPLAINERS) { Part::Spare } else { Part::Rest }
}

/// The part that a region of a function goes to if it is late. A function that builds or changes a view has branches for every
/// state that the screen may be in; what others have are mostly branches for other input.
pub(super) fn part_of_regions(name: &str) -> Part {
    let is_view = ["onedrive_picker::ui::", "leptos::", "tachys::"].iter().any(|room| name.contains(room));
    if is_view { part(name) } else { Part::Spare }
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
            ("onedrive_picker::picker::basket::Basket>::add", Part::Rest, Part::Spare),
            ("<onedrive_picker::ui::app::App>::begin", Part::Rest, Part::Rest),
            ("<alloc::vec::Vec<onedrive_picker::ui::row::Row>>::push", Part::Spare, Part::Spare),
        ] {
            assert_eq!((part(name), part_of_regions(name)), (function, regions), "{name}");
        }
    }
}
