//! Faults to switch on, for everybody or one account, per party and path.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::stream::{ByteStream, reply};

/// Whom a call goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Microsoft sign-in.
    Identity,
    /// Microsoft Graph.
    #[default]
    Graph,
    /// The host of pre-authenticated links.
    Downloads,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// 429 with a `Retry-After` in seconds, which CORS hides outside a batch.
    Throttled {
        /// In seconds.
        retry_after: u32,
    },
    /// 503 with a `Retry-After` in seconds, which CORS hides outside a batch.
    Unavailable {
        /// In seconds.
        retry_after: u32,
    },
    /// 500 `generalException`.
    ServerError,
    /// 504 with a page instead of JSON.
    GatewayTimeout,
    /// 401 `InvalidAuthenticationToken`.
    Unauthorized,
    /// 401 with a claims challenge in `WWW-Authenticate`.
    ClaimsChallenge,
    /// 403 `accessDenied`.
    Forbidden,
    /// 404 `itemNotFound`.
    NotFound,
    /// 423 `locked`.
    Locked,
    /// 507 `quotaLimitReached`.
    StorageFull,
    /// 509 `activityLimitReached`.
    BandwidthExceeded,
    /// The answer comes that much later.
    Delay {
        /// How much later.
        milliseconds: u64,
    },
    /// No answer for ten minutes.
    Hang,
    /// The connection breaks.
    Dropped,
    /// The body ends half-way, with status 200.
    Truncated,
    /// A page, with status 200.
    HtmlPage,
    /// No body, with status 200.
    EmptyBody,
    /// JSON of another shape, with status 200.
    OtherShape,
    /// No fault at all, but an answer in another style: with properties that nobody asked for, indented, and with everything
    /// beyond ASCII escaped.
    Verbose,
    /// The `@odata.nextLink` is the page's own address.
    RepeatedNextLink,
    /// The `@odata.nextLink` leads to that address.
    ForeignNextLink {
        /// The address.
        url: String,
    },
    /// The last items of a page come again at the beginning of the next one.
    RepeatedItems {
        /// How many.
        count: usize,
    },
}

/// A fault and when it acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// For calls to whom.
    #[serde(default)]
    pub party: Party,
    /// For calls of that user name only.
    #[serde(default)]
    pub account: Option<String>,
    /// For calls whose method, path and query (`GET /me/drive/root/children?$top=200`, as sent) hold that text; `*`
    /// stands for anything.
    #[serde(default)]
    pub path: Option<String>,
    /// Lets that many matching calls pass first.
    #[serde(default)]
    pub skip: u32,
    /// Acts on every so-manieth call after that; 0 is the same as 1.
    #[serde(default)]
    pub every: u32,
    /// Acts that many times in all; without it, for ever.
    #[serde(default)]
    pub times: Option<u32>,
    #[serde(skip)]
    seen: u32,
}

impl Fault {
    /// That fault at every call to Graph.
    pub const fn new(kind: FaultKind) -> Self {
        Self { kind, party: Party::Graph, account: None, path: None, skip: 0, every: 1, times: None, seen: 0 }
    }

    /// For another party than Graph.
    #[must_use]
    pub const fn party(mut self, party: Party) -> Self {
        self.party = party;
        self
    }

    /// For one account only.
    #[must_use]
    pub fn account(mut self, username: &str) -> Self {
        self.account = Some(username.to_owned());
        self
    }

    /// For calls that hold this text in method, path and query; `*` stands for anything.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// After that many calls have passed.
    #[must_use]
    pub const fn skip(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// At every so-manieth call only.
    #[must_use]
    pub const fn every(mut self, every: u32) -> Self {
        self.every = every;
        self
    }

    /// That many times only.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether it acts on this call; counts it.
    fn acts(&mut self, party: Party, account: Option<&str>, call: &str) -> bool {
        let matches = self.party == party
            && (self.account.is_none() || self.account.as_deref() == account)
            && self.path.as_ref().is_none_or(|path| holds(call, path));
        if !matches {
            return false;
        }
        self.seen += 1;
        if self.seen <= self.skip || !(self.seen - self.skip).is_multiple_of(self.every.max(1)) {
            return false;
        }
        match &mut self.times {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None => true,
        }
    }
}

/// Whether the call holds what stands between the `*` of the pattern, in that order.
fn holds(call: &str, pattern: &str) -> bool {
    let mut rest = Some(call);
    for part in pattern.split('*') {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|(_, after)| after);
    }
    rest.is_some()
}

