//! The authorize endpoint: from the request over the pages to the answer.

use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::Response;

use super::aadsts::Trouble;
use super::answer::{failure, success};
use super::choice::{Choice, choose, session_of};
use super::page;
use super::request::{AuthorizeRequest, Prompt, Refused, judge};
use super::scope::Scopes;
use crate::drive::{Account, Consent, SignIn, World};

/// `GET /{tenant}/oauth2/v2.0/authorize`
pub(super) async fn authorize(world: &World, segment: &str, query: &str, headers: &HeaderMap) -> Response {
    let request = match judge(world, segment, query) {
        Ok(request) => request,
        Err(refused) => return refuse(world, &refused),
    };
    let signed_in = session_of(world, headers);
    match choose(world, &request, &signed_in) {
        Choice::Account(account) => proceed(world, &request, &account, None).await,
        Choice::List(accounts) => page::accounts(&request, &accounts, &signed_in),
        Choice::Ask(hint) => page::user_name(&request, &hint, None),
        Choice::Fail(trouble) => end(world, &request, trouble, true),
    }
}

/// `POST /{tenant}/login`: an account was picked, or another one is wanted. Gives the answer and who signed in.
pub(super) async fn login(
    world: &World,
    segment: &str,
    query: &str,
    username: Option<&str>,
) -> (Response, Option<String>) {
    let request = match judge(world, segment, query) {
        Ok(request) => request,
        Err(refused) => return (refuse(world, &refused), None),
    };
    let Some(username) = username.map(str::trim).filter(|username| !username.is_empty()) else {
        return (page::user_name(&request, "", None), None);
    };
    let Some(account) = world.account(username) else {
        let complaint = "We couldn't find an account with that username.";
        return (page::user_name(&request, username, Some(complaint)), None);
    };
    let response = proceed(world, &request, &account, None).await;
    // Who cannot even prove who they are gets no session.
    let kept_out = matches!(account.sign_in, SignIn::Fails(50_034 | 50_053 | 50_055 | 50_057))
        || admit(&request, &account).is_err_and(|trouble| trouble.code == 500_208);
    (response, (!kept_out).then_some(account.username))
}

/// `POST /{tenant}/consent`
pub(super) async fn consent(
    world: &World,
    segment: &str,
    query: &str,
    username: &str,
    accepted: bool,
) -> Response {
    let request = match judge(world, segment, query) {
        Ok(request) => request,
        Err(refused) => return refuse(world, &refused),
    };
    match world.account(username) {
        None => page::user_name(&request, username, None),
        Some(_) if !accepted => failure(world, &request.back, &Trouble::of(65_004)),
        Some(account) => proceed(world, &request, &account, Some(accepted)).await,
    }
}

/// Shows an error, or sends it back.
fn refuse(world: &World, refused: &Refused) -> Response {
    match &refused.back {
        Some(back) if !refused.trouble.on_page => failure(world, back, &refused.trouble),
        _ => page::trouble(world, &refused.trouble),
    }
}

/// Everything after the account is known. `consented` is what the person just answered on the consent page.
async fn proceed(
    world: &World,
    request: &AuthorizeRequest,
    account: &Account,
    consented: Option<bool>,
) -> Response {
    let silent = request.prompt == Prompt::None;
    if let Err(trouble) = admit(request, account) {
        return end(world, request, trouble, silent);
    }
    match account.sign_in {
        SignIn::Fails(90_094) if !silent => return page::need_approval(request, account),
        SignIn::Fails(code) => {
            let subject = if code == 65_001 { &request.registration.app_id } else { &account.username };
            return end(world, request, Trouble::of(code).about(subject), silent);
        }
        SignIn::Slow(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
        _ => {}
    }
    match ask_consent(world, request, account, consented) {
        Some(page) => page,
        None => success(world, request, account),
    }
}

/// The page or the error that stands before the answer as long as consent is open; `None` if nothing does.
fn ask_consent(
    world: &World,
    request: &AuthorizeRequest,
    account: &Account,
    consented: Option<bool>,
) -> Option<Response> {
    let silent = request.prompt == Prompt::None;
    let (application, scopes) = (&request.registration.app_id, &request.scopes.graph);
    let open = match account.sign_in {
        SignIn::AsksConsent => world.directory().unconsented(account, application, scopes),
        _ => Vec::new(),
    };
    let administrators_only = account.tenant.consent == Consent::Administrators
        && !account.administrator
        && Scopes::need_administrator(&open);
    if administrators_only && silent {
        let trouble = Trouble::of(90_094).about(&request.registration.display_name);
        return Some(end(world, request, trouble, silent));
    }
    if administrators_only {
        return Some(page::need_approval(request, account));
    }
    if consented == Some(true) {
        world.directory().consent(&account.username, application, scopes);
        return None;
    }
    if open.is_empty() && request.prompt != Prompt::Consent {
        return None;
    }
    if silent {
        return Some(end(world, request, Trouble::of(65_001).about(application), silent));
    }
    Some(page::consent(request, account, if open.is_empty() { scopes } else { &open }))
}

/// Whether the account may use this authority and application at all.
fn admit(request: &AuthorizeRequest, account: &Account) -> Result<(), Trouble> {
    use super::discovery::Authority;
    let registration = &request.registration;
    if account.is_personal() {
        let allowed = matches!(
            registration.sign_in_audience,
            super::Audience::OrganizationsAndPersonal | super::Audience::Personal
        );
        if !allowed || !matches!(request.authority, Authority::Common | Authority::Consumers) {
            return Err(Trouble::of(500_208).about(&account.username));
        }
    } else {
        let invited = account.username.starts_with("guest@");
        match request.authority {
            Authority::Consumers => return Err(Trouble::of(50_020).about(&account.username)),
            Authority::Tenant(tenant)
                if *tenant != *account.tenant && !(invited && tenant.domain == "openu.example") =>
            {
                return Err(Trouble::of(50_020).about(&account.username));
            }
            _ => {}
        }
    }
    if registration.disabled {
        return Err(Trouble::of(7_000_112).about(&registration.app_id));
    }
    match &registration.assigned_users {
        Some(users) if !users.contains(&account.username) => {
            Err(Trouble::of(50_105).about(&account.username))
        }
        _ => Ok(()),
    }
}

/// A silent request can show no page, so every trouble goes back; other requests keep some on the page. Silent requests
/// that go on failing are stopped.
fn end(world: &World, request: &AuthorizeRequest, trouble: Trouble, silent: bool) -> Response {
    if silent {
        let failures = world.directory().count_silent_failure(&request.registration.app_id, world.now());
        let trouble = if failures > 12 { Trouble::of(50_196) } else { trouble };
        return failure(world, &request.back, &trouble.sent_back());
    }
    match trouble {
        trouble if trouble.on_page => page::trouble(world, &trouble),
        trouble => failure(world, &request.back, &trouble),
    }
}
