//! The token endpoint: redeems a code (RFC 6749 section 4.1.3, RFC 7636).

use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::{Digest, Sha256};
use serde_json::json;

use super::aadsts::Trouble;
use super::answer::{Granted, issue};
use super::directory::Code;
use super::discovery::Authority;
use super::id_token::{Subject, id_token};
use super::scope::Scopes;
use crate::drive::{SignIn, World, parse_query, reply};

/// `POST /{tenant}/oauth2/v2.0/token`. Browsers may read the answer only on the origin of a single-page application
/// redirect; the real service says so by leaving the CORS header out.
pub(super) fn token(world: &World, segment: &str, headers: &HeaderMap, body: &str) -> Response {
    let form = parse_query(body);
    let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let origin = header("origin");
    let registration = value("client_id").and_then(|id| world.directory().registration(id));
    let redirects = registration.iter().flat_map(|one| &one.spa_redirect_uris);
    let allowed =
        !origin.is_empty() && redirects.into_iter().any(|uri| uri.starts_with(&format!("{origin}/")));

    let outcome = if header("content-type").starts_with("application/x-www-form-urlencoded") {
        redeem(world, segment, origin, &value)
    } else {
        Err(Trouble::of(900_144).about("grant_type"))
    };
    let (status, document) = match outcome {
        Ok(document) => (200, document),
        Err(trouble) if trouble.error == "invalid_client" => {
            (401, trouble.as_json(trouble.error, world.now()))
        }
        Err(trouble) => (400, trouble.as_json(trouble.error, world.now())),
    };
    let mut more =
        vec![("content-type", "application/json; charset=utf-8"), ("cache-control", "no-store, no-cache")];
    if allowed {
        more.push(("access-control-allow-origin", origin));
        more.push(("access-control-allow-credentials", "true"));
        more.push(("access-control-allow-methods", "POST, OPTIONS"));
    }
    reply(status, &more, document.to_string())
}

fn redeem<'a>(
    world: &World,
    segment: &str,
    origin: &str,
    value: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<serde_json::Value, Trouble> {
    let field = |name: &str| value(name).ok_or_else(|| Trouble::of(900_144).about(name));
    Authority::parse(segment).ok_or_else(|| Trouble::of(90_002).about(segment))?;
    let client_id = field("client_id")?;
    let registration = world.directory().registration(client_id);
    let registration = registration.ok_or_else(|| Trouble::of(700_016).about(client_id))?;
    match field("grant_type")? {
        "authorization_code" => {}
        other => return Err(Trouble::of(70_003).about(other)),
    }
    let (code, redirect_uri) = (field("code")?, field("redirect_uri")?);
    let is_spa = registration.spa_redirect_uris.iter().any(|uri| uri == redirect_uri);
    if !origin.is_empty() && !is_spa {
        return Err(Trouble::of(9_002_326).about(origin));
    }
    if !is_spa {
        return Err(Trouble::of(7_000_218));
    }
    let now = world.now();
    let found = world.directory().change_code(code, |code| {
        let before = code.clone();
        code.redeemed = true;
        before
    });
    let found = found.ok_or_else(|| Trouble::of(70_000))?;
    if found.redeemed {
        return Err(Trouble::of(54_005));
    }
    if found.expires <= now {
        return Err(Trouble::of(70_008));
    }
    if found.client_id != registration.app_id || found.redirect_uri != redirect_uri {
        return Err(Trouble::of(70_000));
    }
    check_verifier(&found, value("code_verifier"))?;
    let account = world.account(&found.username).ok_or_else(|| Trouble::of(70_000))?;
    let granted = Granted { tenant_id: &found.tenant_id, scopes: &found.scopes, claims: found.claims };
    let (access_token, lifetime) = issue(world, &account, &granted);
    let fault = world.directory().token_fault(&account.username).or(match account.sign_in {
        SignIn::Faulty(fault) => Some(fault),
        _ => None,
    });
    let has = |name: &str| found.openid_scopes.iter().any(|scope| scope == name);
    let id_token = has("openid").then(|| {
        id_token(&Subject {
            account: &account,
            tenant_id: &found.tenant_id,
            client_id: &found.client_id,
            login: &world.origins.identity,
            nonce: found.nonce.as_deref(),
            profile: has("profile"),
            access_token: None,
            code: None,
            now,
            rotations: world.directory().rotations(),
            fault,
        })
    });
    let scopes = Scopes { openid: found.openid_scopes.clone(), graph: found.scopes.clone() };
    let mut document = json!({
        "token_type": "Bearer",
        "scope": scopes.granted(&world.switches().graph_resource),
        "expires_in": lifetime - 1,
        "ext_expires_in": lifetime - 1,
        "access_token": access_token,
    });
    if let (Some(token), Some(fields)) = (id_token, document.as_object_mut()) {
        fields.insert("id_token".to_owned(), token.into());
    }
    Ok(document)
}

/// The verifier must hash to the challenge; a code without a challenge may not cross origins.
fn check_verifier(code: &Code, verifier: Option<&str>) -> Result<(), Trouble> {
    let challenge = code.challenge.as_deref().ok_or_else(|| Trouble::of(9_002_325))?;
    let verifier = verifier.ok_or_else(|| Trouble::of(501_481))?;
    let fits = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge;
    if fits { Ok(()) } else { Err(Trouble::of(501_481)) }
}
