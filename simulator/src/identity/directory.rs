//! What the directory remembers: registrations, sessions, consents, codes, tokens, the signing key.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::rand_core::{OsRng, RngCore};

use super::fault::TokenFault;
use super::registration::Registration;
use crate::drive::{Account, Moment};

/// Silent requests that fail more than a dozen times within these seconds are a loop (AADSTS50196).
const LOOP_SECONDS: u64 = 10;

/// What an access token stands for.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// Who signed in.
    pub username: String,
    /// The Graph scopes granted, without the resource (`Files.Read.All`).
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires: Moment,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Whether its first use takes it back.
    pub revoked_by_use: bool,
    /// How many calls were made with it, and since when, for throttling.
    pub(crate) calls: (u32, Moment),
}

/// What an authorization code stands for.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) username: String,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    pub(super) openid_scopes: Vec<String>,
    pub(super) nonce: Option<String>,
    pub(super) tenant_id: String,
    pub(super) challenge: Option<String>,
    pub(super) claims: bool,
    pub(super) expires: Moment,
    pub(super) redeemed: bool,
}

#[derive(Debug, Default)]
struct State {
    registrations: Vec<Registration>,
    sessions: HashMap<String, Vec<String>>,
    consents: Vec<(String, String, Vec<String>)>,
    codes: HashMap<String, Code>,
    tokens: HashMap<String, AccessToken>,
    faults: HashMap<String, TokenFault>,
    rotations: usize,
    silent_failures: Vec<(String, Moment)>,
}

/// The directory.
#[derive(Debug)]
pub struct Directory(Mutex<State>);

impl Directory {
    pub(crate) fn new(registration: Registration) -> Self {
        Self(Mutex::new(State { registrations: vec![registration], ..State::default() }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The registration with that application id.
    pub fn registration(&self, application_id: &str) -> Option<Registration> {
        let state = self.lock();
        let found = state.registrations.iter().find(|one| one.app_id.eq_ignore_ascii_case(application_id));
        found.cloned()
    }

    /// Registers an application, in place of the one with the same id.
    pub fn register(&self, registration: Registration) {
        let mut state = self.lock();
        state.registrations.retain(|one| one.app_id != registration.app_id);
        state.registrations.push(registration);
    }

    /// Changes a registration. `false` if there is none with that id.
    pub fn change_registration(&self, application_id: &str, change: impl FnOnce(&mut Registration)) -> bool {
        let mut state = self.lock();
        let found =
            state.registrations.iter_mut().find(|one| one.app_id.eq_ignore_ascii_case(application_id));
        found.map(change).is_some()
    }

    /// From now on ID tokens are signed with another key; the one before stays published.
    pub fn rotate_keys(&self) {
        self.lock().rotations += 1;
    }

    pub(super) fn rotations(&self) -> usize {
        self.lock().rotations
    }

    /// Lets every answer to that user name be wrong in that way; `None` makes them right again.
    pub fn set_token_fault(&self, username: &str, fault: Option<TokenFault>) {
        let mut state = self.lock();
        match fault {
            Some(fault) => state.faults.insert(username.to_owned(), fault),
            None => state.faults.remove(username),
        };
    }

    pub(super) fn token_fault(&self, username: &str) -> Option<TokenFault> {
        self.lock().faults.get(username).copied()
    }

    /// Remembers that somebody (or a whole tenant, by its domain) consented.
    pub fn consent(&self, who: &str, application_id: &str, scopes: &[String]) {
        self.lock().consents.push((who.to_owned(), application_id.to_owned(), scopes.to_vec()));
    }

    /// Forgets what somebody, or a tenant by its domain, consented to.
    pub fn withdraw_consent(&self, who: &str) {
        self.lock().consents.retain(|(whose, ..)| whose != who);
    }

    /// The scopes that the account did not consent to yet, neither itself nor by its tenant.
    pub(super) fn unconsented(
        &self,
        account: &Account,
        application_id: &str,
        scopes: &[String],
    ) -> Vec<String> {
        let state = self.lock();
        let given = |scope: &String| {
            state.consents.iter().any(|(who, application, granted)| {
                (*who == account.username || *who == account.tenant.domain)
                    && application == application_id
                    && granted.contains(scope)
            })
        };
        scopes.iter().filter(|scope| !given(scope)).cloned().collect()
    }

    /// Takes back all access tokens of that user name: Graph answers 401 with a claims challenge from now on.
    pub fn revoke_tokens(&self, username: &str) {
        for token in self.lock().tokens.values_mut().filter(|token| token.username == username) {
            token.revoked = true;
        }
    }

    /// Counts a silent request that failed and tells how many there were in the last seconds.
    pub(super) fn count_silent_failure(&self, client: &str, now: Moment) -> usize {
        let mut state = self.lock();
        state.silent_failures.retain(|(_, since)| since.0 + LOOP_SECONDS > now.0);
        state.silent_failures.push((client.to_owned(), now));
        state.silent_failures.iter().filter(|(one, _)| one == client).count()
    }

    /// Ends all sessions of all browsers.
    pub fn end_sessions(&self) {
        self.lock().sessions.clear();
    }

    /// The user names signed in under that cookie.
    pub(super) fn session(&self, id: &str) -> Vec<String> {
        self.lock().sessions.get(id).cloned().unwrap_or_default()
    }

    /// Adds somebody to a session and gives its id back; makes a session if there was none.
    pub(super) fn join_session(&self, id: Option<&str>, username: &str) -> String {
        let mut state = self.lock();
        let id = id.filter(|id| state.sessions.contains_key(*id)).map_or_else(|| random(24), str::to_owned);
        let people = state.sessions.entry(id.clone()).or_default();
        people.retain(|one| one != username);
        people.insert(0, username.to_owned());
        id
    }

    pub(super) fn end_session(&self, id: &str) {
        self.lock().sessions.remove(id);
    }

    /// Issues an access token: opaque, with every character that a bearer token may have (RFC 6750 section 2.1).
    pub fn issue(&self, token: AccessToken) -> String {
        let mut bytes = [0_u8; 660];
        OsRng.fill_bytes(&mut bytes);
        let text = format!("EwB+{}/==", STANDARD.encode(bytes));
        self.lock().tokens.insert(text.clone(), token);
        text
    }

    /// Every access token that was issued, to look for where none may be.
    pub fn issued(&self) -> Vec<String> {
        self.lock().tokens.keys().cloned().collect()
    }

    /// What an access token stands for.
    pub fn access_token(&self, token: &str) -> Option<AccessToken> {
        self.lock().tokens.get(token).cloned()
    }

    pub(crate) fn change_token<T>(
        &self,
        token: &str,
        change: impl FnOnce(&mut AccessToken) -> T,
    ) -> Option<T> {
        self.lock().tokens.get_mut(token).map(change)
    }

    pub(super) fn add_code(&self, code: Code) -> String {
        let text = format!("1.{}", random(300));
        self.lock().codes.insert(text.clone(), code);
        text
    }

    pub(super) fn change_code<T>(&self, code: &str, change: impl FnOnce(&mut Code) -> T) -> Option<T> {
        self.lock().codes.get_mut(code).map(change)
    }
}

/// That many random bytes as base64url.
pub(super) fn random(count: usize) -> String {
    let mut bytes = vec![0_u8; count];
    OsRng.fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
