//! Plays the hosts that exist in the field (reference "File Picker v8", section 4).

use super::stage::Scene;
use super::{CommandFailure, HostEvent};
use crate::host::message::{Dropped, HostError};
use crate::host::token::HostToken;
use serde_json::json;

fn refusal(code: &str, message: &str) -> CommandFailure {
    CommandFailure::Refused(HostError { code: code.into(), message: message.into() })
}

#[test]
fn an_sdk_refuses_a_command_without_type_and_id() {
    let mut scene = Scene::active();
    let request = scene.pick();
    scene.acknowledge();
    let reply = json!({"result": "error", "error": {"code": "unsupportedCommand", "message": "x"}, "isExpected": true});
    scene.say(&reply);
    let failure = refusal("unsupportedCommand", "x");
    assert_eq!(scene.events, [HostEvent::PickFailed { request, failure }]);
    assert_eq!(scene.say(&reply), Some(Dropped::UnknownId), "nothing is left for it to mean");
}

#[test]
fn an_error_without_id_means_the_oldest_command() {
    let mut scene = Scene::active();
    let pick = scene.pick();
    let authenticate = scene.authenticate();
    scene.say(&json!({"type": "result", "data": {"result": "error", "error": {"code": "unusableItem"}}}));
    scene.say(&json!({"type": "result", "data": {"result": "token", "token": "eyJ"}}));
    assert_eq!(
        scene.events,
        [
            HostEvent::PickFailed { request: pick, failure: refusal("unusableItem", "") },
            HostEvent::Token { request: authenticate, token: HostToken::new("eyJ").unwrap() },
        ]
    );
}

#[test]
fn a_success_without_id_counts_only_if_one_command_can_be_meant() {
    let mut scene = Scene::active();
    let first = scene.pick();
    let success = json!({"type": "result", "data": {"result": "success"}});
    scene.say(&success);
    assert_eq!(scene.events, [HostEvent::PickAccepted { request: first }]);
    scene.pick();
    scene.pick();
    assert_eq!(scene.say(&success), Some(Dropped::UnknownId));
}

#[test]
fn javascript_basic_closes_without_a_result() {
    let mut scene = Scene::active();
    let request = scene.close();
    scene.acknowledge();
    scene.link.window_closing();
    scene.settle();
    let failure = CommandFailure::Closed;
    assert_eq!(scene.events, [HostEvent::CloseFailed { request, failure }, HostEvent::Closed]);
}

#[test]
fn a_host_that_neither_closes_nor_answers_does_not_keep_the_person() {
    let mut scene = Scene::active();
    let request = scene.close();
    scene.acknowledge();
    scene.wait();
    assert!(scene.now <= 5_000, "{}", scene.now);
    let failure = CommandFailure::NotAnswered;
    assert_eq!(scene.events, [HostEvent::CloseFailed { request, failure }]);
}

#[test]
fn pnp_closes_the_window_and_answers_afterwards() {
    let mut scene = Scene::active();
    let request = scene.close();
    scene.reply(&json!({"result": "success"}));
    assert_eq!(scene.events, [HostEvent::CloseAccepted { request }, HostEvent::Closed]);
}

#[test]
fn pnp_closes_the_window_before_it_answers_a_pick() {
    for acknowledges in [false, true] {
        let mut scene = Scene::active();
        let request = scene.pick();
        if acknowledges {
            scene.acknowledge();
        }
        scene.link.window_closing();
        scene.settle();
        assert_eq!(scene.events, [HostEvent::PickAccepted { request }, HostEvent::Closed]);
    }
}

#[test]
fn c_sharp_answers_a_pick_with_nothing_and_errors_without_result() {
    let mut scene = Scene::active();
    let first = scene.pick();
    scene.reply(&json!({}));
    let second = scene.pick();
    scene.acknowledge();
    scene.say(
        &json!({"type": "result", "id": scene.last_id(), "data": {"error": {"code": "1", "message": "no"}}}),
    );
    let third = scene.pick();
    scene.acknowledge();
    scene.say(&json!({"data": {"error": {"code": "1", "message": "no"}}}));
    let failure = refusal("1", "no");
    assert_eq!(
        scene.events,
        [
            HostEvent::PickAccepted { request: first },
            HostEvent::PickFailed { request: second, failure: failure.clone() },
            HostEvent::PickFailed { request: third, failure },
        ]
    );
}

