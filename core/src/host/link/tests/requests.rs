//! What the picker asks of the host.

use super::{commands, refusal};
use crate::host::link::stage::Scene;
use crate::host::link::{CommandFailure, HostEvent};
use crate::host::message::Dropped;
use crate::host::token::HostToken;
use serde_json::json;

#[test]
fn what_is_asked_too_early_waits_for_the_host() {
    let mut scene = Scene::with(&json!({}));
    let request = scene.authenticate();
    assert_eq!(commands(&scene), [""; 0]);
    scene.say(&json!({"type": "activate"}));
    assert_eq!(commands(&scene), ["authenticate"]);
    scene.reply(&json!({"result": "token", "token": "eyJ"}));
    let token = HostToken::new("eyJ").unwrap();
    assert_eq!(scene.events.last(), Some(&HostEvent::Token { request, token }));
}

#[test]
fn a_pick_is_posted_as_microsoft_documents_it() {
    let mut scene = Scene::active();
    let request = scene.pick();
    let post = &scene.posts[0];
    assert_eq!((&post["type"], &post["data"]["keepSharing"]), (&json!("command"), &json!(false)));
    assert_eq!(post["data"]["items"][0]["id"], "1");
    assert!(post["id"].as_str().is_some_and(|id| !id.is_empty()));
    scene.reply(&json!({"result": "success"}));
    assert_eq!(scene.events, [HostEvent::PickAccepted { request }]);
    assert_eq!(scene.link.next_deadline(), None);
    assert!(scene.link.is_active());
}

#[test]
fn after_a_refused_pick_the_next_one_can_succeed() {
    let mut scene = Scene::active();
    let first = scene.pick();
    scene.reply(&json!({"result": "error", "error": {"code": "unusableItem", "message": "too long"}}));
    let second = scene.pick();
    scene.reply(&json!({"result": "success"}));
    assert_eq!(
        scene.events,
        [
            HostEvent::PickFailed { request: first, failure: refusal("unusableItem", "too long") },
            HostEvent::PickAccepted { request: second },
        ]
    );
    assert_ne!(scene.posts[0]["id"], scene.posts[1]["id"]);
}

#[test]
fn time_limits_are_those_of_the_host_within_reason() {
    let mut scene = Scene::with(&json!({"acknowledgeTimeout": 200, "resultTimeout": 700}));
    scene.say(&json!({"type": "activate"}));
    scene.pick();
    assert_eq!(scene.link.next_deadline(), Some(1_200));
    scene.acknowledge();
    assert_eq!(scene.link.next_deadline(), Some(1_700));
    let mut scene = Scene::with(&json!({"acknowledgeTimeout": 0, "resultTimeout": 1e300}));
    scene.say(&json!({"type": "activate"}));
    scene.pick();
    assert_eq!(scene.link.next_deadline(), Some(1_100));
    scene.acknowledge();
    assert_eq!(scene.link.next_deadline(), Some(121_000));
}

#[test]
fn a_silent_host_fails_a_pick_and_a_late_yes_is_still_heard() {
    for acknowledges in [false, true] {
        let mut scene = Scene::active();
        let request = scene.pick();
        let failure = if acknowledges {
            scene.acknowledge();
            CommandFailure::NotAnswered
        } else {
            CommandFailure::NotAcknowledged
        };
        scene.wait();
        assert_eq!(scene.link.next_deadline(), None);
        let yes = json!({"type": "result", "id": scene.last_id(), "data": {"result": "success"}});
        assert_eq!(scene.say(&yes), None);
        assert_eq!(scene.say(&yes), Some(Dropped::UnknownId));
        assert_eq!(
            scene.events,
            [HostEvent::PickFailed { request, failure }, HostEvent::LatePickAccepted { request }]
        );
    }
}

