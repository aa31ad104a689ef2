//! The client of Microsoft Graph: adds the token, waits when Graph is busy, renews the token once, and nothing else.
//!
//! Dropping any of its futures aborts the request and the wait.

mod confirm;
#[cfg(test)]
mod confirm_tests;
mod find;
#[cfg(test)]
mod find_tests;
mod locate;
#[cfg(test)]
mod locate_tests;
mod page_sizes;
mod pager;
mod pending;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod thumbnails;

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use crate::graph::{
    Backoff, Drive, GraphBase, GraphError, Person, build_drive, build_me, missing_drive, parse_drive,
    parse_me,
};
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::{Request, Response, TransportError};

use page_sizes::PageSizes;

pub use confirm::{FreshLink, Verdict};
pub use pager::{Pager, Rows};
pub(crate) use thumbnails::ThumbnailAnswers;

/// The longest time for one answer, in milliseconds.
const LIMIT: u32 = 30_000;

/// How often a request that got no answer in time is sent in all: each try costs the whole [`LIMIT`].
const TIMED_OUT_TRIES: u32 = 2;

/// Where the client gets its token from.
#[allow(async_fn_in_trait, reason = "one thread, one implementation per build: no Send bound is wanted")]
pub trait TokenSource {
    /// A token, as a text that is not shown anywhere.
    type Token: AsRef<str>;

    /// The token in use; `None` if nobody is signed in.
    async fn token(&self) -> Option<Self::Token>;

    /// Gets another token, because Graph refused the one in use; with the challenge that Graph gave. Whether there is
    /// one now.
    async fn renew(&self, claims: Option<&str>) -> bool;

    /// What an answer means that is no success.
    async fn judge(&self, response: Response) -> GraphError {
        GraphError::of_response(&response)
    }
}

/// Why and until when the client waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What Graph said, or that it said nothing.
    pub reason: GraphError,
    /// When it will ask again, in milliseconds since 1970-01-01 UTC.
    pub until: u64,
}

/// Told of each wait, and with `None` when there is none any more.
pub(crate) type WaitingObserver = Box<dyn Fn(Option<&Waiting>)>;

/// A client of one Graph base for one signed-in account. A copy is the same client.
pub struct GraphClient<P, T>(Rc<Shared<P, T>>);

/// What the copies of a client share.
pub struct Shared<P, T> {
    ports: Rc<P>,
    base: GraphBase,
    tokens: T,
    backoff: Backoff,
    /// No request starts before this time: Graph throttles the account, not the single request.
    not_before: Cell<u64>,
    waits: RefCell<Vec<Rc<Waiting>>>,
    observer: RefCell<Option<WaitingObserver>>,
    /// Whether nobody asked for what is read here, so that it gives up at the first trouble.
    quiet: bool,
    /// Which pages each drive has refused on this visit.
    page_sizes: PageSizes,
}

impl<P, T> Clone for GraphClient<P, T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<P, T> Deref for GraphClient<P, T> {
    type Target = Shared<P, T>;

