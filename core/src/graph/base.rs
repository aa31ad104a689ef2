//! Where Microsoft Graph is: the base address with its version, and which addresses belong to it.

use std::fmt;
use std::sync::Arc;

use crate::web::{Origin, OriginError};

/// The base of every Graph request, such as `https://graph.microsoft.com/v1.0`, without a trailing slash.
///
/// The access token goes to addresses of this base and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct GraphBase {
    url: Arc<str>,
    origin: Origin,
    path_start: usize,
}

/// Why a string is not a Graph base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphBaseError {
    /// The origin cannot be read.
    #[error("the graph base url has no usable origin")]
    Origin(#[from] OriginError),
    /// The version is missing, or the path is not made of plain segments.
    #[error("the graph base url ends with the version, such as /v1.0")]
    Path,
}

impl GraphBase {
    /// Reads a base address; one trailing slash is forgiven.
    ///
    /// # Errors
    /// [`GraphBaseError`] if there is no origin, no version, or a query, a fragment or an odd segment.
    pub fn parse(text: &str) -> Result<Self, GraphBaseError> {
        let origin = Origin::of_url(text)?;
        let path = path_of(text).map(|path| path.strip_suffix('/').unwrap_or(path));
        let path = path.filter(|path| path.len() > 1 && is_plain(path) && !has_empty_segment(path));
        let path = path.filter(|path| !path.contains(['?', '#', '%'])).ok_or(GraphBaseError::Path)?;
        let mut url = String::from(origin.as_str());
        let path_start = url.len();
        url.push_str(path);
        Ok(Self { url: Arc::from(url), origin, path_start })
    }

    /// The base address without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The address of a path below the base; the path starts with a slash.
    pub fn url(&self, path: &str) -> String {
        let mut url = String::with_capacity(self.url.len() + path.len());
        url.push_str(&self.url);
        url.push_str(path);
        url
    }

    /// Whether an absolute address lies below this base, so that a token may be sent there.
    ///
    /// Anything that a browser could read as another host or as a way out of the base path is not: user
    /// information, backslashes, control characters, dot segments (also encoded).
    pub fn owns(&self, url: &str) -> bool {
        if Origin::of_url(url).as_ref() != Ok(&self.origin) || url.chars().any(char::is_control) {
            return false;
        }
        let base_path = self.url.get(self.path_start..).unwrap_or_default();
        let below = path_of(url).and_then(|path| path.strip_prefix(base_path));
        below.is_some_and(|below| {
            let end = below.find(['?', '#']).unwrap_or(below.len());
            below.starts_with('/') && below.get(..end).is_some_and(is_plain)
        })
    }
}

impl fmt::Debug for GraphBase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.url)
    }
}

/// Everything from the first slash after the authority.
fn path_of(url: &str) -> Option<&str> {
    let rest = url.split_once(':')?.1.strip_prefix("//")?;
    let start = rest.find(['/', '?', '#', '\\'])?;
    rest.get(start..).filter(|path| path.starts_with('/'))
}

fn has_empty_segment(path: &str) -> bool {
    path.as_bytes().windows(2).any(|pair| pair == b"//")
}

/// Whether the path has no backslash and no segment that climbs, in any spelling.
fn is_plain(path: &str) -> bool {
    !path.contains('\\') && path.split('/').all(|segment| !is_dots(segment))
}

fn is_dots(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots = 0;
    while !rest.is_empty() {
        let encoded = rest.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("%2e"));
        let step = if encoded { 3 } else { 1 };
        if !encoded && !rest.starts_with('.') {
            return false;
        }
        rest = rest.get(step..).unwrap_or_default();
        dots += 1;
    }
    dots == 1 || dots == 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_the_version_and_drops_the_slash() {
        for (text, expected) in [
            ("https://graph.microsoft.com/v1.0", "https://graph.microsoft.com/v1.0"),
            ("https://Graph.Microsoft.com:443/v1.0/", "https://graph.microsoft.com/v1.0"),
            ("http://127.0.0.1:4182/v1.0", "http://127.0.0.1:4182/v1.0"),
            ("https://proxy.example/graph/v1.0", "https://proxy.example/graph/v1.0"),
        ] {
            assert_eq!(GraphBase::parse(text).unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn refuses_a_base_without_version_or_with_more() {
        for text in [
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
            "https://graph.microsoft.com/v1.0?x",
            "https://graph.microsoft.com/v1.0#x",
            "https://graph.microsoft.com/../v1.0",
            "https://graph.microsoft.com//v1.0",
            "graph.microsoft.com/v1.0",
            "ftp://graph.microsoft.com/v1.0",
        ] {
            assert!(GraphBase::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn knows_its_own_addresses_from_foreign_ones() {
        let base = GraphBase::parse("https://graph.microsoft.com/v1.0").unwrap();
        for (url, expected) in [
            ("https://graph.microsoft.com/v1.0/me/drive", true),
            ("https://GRAPH.microsoft.com:443/v1.0/me?$top=1&x=../..", true),
            ("https://graph.microsoft.com/v1.0/drives/b!x/items/01A/children?$skiptoken=a", true),
            ("https://graph.microsoft.com/v1.0", false),
            ("https://graph.microsoft.com/v1.0evil/me", false),
            ("https://graph.microsoft.com/beta/me", false),
            ("https://graph.microsoft.com/v1.0/../beta/me", false),
            ("https://graph.microsoft.com/v1.0/%2E%2e/beta/me", false),
            ("https://graph.microsoft.com/v1.0/.%2e/beta/me", false),
            ("https://graph.microsoft.com/v1.0\\..\\beta", false),
            ("https://graph.microsoft.com/v1.0/..\\beta", false),
            ("https://graph.microsoft.com\\@evil.example/v1.0/me", false),
            ("https://graph.microsoft.com@evil.example/v1.0/me", false),
            ("https://graph.microsoft.com.evil.example/v1.0/me", false),
            ("https://evil.example/https://graph.microsoft.com/v1.0/me", false),
            ("http://graph.microsoft.com/v1.0/me", false),
            ("https://graph.microsoft.com:8443/v1.0/me", false),
            ("https://graph.microsoft.com/v1.0/\t../x", false),
            ("//graph.microsoft.com/v1.0/me", false),
            ("/v1.0/me", false),
            ("", false),
        ] {
            assert_eq!(base.owns(url), expected, "{url}");
        }
    }

    proptest! {
        #[test]
        fn judges_any_text_without_panic(text in any::<String>()) {
            let base = GraphBase::parse("https://graph.microsoft.com/v1.0").unwrap();
            prop_assert!(!base.owns(&text));
            let _ = GraphBase::parse(&text);
        }

        #[test]
        fn owns_what_it_made(path in "(/[a-z0-9!]{1,9}){1,4}") {
            let base = GraphBase::parse("https://graph.microsoft.com/v1.0").unwrap();
            prop_assert!(base.owns(&base.url(&path)));
        }
    }
}
