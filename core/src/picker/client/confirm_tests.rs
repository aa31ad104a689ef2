//! Confirming and refreshing, with every answer that a batch can give.

use pollster::block_on;
use serde_json::{Value, json};

use super::Verdict;
use super::testing::*;
use crate::graph::{FileRef, MediaKind};
use crate::picker::ports::Clock;
use crate::web::TransportError;

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
fn tells_each_verdict_as_soon_as_it_stands() {
    let batch = |ids: std::ops::Range<u32>| {
        let parts: Vec<Value> = ids
            .enumerate()
            .map(|(index, id)| json!({"id": (index + 1).to_string(), "status": 200, "body": item(&format!("f{id}"))}))
            .collect();
        body(json!({"responses": parts}))
    };
    let world = world([batch(0..20), batch(20..25)]);
    let files: Vec<_> = (0..25).map(|id| chosen(&format!("f{id}"))).collect();
    let mut told = Vec::new();
    let mut decided = |place, verdict: Verdict| told.push((place, verdict.outcome.is_ok(), world.asked()));
    block_on(world.client.confirm_each(&files, &RULES, &mut decided)).unwrap();
    assert_eq!(told.len(), 25);
    assert_eq!((told[19], told[20]), ((19, true, 1), (20, true, 2)));
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
