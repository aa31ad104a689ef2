//! An access token that the host supplied.

use std::fmt;

/// An access token out of the host's answer to `authenticate`. It is opaque and unproven: Graph is the first to judge it.
///
/// It has no `Display`, and `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct HostToken(String);

impl HostToken {
    /// Takes a text as a token. `None` if it cannot be one: empty, over 32 kB, or with characters that do not belong
    /// into an `Authorization` header (RFC 6750 section 2.1 allows visible ASCII only).
    pub(crate) fn new(text: &str) -> Option<Self> {
        const LONGEST: usize = 32 * 1024;
        let fits =
            !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The token itself, for the `Authorization` header and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HostToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("HostToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_out_what_no_header_may_carry() {
        for text in ["", "a b", "a\r\nx: y", "tokén", "a\u{0}"] {
            assert!(HostToken::new(text).is_none(), "{text:?}");
        }
        assert!(HostToken::new(&"a".repeat(40_000)).is_none());
        assert_eq!(HostToken::new("eyJ.a_b-c~d+/=").unwrap().expose(), "eyJ.a_b-c~d+/=");
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        assert_eq!(format!("{:?}", HostToken::new("secret").unwrap()), "HostToken(…)");
    }
}
