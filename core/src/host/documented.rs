//! Holds `docs/host-protocol.md` against the code.

use super::item::{ItemAdditions, PickedItem};
use super::link::{Effect, HostEvent, HostLink};
use super::message::{AuthenticateRequest, Incoming, Outgoing, decode};
use super::options::{Host, Limits, OptionsError, parse};
use super::refresh::RefreshedLink;
use crate::web::{Origin, OriginError};
use serde_json::{Deserializer, Value};

const DOCUMENT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/host-protocol.md"));

/// Every JSON value of every JSON block.
fn examples() -> Vec<Value> {
    let blocks = DOCUMENT.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks
        .flat_map(|block| {
            Deserializer::from_str(block)
                .into_iter::<Value>()
                .map(|value| value.expect(block))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_documented_message_of_a_host_is_understood() {
    let understood: Vec<Incoming> =
        examples().iter().filter_map(|example| decode(&example.to_string()).ok()).collect();
    let count = |is: fn(&Incoming) -> bool| understood.iter().filter(|message| is(message)).count();
    assert!(count(|message| matches!(message, Incoming::Activate)) > 0);
    assert!(count(|message| matches!(message, Incoming::Acknowledge { .. })) > 0);
    assert!(count(|message| matches!(message, Incoming::Result { .. })) > 2);
    assert!(count(|message| matches!(message, Incoming::Configure { options: Value::Object(_), .. })) > 0);
    assert!(
        count(
            |message| matches!(message, Incoming::RefreshLinks { items: Some(items), .. } if items.len() == 2)
        ) > 0
    );
    assert!(count(|message| matches!(message, Incoming::ImportProgress(items) if items.len() == 4)) > 0);
}

#[test]
fn page_loaded_is_documented_as_it_is_sent() {
    let sent = Outgoing::PageLoaded { timestamp: 1_767_225_600_000 }.to_json();
    assert!(examples().contains(&serde_json::from_str(&sent).unwrap()));
}

#[test]
fn the_defaults_are_documented() {
    let limits = Limits::default();
    for limit in [limits.initialize, limits.acknowledge, limits.token, limits.pick, limits.close] {
        let digits = limit.to_string();
        let (thousands, rest) = digits.split_at(digits.len() - 3);
        let cell = ["| ", thousands, ",", rest, " |"].concat();
        assert!(DOCUMENT.contains(&cell), "{cell}");
    }
}

#[test]
fn every_refusal_is_documented() {
    for error in [
        OptionsError::TooLarge { length: 0 },
        OptionsError::NotJson,
        OptionsError::NotAnObject,
        OptionsError::Messaging,
        OptionsError::ChannelId,
        OptionsError::OriginMissing,
        OptionsError::OriginMalformed(OriginError::Scheme),
        OptionsError::OriginNotAllowed(Origin::parse("https://media.example").unwrap()),
    ] {
        let cell = ["| `", error.code(), "` |"].concat();
        assert!(DOCUMENT.contains(&cell), "{cell}");
    }
}

/// The lines of the transcript: whether the host says it, and what.
fn transcript() -> Vec<(bool, Value)> {
    let blocks = DOCUMENT.split("```json lines\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks
        .flat_map(str::lines)
        .map(|line| {
            let (who, message) = line.split_once(' ').expect(line);
            (who == ">", serde_json::from_str(message).expect(line))
        })
        .collect()
}

/// What the picker says by itself, before the transcript shows it.
fn act(link: &mut HostLink, said: &Value, now: u64) {
    match said["data"]["command"].as_str() {
        Some("authenticate") if said["data"]["type"] == "Graph" => {
            let resource = said["data"]["resource"].as_str().unwrap().to_owned();
            link.authenticate(AuthenticateRequest { resource, claims: None }, now);
        }
        Some("pick") => {
            let item = &said["data"]["items"][0];
            let text = |path: &str| item.pointer(path).and_then(Value::as_str).expect(path);
            let additions = ItemAdditions {
                graph_base: text("/@sharePoint.endpoint"),
                download_url: Some(text("/@microsoft.graph.downloadUrl")),
                media_type: item
                    .pointer("/kaltura/mediaType")
                    .and_then(Value::as_u64)
                    .and_then(|kind| u8::try_from(kind).ok()),
                name: text("/kaltura/name"),
                reference_id: text("/kaltura/referenceId"),
                path: "",
            };
            link.pick(vec![PickedItem::build(item, &additions).unwrap()], now);
        }
        Some("close") => {
            link.close(now);
        }
        _ => {}
    }
}

#[test]
fn the_transcript_is_what_the_two_say() {
    const NOW: u64 = 1_767_225_600_000;
    let messaging = r#"{"messaging":{"channelId":"6f1c0a52","origin":"https://media.example"}}"#;
    let Host::Present(messaging) =
        parse(messaging, &[Origin::parse("https://media.example").unwrap()]).unwrap().host
    else {
        panic!("a host")
    };
    let mut link = HostLink::new(&messaging);
    link.start(NOW);
    let mut posts: Vec<Value> = Vec::new();
    let lines = transcript();
    assert!(lines.len() > 15);
    for (of_host, message) in lines {
        if of_host {
            assert_eq!(link.try_receive(&message.to_string(), NOW), Ok(()), "{message}");
        } else if posts.is_empty() {
            act(&mut link, &message, NOW);
        }
        for effect in link.take_effects() {
            match effect {
                Effect::PostInitialize { text, .. } | Effect::Post(text) => {
                    posts.push(serde_json::from_str(&text).unwrap());
                }
                Effect::Deliver(HostEvent::RefreshLinks { command, items }) => {
                    let links: Vec<RefreshedLink> = items
                        .into_iter()
                        .map(|item| RefreshedLink { item, link: Ok("https://…".into()) })
                        .collect();
                    link.answer_refresh(&command, &links);
                }
                _ => {}
            }
        }
        for effect in link.take_effects() {
            if let Effect::Post(text) = effect {
                posts.push(serde_json::from_str(&text).unwrap());
            }
        }
        if !of_host {
            assert_eq!(posts.remove(0), message);
        }
    }
    assert!(posts.is_empty() && link.is_closed());
}
