//! The keys that sign ID tokens (JSON Web Key Set, RFC 7517; reference `entra-sign-in`, section 5).

use super::metadata::document;
use super::{Endpoint, Metadata, SignInError};
use crate::web::{Members, Request, Response};
use serde_json::Value;

/// One RSA public key of the provider, ready for verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationKey {
    /// The key's id (`kid`).
    pub id: String,
    /// The modulus, base64url without padding (`n`).
    pub modulus: String,
    /// The public exponent, base64url without padding (`e`).
    pub exponent: String,
    /// The issuer that may sign with this key; `{tenantid}` stands for any tenant.
    pub issuer: Option<String>,
}

/// The keys of a provider at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeySet(Vec<VerificationKey>);

impl KeySet {
    /// The keys of that id. More than one is possible, each for an issuer of its own.
    pub(super) fn with_id<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a VerificationKey> {
        self.0.iter().filter(move |key| key.id == id)
    }
}

/// Asks for the keys.
pub(crate) fn build_keys_request(metadata: &Metadata) -> Request {
    Request::get(metadata.keys_url())
}

/// Judges the keys. Keys of another kind or use, and RSA keys under 2048 bits (RFC 7518 section 3.3), are left out.
///
/// # Errors
/// If the answer is not 200 with a key set.
pub(crate) fn parse_keys_response(response: &Response) -> Result<KeySet, SignInError> {
    let endpoint = Endpoint::Keys;
    let keys = Members::parse(document(response, endpoint)?).and_then(|mut members| members.list("keys"));
    let keys = keys.ok().flatten().ok_or(SignInError::EndpointMalformed { endpoint })?;
    Ok(KeySet(keys.into_iter().filter_map(verification_key).collect()))
}

/// The key that a JSON Web Key is; nothing if it is of no use here.
fn verification_key(key: Value) -> Option<VerificationKey> {
    let mut key = Members::of(key).ok()?;
    let mut text = |name| key.text(name).ok();
    let is_rsa = text("kty")?.as_deref() == Some("RSA");
    let signs = text("use")?.is_none_or(|purpose| purpose == "sig");
    let by_rs256 = text("alg")?.is_none_or(|algorithm| algorithm == "RS256");
    let (id, modulus, exponent) = (text("kid")??, text("n")??, text("e")??);
    let fits = is_rsa && signs && by_rs256 && !id.is_empty();
    let is_key = modulus.len() >= SHORTEST_MODULUS && is_base64url(&modulus) && is_base64url(&exponent);
    (fits && is_key).then_some(VerificationKey { id, modulus, exponent, issuer: text("issuer")? })
}

/// 2048 bits in base64url.
const SHORTEST_MODULUS: usize = 342;

fn is_base64url(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
