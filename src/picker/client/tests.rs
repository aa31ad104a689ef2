//! The client against a scripted Graph and a clock that jumps.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use pollster::block_on;
use serde_json::{Value, json};

use super::*;
use crate::graph::{Chosen, ConfirmRules, FileRef, FolderRef, MediaKind};
use crate::picker::ports::EntropyError;

type Answer = Result<Response, TransportError>;

/// Answers from a list, the last one again and again; remembers what was asked.
#[derive(Default)]
struct Script {
    answers: RefCell<VecDeque<Answer>>,
    asked: RefCell<Vec<Request>>,
    now: Cell<u64>,
}

impl Http for Script {
    async fn send(&self, request: &Request, _limit: u32) -> Answer {
        self.asked.borrow_mut().push(request.clone());
        let mut answers = self.answers.borrow_mut();
        if answers.len() > 1 { answers.pop_front().unwrap() } else { answers.front().unwrap().clone() }
    }
}

impl Clock for Script {
    fn now(&self) -> u64 {
        self.now.get()
    }
    async fn sleep(&self, milliseconds: u32) {
        self.now.set(self.now.get() + u64::from(milliseconds));
    }
}

impl Entropy for Script {
    fn random(&self) -> Result<[u8; 32], EntropyError> {
        Ok([128; 32])
    }
}

/// Hands out `token-0`, and after each renewal the next.
#[derive(Default)]
struct Tokens {
    renewals: Cell<u32>,
    challenges: RefCell<Vec<Option<String>>>,
    refuses: bool,
    signed_out: bool,
}

impl TokenSource for Rc<Tokens> {
    type Token = String;
    async fn token(&self) -> Option<String> {
        (!self.signed_out).then(|| format!("token-{}", self.renewals.get()))
    }
    async fn renew(&self, claims: Option<&str>) -> bool {
        self.challenges.borrow_mut().push(claims.map(str::to_owned));
        self.renewals.set(self.renewals.get() + 1);
        !self.refuses
    }
}

struct World {
    script: Rc<Script>,
    tokens: Rc<Tokens>,
    client: GraphClient<Script, Rc<Tokens>>,
}

fn world_with(tokens: Tokens, answers: impl IntoIterator<Item = Answer>) -> World {
    let script =
        Rc::new(Script { answers: RefCell::new(answers.into_iter().collect()), ..Script::default() });
    let tokens = Rc::new(tokens);
    let base = GraphBase::parse("https://graph.microsoft.com/v1.0").unwrap();
    let client = GraphClient::new(Rc::clone(&script), base, Rc::clone(&tokens));
    World { script, tokens, client }
}

fn world(answers: impl IntoIterator<Item = Answer>) -> World {
    world_with(Tokens::default(), answers)
}

impl World {
    fn asked(&self) -> usize {
        self.script.asked.borrow().len()
    }
    fn tokens_sent(&self) -> Vec<String> {
        let asked = self.script.asked.borrow();
        asked
            .iter()
            .map(|request| {
                request.headers.iter().find(|(name, _)| *name == "authorization").unwrap().1.clone()
            })
            .collect()
    }
    fn get(&self, path: &str) -> Result<Response, GraphError> {
        block_on(self.client.send(&Request::get(self.client.base().url(path))))
    }
}

fn status(status: u16) -> Answer {
    Ok(Response { status, headers: Vec::new(), body: String::from("{}") })
}

#[allow(clippy::needless_pass_by_value, reason = "a test passes what it has just made")]
fn body(body: Value) -> Answer {
    Ok(Response { status: 200, headers: Vec::new(), body: body.to_string() })
}

fn item(id: &str) -> Value {
    json!({"id": id, "name": format!("{id}.mp4"), "size": 5, "file": {"mimeType": "video/mp4"},
        "parentReference": {"driveId": "d"}, "@microsoft.graph.downloadUrl": format!("https://files/{id}")})
}

fn chosen(id: &str) -> Chosen {
    Chosen { file: FileRef::parse("d", id).unwrap(), size: Some(5) }
}

const RULES: ConfirmRules = ConfirmRules { media: None, max_item_bytes: None };

