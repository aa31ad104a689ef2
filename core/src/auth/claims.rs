//! The claims of an ID token and what they are held against (reference `entra-sign-in`, section 5).

use super::authority::issuer_fits;
use super::error::CLOCK_SKEW_SECONDS;
use super::{Account, Expected, SignInError, Tenant, TenantId, constant_time};
use crate::web::{Malformed, Members};
use base64ct::{Base64UrlUnpadded, Encoding as _};

/// The claims that are read.
pub(super) struct Claims {
    pub(super) iss: Option<String>,
    tid: Option<String>,
    aud: Option<String>,
    exp: Option<u64>,
    nbf: Option<u64>,
    iat: Option<u64>,
    nonce: Option<String>,
    at_hash: Option<String>,
    oid: Option<String>,
    name: Option<String>,
    preferred_username: Option<String>,
    idp: Option<String>,
    login_hint: Option<String>,
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Claims(•••)")
    }
}

impl Claims {
    /// Reads the payload of an ID token. An `aud` that is a list, which Microsoft never sends, does not parse.
    pub(super) fn parse(text: &str) -> Result<Self, Malformed> {
        let mut claims = Members::parse(text)?;
        Ok(Self {
            iss: claims.text("iss")?,
            tid: claims.text("tid")?,
            aud: claims.text("aud")?,
            exp: claims.number("exp")?,
            nbf: claims.number("nbf")?,
            iat: claims.number("iat")?,
            nonce: claims.text("nonce")?,
            at_hash: claims.text("at_hash")?,
            oid: claims.text("oid")?,
            name: claims.text("name")?,
            preferred_username: claims.text("preferred_username")?,
            idp: claims.text("idp")?,
            login_hint: claims.text("login_hint")?,
        })
    }

    /// The tenant that the token claims to be of.
    pub(super) fn tenant_id(&self) -> Option<TenantId> {
        self.tid.as_deref().and_then(TenantId::parse)
    }

    /// Whether a key of that issuer may sign this token. A key without an issuer may sign for any.
    pub(super) fn may_be_signed_by(&self, key_issuer: Option<&str>) -> bool {
        let Some(rule) = key_issuer else { return true };
        match (&self.iss, self.tenant_id()) {
            (Some(issuer), Some(tenant_id)) => issuer_fits(rule, &tenant_id, issuer),
            _ => false,
        }
    }

    /// Everything but the signature and the scopes; `hash` is the access token's SHA-256.
    pub(super) fn judge(
        self,
        expected: &Expected<'_>,
        key_issuer: Option<&str>,
        hash: &[u8; 32],
    ) -> Result<Account, SignInError> {
        let tenant_id = self.tenant_id().ok_or(SignInError::ClaimMissing { claim: "tid" })?;
        self.judge_issuer(expected, &tenant_id, key_issuer)?;
        if self.aud.as_deref() != Some(expected.client_id.as_str()) {
            return Err(SignInError::AudienceMismatch);
        }
        self.judge_times(expected.received_at / 1000)?;
        let nonce = self.nonce.as_deref().ok_or(SignInError::NonceMissing)?;
        if !expected.nonce.matches(nonce) {
            return Err(SignInError::NonceMismatch);
        }
        self.judge_access_token(hash, expected.at_hash_required)?;
        let object_id =
            self.oid.filter(|id| !id.is_empty()).ok_or(SignInError::ClaimMissing { claim: "oid" })?;
        let is_guest = self.idp.is_some_and(|provider| Some(provider) != self.iss);
        Ok(Account::new(tenant_id, object_id, self.name, self.preferred_username, self.login_hint, is_guest))
    }

    fn judge_issuer(
        &self,
        expected: &Expected<'_>,
        tenant_id: &TenantId,
        key_issuer: Option<&str>,
    ) -> Result<(), SignInError> {
        let issuer = self.iss.as_deref().ok_or(SignInError::ClaimMissing { claim: "iss" })?;
        if issuer != expected.authority.issuer(tenant_id) {
            return Err(SignInError::IssuerMismatch);
        }
        if !self.may_be_signed_by(key_issuer) {
            return Err(SignInError::KeyIssuerMismatch);
        }
        match expected.authority.tenant() {
            Tenant::Id(allowed) if allowed != tenant_id => return Err(SignInError::TenantNotAllowed),
            Tenant::Organizations if tenant_id.is_personal() => {
                return Err(SignInError::PersonalAccountNotAllowed);
            }
            Tenant::Consumers if !tenant_id.is_personal() => return Err(SignInError::TenantNotAllowed),
            _ => {}
        }
        if expected.metadata.allows_issuer(tenant_id, issuer) {
            Ok(())
        } else {
            Err(SignInError::TenantNotAllowed)
        }
    }

    fn judge_times(&self, now: u64) -> Result<(), SignInError> {
        let expires = self.exp.ok_or(SignInError::ClaimMissing { claim: "exp" })?;
        let issued = self.iat.ok_or(SignInError::ClaimMissing { claim: "iat" })?;
        if now >= expires.saturating_add(CLOCK_SKEW_SECONDS) {
            return Err(SignInError::IdTokenExpired { seconds: now - expires });
        }
        let begins = self.nbf.map_or(issued, |not_before| not_before.max(issued));
        if begins > now.saturating_add(CLOCK_SKEW_SECONDS) {
            return Err(SignInError::IdTokenNotYetValid { seconds: begins - now });
        }
        Ok(())
    }

    fn judge_access_token(&self, token_hash: &[u8; 32], required: bool) -> Result<(), SignInError> {
        match &self.at_hash {
            Some(hash) if constant_time::equal(hash, &at_hash(token_hash)) => Ok(()),
            Some(_) => Err(SignInError::AccessTokenHashMismatch),
            None if required => Err(SignInError::AccessTokenHashMissing),
            None => Ok(()),
        }
    }
}

/// The left half of the access token's SHA-256, in base64url (OpenID Connect Core 1.0 section 3.2.2.9).
fn at_hash(token_hash: &[u8; 32]) -> String {
    Base64UrlUnpadded::encode_string(token_hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::sha256;

    #[test]
    fn hashes_the_access_token_of_openid_connect_core_appendix_a_3() {
        let hash = sha256(b"jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
        assert_eq!(at_hash(&hash), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