#[test]
fn pnp_acknowledges_authenticate_and_falls_silent() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    scene.acknowledge();
    scene.wait();
    assert_eq!(scene.posts.len(), 2, "asks once more, as SharePoint");
    scene.acknowledge();
    scene.wait();
    assert!(scene.now <= 31_000, "{}", scene.now);
    let failure = CommandFailure::NotAnswered;
    assert_eq!(scene.events, [HostEvent::NoToken { request, failure }]);
}

#[test]
fn javascript_basic_knows_share_point_only() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    scene.say(&json!({"result": "error", "error": {"code": "unsupportedCommand", "message": "Graph"}}));
    assert_eq!(scene.posts[1]["data"]["type"], "SharePoint");
    scene.reply(&json!({"result": "token", "token": "eyJ"}));
    let token = HostToken::new("eyJ").unwrap();
    assert_eq!(scene.events, [HostEvent::Token { request, token }]);
}

#[test]
fn a_host_acknowledges_every_notification() {
    let mut scene = Scene::active();
    let request = scene.pick();
    for message in [json!({"type": "acknowledge"}), json!({"type": "acknowledge", "id": null})] {
        assert_eq!(scene.say(&message), Some(Dropped::UnknownId));
    }
    scene.reply(&json!({"result": "success"}));
    assert_eq!(scene.events, [HostEvent::PickAccepted { request }]);
}

#[test]
fn a_host_acknowledges_twice_or_never() {
    let mut scene = Scene::active();
    let first = scene.pick();
    scene.acknowledge();
    assert_eq!(scene.say(&json!({"type": "acknowledge", "id": scene.last_id()})), Some(Dropped::Repeated));
    scene.say(&json!({"type": "result", "id": scene.last_id(), "data": {"result": "success"}}));
    let second = scene.pick();
    scene.say(&json!({"type": "result", "id": scene.last_id(), "data": {"result": "success"}}));
    assert_eq!(
        scene.events,
        [HostEvent::PickAccepted { request: first }, HostEvent::PickAccepted { request: second }]
    );
}

#[test]
fn one_host_sends_a_result_along_with_activate() {
    let mut scene = Scene::with(&json!({}));
    assert_eq!(scene.say(&json!({"type": "activate", "data": {"result": "success"}})), None);
    assert_eq!(scene.events, [HostEvent::Activated { awaits_configuration: false }]);
}

#[test]
fn a_host_sends_strings_instead_of_objects() {
    let mut scene = Scene::with(&json!({}));
    scene.say(&json!(r#"{"type":"activate"}"#));
    let request = scene.pick();
    scene.say(&json!({"type": "result", "id": scene.last_id(), "data": r#"{"result":"success"}"#}));
    assert_eq!(scene.events.last(), Some(&HostEvent::PickAccepted { request }));
    for nonsense in ["", "activate", "7", "null", "[]", "true", "\"activate\"", "{", "\u{0}"] {
        assert!(scene.say_text(nonsense).is_some(), "{nonsense}");
    }
}

#[test]
fn a_host_puts_the_result_one_level_too_high() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    scene.say(&json!({"type": "result", "id": scene.last_id(), "result": "token", "token": "eyJ"}));
    let token = HostToken::new("eyJ").unwrap();
    assert_eq!(scene.events, [HostEvent::Token { request, token }]);
}

#[test]
fn a_token_that_is_none_is_a_refusal() {
    for data in [
        json!({"result": "token"}),
        json!({"result": "token", "token": ""}),
        json!({"result": "token", "token": null}),
        json!({"result": "token", "token": "a\r\nb: c"}),
        json!({"result": "success"}),
        json!({}),
    ] {
        let mut scene = Scene::active();
        scene.authenticate();
        scene.reply(&data);
        scene.reply(&data);
        assert!(
            matches!(
                scene.events.as_slice(),
                [HostEvent::NoToken { failure: CommandFailure::Refused(_), .. }]
            ),
            "{data}: {:?}",
            scene.events
        );
    }
}

#[test]
fn a_message_of_ten_megabytes_is_not_read() {
    let mut scene = Scene::active();
    let request = scene.pick();
    let huge = ["{\"type\":\"", &"x".repeat(10 << 20), "\"}"].concat();
    assert_eq!(scene.say_text(&huge), Some(Dropped::TooLarge));
    assert_eq!(scene.events, []);
    scene.reply(&json!({"result": "success"}));
    assert_eq!(scene.events, [HostEvent::PickAccepted { request }]);
}
