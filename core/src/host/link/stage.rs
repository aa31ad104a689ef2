//! For tests: a link and a host that one plays by hand.

use super::{Effect, HostEvent, HostLink, RequestId};
use crate::host::item::{ItemAdditions, PickedItem};
use crate::host::message::{AuthenticateRequest, Dropped};
use crate::host::options::{Host, parse};
use crate::web::Origin;
use serde_json::{Value, json};

/// A link, the time, and everything that came out of it.
pub(super) struct Scene {
    pub(super) link: HostLink,
    pub(super) now: u64,
    pub(super) posts: Vec<Value>,
    pub(super) events: Vec<HostEvent>,
}

impl Scene {
    /// A link of the documented `messaging`, with the given members added.
    pub(super) fn with(messaging: &Value) -> Self {
        let mut options =
            json!({"sdk": "8.0", "messaging": {"channelId": "27", "origin": "http://localhost:3000"}});
        for (key, value) in messaging.as_object().unwrap() {
            options["messaging"][key] = value.clone();
        }
        let allowed = [Origin::parse("http://localhost:3000").unwrap()];
        let Host::Present(messaging) = parse(&options.to_string(), &allowed).unwrap().host else {
            panic!("a host")
        };
        let mut scene =
            Self { link: HostLink::new(&messaging), now: 1_000, posts: Vec::new(), events: Vec::new() };
        scene.link.start(scene.now);
        scene.settle();
        scene
    }

    /// The host has activated the picker; `initialize`, `page-loaded` and `Activated` are taken off the lists.
    pub(super) fn active() -> Self {
        let mut scene = Self::with(&json!({}));
        scene.say(&json!({"type": "activate"}));
        scene.posts.clear();
        scene.events.clear();
        scene
    }

    /// The host says something.
    pub(super) fn say(&mut self, message: &Value) -> Option<Dropped> {
        self.say_text(&message.to_string())
    }

    /// The host says something that is not even JSON, perhaps.
    pub(super) fn say_text(&mut self, message: &str) -> Option<Dropped> {
        let dropped = self.link.try_receive(message, self.now).err();
        self.settle();
        dropped
    }

    /// The time passes as far as the next deadline, which there must be.
    pub(super) fn wait(&mut self) {
        self.now = self.link.next_deadline().expect("a deadline");
        self.link.tick(self.now);
        self.settle();
    }

    /// The time passes.
    pub(super) fn pass(&mut self, milliseconds: u64) {
        self.now += milliseconds;
        self.link.tick(self.now);
        self.settle();
    }

    pub(super) fn authenticate(&mut self) -> RequestId {
        let ask = AuthenticateRequest { resource: "https://graph.microsoft.com".into(), claims: None };
        let request = self.link.authenticate(ask, self.now);
        self.settle();
        request
    }

    pub(super) fn pick(&mut self) -> RequestId {
        let request = self.link.pick(vec![item()], self.now);
        self.settle();
        request
    }

    pub(super) fn close(&mut self) -> RequestId {
        let request = self.link.close(self.now);
        self.settle();
        request
    }

    /// The id of the last message posted.
    pub(super) fn last_id(&self) -> Value {
        self.posts.last().expect("a post")["id"].clone()
    }

    /// The host acknowledges the last command.
    pub(super) fn acknowledge(&mut self) {
        let message = json!({"type": "acknowledge", "id": self.last_id()});
        assert_eq!(self.say(&message), None);
    }

    /// The host acknowledges and answers the last command.
    pub(super) fn reply(&mut self, data: &Value) {
        self.acknowledge();
        let message = json!({"type": "result", "id": self.last_id(), "data": data});
        assert_eq!(self.say(&message), None);
    }

    /// Carries out what the link wants.
    pub(super) fn settle(&mut self) {
        for effect in self.link.take_effects() {
            match effect {
                Effect::PostInitialize { text, origin } | Effect::PostToParent { text, origin } => {
                    assert_eq!(origin.as_str(), "http://localhost:3000");
                    self.posts.push(serde_json::from_str(&text).unwrap());
                }
                Effect::Post(text) => self.posts.push(serde_json::from_str(&text).unwrap()),
                Effect::Deliver(event) => self.events.push(event),
                Effect::ClosePort => {}
            }
        }
    }
}

pub(super) fn item() -> PickedItem {
    let additions = ItemAdditions {
        graph_base: "https://graph.microsoft.com/v1.0",
        download_url: Some("https://files.example/1"),
        media_type: Some(1),
        name: "Lecture",
        reference_id: "1",
        path: "",
    };
    PickedItem::build(&json!({"id": "1", "parentReference": {"driveId": "d"}}), &additions).unwrap()
}
