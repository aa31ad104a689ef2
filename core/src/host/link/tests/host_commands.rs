//! What the host asks of the picker.

use crate::host::link::HostEvent;
use crate::host::link::stage::Scene;
use crate::host::refresh::{ItemReference, LinkProblem, RefreshedLink};
use serde_json::{Value, json};

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
fn passes_import_progress_on() {
    let mut scene = Scene::active();
    let items = json!([{"id": "1", "driveId": "d", "state": "ready", "entryId": "0_x"}]);
    scene.say(&json!({"type": "notification", "data": {"notification": "import-progress", "items": items}}));
    let [HostEvent::ImportProgress(items)] = scene.events.as_slice() else { panic!("{:?}", scene.events) };
    assert_eq!(items[0].entry_id.as_deref(), Some("0_x"));
    assert_eq!(scene.posts, [] as [Value; 0]);
}
