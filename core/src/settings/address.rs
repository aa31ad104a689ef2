//! Addresses in the settings: base URLs, the redirect URI, the Graph base.

use crate::web::Origin;

/// The base of every Graph request, its version included, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphBase {
    url: String,
    origin: Origin,
}

impl GraphBase {
    /// The base of a cloud's Graph, version 1.0.
    pub(super) fn of_resource(resource: &str) -> Option<Self> {
        let mut url = String::from(resource);
        url.push_str("/v1.0");
        Self::parse(&url)
    }

    /// Reads a base such as `https://graph.microsoft.com/v1.0`; one trailing slash is dropped. `None` unless it
    /// is `https`, or `http` on this very computer, and ends in `/v1.0` or `/beta`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (url, origin) = base_url(text)?;
        let path = url.get(origin_length(&url)..)?;
        (path.ends_with("/v1.0") || path.ends_with("/beta")).then_some(Self { url, origin })
    }

    /// The base itself, such as `https://graph.microsoft.com/v1.0`.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The only origin that may be sent the access token.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
}

/// Reads an address that requests are made to: `https`, or `http` on this very computer; no user, query or
/// fragment. One trailing slash is dropped.
pub(super) fn base_url(text: &str) -> Option<(String, Origin)> {
    let url = text.strip_suffix('/').unwrap_or(text);
    let origin = Origin::of_url(url).ok()?;
    (is_plain(url) && (origin.as_str().starts_with("https:") || is_loopback(&origin)))
        .then(|| (url.to_owned(), origin))
}

/// Reads the redirect URI. It is kept letter by letter, since Microsoft compares it so; it must lie on the
/// picker's own origin, since the page there hands the answer on within the origin.
pub(super) fn own_url(text: &str, own_origin: &Origin) -> Option<String> {
    let origin = Origin::of_url(text).ok()?;
    let has_path = text.get(origin_length(text)..).is_some_and(|path| path.starts_with('/'));
    (has_path && is_plain(text) && origin == *own_origin).then(|| text.to_owned())
}

fn is_plain(url: &str) -> bool {
    url.bytes().all(|byte| {
        byte.is_ascii_graphic()
            && !matches!(byte, b'?' | b'#' | b'\\' | b'"' | b'<' | b'>' | b'*' | b'{' | b'}')
    }) && !url.split('/').any(|segment| segment == "." || segment == "..")
}

fn is_loopback(origin: &Origin) -> bool {
    let authority = origin.as_str().strip_prefix("http://").unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|host| authority.strip_prefix(host).is_some_and(|port| port.is_empty() || port.starts_with(':')))
}

/// Where the path begins. Dropped default ports make the written origin longer than the serialised one.
fn origin_length(url: &str) -> usize {
    let authority = url.find(':').map_or(0, |index| index + "://".len());
    url.get(authority..).and_then(|rest| rest.find('/')).map_or(url.len(), |index| authority + index)
}
