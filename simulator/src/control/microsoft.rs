//! The calls about Microsoft: faults, switches, time, tokens, the registration.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::drive::{Fault, Switches};
use crate::identity::TokenFault;
use crate::mediaspace::Site;

/// The account whose token a host gets that does not say whose.
const DEMO_ACCOUNT: usize = 0;

/// What is switched on, and what was asked last.
pub(super) fn state(site: &Site) -> Value {
    let world = &site.world;
    let calls: Vec<_> = world.log().list().into_iter().rev().take(50).collect();
    let accounts: Vec<_> = world.accounts().iter().map(|account| account.username.clone()).collect();
    json!({
        "switches": world.switches(),
        "faults": world.faults().list().into_iter().skip(site.first_faults.len()).collect::<Vec<_>>(),
        "registration": world.directory().registration(site.application_id()),
        "accounts": accounts,
        "calls": calls,
    })
}

/// Faults, switches and the registration as at the start.
pub(super) fn reset(site: &Site) {
    forget_faults(site);
    site.world.switch(|switches| *switches = Switches::default());
    let registration =
        crate::identity::Registration::of_the_article(site.application_id(), &site.origins.mediaspace);
    site.world.directory().register(registration);
}

/// Forgets the faults that were added; those that accounts are born with stay.
fn forget_faults(site: &Site) {
    site.world.faults().clear();
    for fault in &site.first_faults {
        site.world.faults().add(fault.clone());
    }
}

/// The same value with some members replaced; nothing if that makes no such value.
pub(super) fn merged<T: serde::Serialize + serde::de::DeserializeOwned>(
    value: &T,
    members: Map<String, Value>,
) -> Option<T> {
    let Ok(Value::Object(mut whole)) = serde_json::to_value(value) else { return None };
    whole.extend(members);
    serde_json::from_value(Value::Object(whole)).ok()
}

pub(super) async fn set_switches(
    State(site): State<Arc<Site>>,
    Json(members): Json<Map<String, Value>>,
) -> StatusCode {
    let Some(switches) = merged(&site.world.switches(), members) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    site.world.switch(|current| *current = switches);
    StatusCode::NO_CONTENT
}

pub(super) async fn add_fault(State(site): State<Arc<Site>>, Json(fault): Json<Fault>) -> StatusCode {
    site.world.faults().add(fault);
    StatusCode::NO_CONTENT
}

pub(super) async fn clear_faults(State(site): State<Arc<Site>>) -> StatusCode {
    forget_faults(&site);
    StatusCode::NO_CONTENT
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Who {
    username: Option<String>,
    scopes: Option<Vec<String>>,
    fault: Option<TokenFault>,
}

impl Who {
    /// The user names meant: the one named, or everybody's.
    fn usernames(&self, site: &Site) -> Vec<String> {
        match &self.username {
            Some(username) => vec![username.clone()],
            None => site.world.accounts().iter().map(|account| account.username.clone()).collect(),
        }
    }
}

/// Takes the access tokens of one account, or of all, back.
pub(super) async fn revoke(State(site): State<Arc<Site>>, Json(who): Json<Who>) -> StatusCode {
    for username in who.usernames(&site) {
        site.world.directory().revoke_tokens(&username);
    }
    StatusCode::NO_CONTENT
}

pub(super) async fn rotate_keys(State(site): State<Arc<Site>>) -> StatusCode {
    site.world.directory().rotate_keys();
    StatusCode::NO_CONTENT
}

pub(super) async fn end_sessions(State(site): State<Arc<Site>>) -> StatusCode {
    site.world.directory().end_sessions();
    StatusCode::NO_CONTENT
}

/// Lets the sign-in answer wrongly for one account, or for all; without a fault rightly again.
pub(super) async fn set_token_fault(State(site): State<Arc<Site>>, Json(who): Json<Who>) -> StatusCode {
    for username in who.usernames(&site) {
        site.world.directory().set_token_fault(&username, who.fault);
    }
    StatusCode::NO_CONTENT
}

/// Changes members of the registration, named as Graph names them.
pub(super) async fn change_registration(
    State(site): State<Arc<Site>>,
    Json(members): Json<Map<String, Value>>,
) -> StatusCode {
    let directory = site.world.directory();
    let registration = directory.registration(site.application_id());
    match registration.and_then(|registration| merged(&registration, members)) {
        Some(registration) => {
            directory.register(registration);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// An access token for Graph, as a host with a sign-in of its own would hold it.
pub(super) async fn issue_token(State(site): State<Arc<Site>>, Json(who): Json<Who>) -> Json<Value> {
    let known = site.world.accounts().get(DEMO_ACCOUNT).map(|account| account.username.clone());
    let username = who.username.or(known).unwrap_or_default();
    let scopes = who.scopes.unwrap_or_else(|| ["Files.Read.All", "User.Read"].map(str::to_owned).to_vec());
    Json(
        json!({"access_token": site.issue_token(&username, scopes), "token_type": "Bearer", "username": username}),
    )
}
