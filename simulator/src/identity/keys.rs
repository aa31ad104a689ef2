//! The keys that sign ID tokens. They are committed and sign nothing outside the simulator.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

/// One key pair.
pub(super) struct Key {
    /// `kid`: the SHA-1 of the certificate, base64url.
    pub(super) id: &'static str,
    pem: &'static str,
    certificate: &'static [u8],
    private: OnceLock<Option<RsaPrivateKey>>,
}

static FIRST: Key = Key {
    id: "MY95dDbZTA0k6SEhfbd6VVgK7CA",
    pem: include_str!("../../media/keys/first.pem"),
    certificate: include_bytes!("../../media/keys/first.der"),
    private: OnceLock::new(),
};
static SECOND: Key = Key {
    id: "Jh8Y7IWDP4HxeUSmDReSCVlMUx4",
    pem: include_str!("../../media/keys/second.pem"),
    certificate: include_bytes!("../../media/keys/second.der"),
    private: OnceLock::new(),
};
static CONSUMERS: Key = Key {
    id: "PHcu3id-ZG7b10583qSCmDeuYqA",
    pem: include_str!("../../media/keys/third.pem"),
    certificate: include_bytes!("../../media/keys/third.der"),
    private: OnceLock::new(),
};

impl Key {
    /// The key that signs for work accounts after that many rotations.
    pub(super) const fn signing(rotations: usize) -> &'static Self {
        if rotations.is_multiple_of(2) { &FIRST } else { &SECOND }
    }

    /// The key that signs for personal accounts.
    pub(super) const fn consumers() -> &'static Self {
        &CONSUMERS
    }

    /// A key other than this one for work accounts.
    pub(super) fn other(&self) -> &'static Self {
        if self.id == FIRST.id { &SECOND } else { &FIRST }
    }

    fn private(&self) -> Option<&RsaPrivateKey> {
        self.private.get_or_init(|| RsaPrivateKey::from_pkcs8_pem(self.pem).ok()).as_ref()
    }

    /// The RS256 signature, base64url.
    pub(super) fn sign(&self, message: &[u8]) -> String {
        let signature = self.private().map(|key| SigningKey::<Sha256>::new(key.clone()).sign(message));
        signature.map_or_else(String::new, |signature| URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// The public key as PEM: what a careless verifier takes for an HMAC secret.
    pub(super) fn public_pem(&self) -> String {
        let public = self.private().map(RsaPrivateKey::to_public_key);
        public.and_then(|key| key.to_public_key_pem(LineEnding::LF).ok()).unwrap_or_default()
    }

    /// The public key as JWK. There is no `alg` member (entra-sign-in.md section 5).
    fn jwk(&self, issuer: &str) -> Value {
        let part = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        json!({
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "x5t": self.id,
            "n": self.private().map(|key| part(key.n())),
            "e": self.private().map(|key| part(key.e())),
            "x5c": [STANDARD.encode(self.certificate)],
            "issuer": issuer,
        })
    }
}

/// The key set after that many rotations, for that issuer of work accounts.
pub(super) fn key_set(rotations: usize, issuer: &str, consumers_issuer: &str) -> Value {
    let mut keys = vec![Key::signing(rotations).jwk(issuer)];
    if rotations > 0 {
        keys.push(Key::signing(rotations - 1).jwk(issuer));
    }
    keys.push(CONSUMERS.jwk(consumers_issuer));
    json!({ "keys": keys })
}

#[cfg(test)]
mod tests {
    use rsa::pkcs1v15::{Signature, VerifyingKey};
    use rsa::signature::Verifier;

    use super::*;

    #[test]
    fn signs_what_its_own_public_key_verifies() {
        let signature = URL_SAFE_NO_PAD.decode(FIRST.sign(b"message")).unwrap();
        let signature = Signature::try_from(signature.as_slice()).unwrap();
        let key = VerifyingKey::<Sha256>::new(FIRST.private().unwrap().to_public_key());
        assert!(key.verify(b"message", &signature).is_ok());
        assert!(key.verify(b"massage", &signature).is_err());
    }

    #[test]
    fn rotation_adds_the_new_key_and_keeps_the_old_one() {
        let ids = |rotations| {
            let set = key_set(rotations, "a", "b");
            let keys = set["keys"].as_array().unwrap().clone();
            keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(ids(0), [FIRST.id, CONSUMERS.id]);
        assert_eq!(ids(1), [SECOND.id, FIRST.id, CONSUMERS.id]);
        assert!(key_set(0, "a", "b")["keys"][0].get("alg").is_none());
    }
}
