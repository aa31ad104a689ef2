//! What a Kaltura session (KS) may do, found out by doing it: entries are added and deleted again.
//!
//! The steps are pairs: [`KalturaTrial::request`] builds the next request, [`KalturaTrial::take`] reads its answer. Whatever
//! happens, the last request deletes what was added. Sources: github.com/kaltura/server, `api_v3/services/MediaService.php`,
//! `api_v3/lib/KalturaEntryService.php`, `deployment/permissions/`; docs/kaltura-session.md.

#[cfg(test)]
mod tests;

use super::{CheckState, Mend};
use crate::web::{Request, Response, TransportError};
use serde_json::{Map, Value, json};
use std::fmt;

/// The name of the entries that are added.
pub const TEST_ENTRY_NAME: &str = "OneDrive set-up check";

/// Kaltura's own API.
pub const KALTURA_SERVICE_URL: &str = "https://www.kaltura.com";

/// A Kaltura session. It is a secret: it is not shown, and nothing makes text of it but a request.
#[derive(Clone, PartialEq, Eq)]
pub struct KalturaSession(String);

impl KalturaSession {
    /// A session as it was pasted; `None` if nothing was, or something with blanks in it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| Self(text.to_owned()))
    }
}

impl fmt::Debug for KalturaSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KalturaSession(..)")
    }
}

/// The address of Kaltura's API, without a path. `None` if it is not https, or http on this machine.
pub fn read_service_url(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let text = text.strip_suffix("/api_v3").unwrap_or(text);
    let (scheme, rest) = text.split_once("://")?;
    let host = rest.split([':', '/']).next().unwrap_or_default();
    let is_local = matches!(host, "localhost" | "127.0.0.1");
    let is_safe = scheme.eq_ignore_ascii_case("https") || (scheme.eq_ignore_ascii_case("http") && is_local);
    let is_plain = !rest.contains(['?', '#', '@', ' ']) && !host.is_empty();
    (is_safe && is_plain).then(|| text.to_owned())
}

/// A check of a session, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KalturaCheck {
    /// The session is valid, and `user.get` tells whose it is.
    User,
    /// Entries can be added.
    Add,
    /// `referenceId` is kept, so that a file is known again.
    Reference,
    /// `adminTags` can be set.
    AdminTags,
    /// `categories` can be set.
    Categories,
    /// Captions can be added.
    Captions,
    /// Entries are there for everybody at once.
    Moderation,
    /// What was added is deleted again.
    CleanUp,
}

impl KalturaCheck {
    /// All checks in order.
    pub const ALL: [Self; 8] = [
        Self::User,
        Self::Add,
        Self::Reference,
        Self::AdminTags,
        Self::Categories,
        Self::Captions,
        Self::Moderation,
        Self::CleanUp,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Who it is, and an entry with a reference.
    First,
    /// What else may be set.
    Second,
    /// Deleting.
    Last,
    Over,
}

/// The checks of one session.
#[derive(Clone, Debug)]
pub struct KalturaTrial {
    service_url: String,
    session: KalturaSession,
    nonce: u32,
    stage: Stage,
    is_admin: bool,
    entries: Vec<String>,
    states: [CheckState; 8],
}

impl KalturaTrial {
    /// The checks, none of them run. `nonce` tells this run's reference from those of others.
    pub fn new(service_url: String, session: KalturaSession, nonce: u32) -> Self {
        let states = KalturaCheck::ALL.map(|_| CheckState::Running);
        Self {
            service_url,
            session,
            nonce,
            stage: Stage::First,
            is_admin: false,
            entries: Vec::new(),
            states,
        }
    }

    /// What is known of a check.
    pub fn state(&self, check: KalturaCheck) -> &CheckState {
        self.states.get(check as usize).unwrap_or(&CheckState::Waiting)
    }

    /// The next request; `None` once all is known.
    pub fn request(&self) -> Option<Request> {
        let calls = match self.stage {
            Stage::First => vec![
                json!({"service": "user", "action": "get"}),
                json!({"service": "session", "action": "get"}),
                json!({"service": "media", "action": "add", "entry": self.entry(json!({"referenceId": self.reference()}))}),
            ],
            Stage::Second => {
                let entry_id = self.entries.first()?;
                let caption =
                    json!({"objectType": "KalturaCaptionAsset", "language": "English", "format": "3"});
                let mut calls = vec![
                    json!({"service": "media", "action": "add", "entry": self.entry(json!({"adminTags": "onedrive"}))}),
                    json!({"service": "caption_captionAsset", "action": "add", "entryId": entry_id, "captionAsset": caption}),
                ];
                // An administrator's session would make the category.
                if !self.is_admin {
                    let entry = self.entry(json!({ "categories": self.reference() }));
                    calls.push(json!({"service": "media", "action": "add", "entry": entry}));
                }
                calls
            }
            Stage::Last => {
                let delete = |id: &String| json!({"service": "media", "action": "delete", "entryId": id});
                self.entries.iter().map(delete).collect()
            }
            Stage::Over => return None,
        };
        let calls = calls.into_iter().enumerate().map(|(index, call)| ((index + 1).to_string(), call));
        let mut body: Map<String, Value> = calls.collect();
        for (name, value) in
            [("format", json!(1)), ("clientTag", json!("onedrive-setup")), ("ks", json!(self.session.0))]
        {
            body.insert(name.to_owned(), value);
        }
        let url = [&self.service_url, "/api_v3/service/multirequest?format=1"].concat();
        Some(Request::post(url, "application/json", Value::Object(body).to_string()))
    }

