//! The site's base address, read from whatever an administrator pastes.

use super::pasted::without_surroundings;
use crate::auth::looks_like_client_secret;
use crate::web::{Origin, OriginError};

/// The path of the redirect URI below the site.
pub(super) const REDIRECT_PATH: &str = "/onedrive/index/blank-page";

/// A MediaSpace site: an origin that Azure takes into a redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site(Origin);

impl Site {
    /// The site's origin.
    pub fn origin(&self) -> &Origin {
        &self.0
    }

    /// The redirect URI to register, letter by letter.
    pub fn redirect_uri(&self) -> String {
        let mut uri = String::from(self.0.as_str());
        uri.push_str(REDIRECT_PATH);
        uri
    }
}

/// A site and what was changed to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSite {
    /// The site.
    pub site: Site,
    /// The changes worth pointing out, in the order of the address.
    pub changes: Vec<SiteChange>,
}

/// Something that was changed in a pasted address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteChange {
    /// There was no scheme; it is now this one.
    SchemeAdded(&'static str),
    /// Capital letters became small ones.
    LowerCased,
    /// Underscores were removed from the host, as the article demands.
    UnderscoresRemoved {
        /// The host as it was pasted, in lower case.
        before: String,
        /// The host as it is registered.
        after: String,
    },
    /// A path behind the host was left out.
    PathDropped,
}

/// Why a pasted text is no site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SiteError {
    /// Nothing was entered.
    #[error("no address was entered")]
    Empty,
    /// A client secret was pasted.
    #[error("this looks like a client secret, which belongs nowhere near a browser")]
    ClientSecret,
    /// `http` anywhere but on this very computer.
    #[error("http is allowed on localhost only")]
    HttpNotAllowed,
    /// Another scheme than `https` and `http`.
    #[error("the address has another scheme than https")]
    SchemeNotAllowed,
    /// A wildcard: Azure compares redirect URIs exactly.
    #[error("a wildcard is not allowed: redirect uris are compared exactly")]
    Wildcard,
    /// A query.
    #[error("a query is not allowed in a redirect uri")]
    Query,
    /// A user name or password in front of the host.
    #[error("a user name is not allowed in an address")]
    UserInformation,
    /// Blanks, or letters that no host name has.
    #[error("the host is missing or malformed")]
    Host,
    /// A port that is none.
    #[error("the port is malformed")]
    Port,
}

impl SiteError {}

/// Reads a site's address: with or without scheme, path, trailing slash, port, in any case, with blanks around.
///
/// # Errors
/// [`SiteError`] with the reason.
pub fn read_site(text: &str) -> Result<ReadSite, SiteError> {
    let text = without_surroundings(text);
    if text.is_empty() {
        return Err(SiteError::Empty);
    }
    if looks_like_client_secret(text) {
        return Err(SiteError::ClientSecret);
    }
    if text.contains('*') {
        return Err(SiteError::Wildcard);
    }
    let mut changes = Vec::new();
    let (scheme, rest) = split_scheme(text)?;
    let (before_fragment, _) = rest.split_once('#').unwrap_or((rest, ""));
    if before_fragment.contains('?') {
        return Err(SiteError::Query);
    }
    let (authority, path) = rest.split_at(rest.find(['/', '#', '\\']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(SiteError::UserInformation);
    }
    let lower = authority.to_ascii_lowercase();
    let host = without_dot(&lower);
    let scheme = match scheme {
        Some(scheme) => scheme,
        None => {
            let scheme = if is_loopback(&host) { "http" } else { "https" };
            changes.push(SiteChange::SchemeAdded(scheme));
            scheme
        }
    };
    if scheme == "http" && !is_loopback(&host) {
        return Err(SiteError::HttpNotAllowed);
    }
    if lower != authority {
        changes.push(SiteChange::LowerCased);
    }
    let registered: String = host.chars().filter(|letter| *letter != '_').collect();
    if registered != host {
        changes.push(SiteChange::UnderscoresRemoved { before: host, after: registered.clone() });
    }
    if !matches!(path.trim_end_matches('/'), "" | REDIRECT_PATH) {
        changes.push(SiteChange::PathDropped);
    }
    let site = Site(origin(scheme, &registered)?);
    Ok(ReadSite { site, changes })
}

/// Takes a scheme off. `None` if there is none.
fn split_scheme(text: &str) -> Result<(Option<&'static str>, &str), SiteError> {
    let Some((scheme, rest)) = text.split_once("://") else {
        let rest = text.strip_prefix("//").unwrap_or(text);
        // `mailto:a`, but not `host:443`.
        let is_port = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_digit());
        return match rest.split_once(':') {
            Some((name, rest)) if !is_port(rest) && !name.contains(['.', '[', '/']) => {
                Err(SiteError::SchemeNotAllowed)
            }
            _ => Ok((None, rest)),
        };
    };
    if scheme.eq_ignore_ascii_case("https") {
        Ok((Some("https"), rest))
    } else if scheme.eq_ignore_ascii_case("http") {
        Ok((Some("http"), rest))
    } else {
        Err(SiteError::SchemeNotAllowed)
    }
}

/// The authority without the dot of a fully qualified name.
fn without_dot(authority: &str) -> String {
    let (host, port) = authority.split_at(authority.rfind(':').unwrap_or(authority.len()));
    let mut text = String::from(host.strip_suffix('.').unwrap_or(host));
    text.push_str(port);
    text
}