#[test]
fn asks_as_graph_first_and_as_share_point_after_a_refusal() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    assert_eq!(scene.posts[0]["data"]["type"], "Graph");
    scene.reply(&json!({"result": "error", "error": {"code": "unableToObtainToken", "message": "a"}}));
    assert_eq!(scene.events, []);
    assert_eq!(scene.posts[1]["data"]["type"], "SharePoint");
    for post in &scene.posts {
        assert_eq!(post["data"]["resource"], "https://graph.microsoft.com");
    }
    scene.reply(&json!({"result": "error", "error": {"code": "unableToObtainToken", "message": "b"}}));
    let failure = refusal("unableToObtainToken", "b");
    assert_eq!(scene.events, [HostEvent::NoToken { request, failure }]);
    assert_eq!(scene.link.next_deadline(), None);
}

#[test]
fn a_token_for_the_first_try_counts_while_the_second_is_under_way_and_after() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    let first = scene.last_id();
    scene.acknowledge();
    scene.wait();
    assert_eq!(commands(&scene), ["authenticate", "authenticate"]);
    let token = HostToken::new("eyJ").unwrap();
    let answer = json!({"type": "result", "id": first, "data": {"result": "token", "token": "eyJ"}});
    scene.say(&answer);
    assert_eq!(scene.events, [HostEvent::Token { request, token: token.clone() }]);
    assert_eq!(scene.link.next_deadline(), None);

    let mut scene = Scene::active();
    let request = scene.authenticate();
    let first = scene.last_id();
    scene.wait();
    scene.wait();
    let failure = CommandFailure::NotAcknowledged;
    assert_eq!(scene.events, [HostEvent::NoToken { request, failure }]);
    let answer = json!({"type": "result", "id": first, "data": {"result": "token", "token": "eyJ"}});
    scene.say(&answer);
    assert_eq!(scene.events.last(), Some(&HostEvent::LateToken(token)));
}

#[test]
fn a_late_refusal_of_the_first_try_does_not_end_the_second() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    let first = scene.last_id();
    scene.wait();
    scene.say(&json!({"type": "result", "id": first, "data": {"result": "error"}}));
    assert_eq!(scene.events, []);
    assert_eq!(commands(&scene).len(), 2);
    scene.reply(&json!({"result": "token", "token": "eyJ"}));
    let token = HostToken::new("eyJ").unwrap();
    assert_eq!(scene.events, [HostEvent::Token { request, token }]);
}

#[test]
fn passes_a_claims_challenge_on() {
    let mut scene = Scene::active();
    let ask = crate::host::AuthenticateRequest {
        resource: "https://graph.microsoft.com".into(),
        claims: Some(r#"{"access_token":{}}"#.into()),
    };
    scene.link.authenticate(ask, scene.now);
    scene.settle();
    assert_eq!(scene.posts[0]["data"]["claimsChallenge"]["claims"], r#"{"access_token":{}}"#);
}

#[test]
fn duplicates_and_strangers_change_nothing() {
    let mut scene = Scene::active();
    let request = scene.pick();
    let id = scene.last_id();
    let acknowledge = json!({"type": "acknowledge", "id": id});
    scene.say(&acknowledge);
    let deadline = scene.link.next_deadline();
    scene.pass(1_000);
    assert_eq!(scene.say(&acknowledge), Some(Dropped::Repeated));
    assert_eq!(scene.link.next_deadline(), deadline);
    let stranger = json!({"type": "result", "id": "nobody", "data": {"result": "error"}});
    assert_eq!(scene.say(&stranger), Some(Dropped::UnknownId));
    let success = json!({"type": "result", "id": id, "data": {"result": "success"}});
    assert_eq!(scene.say(&success), None);
    assert_eq!(scene.say(&success), Some(Dropped::UnknownId));
    assert_eq!(scene.events, [HostEvent::PickAccepted { request }]);
}

#[test]
fn a_host_that_will_not_close_leaves_the_picker_usable() {
    let mut scene = Scene::active();
    let request = scene.close();
    scene.reply(&json!({"result": "error", "error": {"code": "unsupportedCommand", "message": "no"}}));
    let failure = refusal("unsupportedCommand", "no");
    assert_eq!(scene.events, [HostEvent::CloseFailed { request, failure }]);
    assert!(scene.link.is_active());
}
