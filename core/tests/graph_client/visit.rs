//! A person at the simulator: a client over plain sockets, with a clock that jumps.

use std::cell::Cell;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::rc::Rc;

use onedrive_picker_core::graph::{FolderRef, GraphBase, GraphError, Item};
use onedrive_picker_core::picker::client::{GraphClient, Pager, TokenSource};
use onedrive_picker_core::picker::ports::{Clock, Entropy, EntropyError, Http};
use onedrive_picker_core::web::{Method, Request, Response, TransportError};
use onedrive_simulator::drive::{Fault, Party};
use onedrive_simulator::{Options, Running, Simulator};

use crate::named;

pub(crate) const NOA: &str = "noa@openu.example";

/// A browser's HTTP on plain sockets: headers that CORS hides stay hidden.
pub(crate) struct Sockets {
    now: Cell<u64>,
}

impl Http for Sockets {
    async fn send(&self, request: &Request, _limit: u32) -> Result<Response, TransportError> {
        exchange(request).ok_or(TransportError::Unreachable)
    }
}

impl Clock for Sockets {
    fn now(&self) -> u64 {
        self.now.get()
    }
    async fn sleep(&self, milliseconds: u32) {
        self.now.set(self.now.get() + u64::from(milliseconds));
    }
}

impl Entropy for Sockets {
    fn random(&self) -> Result<[u8; 32], EntropyError> {
        Ok([128; 32])
    }
}

fn exchange(request: &Request) -> Option<Response> {
    let rest = request.url.strip_prefix("http://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let method = if request.method == Method::Post { "POST" } else { "GET" };
    let body = request.body.as_deref().unwrap_or_default();
    let mut head = format!("{method} {path} HTTP/1.0\r\nhost: {host}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in &request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(host).ok()?;
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let exposed = headers.iter().find(|(name, _)| name == "access-control-expose-headers");
    let exposed = exposed.map(|(_, names)| names.to_lowercase()).unwrap_or_default();
    let visible = |name: &str| name == "content-type" || exposed.split(", ").any(|one| one == name);
    let headers = headers.iter().filter(|(name, _)| visible(name)).cloned().collect();
    Some(Response { status, headers, body: body.to_owned() })
}

/// Gets a new token from the simulator whenever one is refused.
pub(crate) struct Tokens {
    simulator: Rc<Running>,
    username: &'static str,
    scopes: &'static [&'static str],
    current: Cell<Option<String>>,
    renewals: Rc<Cell<u32>>,
}

impl TokenSource for Tokens {
    type Token = String;
    async fn token(&self) -> Option<String> {
        let token = self.current.take();
        self.current.set(token.clone());
        token
    }
    async fn renew(&self, _claims: Option<&str>) -> bool {
        let scopes = self.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self.current.set(Some(self.simulator.site().issue_token(self.username, scopes)));
        self.renewals.set(self.renewals.get() + 1);
        true
    }
}

pub(crate) struct Visit {
    pub(crate) simulator: Rc<Running>,
    pub(crate) ports: Rc<Sockets>,
    pub(crate) renewals: Rc<Cell<u32>>,
    pub(crate) graph: GraphClient<Sockets, Tokens>,
}

pub(crate) async fn visit(username: &'static str) -> Visit {
    let simulator = Rc::new(Simulator::start(Options::for_tests("dist", "host")).await.unwrap());
    visit_of(simulator, username, &["Files.Read.All", "User.Read"])
}

pub(crate) fn visit_of(
    simulator: Rc<Running>,
    username: &'static str,
    scopes: &'static [&'static str],
) -> Visit {
    let ports = Rc::new(Sockets { now: Cell::new(1_700_000_000_000) });
    let renewals = Rc::new(Cell::new(0));
    let granted = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let token = simulator.site().issue_token(username, granted);
    let tokens = Tokens {
        simulator: Rc::clone(&simulator),
        username,
        scopes,
        current: Cell::new(Some(token)),
        renewals: Rc::clone(&renewals),
    };
    let base = GraphBase::parse(&format!("{}/v1.0", simulator.origins().graph)).unwrap();
    Visit { graph: GraphClient::new(Rc::clone(&ports), base, tokens), simulator, ports, renewals }
}

impl Visit {
    pub(crate) fn fault(&self, fault: Fault) {
        self.simulator.world().faults().add(fault);
    }

    /// Calls that reached Graph, parts of batches apart.
    pub(crate) fn calls(&self) -> usize {
        self.simulator
            .world()
            .log()
            .list()
            .iter()
            .filter(|record| record.party == Party::Graph && !record.in_batch)
            .count()
    }

    pub(crate) async fn all(&self, mut pager: Pager) -> Result<Vec<Item>, GraphError> {
        let mut items = Vec::new();
        while let Some(rows) = self.graph.next_page(&mut pager).await? {
            assert_eq!(rows.skipped, 0);
            items.extend(rows.items);
        }
        Ok(items)
    }

    pub(crate) async fn open(&self, path: &[&str]) -> Vec<Item> {
        let mut items = self.all(Pager::children(&FolderRef::MyFiles, None)).await.unwrap();
        for name in path {
            let folder = FolderRef::Folder(named(&items, name).file.clone());
            items = self.all(Pager::children(&folder, None)).await.unwrap();
        }
        items
    }
}
