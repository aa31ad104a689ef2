//! ID tokens, good and bad.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::{Digest, Sha256};
use serde_json::{Value, json};

use super::directory::random;
use super::fault::TokenFault;
use super::keys::Key;
use crate::drive::{Account, Moment, Tenant, fingerprint, guid};

/// What an ID token is to say.
pub(super) struct Subject<'a> {
    pub(super) account: &'a Account,
    pub(super) tenant_id: &'a str,
    pub(super) client_id: &'a str,
    pub(super) login: &'a str,
    pub(super) nonce: Option<&'a str>,
    pub(super) profile: bool,
    /// Only when it is issued by the authorize endpoint together with an access token.
    pub(super) access_token: Option<&'a str>,
    /// Only when it is issued by the authorize endpoint together with a code.
    pub(super) code: Option<&'a str>,
    pub(super) now: Moment,
    pub(super) rotations: usize,
    pub(super) fault: Option<TokenFault>,
}

/// The left half of the SHA-256, base64url (OpenID Connect Core 3.2.2.9).
pub(super) fn half_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())
}

/// The claims without any fault.
fn claims(subject: &Subject<'_>) -> Value {
    let Subject { account, tenant_id, client_id, login, now, .. } = *subject;
    let mut claims = json!({
        "aud": client_id,
        "iss": format!("{login}/{tenant_id}/v2.0"),
        "iat": now.0 - 300,
        "nbf": now.0 - 300,
        "exp": now.0 + 3_600,
        "rh": format!("1.A{}.", random(24)),
        "sid": guid(&format!("sid{}", account.username)),
        "sub": pairwise(&account.username, client_id),
        "tid": tenant_id,
        "uti": random(16),
        "ver": "2.0",
    });
    if subject.profile {
        set(&mut claims, "name", json!(account.name));
        set(&mut claims, "preferred_username", json!(account.username));
        set(&mut claims, "oid", json!(object_id(account, tenant_id)));
    }
    if let Some(nonce) = subject.nonce {
        set(&mut claims, "nonce", json!(nonce));
    }
    if let Some(token) = subject.access_token {
        set(&mut claims, "at_hash", json!(half_hash(token)));
    }
    if let Some(code) = subject.code {
        set(&mut claims, "c_hash", json!(half_hash(code)));
    }
    claims
}

/// The signed token, with its fault if it has one.
pub(super) fn id_token(subject: &Subject<'_>) -> String {
    let mut claims = claims(subject);
    let consumers = subject.tenant_id == Tenant::consumers().id;
    let key = if consumers { Key::consumers() } else { Key::signing(subject.rotations) };
    let mut header = json!({ "typ": "JWT", "alg": "RS256", "kid": key.id });
    let now = subject.now.0;
    match subject.fault {
        Some(TokenFault::WrongNonce) => set(&mut claims, "nonce", json!("of-another-request")),
        Some(TokenFault::NoNonce) => remove(&mut claims, "nonce"),
        Some(TokenFault::WrongAudience) => set(&mut claims, "aud", json!(guid("another application"))),
        Some(TokenFault::WrongIssuer) => {
            set(
                &mut claims,
                "iss",
                json!(format!("https://login.stranger.example/{}/v2.0", subject.tenant_id)),
            );
        }
        Some(TokenFault::WrongTenant) => set(&mut claims, "tid", json!(guid("another tenant"))),
        Some(TokenFault::WrongHash) => set(&mut claims, "at_hash", json!(half_hash("another token"))),
        Some(TokenFault::NoHash) => remove(&mut claims, "at_hash"),
        Some(TokenFault::Expired) => {
            set(&mut claims, "iat", json!(now - 7_500));
            set(&mut claims, "nbf", json!(now - 7_500));
            set(&mut claims, "exp", json!(now - 3_600));
        }
        Some(TokenFault::NotYetValid) => set(&mut claims, "nbf", json!(now + 3_600)),
        Some(TokenFault::AlgorithmNone) => set(&mut header, "alg", json!("none")),
        Some(TokenFault::SymmetricAlgorithm) => set(&mut header, "alg", json!("HS256")),
        Some(TokenFault::UnknownKey) => set(&mut header, "kid", json!("bm9ib2R5LWtub3dzLXRoaXM")),
        Some(TokenFault::ForeignKey) => set(&mut header, "kid", json!(Key::consumers().id)),
        Some(TokenFault::Garbage) => return "this.is-no.token".to_owned(),
        _ => {}
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&header), part(&claims));
    let signature = match subject.fault {
        Some(TokenFault::AlgorithmNone) => String::new(),
        Some(TokenFault::SymmetricAlgorithm) => {
            URL_SAFE_NO_PAD.encode(hmac_sha256(key.public_pem().as_bytes(), message.as_bytes()))
        }
        Some(TokenFault::ForeignKey) => Key::consumers().sign(message.as_bytes()),
        Some(TokenFault::WrongKey) => key.other().sign(message.as_bytes()),
        _ => key.sign(message.as_bytes()),
    };
    if subject.fault == Some(TokenFault::Tampered) {
        set(&mut claims, "preferred_username", json!("rector@openu.example"));
        return format!("{}.{}.{signature}", part(&header), part(&claims));
    }
    format!("{message}.{signature}")
}

/// The object id; a guest has another one than at home.
fn object_id(account: &Account, tenant_id: &str) -> String {
    if account.is_personal() {
        return format!("00000000-0000-0000-{:04x}-{:012x}", fingerprint(&["msa"]) & 0xffff, {
            fingerprint(&[&account.username]) & 0xffff_ffff_ffff
        });
    }
    if tenant_id == account.tenant.id {
        return account.object_id();
    }
    guid(&format!("{} in {tenant_id}", account.username))
}

fn pairwise(username: &str, client_id: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{username} {client_id}")))
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

fn remove(object: &mut Value, name: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove(name);
    }
}

/// HMAC-SHA-256 (RFC 2104), needed for a single fault.
fn hmac_sha256(secret: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0_u8; 64];
    let digest = Sha256::digest(secret);
    let short = if secret.len() > block.len() { digest.as_slice() } else { secret };
    for (cell, byte) in block.iter_mut().zip(short) {
        *cell = *byte;
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_openid_connect_core_does() {
        // OpenID Connect Core, appendices A.3 and A.4.
        assert_eq!(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
        let code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
        assert_eq!(half_hash(code), "LDktKdoQak3Pk0cnXxCltA");
    }

    #[test]
    fn computes_hmac_as_rfc_4231_test_case_2() {
        let mac = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }
}
