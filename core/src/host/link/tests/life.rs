//! Activation, configuration, floods, the end.

use super::commands;
use crate::host::link::stage::{Scene, item};
use crate::host::link::{CommandFailure, Effect, HostEvent};
use crate::host::message::Dropped;
use serde_json::json;

#[test]
fn introduces_itself_and_says_once_that_it_is_there() {
    let mut scene = Scene::with(&json!({}));
    assert_eq!(scene.posts, [json!({"type": "initialize", "channelId": "27"})]);
    assert_eq!(scene.say(&json!({"type": "activate"})), None);
    assert_eq!(scene.say(&json!({"type": "activate"})), Some(Dropped::Repeated));
    let loaded = &scene.posts[1];
    assert_eq!(loaded["type"], "notification");
    for level in [loaded, &loaded["data"]] {
        assert_eq!(level["notification"], "page-loaded");
        assert_eq!(level["isExpected"], true);
        assert_eq!(level["timestamp"], 1_000);
    }
    assert_eq!(scene.posts.len(), 2);
    assert_eq!(scene.events, [HostEvent::Activated { awaits_configuration: false }]);
    assert_eq!(scene.link.next_deadline(), None);
}

#[test]
fn starts_once() {
    let mut scene = Scene::with(&json!({}));
    scene.link.start(2_000);
    scene.settle();
    assert_eq!(scene.posts.len(), 1);
}

#[test]
fn echoes_a_channel_id_of_the_type_it_came_in() {
    let scene = Scene::with(&json!({"channelId": 27}));
    assert_eq!(scene.posts[0]["channelId"], 27);
}

#[test]
fn a_host_that_never_activates_is_given_up_but_may_come_late() {
    let mut scene = Scene::with(&json!({"initializeTimeout": 2_000}));
    let early = scene.pick();
    scene.wait();
    assert_eq!(scene.now, 3_000);
    let later = scene.pick();
    let failure = CommandFailure::NotActivated;
    assert_eq!(
        scene.events,
        [
            HostEvent::NotActivated,
            HostEvent::PickFailed { request: early, failure: failure.clone() },
            HostEvent::PickFailed { request: later, failure },
        ]
    );
    assert_eq!(scene.link.next_deadline(), None);
    scene.say(&json!({"type": "activate"}));
    assert_eq!(scene.events.last(), Some(&HostEvent::Activated { awaits_configuration: false }));
    assert_eq!(commands(&scene), [""; 0]);
    scene.pick();
    assert_eq!(commands(&scene), ["pick"]);
}

#[test]
fn nothing_counts_before_activate() {
    let mut scene = Scene::with(&json!({}));
    scene.pick();
    for message in [
        json!({"type": "acknowledge", "id": "1000-1"}),
        json!({"type": "result", "id": "1000-1", "data": {"result": "success"}}),
        json!({"result": "error"}),
        json!({"type": "notification", "data": {"notification": "import-progress", "items": []}}),
        json!({"type": "command", "id": "1", "data": {"command": "refresh-links", "items": []}}),
    ] {
        assert_eq!(scene.say(&message), Some(Dropped::NotActive), "{message}");
    }
    assert_eq!(scene.posts.len(), 1);
    assert_eq!(scene.events, []);
}

#[test]
fn closing_ends_everything() {
    let mut scene = Scene::active();
    let pick = scene.pick();
    let close = scene.close();
    scene.reply(&json!({"result": "success"}));
    assert_eq!(
        scene.events,
        [
            HostEvent::CloseAccepted { request: close },
            HostEvent::PickFailed { request: pick, failure: CommandFailure::Closed },
            HostEvent::Closed,
        ]
    );
    assert!(scene.link.is_closed());
    let posts = scene.posts.len();
    let late = scene.pick();
    scene.link.resize_frame(900);
    scene.link.window_closing();
    assert_eq!(scene.say(&json!({"type": "activate"})), Some(Dropped::NotActive));
    scene.settle();
    assert_eq!(scene.posts.len(), posts);
    let failure = CommandFailure::Closed;
    assert_eq!(scene.events.last(), Some(&HostEvent::PickFailed { request: late, failure }));
    assert_eq!(scene.link.next_deadline(), None);
}

