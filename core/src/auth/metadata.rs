//! The provider's description of itself (OpenID Connect Discovery 1.0; reference `entra-sign-in`, section 5).

use super::authority::issuer_fits;
use super::{Authority, Endpoint, SignInError, Tenant, TenantId};
use crate::web::{Members, Origin, Request, Response};

/// The largest metadata or key set that is read, in bytes.
pub(super) const LARGEST_DOCUMENT: usize = 256 * 1024;

/// What is needed of the metadata, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Metadata {
    issuer: String,
    keys_url: String,
}

/// Asks for the metadata.
pub(crate) fn build_metadata_request(authority: &Authority) -> Request {
    Request::get(authority.discovery_url())
}

/// Judges the metadata.
///
/// # Errors
/// If the answer is not 200 with a JSON object, if the issuer is not one of this login host (with a place for the
/// tenant, or with the tenant asked for), or if the keys lie on another origin.
pub(crate) fn parse_metadata_response(
    response: &Response,
    authority: &Authority,
) -> Result<Metadata, SignInError> {
    let endpoint = Endpoint::Discovery;
    let malformed = SignInError::EndpointMalformed { endpoint };
    let document = Members::parse(document(response, endpoint)?);
    let read = document.and_then(|mut members| Ok((members.text("issuer")?, members.text("jwks_uri")?)));
    let Ok((Some(issuer), Some(keys_url))) = read else { return Err(malformed) };
    if !is_issuer_of(&issuer, authority) {
        return Err(SignInError::MetadataIssuerMismatch);
    }
    let login_origin =
        Origin::of_url(authority.login_base_url()).map_err(|_| SignInError::KeysOriginMismatch)?;
    if Origin::of_url(&keys_url) != Ok(login_origin) {
        return Err(SignInError::KeysOriginMismatch);
    }
    Ok(Metadata { issuer, keys_url })
}

impl Metadata {
    /// Where the keys are.
    pub(super) fn keys_url(&self) -> &str {
        &self.keys_url
    }

    /// Whether an ID token of that tenant may have that issuer.
    pub(super) fn allows_issuer(&self, tenant_id: &TenantId, issuer: &str) -> bool {
        issuer_fits(&self.issuer, tenant_id, issuer)
    }
}

/// The body of a successful answer of sane size.
pub(super) fn document(response: &Response, endpoint: Endpoint) -> Result<&str, SignInError> {
    if response.status != 200 {
        return Err(SignInError::EndpointFailed { endpoint, status: response.status });
    }
    if response.body.len() > LARGEST_DOCUMENT {
        return Err(SignInError::EndpointMalformed { endpoint });
    }
    Ok(&response.body)
}

fn is_issuer_of(issuer: &str, authority: &Authority) -> bool {
    let is_template = issuer == authority.issuer_template();
    let is_of = |tenant_id: &TenantId| issuer == authority.issuer(tenant_id);
    match authority.tenant() {
        Tenant::Organizations | Tenant::Common => is_template,
        Tenant::Consumers => is_template || TenantId::parse(TenantId::PERSONAL).is_some_and(|id| is_of(&id)),
        // Whose token it is, is held against the tenant asked for in any case.
        Tenant::Id(tenant_id) => is_template || is_of(tenant_id),
        // A domain's tenant is known by its metadata only, which comes from the login host itself.
        Tenant::Domain(_) => concrete_tenant(issuer, authority).is_some_and(|tenant_id| is_of(&tenant_id)),
    }
}

fn concrete_tenant(issuer: &str, authority: &Authority) -> Option<TenantId> {
    let rest = issuer.strip_prefix(authority.login_base_url())?.strip_prefix('/')?;
    TenantId::parse(rest.strip_suffix("/v2.0")?)
}