#[test]
fn sends_the_token_to_graph_and_nowhere_else() {
    let world = world([status(200)]);
    world.get("/me").unwrap();
    assert_eq!(world.tokens_sent(), ["Bearer token-0"]);
    for url in ["https://evil.example/v1.0/me", "https://graph.microsoft.com/beta/me", "/me", ""] {
        assert_eq!(block_on(world.client.send(&Request::get(url))), Err(GraphError::ForeignAddress), "{url}");
    }
    assert_eq!(world.asked(), 1, "nothing was sent");
}

#[test]
fn tries_again_what_may_pass_and_no_more_than_four_times() {
    for (answer, expected_tries, expected) in [
        (status(429), 4, "throttled"),
        (status(503), 4, "unavailable"),
        (status(500), 4, "unavailable"),
        (Err(TransportError::Unreachable), 4, "unreachable"),
        (Err(TransportError::TimedOut), 2, "timed_out"),
        (Err(TransportError::Offline), 1, "offline"),
        (status(403), 1, "forbidden"),
        (status(404), 1, "not_found"),
        (status(400), 1, "bad_request"),
    ] {
        let world = world([answer]);
        assert_eq!(world.get("/me").unwrap_err().code(), expected);
        assert_eq!(world.asked(), expected_tries, "{expected}");
    }
}

#[test]
fn waits_longer_each_time_and_then_goes_on() {
    let world = world([status(429), Err(TransportError::Unreachable), status(502), status(200)]);
    assert!(world.get("/me").is_ok());
    let waited = world.script.now();
    assert!((10_000..12_000).contains(&waited), "{waited}");
}

#[test]
fn tells_of_each_wait_and_of_its_end() {
    let told = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&told);
    let mut world = world([status(429), status(200)]);
    world.client = world.client.observed(Box::new(move |waiting| {
        sink.borrow_mut().push(waiting.map(|waiting| (waiting.reason.code(), waiting.until)));
    }));
    world.get("/me").unwrap();
    let told = told.borrow();
    assert_eq!(told.len(), 2);
    assert_eq!((told[0].unwrap().0, told[1]), ("throttled", None));
    assert!(told[0].unwrap().1 > 0);
}

#[test]
fn reports_a_long_retry_after_instead_of_waiting() {
    let response =
        Response { status: 429, headers: vec![("retry-after".into(), "300".into())], body: String::new() };
    let world = world([Ok(response)]);
    assert_eq!(world.get("/me").unwrap_err().retry_after(), Some(300));
    assert_eq!((world.asked(), world.script.now()), (1, 0));
}

#[test]
fn renews_a_refused_token_once() {
    let mut refused = status(401).unwrap();
    refused.headers.push(("www-authenticate".into(), "Bearer claims=\"eyJhIjoxfQ==\"".into()));
    let again = Ok(refused);
    let first = world([again.clone(), status(200)]);
    assert!(first.get("/me").is_ok());
    assert_eq!(first.tokens_sent(), ["Bearer token-0", "Bearer token-1"]);
    assert_eq!(*first.tokens.challenges.borrow(), [Some(r#"{"a":1}"#.to_owned())]);

    let always = world([again.clone()]);
    assert_eq!(always.get("/me").unwrap_err().code(), "unauthorized");
    assert_eq!((always.asked(), always.tokens.renewals.get()), (2, 1), "no loop");

    let none = world_with(Tokens { refuses: true, ..Tokens::default() }, [again]);
    assert_eq!(none.get("/me").unwrap_err().code(), "unauthorized");
    assert_eq!(none.asked(), 1);
}

#[test]
fn asks_nothing_when_nobody_is_signed_in() {
    let world = world_with(Tokens { signed_out: true, refuses: true, ..Tokens::default() }, [status(200)]);
    assert_eq!(world.get("/me"), Err(GraphError::SignedOut));
    assert_eq!((world.asked(), world.tokens.renewals.get()), (0, 1));
}

#[test]
fn reads_a_folder_page_by_page() {
    let next =
        |token| format!("https://graph.microsoft.com/v1.0/drives/d/items/f/children?$skiptoken={token}");
    let world = world([
        body(json!({"value": [item("a"), item("b")], "@odata.nextLink": next(1)})),
        status(503),
        body(json!({"value": [item("b"), item("c"), 7], "@odata.nextLink": next(2)})),
        status(404),
        body(json!({"value": [item("d")], "@odata.nextLink": next(1)})),
    ]);
    let folder = FolderRef::Folder(FileRef::parse("d", "f").unwrap());
    let mut pager = Pager::children(world.client.base(), &folder);
    let mut page = || block_on(world.client.next_page(&mut pager));
    let rows = page().unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.skipped, rows.more), (2, 0, true));
    let rows = page().unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.skipped, &*rows.items[0].name), (1, 1, "c.mp4"));
    assert_eq!(page().unwrap_err().code(), "not_found", "and tries that page again:");
    assert_eq!(page().unwrap().unwrap().items.len(), 1);
    assert_eq!(page(), Err(GraphError::RepeatedNextLink));
    assert_eq!(page(), Err(GraphError::RepeatedNextLink));
    assert_eq!(world.asked(), 5);
}