#[test]
fn waits_for_configuration_if_it_was_announced() {
    let mut scene = Scene::with(&json!({"waitForConfiguration": true}));
    scene.say(&json!({"type": "activate"}));
    assert_eq!(scene.events, [HostEvent::Activated { awaits_configuration: true }]);
    let options =
        json!({"title": "Choose", "messaging": {"channelId": "x", "origin": "https://evil.example"}});
    scene.say(&json!({"type": "command", "id": "c", "data": {"command": "configure", "options": options}}));
    let Some(HostEvent::Configured(options)) = scene.events.pop() else { panic!("not configured") };
    assert_eq!(options.title.as_deref(), Some("Choose"));
    let crate::host::Host::Present(messaging) = options.host else { panic!("no host") };
    assert_eq!(messaging.origin.as_str(), "http://localhost:3000");
    assert_eq!(scene.posts.last().unwrap()["data"]["result"], "success");
    assert_eq!(scene.link.next_deadline(), None);

    let mut scene = Scene::with(&json!({"waitForConfiguration": true}));
    scene.say(&json!({"type": "activate"}));
    scene.wait();
    assert_eq!(scene.events.last(), Some(&HostEvent::NotConfigured));
    assert_eq!(scene.link.next_deadline(), None);
}

#[test]
fn a_flood_is_dropped_but_answers_get_through() {
    let mut scene = Scene::active();
    let request = scene.pick();
    let items = json!([{"id": "1", "driveId": "d", "state": "queued"}]);
    let notice = json!({"type": "notification", "data": {"notification": "import-progress", "items": items}});
    let dropped = (0..5_000).filter(|_| scene.say(&notice) == Some(Dropped::Flooded)).count();
    assert_eq!(dropped, 4_000);
    let large = ["\"", &"x".repeat(900_000), "\""].concat();
    let reasons: Vec<_> = (0..20).filter_map(|_| scene.say_text(&large)).collect();
    assert!(reasons.contains(&Dropped::NotAnObject) && reasons.ends_with(&[Dropped::Flooded]));
    assert_eq!(scene.events.iter().filter(|event| **event == HostEvent::Flooded).count(), 1);
    scene.reply(&json!({"result": "success"}));
    assert_eq!(scene.events.last(), Some(&HostEvent::PickAccepted { request }));
    scene.pass(1_000);
    assert_eq!(scene.say(&notice), None);
}

#[test]
fn asks_the_frame_for_its_height_only_when_it_changes() {
    let mut scene = Scene::active();
    for height in [0, 800, 800, 900] {
        scene.link.resize_frame(height);
    }
    scene.settle();
    let resize = |height: u32| json!({"subject": "lti.frameResize", "height": height});
    assert_eq!(scene.posts, [resize(800), resize(900)]);
}

#[test]
fn what_is_posted_does_not_show_in_debug() {
    let mut scene = Scene::active();
    scene.link.pick(vec![item()], scene.now);
    let effects = scene.link.take_effects();
    assert!(matches!(effects.as_slice(), [Effect::Post(text)] if text.contains("files.example")));
    assert!(!format!("{effects:?}").contains("files.example"));
}

#[test]
fn tells_the_host_why_the_picker_cannot_work() {
    let mut scene = Scene::with(&json!({}));
    scene.link.report_problem("role_too_low", "the role is too low", scene.now);
    scene.settle();
    assert_eq!(scene.posts.len(), 1, "nothing but initialize before activate");
    scene.say(&json!({"type": "activate"}));
    scene.link.report_problem("disabled", "the module is off", scene.now);
    scene.settle();
    for (post, code) in scene.posts[2..].iter().zip(["role_too_low", "disabled"]) {
        assert_eq!(post["type"], "notification");
        for level in [post, &post["data"]] {
            assert_eq!((&level["notification"], &level["code"]), (&json!("picker-error"), &json!(code)));
            assert_eq!(level["isExpected"], false);
        }
    }
    assert_eq!(scene.posts.len(), 4);
}
