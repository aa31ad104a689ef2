//! A scripted Graph and a clock that jumps, for the tests of the client.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use pollster::block_on;
use serde_json::{Value, json};

use super::{GraphClient, TokenSource};
use crate::graph::{Chosen, ConfirmRules, FileRef, GraphBase, GraphError};
use crate::picker::ports::{Clock, Entropy, EntropyError, Http};
use crate::web::{Request, Response, TransportError};

/// Answers each request by what it asks for.
pub(super) type Service = Box<dyn Fn(&Request) -> Answer>;

pub(super) type Answer = Result<Response, TransportError>;

/// Answers from a list, the last one again and again; remembers what was asked.
#[derive(Default)]
pub(super) struct Script {
    pub(super) answers: RefCell<VecDeque<Answer>>,
    /// What answers instead of the list, if there is one.
    pub(super) service: Option<Service>,
    pub(super) asked: RefCell<Vec<Request>>,
    pub(super) now: Cell<u64>,
    /// Whether a sleep never ends.
    pub(super) sleeps: Cell<bool>,
}

impl Http for Script {
    async fn send(&self, request: &Request, _limit: u32) -> Answer {
        self.asked.borrow_mut().push(request.clone());
        if let Some(service) = &self.service {
            return service(request);
        }
        let mut answers = self.answers.borrow_mut();
        if answers.len() > 1 { answers.pop_front().unwrap() } else { answers.front().unwrap().clone() }
    }
}

impl Clock for Script {
    fn now(&self) -> u64 {
        self.now.get()
    }
    async fn sleep(&self, milliseconds: u32) {
        if self.sleeps.get() {
            std::future::pending::<()>().await;
        }
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
pub(super) struct Tokens {
    pub(super) renewals: Cell<u32>,
    pub(super) challenges: RefCell<Vec<Option<String>>>,
    pub(super) refuses: bool,
    pub(super) signed_out: bool,
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

pub(super) struct World {
    pub(super) script: Rc<Script>,
    pub(super) tokens: Rc<Tokens>,
    pub(super) client: GraphClient<Script, Rc<Tokens>>,
}

pub(super) fn world_with(tokens: Tokens, answers: impl IntoIterator<Item = Answer>) -> World {
    let script = Script { answers: RefCell::new(answers.into_iter().collect()), ..Script::default() };
    world_of(tokens, script)
}

/// A client of a service.
pub(super) fn world_at(service: Service) -> World {
    world_of(Tokens::default(), Script { service: Some(service), ..Script::default() })
}

fn world_of(tokens: Tokens, script: Script) -> World {
    let (script, tokens) = (Rc::new(script), Rc::new(tokens));
    let base = GraphBase::parse("https://graph.microsoft.com/v1.0").unwrap();
    let client = GraphClient::new(Rc::clone(&script), base, Rc::clone(&tokens));
    World { script, tokens, client }
}

pub(super) fn world(answers: impl IntoIterator<Item = Answer>) -> World {
    world_with(Tokens::default(), answers)
}

impl World {
    pub(super) fn asked(&self) -> usize {
        self.script.asked.borrow().len()
    }
    pub(super) fn tokens_sent(&self) -> Vec<String> {
        let asked = self.script.asked.borrow();
        asked
            .iter()
            .map(|request| {
                request.headers.iter().find(|(name, _)| *name == "authorization").unwrap().1.clone()
            })
            .collect()
    }
    pub(super) fn get(&self, path: &str) -> Result<Response, GraphError> {
        block_on(self.client.send(&Request::get(self.client.base().url(path))))
    }
}

pub(super) fn status(status: u16) -> Answer {
    Ok(Response { status, headers: Vec::new(), body: String::from("{}") })
}

#[allow(clippy::needless_pass_by_value, reason = "a test passes what it has just made")]
pub(super) fn body(body: Value) -> Answer {
    Ok(Response { status: 200, headers: Vec::new(), body: body.to_string() })
}

pub(super) fn item(id: &str) -> Value {
    json!({"id": id, "name": format!("{id}.mp4"), "size": 5, "file": {"mimeType": "video/mp4"},
        "parentReference": {"driveId": "d"}, "@microsoft.graph.downloadUrl": format!("https://files/{id}")})
}

pub(super) fn chosen(id: &str) -> Chosen {
    Chosen { file: FileRef::parse("d", id).unwrap(), size: Some(5) }
}

pub(super) const RULES: ConfirmRules = ConfirmRules { media: None, max_item_bytes: None };