#[test]
fn shows_the_rows_of_a_page_that_points_elsewhere_and_never_goes_there() {
    let world =
        world([body(json!({"value": [item("a")], "@odata.nextLink": "https://evil.example/v1.0/x"}))]);
    let mut pager = Pager::children(world.client.base(), &FolderRef::MyFiles);
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), 1);
    assert_eq!(block_on(world.client.next_page(&mut pager)), Err(GraphError::ForeignNextLink));
    assert_eq!(world.asked(), 1);
}

#[test]
fn lists_a_channel_folder_that_refuses_a_page_size() {
    let world = world([status(400), body(json!({"value": [item("a")]}))]);
    let mut pager = Pager::children(world.client.base(), &FolderRef::MyFiles);
    assert!(block_on(world.client.next_page(&mut pager)).is_ok());
    assert!(!world.script.asked.borrow()[1].url.contains("$top"));
    assert_eq!(block_on(world.client.next_page(&mut pager)), Ok(None));
}

#[test]
fn starts_again_when_the_way_on_is_too_old() {
    let stale = Ok(Response {
        status: 410,
        headers: Vec::new(),
        body: json!({"error":{"code":"resyncRequired"}}).to_string(),
    });
    let next = "https://graph.microsoft.com/v1.0/x?$skiptoken=1";
    let first = body(json!({"value": [item("a")], "@odata.nextLink": next}));
    let world = world([first.clone(), stale.clone(), first, body(json!({"value": [item("b")]}))]);
    let mut pager = Pager::children(world.client.base(), &FolderRef::MyFiles);
    let counts: Vec<usize> = std::iter::from_fn(|| block_on(world.client.next_page(&mut pager)).unwrap())
        .map(|rows| rows.items.len())
        .collect();
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn confirms_in_the_order_of_the_choice() {
    let world = world([body(json!({"responses": [
        {"id": "3", "status": 200, "body": item("c")},
        {"id": "2", "status": 404, "body": {"error": {"code": "itemNotFound"}}},
        {"id": "1", "status": 200, "body": item("a")},
    ]}))]);
    let verdicts = block_on(world.client.confirm(&[chosen("a"), chosen("b"), chosen("c")], &RULES)).unwrap();
    let codes: Vec<&str> = verdicts
        .iter()
        .map(|verdict| verdict.outcome.as_ref().err().map_or("ok", |problem| problem.code()))
        .collect();
    assert_eq!(codes, ["ok", "gone", "ok"]);
    let confirmed = verdicts[2].outcome.as_ref().unwrap();
    assert_eq!(
        (confirmed.link.as_str(), confirmed.item.media()),
        ("https://files/c", Some(MediaKind::Video))
    );
    assert_eq!(world.asked(), 1);
}

#[test]
fn repeats_throttled_parts_after_the_time_that_graph_asks_for() {
    let busy = json!({"id": "1", "status": 429, "headers": {"Retry-After": "7"}, "body": {"error": {"code": "TooManyRequests"}}});
    let world = world([
        body(json!({"responses": [busy, {"id": "2", "status": 200, "body": item("b")}]})),
        body(json!({"responses": [{"id": "1", "status": 200, "body": item("a")}]})),
    ]);
    let verdicts = block_on(world.client.confirm(&[chosen("a"), chosen("b")], &RULES)).unwrap();
    assert!(verdicts.iter().all(|verdict| verdict.outcome.is_ok()));
    assert!((7_000..=8_000).contains(&world.script.now()));
    let asked = world.script.asked.borrow();
    let second: Value = serde_json::from_str(asked[1].body.as_deref().unwrap()).unwrap();
    assert_eq!(second["requests"].as_array().unwrap().len(), 1);
}

#[test]
fn names_what_stays_throttled_and_lets_the_rest_go() {
    let busy = json!({"id": "1", "status": 429, "body": {"error": {"code": "TooManyRequests"}}});
    let world = world([body(json!({"responses": [busy, {"id": "2", "status": 200, "body": item("b")}]}))]);
    let verdicts = block_on(world.client.confirm(&[chosen("a"), chosen("b")], &RULES)).unwrap();
    assert_eq!(verdicts[0].outcome.as_ref().unwrap_err().code(), "busy");
    assert!(verdicts[1].outcome.is_ok());
    assert_eq!(world.asked(), 4);
}

#[test]
fn renews_a_token_that_a_batch_refuses() {
    let refused =
        json!({"id": "1", "status": 401, "body": {"error": {"code": "InvalidAuthenticationToken"}}});
    let first = world([
        body(json!({"responses": [refused.clone()]})),
        body(json!({"responses": [{"id": "1", "status": 200, "body": item("a")}]})),
    ]);
    let verdicts = block_on(first.client.confirm(&[chosen("a")], &RULES)).unwrap();
    assert!(verdicts[0].outcome.is_ok());
    assert_eq!(first.tokens_sent(), ["Bearer token-0", "Bearer token-1"]);

    let always = world([body(json!({"responses": [refused]}))]);
    let verdicts = block_on(always.client.confirm(&[chosen("a")], &RULES)).unwrap();
    assert_eq!(verdicts[0].outcome.as_ref().unwrap_err().code(), "unauthorized");
    assert_eq!((always.asked(), always.tokens.renewals.get()), (2, 1));
}

#[test]
fn decides_nothing_when_graph_cannot_be_asked() {
    let world = world([Err(TransportError::Offline)]);
    let error = block_on(world.client.confirm(&[chosen("a")], &RULES)).unwrap_err();
    assert_eq!(error.code(), "offline");
}

#[test]
fn confirms_nothing_without_asking() {
    let world = world([status(500)]);
    assert!(block_on(world.client.confirm(&[], &RULES)).unwrap().is_empty());
    assert_eq!(world.asked(), 0);
}

#[test]
fn refreshes_links() {
    let world = world([body(json!({"responses": [
        {"id": "1", "status": 200, "body": {"id": "a", "@microsoft.graph.downloadUrl": "https://files/new"}},
        {"id": "2", "status": 403, "body": {"error": {"code": "accessDenied"}}},
    ]}))]);
    let files = [FileRef::parse("d", "a").unwrap(), FileRef::parse("d", "b").unwrap()];
    let links = block_on(world.client.refresh_links(&files)).unwrap();
    assert_eq!(links[0].outcome.as_ref().unwrap().as_str(), "https://files/new");
    assert_eq!(links[1].outcome.as_ref().unwrap_err().code(), "forbidden");
}

#[test]
fn knows_person_and_drive() {
    let world = world([
        body(json!({"id": "1", "displayName": "Ada"})),
        body(json!({"id": "b!x", "driveType": "business"})),
        status(404),
    ]);
    assert_eq!(block_on(world.client.me()).unwrap().name, "Ada");
    assert_eq!(block_on(world.client.drive()).unwrap().id.as_str(), "b!x");
    assert_eq!(block_on(world.client.drive()).unwrap_err().code(), "not_provisioned");
}
