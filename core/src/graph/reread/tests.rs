//! Sweeps over items, with every kind of answer.

use super::*;
use crate::graph::testing::{answer, any_json, base};
use proptest::prelude::*;
use serde_json::json;

fn files(count: usize) -> Vec<FileRef> {
    (0..count).map(|index| FileRef::parse("d", &format!("f{index}")).unwrap()).collect()
}

fn urls(round: &Round) -> Vec<String> {
    let body: Value = serde_json::from_str(round.request.body.as_deref().unwrap()).unwrap();
    body["requests"].as_array().unwrap().iter().map(|part| part["url"].as_str().unwrap().to_owned()).collect()
}

/// Answers every open item with what `part` makes of its address.
fn sweep(reread: &mut Reread, part: impl Fn(&str) -> (u16, Value)) -> usize {
    let rounds = reread.rounds(&base());
    for round in &rounds {
        let responses: Vec<Value> = urls(round)
            .iter()
            .enumerate()
            .map(|(index, url)| {
                let (status, body) = part(url);
                json!({"id": (index + 1).to_string(), "status": status, "headers": {"Retry-After": "3"}, "body": body})
            })
            .collect();
        reread.take(round, &answer(200, json!({"responses": responses}))).unwrap();
    }
    rounds.len()
}

fn finish(mut reread: Reread) -> Vec<Settled> {
    reread.give_up();
    reread.settled()
}

#[test]
fn reads_a_hundred_items_in_five_batches() {
    let mut reread = Reread::new(files(100), Selection::Whole);
    let rounds =
        sweep(&mut reread, |_| (200, json!({"file": {}, "@microsoft.graph.downloadUrl": "https://f/1"})));
    assert_eq!((rounds, reread.rounds(&base()).len()), (5, 0));
    assert!(finish(reread).iter().all(|settled| settled.answer.is_ok()));
}

#[test]
fn reads_a_file_without_address_once_more_and_joins() {
    let mut reread = Reread::new(files(1), Selection::Whole);
    sweep(&mut reread, |url| {
        assert!(url.starts_with("/drives/d/items/f0?$select=") && url.ends_with(",content.downloadUrl"));
        (200, json!({"id": "f0", "file": {}, "sharepointIds": {"listId": "l"}}))
    });
    sweep(&mut reread, |url| {
        assert_eq!(url, "/drives/d/items/f0");
        (200, json!({"id": "f0", "file": {}, "@microsoft.graph.downloadUrl": "https://f/1"}))
    });
    assert!(reread.rounds(&base()).is_empty());
    let item = finish(reread).remove(0).answer.unwrap();
    assert_eq!(item["sharepointIds"]["listId"], "l");
    assert!(DownloadUrl::of_item(&item).is_some());
}

#[test]
fn reads_without_a_selection_that_is_refused() {
    let mut reread = Reread::new(files(2), Selection::Whole);
    sweep(&mut reread, |_| (400, json!({"error": {"code": "invalidRequest"}})));
    sweep(&mut reread, |url| match url {
        "/drives/d/items/f0" => {
            (200, json!({"id": "f0", "file": {}, "@microsoft.graph.downloadUrl": "https://f/1"}))
        }
        _ => (400, json!({"error": {"code": "invalidRequest"}})),
    });
    let codes: Vec<&str> = finish(reread)
        .iter()
        .map(|settled| settled.answer.as_ref().err().map_or("ok", GraphError::code))
        .collect();
    assert_eq!(codes, ["ok", "bad_request"]);
}

#[test]
fn repeats_only_what_may_pass() {
    let mut reread = Reread::new(files(3), Selection::Link);
    sweep(&mut reread, |url| match url {
        url if url.contains("f0") => (429, json!({"error": {"code": "TooManyRequests"}})),
        url if url.contains("f1") => (404, json!({"error": {"code": "itemNotFound"}})),
        _ => (200, json!({"@microsoft.graph.downloadUrl": "https://f/2"})),
    });
    assert_eq!(reread.waiting_for().unwrap().retry_after(), Some(3));
    assert!(reread.refused_token().is_none());
    assert_eq!(urls(&reread.rounds(&base())[0]), [format!("/drives/d/items/f0{LINK}")]);
    let codes: Vec<&str> = finish(reread)
        .iter()
        .map(|settled| settled.answer.as_ref().err().map_or("ok", GraphError::code))
        .collect();
    assert_eq!(codes, ["throttled", "not_found", "ok"]);
}

#[test]
fn tells_what_is_settled_once() {
    let mut reread = Reread::new(files(3), Selection::Link);
    let is_last = |url: &str| url.contains("f2");
    sweep(&mut reread, |url| (if is_last(url) { 503 } else { 404 }, json!({})));
    let places: Vec<usize> = reread.settled().iter().map(|settled| settled.place).collect();
    assert_eq!(places, [0, 1]);
    assert!(reread.settled().is_empty());
    reread.give_up();
    assert_eq!(reread.settled()[0].place, 2);
}

#[test]
fn waits_for_a_new_token() {
    let mut reread = Reread::new(files(1), Selection::Whole);
    sweep(&mut reread, |_| (401, json!({"error": {"code": "InvalidAuthenticationToken"}})));
    assert!(reread.refused_token().is_some() && reread.rounds(&base()).len() == 1);
}

#[test]
fn follows_a_remote_item_once() {
    let mut reread = Reread::new(files(1), Selection::Whole);
    let shortcut = json!({"id": "x", "remoteItem": {"id": "t", "parentReference": {"driveId": "e"}}});
    sweep(&mut reread, |_| (200, shortcut.clone()));
    sweep(&mut reread, |url| {
        assert!(url.starts_with("/drives/e/items/t?"));
        (
            200,
            json!({"id": "t", "folder": {}, "remoteItem": {"id": "u", "parentReference": {"driveId": "e"}}}),
        )
    });
    assert!(reread.rounds(&base()).is_empty());
    assert_eq!(finish(reread)[0].file, FileRef::parse("e", "t").unwrap());
}

#[test]
fn keeps_items_open_when_the_batch_fails() {
    let mut reread = Reread::new(files(2), Selection::Whole);
    let round = reread.rounds(&base()).remove(0);
    assert_eq!(reread.take(&round, &answer(200, "<html>")).unwrap_err().code(), "malformed");
    assert_eq!(reread.rounds(&base()).len(), 1);
}

proptest! {
    #[test]
    fn takes_any_answer_and_ends(bodies in proptest::collection::vec(any_json(), 4), status in 100u16..600) {
        let mut reread = Reread::new(files(4), Selection::Whole);
        for _ in 0..4 {
            sweep(&mut reread, |url| {
                let index = url.bytes().filter(u8::is_ascii_digit).count() % 4;
                (status, bodies[index].clone())
            });
        }
        prop_assert_eq!(finish(reread).len(), 4);
    }
}
