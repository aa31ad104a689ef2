//! What may be late, by where it is in the source.
//!
//! What runs in a measured visit and what runs in another person's visit is the same in views, and different wherever code
//! reads what comes from outside: another site's address, settings, tokens, answers, names of files. All of such code stays in
//! the first half, whatever was measured, or most visits would need the rest before their first listing.

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
    "core::num::",
    "core::str::",
    "core::slice::",
    "core::char::",
    "core::unicode::",
    "alloc::str",
    "alloc::raw_vec",
    "alloc::vec::",
    "serde_json::",
    "percent_encoding::",
    "form_urlencoded::",
    "base64::",
    "url::",
    "dlmalloc::",
    "hashbrown::",
    "indexmap::",
];

/// Rooms in those that only speak of what went wrong.
const EXPLAINERS: &[&str] = &[
    "onedrive_picker::auth::admin_consent::",
    "onedrive_picker::auth::details::",
    "onedrive_picker::auth::problem::",
    "onedrive_picker::auth::provider_error::",
    "onedrive_picker::auth::remedy::",
    "onedrive_picker::settings::error::",
];

/// Whether a function, by its name without hashes, reads what comes from outside.
pub(super) fn depends_on_input(name: &str) -> bool {
    let own = name.trim_start_matches(['<', '&', '*']).trim_start_matches("mut ");
    let begins = |rooms: &[&str]| rooms.iter().any(|room| own.starts_with(room));
    begins(READERS) && !begins(EXPLAINERS)
}

/// Whether a function builds or changes a view: such a one has branches for every state that the screen may be in.
pub(super) fn is_view(name: &str) -> bool {
    ["onedrive_picker::ui::", "leptos::", "tachys::"].iter().any(|room| name.contains(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_readers_and_sends_explainers_and_views_away() {
        for (name, expected) in [
            ("<onedrive_picker::web::origin::Origin>::split", true),
            ("<&onedrive_picker::settings::parse::Object as core::fmt::Debug>::fmt", true),
            ("onedrive_picker::auth::remedy::remedy", false),
            ("<onedrive_picker::ui::app::App>::begin", false),
            ("<alloc::vec::Vec<onedrive_picker::ui::row::Row>>::push", true),
        ] {
            assert_eq!(depends_on_input(name), expected, "{name}");
        }
        assert!(is_view("<onedrive_picker::ui::row::Row as tachys::view::Render>::build"));
        assert!(!is_view("<onedrive_picker::picker::rows::Rows>::extend"));
    }
}
