//! Property test: whatever the host and the person do, in whatever order.

use super::stage::item;
use super::{Effect, HostEvent, HostLink, RequestId};
use crate::host::message::AuthenticateRequest;
use crate::host::options::{Host, parse};
use crate::host::refresh::{HostCommandId, RefreshedLink};
use crate::web::Origin;
use proptest::prelude::*;
use serde_json::{Value, json};

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    Say(String),
    /// The host answers the n-th command that was posted with this `data`.
    Answer(usize, &'static str),
    Acknowledge(usize),
    Authenticate,
    Pick,
    Close,
    Refresh(usize),
    Resize(u32),
    Report,
    Pass(u64),
    WindowClosing,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let data = prop::sample::select(vec![
        "{}",
        "null",
        "7",
        r#""success""#,
        r#"{"result":"success"}"#,
        r#"{"result":"token","token":"eyJ"}"#,
        r#"{"result":"token"}"#,
        r#"{"result":"error","error":{"code":"unusableItem"}}"#,
        r#"{"error":"no"}"#,
    ]);
    let said = prop::sample::select(vec![
        r#"{"type":"activate"}"#,
        r#""{\"type\":\"activate\"}""#,
        r#"{"result":"error","error":{"code":"unsupportedCommand"}}"#,
        r#"{"type":"result","data":{"result":"success"}}"#,
        r#"{"type":"result","data":{"result":"token","token":"eyJ"}}"#,
        r#"{"type":"acknowledge"}"#,
        r#"{"type":"command","id":"h","data":{"command":"refresh-links","items":[{"id":"1","driveId":"d"}]}}"#,
        r#"{"type":"command","id":9,"data":{"command":"refresh-links","items":[{"id":"1","driveId":"d"}]}}"#,
        r#"{"type":"command","id":"x","data":{"command":"dance"}}"#,
        r#"{"type":"command","id":"c","data":{"command":"configure","options":{"title":"t"}}}"#,
        r#"{"type":"notification","data":{"notification":"import-progress","items":[{"id":"1","driveId":"d","state":"ready"}]}}"#,
    ]);
    let step = prop_oneof![
        6 => said.prop_map(|text| Step::Say(text.to_owned())),
        2 => any::<String>().prop_map(Step::Say),
        6 => (0..8_usize, data).prop_map(|(index, data)| Step::Answer(index, data)),
        4 => (0..8_usize).prop_map(Step::Acknowledge),
        3 => Just(Step::Authenticate),
        3 => Just(Step::Pick),
        1 => Just(Step::Close),
        2 => (0..4_usize).prop_map(Step::Refresh),
        1 => any::<u32>().prop_map(Step::Resize),
        1 => Just(Step::Report),
        4 => (0..40_000_u64).prop_map(Step::Pass),
        1 => Just(Step::WindowClosing),
    ];
    prop::collection::vec(step, 0..60)
}

/// What an observer knows of a link.
#[derive(Default)]
struct Observer {
    asked: Vec<RequestId>,
    answered: Vec<RequestId>,
    command_ids: Vec<Value>,
    to_serve: Vec<HostCommandId>,
    served_ids: Vec<Value>,
    page_loaded: usize,
    closed: usize,
}

impl Observer {
    fn watch(&mut self, link: &mut HostLink) {
        for effect in link.take_effects() {
            match effect {
                Effect::Deliver(event) => self.hear(event),
                Effect::Post(text) => {
                    assert_eq!(self.closed, 0, "posted after the end: {text}");
                    let message: Value = serde_json::from_str(&text).expect("what is posted is JSON");
                    self.read(&message);
                }
                Effect::PostInitialize { text, .. } | Effect::PostToParent { text, .. } => {
                    assert_eq!(self.closed, 0, "posted after the end: {text}");
                    serde_json::from_str::<Value>(&text).expect("what is posted is JSON");
                }
                Effect::ClosePort => assert_eq!(self.closed, 1),
            }
        }
    }

    fn read(&mut self, message: &Value) {
        match message["type"].as_str() {
            Some("command") => {
                assert!(!self.command_ids.contains(&message["id"]), "an id is used once");
                self.command_ids.push(message["id"].clone());
            }
            Some("notification") if message["notification"] == "page-loaded" => self.page_loaded += 1,
            Some("result") => self.served_ids.push(message["id"].clone()),
            _ => {}
        }
    }