    fn deref(&self) -> &Shared<P, T> {
        &self.0
    }
}

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    /// A client that tells nobody of its waits.
    pub fn new(ports: Rc<P>, base: GraphBase, tokens: T) -> Self {
        Self::of(ports, base, tokens, Backoff::default(), false, PageSizes::default())
    }

    fn of(
        ports: Rc<P>,
        base: GraphBase,
        tokens: T,
        backoff: Backoff,
        quiet: bool,
        page_sizes: PageSizes,
    ) -> Self {
        Self(Rc::new(Shared {
            ports,
            base,
            tokens,
            backoff,
            not_before: Cell::new(0),
            waits: RefCell::new(Vec::new()),
            observer: RefCell::new(None),
            quiet,
            page_sizes,
        }))
    }

    /// Tells the observer of each wait.
    #[must_use]
    pub fn observed(self, observer: WaitingObserver) -> Self {
        self.observer.replace(Some(observer));
        self
    }

    /// A client of the same account for what nobody has asked for yet: it sends each request once, waits for nothing, and
    /// renews no token.
    #[must_use]
    pub fn quiet(&self) -> Self
    where
        T: Clone,
    {
        let backoff = Backoff { tries: 1, ..self.backoff };
        let (ports, base) = (Rc::clone(&self.ports), self.base.clone());
        Self::of(ports, base, self.tokens.clone(), backoff, true, self.page_sizes.clone())
    }

    /// Until when Graph has asked to be left alone, in milliseconds since 1970-01-01 UTC; 0 if it never did.
    pub fn throttled_until(&self) -> u64 {
        self.not_before.get()
    }

    /// The base that it asks.
    pub fn base(&self) -> &GraphBase {
        &self.base
    }

    /// Sends a request below the base, with the token, and gives the answer if it is a success.
    ///
    /// What may pass (429, 5xx, no answer) is tried again up to [`Backoff::tries`] times. A refused token is renewed
    /// once and the request repeated once. Every request of this picker only reads, so repeating is safe.
    ///
    /// # Errors
    /// [`GraphError`] of the last try; [`GraphError::ForeignAddress`] without sending anything if the address is not
    /// the base's.
    pub async fn send(&self, request: &Request) -> Result<Response, GraphError> {
        if !self.base.owns(&request.url) {
            return Err(GraphError::ForeignAddress);
        }
        let mut renewed = self.quiet;
        let mut failed = 0;
        loop {
            self.wait_for_turn().await;
            let Some(token) = self.tokens.token().await else {
                if !renewed && self.tokens.renew(None).await {
                    renewed = true;
                    continue;
                }
                return Err(GraphError::SignedOut);
            };
            let error = match self.ports.send(&authorized(request, token.as_ref()), LIMIT).await {
                Ok(response) if response.is_success() => return Ok(response),
                Ok(response) => self.0.tokens.judge(response).await,
                Err(error) => GraphError::Transport(error),
            };
            if let GraphError::Unauthorized { claims, .. } = &error {
                if !renewed && self.replace(&token, claims.as_deref()).await {
                    renewed = true;
                    continue;
                }
                return Err(error);
            }
            failed += 1;
            let timed_out = error == GraphError::Transport(TransportError::TimedOut);
            if !error.is_passing() || (timed_out && failed >= TIMED_OUT_TRIES) {
                return Err(error);
            }
            let Some(wait) = self.backoff.wait(failed, error.retry_after(), self.random()) else {
                return Err(error);
            };
            self.pause(error, wait).await;
        }
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`GraphError`] of the request.
    pub async fn me(&self) -> Result<Person, GraphError> {
        parse_me(&self.send(&build_me(&self.base)).await?)
    }

    /// The account's own drive.
    ///
    /// # Errors
    /// [`GraphError`] of the request; [`GraphError::NotProvisioned`] or [`GraphError::NoLicence`] if there is none.
    pub async fn drive(&self) -> Result<Drive, GraphError> {
        parse_drive(&self.send(&build_drive(&self.base)).await.map_err(missing_drive)?)
    }

    /// Gets another token unless that has happened meanwhile: requests that run at the same time are refused
    /// together, and one renewal serves them all.
    async fn replace(&self, refused: &T::Token, claims: Option<&str>) -> bool {
        let current = self.tokens.token().await;
        match current {
            Some(current) if current.as_ref() != refused.as_ref() => true,
            _ => self.tokens.renew(claims).await,
        }
    }

    /// Waits, and lets no other request start meanwhile if Graph is throttling.
    async fn pause(&self, reason: GraphError, wait: u32) {
        let until = self.ports.now() + u64::from(wait);
        if matches!(reason, GraphError::Throttled { .. }) {
            self.not_before.set(self.not_before.get().max(until));
        }
        self.sleep_until(reason, until).await;
    }

    async fn wait_for_turn(&self) {
        let until = self.not_before.get();
        if until > self.ports.now() {
            let reason = GraphError::Throttled { retry_after: None, trace: Default::default() };
            self.sleep_until(reason, until).await;
        }
    }

    async fn sleep_until(&self, reason: GraphError, until: u64) {
        let waiting = Rc::new(Waiting { reason, until });
        self.waits.borrow_mut().push(Rc::clone(&waiting));
        self.tell();
        let _ends = WaitEnds { client: self, waiting };
        let wait = until.saturating_sub(self.ports.now());
        self.ports.sleep(u32::try_from(wait).unwrap_or(u32::MAX)).await;
    }

    fn random(&self) -> u32 {
        // Without randomness there is no jitter, which costs nothing but politeness.
        self.ports
            .random()
            .map_or(1 << 31, |bytes| bytes.iter().take(4).fold(0, |word, byte| word << 8 | u32::from(*byte)))
    }
}

impl<P, T> GraphClient<P, T> {
    /// Tells the observer of the wait that lasts longest.
    fn tell(&self) {
        if let Some(observer) = &*self.observer.borrow() {
            let longest = self.waits.borrow().iter().max_by_key(|waiting| waiting.until).cloned();
            observer(longest.as_deref());
        }
    }
}

/// Takes a wait off the list, also when its future is dropped.
struct WaitEnds<'a, P, T> {
    client: &'a GraphClient<P, T>,
    waiting: Rc<Waiting>,
}

impl<P, T> Drop for WaitEnds<'_, P, T> {
    fn drop(&mut self) {
        self.client.waits.borrow_mut().retain(|waiting| !Rc::ptr_eq(waiting, &self.waiting));
        self.client.tell();
    }
}

fn authorized(request: &Request, token: &str) -> Request {
    let mut value = String::with_capacity(token.len() + 7);
    value.push_str("Bearer ");
    value.push_str(token);
    request.clone().header("authorization", value)
}
