//! A web origin: scheme, host, port (HTML Standard, "origin"; RFC 6454).

use std::fmt;

/// An exact web origin such as `https://media.example` or `http://localhost:4180`, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(String);

/// Why a string is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// Neither `http://` nor `https://`.
    #[error("an origin starts with https:// or http://")]
    Scheme,
    /// The host is missing or has characters that no host has.
    #[error("the host is missing or malformed")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port is malformed")]
    Port,
    /// Something follows the host and port: a path, a query or a fragment.
    #[error("an origin has no path, query or fragment")]
    Trailing,
}

impl Origin {
    /// Parses an origin written alone: `https://host[:port]`, at most one trailing slash forgiven.
    ///
    /// The host is lower-cased and a default port dropped, as the browser's serialisation does.
    ///
    /// # Errors
    /// [`OriginError`] for anything else: a wildcard, `null`, user information, a path.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let (origin, rest) = Self::split(text)?;
        if rest.is_empty() || rest == "/" { Ok(origin) } else { Err(OriginError::Trailing) }
    }

    /// The origin of an absolute address.
    ///
    /// # Errors
    /// [`OriginError`] if it is not an `http` or `https` address.
    pub fn of_url(url: &str) -> Result<Self, OriginError> {
        Self::split(url).map(|(origin, _)| origin)
    }

    /// The serialised origin, as `MessageEvent.origin` shows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn split(text: &str) -> Result<(Self, &str), OriginError> {
        let (scheme, rest) = text.split_once(':').ok_or(OriginError::Scheme)?;
        let rest = rest.strip_prefix("//").ok_or(OriginError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "https" => "443",
            "http" => "80",
            _ => return Err(OriginError::Scheme),
        };
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (host, port) = split_port(authority)?;
        let host = host.to_ascii_lowercase();
        if !is_host(&host) {
            return Err(OriginError::Host);
        }
        let mut serialised = String::with_capacity(text.len());
        serialised.push_str(&scheme);
        serialised.push_str("://");
        serialised.push_str(&host);
        if let Some(port) = port.filter(|port| *port != default_port) {
            serialised.push(':');
            serialised.push_str(port);
        }
        Ok((Self(serialised), tail))
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), OriginError> {
    let after_brackets = authority.rfind(']').map_or(0, |index| index + 1);
    let Some(colon) = authority.get(after_brackets..).and_then(|tail| tail.find(':')) else {
        return Ok((authority, None));
    };
    let (host, port) = authority.split_at(after_brackets + colon);
    let port = port.get(1..).unwrap_or_default();
    // Not as `u16`, which ports of five digits are read into by other code than those of four.
    let number: u64 = port.parse().map_err(|_| OriginError::Port)?;
    let is_port = (1..=u64::from(u16::MAX)).contains(&number) && !port.starts_with(['0', '+']);
    if is_port { Ok((host, Some(port))) } else { Err(OriginError::Port) }
}

fn is_host(host: &str) -> bool {
    let bracketed = host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    if let Some(address) = bracketed {
        return !address.is_empty()
            && address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.');
    }
    !host.is_empty()
        && !host.starts_with(['.', '-'])
        && !host.as_bytes().windows(2).any(|pair| pair == b"..")
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_origin_as_the_browser_serialises_it() {
        for (text, expected) in [
            ("https://media.example", "https://media.example"),
            ("https://Media.Example/", "https://media.example"),
            ("HTTPS://media.example:443", "https://media.example"),
            ("http://localhost:4180", "http://localhost:4180"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("https://[::1]:8443", "https://[::1]:8443"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_exactly_an_origin() {
        for (text, expected) in [
            ("*", OriginError::Scheme),
            ("null", OriginError::Scheme),
            ("", OriginError::Scheme),
            ("ftp://media.example", OriginError::Scheme),
            ("javascript://media.example", OriginError::Scheme),
            ("https://", OriginError::Host),
            ("https://*.example", OriginError::Host),
            ("https://user@media.example", OriginError::Host),
            ("https://user:1@media.example", OriginError::Port),
            ("https://media.example:port", OriginError::Port),
            ("https://media.example:0", OriginError::Port),
            ("https://media.example:99999", OriginError::Port),
            ("https://media.example:65536", OriginError::Port),
            ("https://media.example/path", OriginError::Trailing),
            ("https://media.example?x", OriginError::Trailing),
            ("https://media.example\\@evil.example", OriginError::Trailing),
        ] {
            assert_eq!(Origin::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn takes_the_origin_out_of_an_address() {
        let origin = Origin::of_url("https://graph.microsoft.com/v1.0/me?$top=1#x").unwrap();
        assert_eq!(origin.as_str(), "https://graph.microsoft.com");
    }
}
