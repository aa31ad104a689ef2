//! The authorize request: read and judged before any page is shown (entra-sign-in.md section 2).

use serde_json::{Map, Value};

use super::aadsts::Trouble;
use super::discovery::Authority;
use super::registration::{Audience, Registration};
use super::scope::Scopes;
use crate::drive::{World, parse_query};

/// How the answer travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ResponseMode {
    #[default]
    Fragment,
    Query,
    FormPost,
}

/// Whether a page may or must be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Prompt {
    #[default]
    Unset,
    None,
    Login,
    SelectAccount,
    Consent,
}

/// Where an answer goes: known early, so that errors can be sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ReturnAddress {
    pub(super) redirect_uri: String,
    pub(super) mode: ResponseMode,
    pub(super) state: Option<String>,
}

/// A request that is in order.
#[derive(Clone, Debug)]
pub(super) struct AuthorizeRequest {
    /// The query as it came, to be carried through the pages.
    pub(super) query: String,
    pub(super) segment: String,
    pub(super) authority: Authority,
    pub(super) registration: Registration,
    pub(super) back: ReturnAddress,
    pub(super) wants_token: bool,
    pub(super) wants_id_token: bool,
    pub(super) wants_code: bool,
    pub(super) scopes: Scopes,
    pub(super) prompt: Prompt,
    pub(super) nonce: Option<String>,
    pub(super) login_hint: Option<String>,
    pub(super) domain_hint: Option<String>,
    pub(super) challenge: Option<String>,
    pub(super) claims: Option<String>,
}

/// A request that is not in order, and where to say so: on the own page without an address.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) trouble: Trouble,
    pub(super) back: Option<ReturnAddress>,
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, back: None }
    }
}

struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The value of a parameter that may be there once.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn repeated(&self) -> Option<&str> {
        let names = self.0.iter().map(|(name, _)| name.as_str());
        names.enumerate().find_map(|(index, name)| {
            self.0.iter().skip(index + 1).any(|(other, _)| other == name).then_some(name)
        })
    }
}

/// Judges a request in the order in which the real service complains.
pub(super) fn judge(world: &World, segment: &str, query: &str) -> Result<AuthorizeRequest, Refused> {
    let parameters = Parameters(parse_query(query));
    let missing = |name: &str| Trouble::of(900_144).about(name);
    let authority = match segment {
        other_cloud if other_cloud.ends_with(".us") => {
            return Err(Trouble::of(90_038).about(other_cloud).into());
        }
        _ => Authority::parse(segment).ok_or_else(|| Trouble::of(90_002).about(segment))?,
    };
    let client_id = parameters.get("client_id").ok_or_else(|| missing("client_id"))?;
    let registration = world.directory().registration(client_id);
    let registration = registration.ok_or_else(|| Trouble::of(700_016).about(client_id))?;
    check_audience(authority, &registration)?;
    if registration.web_redirect_uris.is_empty() && registration.spa_redirect_uris.is_empty() {
        return Err(Trouble::of(900_971).into());
    }
    let redirect_uri = parameters.get("redirect_uri").ok_or_else(|| missing("redirect_uri"))?;
    if !registration.knows(redirect_uri) {
        return Err(Trouble::of(50_011).about(redirect_uri).into());
    }
    if let Some(name) = parameters.repeated() {
        return Err(Trouble::of(9_002_313).about(name).on_page().into());
    }

    let mut back = ReturnAddress {
        redirect_uri: redirect_uri.to_owned(),
        mode: ResponseMode::Fragment,
        state: parameters.get("state").map(str::to_owned),
    };
    let response_type = parameters.get("response_type").ok_or_else(|| missing("response_type"))?;
    let (wants_token, wants_id_token, wants_code) = kinds(response_type).ok_or_else(|| Refused {
        trouble: Trouble::of(70_005).about(response_type),
        back: Some(back.clone()),
    })?;
    back.mode = mode(parameters.get("response_mode"), wants_token, wants_id_token)
        .map_err(|trouble| Refused { trouble, back: Some(back.clone()) })?;
    let sent_back = |trouble: Trouble| Refused { back: (!trouble.on_page).then(|| back.clone()), trouble };

    if wants_token && !registration.enable_access_token_issuance {
        return Err(sent_back(Trouble::of(700_051)));
    }
    if wants_id_token && !registration.enable_id_token_issuance {
        return Err(sent_back(Trouble::of(700_054)));
    }
    let scope = parameters.get("scope").ok_or_else(|| sent_back(missing("scope").sent_back()))?;
    let resource = world.switches().graph_resource;
    let scopes = Scopes::parse(scope, &resource, &registration.permissions).map_err(&sent_back)?;
    if wants_id_token && !scopes.openid.iter().any(|one| one == "openid") {
        return Err(sent_back(Trouble::of(70_011).about("without openid")));
    }
    check_permissions(&registration, &scopes).map_err(&sent_back)?;
    let nonce = parameters.get("nonce").map(str::to_owned);
    if wants_id_token && nonce.is_none() {
        return Err(sent_back(missing("nonce").sent_back()));
    }
    let prompt = prompt(parameters.get("prompt")).map_err(&sent_back)?;
    let claims = parameters.get("claims").map(str::to_owned);
    if claims.as_ref().is_some_and(|claims| serde_json::from_str::<Map<String, Value>>(claims).is_err()) {
        return Err(sent_back(Trouble::of(9_002_313)));
    }
    let challenge = parameters.get("code_challenge").map(str::to_owned);
    let method = parameters.get("code_challenge_method");
    if challenge.is_some() && method != Some("S256") {
        return Err(sent_back(Trouble::of(90_023).about("code_challenge_method")));
    }
    let is_spa = registration.spa_redirect_uris.iter().any(|known| known == redirect_uri);
    if wants_code && is_spa && challenge.is_none() {
        return Err(sent_back(Trouble::of(9_002_325)));
    }
    Ok(AuthorizeRequest {
        query: query.to_owned(),
        segment: segment.to_owned(),
        authority,
        back,
        wants_token,
        wants_id_token,
        wants_code,
        scopes,
        prompt,
        nonce,
        login_hint: parameters.get("login_hint").map(str::to_owned),
        domain_hint: parameters.get("domain_hint").map(str::to_owned),
        claims,
        challenge,
        registration,
    })
}

