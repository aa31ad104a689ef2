//! The ID token: a JSON Web Token signed with RS256 (OpenID Connect Core 1.0 sections 2 and 3.2.2.11; reference
//! `entra-sign-in`, section 5).
//!
//! Three types, one after the other: [`UnverifiedIdToken`] has been read, [`SignedIdToken`] has a good signature,
//! and only the judgement of that one makes a [`Session`].

use super::claims::Claims;
use super::keys::{KeySet, VerificationKey};
use super::{Authority, ClientId, Metadata, Nonce, Scopes, Session, SignInError, UncheckedTokens};
use crate::web::{Malformed, Members};
use base64ct::{Base64UrlUnpadded, Encoding as _};

/// An ID token that has been read and of which nothing is believed yet, with the access token that it came with.
#[derive(Debug)]
pub struct UnverifiedIdToken {
    tokens: UncheckedTokens,
    key_id: String,
    /// Where the signature begins, behind the last dot.
    message_length: usize,
    signature: Vec<u8>,
    claims: Claims,
}

/// An ID token whose signature fits the provider's key.
#[derive(Debug)]
pub(crate) struct SignedIdToken {
    tokens: UncheckedTokens,
    claims: Claims,
    key_issuer: Option<String>,
    /// The SHA-256 of the access token.
    hash: [u8; 32],
}

/// What an ID token is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    /// Where the person was sent.
    pub(crate) authority: &'a Authority,
    /// What that provider says of itself.
    pub metadata: &'a Metadata,
    /// Our application.
    pub(crate) client_id: &'a ClientId,
    /// The nonce of our request.
    pub(crate) nonce: &'a Nonce,
    /// The scopes of our request.
    pub(crate) scopes: &'a Scopes,
    /// Whether `at_hash` must be there: whenever the tokens came by the browser's address bar.
    pub(crate) at_hash_required: bool,
    /// When the tokens came, in milliseconds since 1970.
    pub(crate) received_at: u64,
}

/// Reads the ID token.
///
/// # Errors
/// If it is not three parts of base64url with JSON in the first two, if it is signed by another algorithm than
/// RS256, if it names no key, or demands an extension (`crit`, RFC 7515 section 4.1.11).
pub fn parse_id_token(tokens: UncheckedTokens) -> Result<UnverifiedIdToken, SignInError> {
    let malformed = SignInError::IdTokenMalformed;
    let mut parts = tokens.id_token.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(malformed);
    };
    let decode = |part: &str| Base64UrlUnpadded::decode_vec(part).map_err(|_| SignInError::IdTokenMalformed);
    let text = |part: &str| String::from_utf8(decode(part)?).map_err(|_| SignInError::IdTokenMalformed);
    let message_length = header.len() + 1 + payload.len();
    let mut header = Members::parse(&text(header)?)?;
    if header.text("alg")?.as_deref() != Some("RS256") {
        return Err(SignInError::AlgorithmNotAllowed);
    }
    if header.any("crit").is_some() {
        return Err(malformed);
    }
    let key_id = header.text("kid")?.filter(|id| !id.is_empty()).ok_or(SignInError::KeyUnknown)?;
    let claims = Claims::parse(&text(payload)?)?;
    let signature = decode(signature)?;
    Ok(UnverifiedIdToken { tokens, key_id, message_length, signature, claims })
}

impl From<Malformed> for SignInError {
    fn from(_: Malformed) -> Self {
        Self::IdTokenMalformed
    }
}

impl UnverifiedIdToken {
    /// Finds the key to verify with.
    ///
    /// # Errors
    /// [`SignInError::KeyUnknown`] if no key has the token's `kid`: ask for the keys once more, they may have been
    /// rotated.
    pub(crate) fn find_key<'a>(&self, keys: &'a KeySet) -> Result<&'a VerificationKey, SignInError> {
        let mut same_id = keys.with_id(&self.key_id);
        let first = same_id.next().ok_or(SignInError::KeyUnknown)?;
        if self.claims.may_be_signed_by(first.issuer.as_deref()) {
            return Ok(first);
        }
        Ok(same_id.find(|key| self.claims.may_be_signed_by(key.issuer.as_deref())).unwrap_or(first))
    }

    /// What was signed.
    pub fn message(&self) -> &[u8] {
        self.tokens.id_token.as_bytes().get(..self.message_length).unwrap_or_default()
    }

    /// The signature over it.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The access token that it came with, for its SHA-256.
    pub(crate) fn access_token(&self) -> &[u8] {
        self.tokens.access_token.secret().as_bytes()
    }

    /// Goes on with the verdict over the signature, the key that it was reached with, and the SHA-256 of the access token, if
    /// there is one.
    ///
    /// # Errors
    /// [`SignInError::SignatureInvalid`] if it does not fit, [`SignInError::AccessTokenHashMismatch`] without a hash.
    pub(crate) fn accept_signature(
        self,
        key: &VerificationKey,
        fits: bool,
        hash: Option<[u8; 32]>,
    ) -> Result<SignedIdToken, SignInError> {
        if !fits {
            return Err(SignInError::SignatureInvalid);
        }
        let hash = hash.ok_or(SignInError::AccessTokenHashMismatch)?;
        Ok(SignedIdToken { tokens: self.tokens, claims: self.claims, key_issuer: key.issuer.clone(), hash })
    }
}

impl SignedIdToken {
    /// Holds every claim against what was asked for, and makes a session of it.
    ///
    /// # Errors
    /// The first of these that does not fit: issuer, the key's own issuer, tenant, audience, times, nonce, `at_hash`, account, granted
    /// scopes. Each has an error of its own.
    pub(crate) fn judge(self, expected: &Expected<'_>) -> Result<Session, SignInError> {
        let account = self.claims.judge(expected, self.key_issuer.as_deref(), &self.hash)?;
        let granted = expected.scopes.granted(self.tokens.scope.as_deref());
        let missing = expected.scopes.missing(&granted);
        if !missing.is_empty() {
            return Err(SignInError::ScopeNotGranted { missing });
        }
        Ok(Session::signed_in(
            self.tokens.access_token,
            expected.received_at,
            self.tokens.expires_in,
            account,
            granted,
        ))
    }
}
