//! Consent of an administrator for a whole tenant (entra-sign-in.md section 8).

use axum::response::Response;

use super::aadsts::Trouble;
use super::discovery::Authority;
use super::page;
use super::registration::Registration;
use super::scope::Scopes;
use crate::drive::{World, encode, parse_query, reply};

struct Asked {
    registration: Registration,
    scopes: Scopes,
    scope: String,
    redirect_uri: String,
    state: String,
    authority: Authority,
}

fn judge(world: &World, segment: &str, query: &str) -> Result<Asked, Trouble> {
    let parameters = parse_query(query);
    let value = |name: &str| {
        let found = parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        found.ok_or_else(|| Trouble::of(900_144).about(name))
    };
    let authority = Authority::parse(segment).ok_or_else(|| Trouble::of(90_002).about(segment))?;
    if matches!(authority, Authority::Common | Authority::Consumers) {
        return Err(Trouble::of(90_023).about(segment));
    }
    let client_id = value("client_id")?;
    let registration = world.directory().registration(&client_id);
    let registration = registration.ok_or_else(|| Trouble::of(700_016).about(&client_id))?;
    let redirect_uri = value("redirect_uri")?;
    if !registration.knows(&redirect_uri) {
        return Err(Trouble::of(50_011).about(&redirect_uri));
    }
    let scope = value("scope")?;
    let scopes = Scopes::parse(&scope, &world.switches().graph_resource, &registration.permissions)?;
    Ok(Asked {
        registration,
        scopes,
        scope,
        redirect_uri,
        state: value("state").unwrap_or_default(),
        authority,
    })
}

/// `GET /{tenant}/v2.0/adminconsent`
pub(super) fn ask(world: &World, segment: &str, query: &str) -> Response {
    match judge(world, segment, query) {
        Ok(asked) => page::admin_consent(&asked.registration, query, segment, &asked.scopes.graph),
        Err(trouble) => page::trouble(world, &trouble),
    }
}

/// The answer of the administrator, sent on in the query.
pub(super) fn answer(world: &World, segment: &str, query: &str, username: &str, accepted: bool) -> Response {
    let asked = match judge(world, segment, query) {
        Ok(asked) => asked,
        Err(trouble) => return page::trouble(world, &trouble),
    };
    if !accepted {
        return go(&asked, &refusal(world, &Trouble::of(65_004)));
    }
    let account = world.account(username).filter(|account| !account.is_personal());
    let Some(account) = account else { return page::trouble(world, &Trouble::of(50_034).about(username)) };
    if let Authority::Tenant(tenant) = asked.authority
        && *tenant != *account.tenant
    {
        return page::trouble(world, &Trouble::of(50_020).about(username));
    }
    if !account.administrator {
        let name = &asked.registration.display_name;
        return page::trouble(world, &Trouble::of(90_094).about(name));
    }
    world.directory().consent(account.tenant.domain, &asked.registration.app_id, &asked.scopes.graph);
    go(
        &asked,
        &[
            ("admin_consent", "True".to_owned()),
            ("tenant", account.tenant.id.to_owned()),
            ("scope", asked.scope.clone()),
        ],
    )
}

fn refusal(world: &World, trouble: &Trouble) -> [(&'static str, String); 2] {
    [("error", trouble.error.to_owned()), ("error_description", trouble.description(world.now()))]
}

fn go(asked: &Asked, pairs: &[(&str, String)]) -> Response {
    let mut query: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    query.push(format!("state={}", encode(&asked.state)));
    let mark = if asked.redirect_uri.contains('?') { '&' } else { '?' };
    let location = format!("{}{mark}{}", asked.redirect_uri, query.join("&"));
    reply(302, &[("location", &location), ("cache-control", "no-store")], "")
}
