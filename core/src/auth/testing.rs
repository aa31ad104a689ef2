//! A provider for tests: it makes metadata, keys and ID tokens, right ones and wrong ones.
//!
//! Its signature is a toy (a SHA-256 over key and message), since the real one is checked by a port; everything
//! around the signature is the real thing.

use super::{Authority, ClientId, Tenant, UncheckedTokens, tokens::RawTokens};
use crate::auth::keys::VerificationKey;
use crate::web::Response;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(crate) const LOGIN: &str = "https://login.example";
pub(crate) const CLIENT_ID: &str = "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046";
pub(crate) const TENANT_ID: &str = "11111111-2222-3333-4444-555555555555";
pub(crate) const PERSONAL_ID: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
pub(crate) const ACCESS_TOKEN: &str = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
pub(crate) const AT_HASH: &str = "77QmUPtjPfzWtF2AnpK9RQ";
pub(crate) const SCOPE: &str =
    "openid profile https://graph.microsoft.com/Files.Read.All https://graph.microsoft.com/User.Read";
/// Seconds.
pub(crate) const NOW: u64 = 1_800_000_000;

pub(crate) fn authority(tenant: &str) -> Authority {
    Authority::new(LOGIN, Tenant::parse(tenant).unwrap())
}

pub(crate) fn client_id() -> ClientId {
    ClientId::parse(CLIENT_ID).unwrap()
}

pub(crate) fn issuer(tenant: &str) -> String {
    format!("{LOGIN}/{tenant}/v2.0")
}

pub(crate) fn ok(body: &Value) -> Response {
    Response { status: 200, headers: Vec::new(), body: body.to_string() }
}

pub(crate) fn metadata(tenant: &str) -> Response {
    let keys = format!("{LOGIN}/{tenant}/discovery/v2.0/keys");
    let place = match tenant {
        "organizations" | "common" => "{tenantid}",
        "consumers" => PERSONAL_ID,
        "contoso.com" => TENANT_ID,
        id => id,
    };
    ok(
        &json!({"issuer": issuer(place), "jwks_uri": keys, "authorization_endpoint": "https://elsewhere.example"}),
    )
}

/// The modulus of the key of that id.
pub(crate) fn modulus(id: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(id).repeat(8))
}

pub(crate) fn jwk(id: &str, issuer: &str) -> Value {
    json!({"kty": "RSA", "use": "sig", "kid": id, "x5t": id, "n": modulus(id), "e": "AQAB", "issuer": issuer})
}

pub(crate) fn key_set(ids: &[&str]) -> Response {
    let keys: Vec<Value> = ids.iter().map(|id| jwk(id, &issuer("{tenantid}"))).collect();
    ok(&json!({"keys": keys}))
}

pub(crate) fn toy_signature(modulus: &str, message: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(modulus).chain_update(message).finalize().to_vec()
}

pub(crate) fn sha256(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

/// What the browser's adapter does with the real algorithm.
pub(crate) fn toy_verify(key: &VerificationKey, message: &[u8], signature: &[u8]) -> bool {
    toy_signature(&key.modulus, message) == signature
}

pub(crate) fn claims(nonce: &str) -> Value {
    json!({
        "ver": "2.0", "iss": issuer(TENANT_ID), "aud": CLIENT_ID, "tid": TENANT_ID, "sub": "pairwise", "oid": "object-1",
        "exp": NOW + 3600, "nbf": NOW - 5, "iat": NOW - 5, "nonce": nonce, "at_hash": AT_HASH,
        "name": "Dana Levi", "preferred_username": "dana@contoso.com"
    })
}

/// The claims with some of them changed; `null` takes one away.
pub(crate) fn with(mut claims: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.clone(), value.clone()),
        };
    }
    claims
}

pub(crate) fn header(key_id: &str) -> Value {
    json!({"typ": "JWT", "alg": "RS256", "kid": key_id})
}

pub(crate) fn sign(header: &Value, claims: &Value, key_id: &str) -> String {
    let encode = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = toy_signature(&modulus(key_id), message.as_bytes());
    format!("{message}.{}", Base64UrlUnpadded::encode_string(&signature))
}

pub(crate) fn id_token(claims: &Value) -> String {
    sign(&header("key-1"), claims, "key-1")
}

pub(crate) fn tokens(id_token: &str) -> UncheckedTokens {
    tokens_with(id_token, ACCESS_TOKEN, SCOPE)
}

pub(crate) fn tokens_with(id_token: &str, access_token: &str, scope: &str) -> UncheckedTokens {
    RawTokens {
        access_token: Some(access_token.into()),
        id_token: Some(id_token.into()),
        token_type: Some("Bearer".into()),
        expires_in: Some(3599),
        scope: Some(scope.into()),
    }
    .into_unchecked()
    .unwrap()
}
