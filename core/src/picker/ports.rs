//! The ports: everything the picker needs from the outside, as traits. `browser` implements them; the tests
//! bring their own.
#![allow(async_fn_in_trait, reason = "one thread, one implementation per build: no Send bound is wanted")]

use crate::auth::keys::VerificationKey;
use crate::web::{Request, Response, TransportError};

/// Sends HTTP requests. Dropping the future aborts the request.
pub trait Http {
    /// Sends a request and waits for the whole answer, at most `limit` milliseconds.
    ///
    /// # Errors
    /// [`TransportError`] if there was no answer at all; any status code is an answer.
    async fn send(&self, request: &Request, limit: u32) -> Result<Response, TransportError>;
}

/// Tells the time and waits.
pub trait Clock {
    /// Milliseconds since 1970-01-01 UTC.
    fn now(&self) -> u64;
    /// Completes after that many milliseconds. Dropping the future cancels it.
    async fn sleep(&self, milliseconds: u32);
}

/// The cryptographic random source.
pub trait Entropy {
    /// 32 random bytes.
    ///
    /// # Errors
    /// If the browser gives none; nothing may be signed in then.
    fn random(&self) -> Result<[u8; 32], EntropyError>;
}

/// There is no cryptographic random source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no cryptographic random source")]
pub struct EntropyError;

/// Checks RS256 signatures (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 section 3.3), and hashes.
pub trait Signatures {
    /// Whether `signature` over `message` was made with `key`. A key that cannot be imported verifies nothing.
    async fn verify(&self, key: &VerificationKey, message: &[u8], signature: &[u8]) -> bool;
    /// The SHA-256 of a message; `None` if it cannot be had.
    async fn sha256(&self, message: &[u8]) -> Option<[u8; 32]>;
}

/// Remembers small texts between visits. Never given a token. A store that is denied forgets at once.
pub trait Store {
    /// What was remembered under the key.
    fn get(&self, key: &str) -> Option<String>;
    /// Remembers the value.
    fn set(&self, key: &str, value: &str);
    /// Forgets the value.
    fn remove(&self, key: &str);
}

/// All the ports of one picker.
pub trait Ports: Http + Clock + Entropy + Signatures + Store + 'static {}

impl<P: Http + Clock + Entropy + Signatures + Store + 'static> Ports for P {}