    fn hear(&mut self, event: HostEvent) {
        match event {
            HostEvent::Token { request, .. }
            | HostEvent::NoToken { request, .. }
            | HostEvent::PickAccepted { request }
            | HostEvent::PickFailed { request, .. }
            | HostEvent::CloseAccepted { request }
            | HostEvent::CloseFailed { request, .. } => {
                assert!(!self.answered.contains(&request), "a request is answered once");
                self.answered.push(request);
            }
            HostEvent::LatePickAccepted { request } => assert!(self.answered.contains(&request)),
            HostEvent::RefreshLinks { command, .. } => self.to_serve.push(command),
            HostEvent::Closed => self.closed += 1,
            _ => {}
        }
    }
}

fn play(messaging: &str, steps: &[Step]) {
    let origin = Origin::parse("https://media.example").unwrap();
    let Host::Present(messaging) = parse(messaging, &[origin]).unwrap().host else { panic!("a host") };
    let mut link = HostLink::new(&messaging);
    let mut observer = Observer::default();
    let mut now = 1;
    link.start(now);
    for step in steps {
        match step {
            Step::Say(text) => {
                link.receive(text, now);
            }
            Step::Answer(index, data) => {
                if let Some(id) = observer.command_ids.get(*index) {
                    let text =
                        ["{\"type\":\"result\",\"id\":", &id.to_string(), ",\"data\":", data, "}"].concat();
                    link.receive(&text, now);
                }
            }
            Step::Acknowledge(index) => {
                if let Some(id) = observer.command_ids.get(*index) {
                    let text = ["{\"type\":\"acknowledge\",\"id\":", &id.to_string(), "}"].concat();
                    link.receive(&text, now);
                }
            }
            Step::Authenticate => {
                let ask =
                    AuthenticateRequest { resource: "https://graph.microsoft.com".into(), claims: None };
                observer.asked.push(link.authenticate(ask, now));
            }
            Step::Pick => observer.asked.push(link.pick(vec![item()], now)),
            Step::Close => observer.asked.push(link.close(now)),
            Step::Refresh(index) => {
                if let Some(command) = observer.to_serve.get(*index) {
                    let item = crate::host::ItemReference { drive_id: "d".into(), id: "1".into() };
                    link.answer_refresh(
                        command,
                        &[RefreshedLink { item, link: Ok("https://files.example".into()) }],
                    );
                }
            }
            Step::Resize(height) => link.resize_frame(*height),
            Step::Report => link.report_problem("role_too_low", "the role is too low", now),
            Step::Pass(milliseconds) => now += milliseconds,
            Step::WindowClosing => link.window_closing(),
        }
        link.tick(now);
        observer.watch(&mut link);
        assert!(link.next_deadline().is_none_or(|deadline| deadline > now), "a deadline has been missed");
    }
    // With nobody saying anything more, every wait ends, and every request has its answer.
    for _ in 0..200 {
        let Some(deadline) = link.next_deadline() else { break };
        link.tick(deadline);
        observer.watch(&mut link);
    }
    assert_eq!(link.next_deadline(), None, "a timer is left");
    observer.answered.sort();
    assert_eq!(observer.asked, observer.answered, "every request is answered exactly once");
    if !link.is_closed() {
        for id in [json!("h"), json!(9)] {
            let text = id.to_string();
            let asked = observer.to_serve.iter().filter(|command| command.as_json() == text).count();
            let served = observer.served_ids.iter().filter(|served| **served == id).count();
            assert_eq!(asked, served, "every command of the host is answered exactly once");
        }
    }
    assert!(observer.page_loaded <= 1 && observer.closed <= 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_request_is_answered_once_and_no_wait_is_left(steps in steps(), configured: bool) {
        let messaging = if configured {
            r#"{"messaging":{"channelId":"27","origin":"https://media.example","waitForConfiguration":true}}"#
        } else {
            r#"{"messaging":{"channelId":"27","origin":"https://media.example"}}"#
        };
        play(messaging, &steps);
    }
}