fn is_loopback(authority: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|host| authority.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

fn origin(scheme: &str, authority: &str) -> Result<Origin, SiteError> {
    let host = authority.split(':').next().unwrap_or_default();
    let is_named = host.contains('.') || is_loopback(authority) || authority.starts_with('[');
    if !is_named || host.len() > 253 || host.split('.').any(|label| label.is_empty() || label.len() > 63) {
        return Err(SiteError::Host);
    }
    let mut text = String::from(scheme);
    text.push_str("://");
    text.push_str(authority);
    Origin::parse(&text)
        .map_err(|error| if error == OriginError::Port { SiteError::Port } else { SiteError::Host })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn makes_the_redirect_uri_of_the_article() {
        let read = read_site("https://demo.mediaspace.kaltura.com").unwrap();
        assert_eq!(read.site.redirect_uri(), "https://demo.mediaspace.kaltura.com/onedrive/index/blank-page");
        assert_eq!(read.changes, []);
    }

    #[test]
    fn takes_what_people_paste() {
        use SiteChange::{LowerCased, PathDropped, SchemeAdded};
        for (text, origin, changes) in [
            ("demo.kaltura.com", "https://demo.kaltura.com", vec![SchemeAdded("https")]),
            ("  https://demo.kaltura.com/ \n", "https://demo.kaltura.com", vec![]),
            ("\u{feff}\"https://demo.kaltura.com\"", "https://demo.kaltura.com", vec![]),
            ("\u{200f}\u{200e}https://demo.kaltura.com\u{200e},", "https://demo.kaltura.com", vec![]),
            ("HTTPS://Demo.Kaltura.COM", "https://demo.kaltura.com", vec![LowerCased]),
            ("https://demo.kaltura.com/my-media", "https://demo.kaltura.com", vec![PathDropped]),
            ("https://demo.kaltura.com/#/home?x", "https://demo.kaltura.com", vec![PathDropped]),
            ("https://demo.kaltura.com/onedrive/index/blank-page", "https://demo.kaltura.com", vec![]),
            ("https://demo.kaltura.com/onedrive/index/blank-page/", "https://demo.kaltura.com", vec![]),
            ("https://demo.kaltura.com:443", "https://demo.kaltura.com", vec![]),
            (
                "demo.kaltura.com:8443/x",
                "https://demo.kaltura.com:8443",
                vec![SchemeAdded("https"), PathDropped],
            ),
            ("//demo.kaltura.com", "https://demo.kaltura.com", vec![SchemeAdded("https")]),
            ("https://demo.kaltura.com.", "https://demo.kaltura.com", vec![]),
            ("http://localhost:4180", "http://localhost:4180", vec![]),
            ("localhost:4180", "http://localhost:4180", vec![SchemeAdded("http")]),
            ("http://127.0.0.1:4180/", "http://127.0.0.1:4180", vec![]),
            ("http://[::1]:4180/", "http://[::1]:4180", vec![]),
        ] {
            let read = read_site(text).unwrap();
            assert_eq!((read.site.origin().as_str(), &read.changes), (origin, &changes), "{text}");
        }
    }

    #[test]
    fn removes_underscores_and_points_it_out() {
        let read = read_site("https://Open_University.media_space.example:8443").unwrap();
        assert_eq!(read.site.origin().as_str(), "https://openuniversity.mediaspace.example:8443");
        assert!(read.changes.contains(&SiteChange::UnderscoresRemoved {
            before: "open_university.media_space.example:8443".into(),
            after: "openuniversity.mediaspace.example:8443".into()
        }));
    }

    #[test]
    fn refuses_with_the_reason() {
        let secret = ["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat();
        for (text, error) in [
            ("", SiteError::Empty),
            (" \n", SiteError::Empty),
            (secret.as_str(), SiteError::ClientSecret),
            ("http://demo.kaltura.com", SiteError::HttpNotAllowed),
            ("http://localhost.evil.example", SiteError::HttpNotAllowed),
            ("ftp://demo.kaltura.com", SiteError::SchemeNotAllowed),
            ("mailto:dana", SiteError::SchemeNotAllowed),
            ("javascript:alert(1)", SiteError::SchemeNotAllowed),
            ("https://*.kaltura.com", SiteError::Wildcard),
            ("https://demo.kaltura.com/*", SiteError::Wildcard),
            ("https://demo.kaltura.com/?x=1", SiteError::Query),
            ("demo.kaltura.com?x", SiteError::Query),
            ("https://dana:pw@demo.kaltura.com", SiteError::UserInformation),
            ("https://demo kaltura.com", SiteError::Host),
            ("https://", SiteError::Host),
            ("https://.kaltura.com", SiteError::Host),
            ("https://demo..kaltura.com", SiteError::Host),
            ("https://_.kaltura.com", SiteError::Host),
            ("https://{kaltura_site_base_URL}", SiteError::Host),
            ("https://דוגמה.example", SiteError::Host),
            ("demo", SiteError::Host),
            ("https://demo.kaltura.com:99999", SiteError::Port),
            ("https://demo.kaltura.com:x", SiteError::Port),
        ] {
            assert_eq!(read_site(text).unwrap_err(), error, "{text}");
        }
    }

    proptest! {
        #[test]
        fn gives_https_or_loopback_and_reads_its_own_result(text in "\\PC{0,40}") {
            if let Ok(read) = read_site(&text) {
                let origin = read.site.origin().as_str();
                prop_assert!(origin.starts_with("https://") || is_loopback(origin.strip_prefix("http://").unwrap()));
                let again = read_site(&read.site.redirect_uri()).unwrap();
                prop_assert_eq!(again, ReadSite { site: read.site.clone(), changes: Vec::new() });
            }
        }
    }
}
