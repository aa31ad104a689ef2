//! What can be wrong with an answer of the sign-in.

use serde::{Deserialize, Serialize};

/// One thing that is wrong with an otherwise good answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenFault {
    /// Another `nonce`.
    WrongNonce,
    /// No `nonce`.
    NoNonce,
    /// `aud` is another application.
    WrongAudience,
    /// `iss` is another host.
    WrongIssuer,
    /// `tid` is another tenant than that of `iss`.
    WrongTenant,
    /// `at_hash` of another token.
    WrongHash,
    /// No `at_hash`.
    NoHash,
    /// `alg: none` and no signature.
    AlgorithmNone,
    /// `alg: HS256` with the public key's PEM as the secret.
    SymmetricAlgorithm,
    /// A `kid` that is not in the key set.
    UnknownKey,
    /// Signed with the published key of the personal accounts' issuer.
    ForeignKey,
    /// Signed with another key than `kid` names.
    WrongKey,
    /// Claims changed after signing.
    Tampered,
    /// `exp` an hour ago.
    Expired,
    /// `nbf` in an hour.
    NotYetValid,
    /// The `id_token` is no JWT.
    Garbage,
    /// No `id_token`.
    NoIdToken,
    /// No `access_token`.
    NoAccessToken,
    /// Another `state`.
    WrongState,
    /// No `state`.
    NoState,
    /// Every parameter twice.
    Duplicate,
    /// An error whose description holds markup and a script.
    Script,
    /// A fragment of 2 MB.
    Huge,
    /// `scope` without the files.
    LessScope,
    /// No `expires_in`.
    NoLifetime,
    /// `token_type` is not `Bearer`.
    WrongTokenType,
}
