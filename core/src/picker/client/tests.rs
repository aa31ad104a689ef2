//! The client: token, waiting, renewal.

use std::cell::RefCell;
use std::rc::Rc;

use pollster::block_on;
use serde_json::json;

use super::testing::*;
use super::*;
use crate::graph::GraphError;
use crate::web::{Request, Response, TransportError};

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

#[test]
fn asks_once_for_what_nobody_asked_for() {
    for (answer, tokens) in [
        (status(429), Tokens::default()),
        (status(503), Tokens::default()),
        (status(500), Tokens::default()),
        (status(401), Tokens::default()),
        (status(200), Tokens { signed_out: true, ..Tokens::default() }),
    ] {
        let mut world = world_with(tokens, [answer]);
        world.client = world.client.quiet();
        let request = Request::get(world.client.base().url("/me"));
        assert!(block_on(world.client.send(&request)).is_err());
        assert!(world.asked() <= 1, "no second try");
        assert_eq!((world.tokens.renewals.get(), world.script.now.get()), (0, 0), "no renewal, no wait");
    }
}

#[test]
fn knows_until_when_graph_wants_to_be_left_alone() {
    let world = world([status(429), status(200)]);
    assert_eq!(world.client.throttled_until(), 0);
    assert!(world.get("/me").is_ok());
    assert!(world.client.throttled_until() > 0);
}

#[test]
fn ends_a_wait_with_the_future_that_waits() {
    let told = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&told);
    let mut world = world([status(429)]);
    world.client = world.client.observed(Box::new(move |waiting| sink.borrow_mut().push(waiting.is_some())));
    world.script.sleeps.set(true);
    let request = Request::get(world.client.base().url("/me"));
    {
        let mut sending = std::pin::pin!(world.client.send(&request));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(sending.as_mut().poll(&mut context).is_pending());
        assert_eq!(*told.borrow(), [true]);
    }
    assert_eq!(*told.borrow(), [true, false]);
}

#[test]
fn lets_no_other_request_go_while_graph_throttles() {
    let world = world([status(429), status(200)]);
    world.script.sleeps.set(true);
    let request = Request::get(world.client.base().url("/me"));
    let mut first = std::pin::pin!(world.client.send(&request));
    let mut second = std::pin::pin!(world.client.send(&request));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(second.as_mut().poll(&mut context).is_pending());
    assert_eq!(world.asked(), 1);
}
