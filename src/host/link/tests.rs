use super::stage::Scene;
use super::{CommandFailure, Effect, HostEvent};
use crate::host::message::{Dropped, HostError};
use crate::host::refresh::{ItemReference, LinkProblem, RefreshedLink};
use crate::host::token::HostToken;
use serde_json::{Value, json};

fn refusal(code: &str, message: &str) -> CommandFailure {
    CommandFailure::Refused(HostError { code: code.into(), message: message.into() })
}

fn commands(scene: &Scene) -> Vec<&str> {
    scene.posts.iter().filter_map(|post| post["data"]["command"].as_str()).collect()
}

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
fn a_withdrawn_request_is_answered_once_and_late_tokens_are_not_wanted() {
    let mut scene = Scene::active();
    let request = scene.authenticate();
    scene.link.withdraw(request);
    scene.link.withdraw(request);
    scene.settle();
    let failure = CommandFailure::Withdrawn;
    assert_eq!(scene.events, [HostEvent::NoToken { request, failure }]);
    assert_eq!(scene.link.next_deadline(), None);
    let answer =
        json!({"type": "result", "id": scene.last_id(), "data": {"result": "token", "token": "eyJ"}});
    assert_eq!(scene.say(&answer), Some(Dropped::UnknownId));
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
fn a_host_that_will_not_close_leaves_the_picker_usable() {
    let mut scene = Scene::active();
    let request = scene.close();
    scene.reply(&json!({"result": "error", "error": {"code": "unsupportedCommand", "message": "no"}}));
    let failure = refusal("unsupportedCommand", "no");
    assert_eq!(scene.events, [HostEvent::CloseFailed { request, failure }]);
    assert!(scene.link.is_active());
}

#[test]
fn serves_fresh_links() {
    let mut scene = Scene::active();
    let items = json!([{"id": "1", "driveId": "d"}, {"id": "2", "driveId": "d"}]);
    let command =
        json!({"type": "command", "id": "h1", "data": {"command": "refresh-links", "items": items}});
    scene.say(&command);
    scene.say(&command);
    let [HostEvent::RefreshLinks { command, items }] = scene.events.as_slice() else {
        panic!("{:?}", scene.events)
    };
    let link = |item: &ItemReference, link| RefreshedLink { item: item.clone(), link };
    let links = [
        link(&items[0], Ok("https://files.example/1".to_owned())),
        link(&items[1], Err(LinkProblem::new("itemNotFound", "gone"))),
    ];
    let command = command.clone();
    scene.link.answer_refresh(&command, &links);
    scene.link.answer_refresh(&command, &links);
    scene.settle();
    let acknowledge = json!({"type": "acknowledge", "id": "h1"});
    assert_eq!(
        scene.posts,
        [
            acknowledge.clone(),
            acknowledge,
            json!({"type": "result", "id": "h1", "data": {"result": "success", "items": [
                {"id": "1", "driveId": "d", "@microsoft.graph.downloadUrl": "https://files.example/1"},
                {"id": "2", "driveId": "d", "error": {"code": "itemNotFound", "message": "gone"}}]}}),
        ]
    );
    assert_eq!(scene.link.next_deadline(), None);
}

#[test]
fn without_a_single_link_the_whole_answer_is_an_error() {
    for (links, code) in [(vec![], "noLinks"), (vec![LinkProblem::new("accessDenied", "no")], "accessDenied")]
    {
        let mut scene = Scene::active();
        let item = json!({"id": "1", "driveId": "d"});
        scene
            .say(&json!({"type": "command", "id": 7, "data": {"command": "refresh-links", "items": [item]}}));
        let Some(HostEvent::RefreshLinks { command, items }) = scene.events.pop() else {
            panic!("no command")
        };
        let links: Vec<_> =
            links.into_iter().map(|link| RefreshedLink { item: items[0].clone(), link: Err(link) }).collect();
        scene.link.answer_refresh(&command, &links);
        scene.settle();
        let answer = scene.posts.last().unwrap();
        assert_eq!((&answer["id"], &answer["data"]["result"]), (&json!(7), &json!("error")));
        assert_eq!(answer["data"]["error"]["code"], code);
    }
}

#[test]
fn a_host_command_is_answered_even_if_the_picker_is_not_able_to() {
    for (command, code) in [
        (json!({"command": "dance"}), "unsupportedCommand"),
        (json!("dance"), "unsupportedCommand"),
        (json!({"command": "refresh-links"}), "invalidRequest"),
        (json!({"command": "refresh-links", "items": []}), "invalidRequest"),
        (json!({"command": "refresh-links", "items": [{"id": "1"}]}), "invalidRequest"),
        (json!({"command": "configure", "options": 1}), "invalidRequest"),
        (json!({"command": "configure"}), "invalidRequest"),
    ] {
        let mut scene = Scene::active();
        scene.say(&json!({"type": "command", "id": "h", "data": command}));
        assert_eq!(scene.posts[0], json!({"type": "acknowledge", "id": "h"}), "{command}");
        assert_eq!(scene.posts[1]["data"]["error"]["code"], code, "{command}");
        assert_eq!(scene.posts.len(), 2);
        assert_eq!(scene.link.next_deadline(), None);
    }
    let mut scene = Scene::active();
    scene.say(&json!({"type": "command", "id": "h", "data": {"command": "refresh-links", "items": [{"id": "1", "driveId": "d"}]}}));
    scene.pass(60_000);
    assert_eq!(scene.posts[1]["data"]["error"]["code"], "timedOut");
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
fn passes_import_progress_on() {
    let mut scene = Scene::active();
    let items = json!([{"id": "1", "driveId": "d", "state": "ready", "entryId": "0_x"}]);
    scene.say(&json!({"type": "notification", "data": {"notification": "import-progress", "items": items}}));
    let [HostEvent::ImportProgress(items)] = scene.events.as_slice() else { panic!("{:?}", scene.events) };
    assert_eq!(items[0].entry_id.as_deref(), Some("0_x"));
    assert_eq!(scene.posts, [] as [Value; 0]);
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
    scene.link.pick(vec![super::stage::item()], scene.now);
    let effects = scene.link.take_effects();
    assert!(matches!(effects.as_slice(), [Effect::Post(text)] if text.contains("files.example")));
    assert!(!format!("{effects:?}").contains("files.example"));
}
