//! The secrets of one sign-in. None of them is shown by `Debug`, none has a `Display`, none can be serialised.

use super::constant_time;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use std::fmt;

macro_rules! secret {
    ($(#[$documentation:meta])* $visibility:vis $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone)]
        $visibility struct $name(String);

        impl $name {
            /// The value itself. Whoever takes it answers for where it goes.
            $visibility fn secret(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(•••)"))
            }
        }
    };
}

secret! {
    /// Ties an answer to the question of this very window (RFC 6749 section 10.12); also the name of the channel
    /// that brings the answer back.
    pub State
}

secret! {
    /// Ties an ID token to this very request (OpenID Connect Core 1.0 section 15.5.2).
    pub(crate) Nonce
}

secret! {
    /// Proves at the token endpoint who asked for the code (RFC 7636 section 4.1).
    pub(crate) CodeVerifier
}

secret! {
    /// A token for Microsoft Graph (RFC 6750). Opaque: never parsed.
    pub AccessToken
}

secret! {
    /// A code to be redeemed once (RFC 6749 section 4.1.2).
    pub AuthorizationCode
}

/// The length of 256 bits as base64url.
const LENGTH: usize = 43;

macro_rules! one_time {
    ($($name:ident)*) => {$(
        impl $name {
            /// Reads back what was kept while the window was away. `None` if the text cannot be one of ours.
            pub(crate) fn of_text(text: &str) -> Option<Self> {
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
                (text.len() == LENGTH && text.bytes().all(fits)).then(|| Self(text.to_owned()))
            }
        }
    )*};
}

one_time!(State Nonce CodeVerifier);

impl State {
    /// A state of 256 random bits.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self(Base64UrlUnpadded::encode_string(bytes))
    }

    /// Whether the text is this state, compared in constant time.
    pub fn matches(&self, text: &str) -> bool {
        constant_time::equal(&self.0, text)
    }
}

impl Nonce {
    /// A nonce of 256 random bits.
    pub(crate) fn from_random(bytes: &[u8; 32]) -> Self {
        Self(Base64UrlUnpadded::encode_string(bytes))
    }

    /// Whether the text is this nonce, compared in constant time.
    pub(crate) fn matches(&self, text: &str) -> bool {
        constant_time::equal(&self.0, text)
    }
}

impl CodeVerifier {
    /// A verifier of 256 random bits, 43 characters long (RFC 7636 section 4.1).
    pub(crate) fn from_random(bytes: &[u8; 32]) -> Self {
        Self(Base64UrlUnpadded::encode_string(bytes))
    }
}

impl AccessToken {
    /// Takes a token as it came. `None` if it is empty, or has characters that no header may carry
    /// (RFC 6750 section 2.1).
    pub fn new(text: String) -> Option<Self> {
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(Self(text))
    }
}

impl AuthorizationCode {
    /// Takes a code as it came. `None` if it is empty.
    pub(crate) fn new(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_nothing_when_debugged() {
        let token = AccessToken::new("eyJhbGciOi".into()).unwrap();
        assert_eq!(format!("{token:?}"), "AccessToken(•••)");
        assert_eq!(format!("{:?}", State::from_random(&[7; 32])), "State(•••)");
    }

    #[test]
    fn takes_only_what_an_authorization_header_may_carry() {
        for text in ["", "a b", "a\r\nx: y", "שלום"] {
            assert!(AccessToken::new(text.into()).is_none(), "{text:?}");
        }
    }

    #[test]
    fn reads_back_only_what_can_be_its_own() {
        let state = State::from_random(&[9; 32]);
        assert!(State::of_text(state.secret()).is_some_and(|back| back.matches(state.secret())));
        for text in ["", "short", &"x".repeat(44), &"é".repeat(43), &"+".repeat(43)] {
            assert!(Nonce::of_text(text).is_none() && CodeVerifier::of_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn matches_itself_only() {
        let state = State::from_random(&[1; 32]);
        assert_eq!(state.secret().len(), 43);
        assert!(state.matches(state.secret()));
        assert!(!state.matches(State::from_random(&[2; 32]).secret()));
        assert!(!state.matches(""));
    }
}
