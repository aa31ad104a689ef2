//! Pre-authenticated links: whoever has one may read, until it expires.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::moment::Moment;
use super::text::fingerprint;

/// What a link gives access to, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) drive: String,
    pub(crate) item: String,
    pub(crate) expires: Moment,
}

impl Link {
    /// The value of `tempauth`.
    pub(crate) fn seal(&self, secret: &str) -> String {
        let expires = self.expires.0.to_string();
        let mark = fingerprint(&[secret, &self.drive, &self.item, &expires]);
        let plain = format!("{}\n{}\n{expires}\n{mark:016x}", self.drive, self.item);
        format!("v1.{}", URL_SAFE_NO_PAD.encode(plain))
    }

    /// What a `tempauth` says, if it was sealed here.
    pub(crate) fn open(tempauth: &str, secret: &str) -> Option<Self> {
        let plain = URL_SAFE_NO_PAD.decode(tempauth.strip_prefix("v1.")?).ok()?;
        let plain = String::from_utf8(plain).ok()?;
        let mut lines = plain.split('\n');
        let (drive, item) = (lines.next()?.to_owned(), lines.next()?.to_owned());
        let link = Self { drive, item, expires: Moment(lines.next()?.parse().ok()?) };
        (link.seal(secret) == tempauth).then_some(link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_it_sealed_and_nothing_else() {
        let link = Link { drive: "b!x".to_owned(), item: "01A".to_owned(), expires: Moment(7) };
        let sealed = link.seal("secret");
        assert_eq!(Link::open(&sealed, "secret"), Some(link));
        assert_eq!(Link::open(&sealed, "other"), None);
        assert_eq!(Link::open(&sealed[..sealed.len() - 3], "secret"), None);
        assert_eq!(Link::open("v1.", "secret"), None);
    }
}
