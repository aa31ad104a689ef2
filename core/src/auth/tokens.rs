//! Tokens as they came, of which nothing has been checked yet.

use super::{AccessToken, SignInError};
use std::fmt;

/// The parts of a successful answer (RFC 6749 section 5.1, OpenID Connect Core 1.0 section 3.2.2.5).
#[derive(Default)]
pub(super) struct RawTokens {
    pub(super) access_token: Option<String>,
    pub(super) id_token: Option<String>,
    pub(super) token_type: Option<String>,
    pub(super) expires_in: Option<u64>,
    pub(super) scope: Option<String>,
}

impl RawTokens {
    /// Sees that every part is there. One token without the other is refused: neither proves anything alone.
    pub(super) fn into_unchecked(self) -> Result<UncheckedTokens, SignInError> {
        let access_token = self.access_token.filter(|token| !token.is_empty());
        let id_token = self.id_token.filter(|token| !token.is_empty());
        let access_token = access_token.ok_or(SignInError::AccessTokenMissing)?;
        let id_token = id_token.ok_or(SignInError::IdTokenMissing)?;
        if !self.token_type.is_some_and(|kind| kind.eq_ignore_ascii_case("Bearer")) {
            return Err(SignInError::TokenTypeNotBearer);
        }
        Ok(UncheckedTokens {
            access_token: AccessToken::new(access_token).ok_or(SignInError::ResponseMalformed)?,
            id_token,
            expires_in: self
                .expires_in
                .filter(|seconds| *seconds > 0)
                .ok_or(SignInError::LifetimeMalformed)?,
            scope: self.scope,
        })
    }
}

/// An access token and an ID token that came together. The only way to use them is through the judgement of the
/// ID token, which binds the one to the other.
pub struct UncheckedTokens {
    pub(super) access_token: AccessToken,
    pub(super) id_token: String,
    /// Seconds.
    pub(super) expires_in: u64,
    pub(super) scope: Option<String>,
}

impl fmt::Debug for UncheckedTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("UncheckedTokens(•••)")
    }
}