fn check_audience(authority: Authority, registration: &Registration) -> Result<(), Trouble> {
    let id = &registration.app_id;
    match (authority, registration.sign_in_audience) {
        (Authority::Common | Authority::Organizations, Audience::MyOrganization) => {
            Err(Trouble::of(50_194).about(id))
        }
        (Authority::Consumers, Audience::MyOrganization | Audience::MultipleOrganizations) => {
            Err(Trouble::of(9_002_332).about(id))
        }
        (Authority::Organizations | Authority::Tenant(_) | Authority::Common, Audience::Personal) => {
            Err(Trouble::of(9_002_331).about(id))
        }
        (Authority::Tenant(tenant), Audience::MyOrganization) if !registration.is_home(tenant) => {
            Err(Trouble::of(700_016).about(id))
        }
        _ => Ok(()),
    }
}

fn check_permissions(registration: &Registration, scopes: &Scopes) -> Result<(), Trouble> {
    let has = |name: &String| registration.permissions.contains(name);
    if registration.permissions.is_empty() {
        return Err(Trouble::of(650_056).about("AAD Graph"));
    }
    if !registration.permissions.iter().any(|permission| permission == "User.Read") {
        return Err(Trouble::of(90_008));
    }
    match scopes.graph.iter().find(|scope| !has(scope)) {
        Some(_) if !scopes.graph.iter().any(has) => Err(Trouble::of(650_057).about(&registration.app_id)),
        _ => Ok(()),
    }
}

fn kinds(response_type: &str) -> Option<(bool, bool, bool)> {
    let mut kinds: Vec<_> = response_type.split(' ').filter(|kind| !kind.is_empty()).collect();
    kinds.sort_unstable();
    match kinds.as_slice() {
        ["token"] => Some((true, false, false)),
        ["id_token"] => Some((false, true, false)),
        ["id_token", "token"] => Some((true, true, false)),
        ["code"] => Some((false, false, true)),
        ["code", "id_token"] => Some((false, true, true)),
        ["code", "id_token", "token"] => Some((true, true, true)),
        _ => None,
    }
}

/// The default for a token-only request is `query`, which is illegal for tokens.
fn mode(value: Option<&str>, wants_token: bool, wants_id_token: bool) -> Result<ResponseMode, Trouble> {
    let secret = wants_token || wants_id_token;
    match value {
        Some("fragment") => Ok(ResponseMode::Fragment),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some("query") if !secret => Ok(ResponseMode::Query),
        Some(other) => Err(Trouble::of(70_007).about(other)),
        None if wants_token && !wants_id_token => Err(Trouble::of(70_007).about("query")),
        None if secret => Ok(ResponseMode::Fragment),
        None => Ok(ResponseMode::Query),
    }
}

fn prompt(value: Option<&str>) -> Result<Prompt, Trouble> {
    match value {
        None => Ok(Prompt::Unset),
        Some("none") => Ok(Prompt::None),
        Some("login") => Ok(Prompt::Login),
        Some("select_account") => Ok(Prompt::SelectAccount),
        Some("consent" | "admin_consent") => Ok(Prompt::Consent),
        Some(_) => Err(Trouble::of(90_023).about("prompt")),
    }
}
