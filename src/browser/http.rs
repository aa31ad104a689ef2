//! HTTP by `fetch`, with a time limit and an abort when nobody waits any more.

use super::{Browser, is_online};
use gloo_net::http::Request as FetchRequest;
use gloo_timers::callback::Timeout;
use onedrive_picker_core::picker::ports::Http;
use onedrive_picker_core::web::{Method, Request, Response, TransportError};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit};

/// Aborts a fetch when its time is over or when it is dropped (shape: reqwest `src/wasm/mod.rs`).
struct AbortGuard {
    controller: AbortController,
    timed_out: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl AbortGuard {
    fn new(limit: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let timed_out = Rc::new(Cell::new(false));
        let timer = Timeout::new(limit, {
            let (controller, timed_out) = (controller.clone(), Rc::clone(&timed_out));
            move || {
                timed_out.set(true);
                // Without a reason: gloo-net panics on a rejection that is no `Error` (gloo#477).
                controller.abort();
            }
        });
        Some(Self { controller, timed_out, _timer: timer })
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

impl Http for Browser {
    async fn send(&self, request: &Request, limit: u32) -> Result<Response, TransportError> {
        let guard = AbortGuard::new(limit).ok_or(TransportError::Unreachable)?;
        let failure = |_| {
            if guard.timed_out.get() {
                TransportError::TimedOut
            } else if is_online() {
                TransportError::Unreachable
            } else {
                TransportError::Offline
            }
        };
        let response =
            prepare(request, &guard).ok_or(TransportError::Unreachable)?.send().await.map_err(failure)?;
        let body = response.binary().await.map_err(failure)?;
        let headers = response.headers().entries().collect();
        Ok(Response { status: response.status(), headers, body: decode(body) })
    }
}

/// UTF-8 as text, decoded here: the browser would make UTF-16 of it, which had to become UTF-8 again. Anything else is no
/// JSON (RFC 8259, section 8.1) and no answer.
fn decode(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// Builds the request by hand: gloo-net's builder writes the query anew and ends it with `&`, but a `nextLink` has to be
/// followed to the letter.
fn prepare(request: &Request, guard: &AbortGuard) -> Option<FetchRequest> {
    let headers = Headers::new().ok()?;
    for (name, value) in &request.headers {
        headers.set(name, value).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    });
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&guard.controller.signal()));
    if let Some(body) = &request.body {
        init.set_body(&body.as_str().into());
    }
    web_sys::Request::new_with_str_and_init(&request.url, &init).ok().map(FetchRequest::from)
}

/// The text of a file of this site, within ten seconds. `None` for any failure; the browser's cache may answer.
pub async fn fetch_text(url: &str) -> Option<String> {
    let guard = AbortGuard::new(10_000)?;
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&guard.controller.signal()));
    let request = web_sys::Request::new_with_str_and_init(url, &init).ok()?;
    let response = FetchRequest::from(request).send().await.ok()?;
    if response.ok() { response.binary().await.ok().map(decode) } else { None }
}

/// How an address answers a stranger.
#[derive(Clone, Debug)]
pub enum Probe {
    /// Not at all.
    Unreachable,
    /// It sends visitors elsewhere.
    Redirected,
    /// With this.
    Answered(Response),
}

/// Asks for a page without credentials, and goes nowhere else for it, within ten seconds.
pub async fn probe(url: &str) -> Probe {
    ask_as_stranger(url).await.unwrap_or(Probe::Unreachable)
}

async fn ask_as_stranger(url: &str) -> Option<Probe> {
    let guard = AbortGuard::new(10_000)?;
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&guard.controller.signal()));
    js_sys::Reflect::set(&init, &"redirect".into(), &"manual".into()).ok()?;
    let request = web_sys::Request::new_with_str_and_init(url, &init).ok()?;
    let response = FetchRequest::from(request).send().await.ok()?;
    // A redirect that is not followed has the status 0 (Fetch Standard, opaque-redirect filtered response).
    if response.status() == 0 {
        return Some(Probe::Redirected);
    }
    let body = decode(response.binary().await.ok()?);
    Some(Probe::Answered(Response {
        status: response.status(),
        headers: response.headers().entries().collect(),
        body,
    }))
}