    /// Takes the answer to the last request.
    pub fn take(&mut self, answer: Result<&Response, TransportError>) {
        let results: Vec<Value> = match answer {
            Ok(response) => match serde_json::from_str(&response.body) {
                Ok(Value::Array(results)) => results,
                // One refusal for all, such as that of a session.
                Ok(whole @ Value::Object(_)) => vec![whole; 3],
                _ => Vec::new(),
            },
            Err(_) => Vec::new(),
        };
        match self.stage {
            Stage::First => self.take_first(&results),
            Stage::Second => self.take_second(&results),
            Stage::Last => self.take_last(&results),
            Stage::Over => {}
        }
    }

    fn take_first(&mut self, results: &[Value]) {
        self.is_admin = results.get(1).is_some_and(|session| number(session, "sessionType") == Some(2));
        self.set(KalturaCheck::User, judge(results.first(), KalturaCheck::User));
        let added = results.get(2);
        self.set(KalturaCheck::Add, judge(added, KalturaCheck::Add));
        let Some((entry, id)) = added.and_then(|entry| Some((entry, id_of(entry)?))) else {
            self.give_up();
            return;
        };
        self.entries.push(id);
        let is_kept = entry.get("referenceId").and_then(Value::as_str) == Some(&self.reference());
        let dropped = || failed(KalturaCheck::Reference, "referenceId");
        self.set(KalturaCheck::Reference, if is_kept { CheckState::Passed } else { dropped() });
        let waits = number(entry, "moderationStatus") == Some(1);
        let moderated = || failed(KalturaCheck::Moderation, "moderationStatus");
        self.set(KalturaCheck::Moderation, if waits { moderated() } else { CheckState::Passed });
        self.stage = Stage::Second;
    }

    fn take_second(&mut self, results: &[Value]) {
        self.set(KalturaCheck::AdminTags, judge(results.first(), KalturaCheck::AdminTags));
        self.set(KalturaCheck::Captions, judge(results.get(1), KalturaCheck::Captions));
        let categories = match self.is_admin {
            true => CheckState::Passed,
            false => judge(results.get(2), KalturaCheck::Categories),
        };
        self.set(KalturaCheck::Categories, categories);
        self.entries.extend(results.first().and_then(id_of));
        self.entries.extend(results.get(2).and_then(id_of));
        self.stage = Stage::Last;
    }

    fn take_last(&mut self, results: &[Value]) {
        let is_gone = |index: usize| {
            results
                .get(index)
                .is_some_and(|result| matches!(code_of(result), None | Some("ENTRY_ID_NOT_FOUND")))
        };
        let left: Vec<&str> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(index, _)| !is_gone(*index))
            .map(|(_, id)| id.as_str())
            .collect();
        let state = if left.is_empty() {
            CheckState::Passed
        } else {
            failed(KalturaCheck::CleanUp, &left.join(", "))
        };
        self.set(KalturaCheck::CleanUp, state);
        self.stage = Stage::Over;
    }

    /// Nothing was added, so nothing else can be told, and nothing is to be deleted.
    fn give_up(&mut self) {
        for state in &mut self.states {
            if *state == CheckState::Running {
                *state = CheckState::NotReachable;
            }
        }
        self.stage = Stage::Over;
    }

    fn set(&mut self, check: KalturaCheck, state: CheckState) {
        if let Some(place) = self.states.get_mut(check as usize) {
            *place = state;
        }
    }

    fn reference(&self) -> String {
        ["onedrive-setup-check-", &self.nonce.to_string()].concat()
    }

    fn entry(&self, members: Value) -> Value {
        let mut entry = json!({"objectType": "KalturaMediaEntry", "mediaType": 1, "name": TEST_ENTRY_NAME});
        if let (Some(entry), Value::Object(members)) = (entry.as_object_mut(), members) {
            entry.extend(members);
        }
        entry
    }
}

/// The state of a check that one call decides. An answer that is not there is the network's.
fn judge(result: Option<&Value>, check: KalturaCheck) -> CheckState {
    match result.map(|result| (code_of(result), id_of(result))) {
        Some((None, Some(_))) => CheckState::Passed,
        Some((Some("INVALID_KS" | "MISSING_KS"), _)) => failed(KalturaCheck::User, "INVALID_KS"),
        Some((Some(code), _)) => failed(check, code),
        _ => CheckState::Failed { mend: Mend::CheckKaltura, code: "no_answer".to_owned() },
    }
}

fn failed(check: KalturaCheck, code: &str) -> CheckState {
    CheckState::Failed { mend: Mend::KalturaSession(check), code: code.to_owned() }
}

fn code_of(result: &Value) -> Option<&str> {
    result.get("code").and_then(Value::as_str).filter(|_| result.get("message").is_some())
}

fn id_of(result: &Value) -> Option<String> {
    match result.get("id")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// A member that is a number, or a text that is one, as dynamic enumerations are.
fn number(value: &Value, name: &str) -> Option<i64> {
    match value.get(name)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
