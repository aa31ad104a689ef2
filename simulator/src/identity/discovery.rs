//! OpenID Connect metadata and the key set (entra-sign-in.md section 5).

use axum::response::Response;
use serde_json::{Value, json};

use super::aadsts::Trouble;
use super::keys::key_set;
use crate::drive::{Tenant, World, reply};

/// What the first segment of a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// Any account.
    Common,
    /// Any work account.
    Organizations,
    /// Personal accounts; also under their tenant's GUID.
    Consumers,
    /// One tenant.
    Tenant(&'static Tenant),
}

impl Authority {
    /// Reads the segment; `None` if there is no such tenant.
    pub(super) fn parse(segment: &str) -> Option<Self> {
        match segment.to_ascii_lowercase().as_str() {
            "common" => Some(Self::Common),
            "organizations" => Some(Self::Organizations),
            "consumers" => Some(Self::Consumers),
            _ => Tenant::find(segment).map(|tenant| {
                if *tenant == *Tenant::consumers() { Self::Consumers } else { Self::Tenant(tenant) }
            }),
        }
    }

    /// The tenant's id as an issuer shows it.
    const fn issuer_tenant(self) -> &'static str {
        match self {
            Self::Common | Self::Organizations => "{tenantid}",
            Self::Consumers => Tenant::consumers().id,
            Self::Tenant(tenant) => tenant.id,
        }
    }
}

/// `/{tenant}/v2.0/.well-known/openid-configuration`
pub(super) fn metadata(world: &World, segment: &str) -> Response {
    let Some(authority) = Authority::parse(segment) else { return unknown(world, segment) };
    let login = &world.origins.identity;
    let base = format!("{login}/{segment}");
    let document = json!({
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{login}/{}/v2.0", authority.issuer_tenant()),
        "request_uri_parameter_supported": false,
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver",
            "at_hash", "c_hash", "email"
        ],
        "tenant_region_scope": null,
        "cloud_instance_name": "simulator",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": world.switches().graph_resource.trim_start_matches("https://"),
    });
    document_reply(world, &document)
}

/// `/{tenant}/discovery/v2.0/keys`
pub(super) fn keys(world: &World, segment: &str) -> Response {
    let Some(authority) = Authority::parse(segment) else { return unknown(world, segment) };
    let login = &world.origins.identity;
    let tenant = match authority {
        Authority::Tenant(tenant) => tenant.id,
        _ => "{tenantid}",
    };
    let issuer = format!("{login}/{tenant}/v2.0");
    let consumers = format!("{login}/{}/v2.0", Tenant::consumers().id);
    document_reply(world, &key_set(world.directory().rotations(), &issuer, &consumers))
}

fn document_reply(world: &World, document: &Value) -> Response {
    let mut headers = vec![
        ("content-type", "application/json; charset=utf-8"),
        ("cache-control", "max-age=86400, private"),
        ("x-content-type-options", "nosniff"),
    ];
    if world.switches().keys_readable {
        headers.push(("access-control-allow-origin", "*"));
        headers.push(("access-control-allow-methods", "GET, OPTIONS"));
    }
    reply(200, &headers, document.to_string())
}

fn unknown(world: &World, segment: &str) -> Response {
    let trouble = Trouble::of(90_002).about(segment);
    let headers = [("content-type", "application/json; charset=utf-8"), ("access-control-allow-origin", "*")];
    reply(400, &headers, trouble.as_json("invalid_tenant", world.now()).to_string())
}