/// The faults that are switched on.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Switches on one more.
    pub fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Switches all off, those of accounts too.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Those that are on.
    pub fn list(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// What goes wrong with this call. Counts it.
    pub(crate) fn due(&self, party: Party, account: Option<&str>, call: &str) -> Vec<FaultKind> {
        let mut faults = self.lock();
        let acting = faults
            .iter_mut()
            .filter_map(|fault| fault.acts(party, account, call).then(|| fault.kind.clone()));
        acting.collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits as the faults say.
pub(crate) async fn apply_before(due: &[FaultKind]) {
    for kind in due {
        match kind {
            FaultKind::Delay { milliseconds } => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            }
            FaultKind::Hang => tokio::time::sleep(Duration::from_secs(600)).await,
            _ => {}
        }
    }
}

/// Spoils the bytes of an answer as the faults say; `None` leaves the answer as it is.
pub(crate) fn spoil(due: &[FaultKind], content_type: &str, body: &[u8]) -> Option<Response> {
    const PAGE: &str = "<!doctype html><title>Network sign-in</title><p>Sign in to use this network.</p>";
    due.iter().find_map(|kind| match kind {
        FaultKind::Dropped => Some(ByteStream::broken(Vec::new(), 1).respond(200, content_type)),
        FaultKind::Truncated => {
            let half = body.get(..body.len() / 2).unwrap_or_default().to_vec();
            Some(reply(200, &[("content-type", content_type)], half))
        }
        FaultKind::HtmlPage => Some(reply(200, &[("content-type", "text/html; charset=utf-8")], PAGE)),
        FaultKind::GatewayTimeout => Some(reply(504, &[("content-type", "text/html")], PAGE)),
        FaultKind::EmptyBody => Some(reply(200, &[("content-type", content_type)], "")),
        FaultKind::OtherShape => Some(reply(200, &[("content-type", content_type)], r#"{"value":{"id":7}}"#)),
        FaultKind::Verbose => verbose(body).map(|body| reply(200, &[("content-type", content_type)], body)),
        _ => None,
    })
}

/// The same answer with more in it, in another style. `None` if it is no JSON object.
fn verbose(body: &[u8]) -> Option<String> {
    let mut answer: Value = serde_json::from_slice(body).ok()?;
    let members = answer.as_object_mut()?;
    members
        .entry("@odata.context")
        .or_insert_with(|| json!("https://graph.microsoft.com/v1.0/$metadata#items"));
    let items = members.get_mut("value").and_then(Value::as_array_mut);
    for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
        for (name, value) in [
            ("@odata.etag", json!("\"{0F1E},3\"")),
            ("createdDateTime", json!("2020-01-02T03:04:05.1234567Z")),
            (
                "createdBy",
                json!({"user": {"id": "48d3", "displayName": "Zoë Ångström"}, "application": null}),
            ),
            ("fileSystemInfo", json!({"createdDateTime": "2020-01-02T03:04:05Z"})),
            ("location", json!({"altitude": -12.5, "latitude": 59.85, "longitude": 3e-5})),
            ("tags", json!([1, 2.5e3, -1, true, false, null, [], {}])),
            ("shared", json!({"scope": "users", "sharedDateTime": "2021-01-02T03:04:05Z"})),
        ] {
            item.entry(name).or_insert(value);
        }
        if let Some(Value::String(at)) = item.get_mut("lastModifiedDateTime") {
            *at = at.replace('Z', ".1234567Z");
        }
        if let Some(video) = item.get_mut("video").and_then(Value::as_object_mut) {
            video.insert("frameRate".to_owned(), json!(29.97));
            video.insert("bitrate".to_owned(), json!(123_456));
        }
    }
    let mut text = String::new();
    for letter in serde_json::to_string_pretty(&answer).ok()?.chars() {
        if letter.is_ascii() {
            text.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acted(fault: Fault, calls: &[(Option<&str>, &str)]) -> Vec<bool> {
        let faults = Faults::default();
        faults.add(fault);
        calls.iter().map(|(account, call)| !faults.due(Party::Graph, *account, call).is_empty()).collect()
    }

    #[test]
    fn acts_when_and_as_often_as_it_says() {
        let calls = [(None, "GET /a"); 6];
        let fault = Fault::new(FaultKind::ServerError);
        assert_eq!(acted(fault.clone(), &calls), [true; 6]);
        assert_eq!(acted(fault.clone().times(2), &calls), [true, true, false, false, false, false]);
        assert_eq!(acted(fault.clone().skip(4), &calls), [false, false, false, false, true, true]);
        assert_eq!(acted(fault.clone().every(3), &calls), [false, false, true, false, false, true]);
        assert_eq!(acted(fault.party(Party::Downloads), &calls), [false; 6]);
    }

    #[test]
    fn a_verbose_answer_says_the_same_and_more() {
        let text = verbose("{\"value\":[{\"name\":\"Übung 😀\"}]}".as_bytes()).unwrap();
        assert!(text.is_ascii() && text.contains("\\ud83d\\ude00"), "{text}");
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(answer["value"][0]["name"], "Übung 😀");
        assert_eq!(answer["value"][0]["createdBy"]["user"]["displayName"], "Zoë Ångström");
        assert!(verbose(b"<html>").is_none());
    }

    #[test]
    fn a_star_in_a_path_stands_for_anything() {
        let calls = [
            "GET /me/drive/root/children?$top=200",
            "GET /drives/b!x/items/01A/children",
            "GET /items/children",
        ];
        for (pattern, expected) in [
            ("/children", [true, true, true]),
            ("/items/*/children", [false, true, false]),
            ("GET*children", [true, true, true]),
            ("/children*/items/", [false, false, false]),
            ("*", [true, true, true]),
        ] {
            assert_eq!(calls.map(|call| holds(call, pattern)), expected, "{pattern}");
        }
    }

    #[test]
    fn acts_on_its_account_and_path_only() {
        let fault = Fault::new(FaultKind::NotFound).account("a@x").path("/children");
        let calls =
            [(Some("a@x"), "GET /1/children"), (Some("b@x"), "GET /1/children"), (None, "GET /1/children")];
        assert_eq!(acted(fault.clone(), &calls), [true, false, false]);
        assert_eq!(acted(fault, &[(Some("a@x"), "GET /1")]), [false]);
    }
}
