//! Whose sign-in it will be, and whether a person has to be asked.

use axum::http::HeaderMap;

use super::aadsts::Trouble;
use super::request::{AuthorizeRequest, Prompt};
use crate::drive::{Account, World};

/// The name of the session cookie.
pub(super) const COOKIE: &str = "ESTSAUTHPERSISTENT";

/// What comes after the request was judged.
#[derive(Debug)]
pub(super) enum Choice {
    /// This account, without a page.
    Account(Box<Account>),
    /// The account list.
    List(Vec<Account>),
    /// The user name page, filled in with a hint.
    Ask(String),
    /// A silent request cannot go on.
    Fail(Trouble),
}

/// The id in the session cookie; nothing in a frame if cookies of third parties are blocked.
pub(super) fn cookie(world: &World, headers: &HeaderMap) -> Option<String> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let framed = matches!(header("sec-fetch-dest"), Some("iframe" | "frame" | "embed" | "object"));
    if framed && world.switches().third_party_cookies_blocked {
        return None;
    }
    let pairs = header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned()).next()
}

/// The user names that this browser is signed in with.
pub(super) fn session_of(world: &World, headers: &HeaderMap) -> Vec<String> {
    cookie(world, headers).map(|id| world.directory().session(&id)).unwrap_or_default()
}

/// Decides by `prompt`, `login_hint`, `domain_hint` and the session.
pub(super) fn choose(world: &World, request: &AuthorizeRequest, signed_in: &[String]) -> Choice {
    let known: Vec<Account> = signed_in.iter().filter_map(|username| world.account(username)).collect();
    let hinted = request.login_hint.as_deref();
    let in_session = hinted.and_then(|hint| known.iter().find(|one| one.username.eq_ignore_ascii_case(hint)));
    match (request.prompt, in_session, known.as_slice()) {
        (Prompt::None | Prompt::Unset | Prompt::Consent, Some(account), _) => {
            Choice::Account(account.clone().into())
        }
        (Prompt::None, None, [account]) if hinted.is_none() => Choice::Account(account.clone().into()),
        (Prompt::None, None, []) => Choice::Fail(Trouble::of(50_058)),
        (Prompt::None, None, _) if hinted.is_some() => Choice::Fail(Trouble::of(50_058)),
        (Prompt::None, None, _) => Choice::Fail(Trouble::of(16_000)),
        (Prompt::Unset | Prompt::Consent, None, [account]) if hinted.is_none() => {
            Choice::Account(account.clone().into())
        }
        (Prompt::SelectAccount, _, _) => Choice::List(listed(world, request, known)),
        _ => match hinted {
            Some(hint) => Choice::Ask(hint.to_owned()),
            None if known.is_empty() && !world.switches().accounts_listed => Choice::Ask(String::new()),
            None => Choice::List(listed(world, request, known)),
        },
    }
}

/// The accounts of the list: those signed in first; with a domain hint, only those of that kind.
fn listed(world: &World, request: &AuthorizeRequest, known: Vec<Account>) -> Vec<Account> {
    let mut list = known;
    if world.switches().accounts_listed {
        for account in world.accounts() {
            if !list.iter().any(|one| one.username == account.username) {
                list.push(account.clone());
            }
        }
    }
    match request.domain_hint.as_deref() {
        Some("consumers") => list.retain(Account::is_personal),
        Some("organizations") => list.retain(|account| !account.is_personal()),
        Some(domain) => list.retain(|account| account.tenant.domain == domain),
        None => {}
    }
    list
}
