//! The keys that sign ID tokens (JSON Web Key Set, RFC 7517).

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
