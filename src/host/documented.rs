//! Holds `docs/host-protocol.md` against the code.

use super::message::{Incoming, Outgoing, decode};
use super::options::{Limits, OptionsError};
use crate::web::{Origin, OriginError};
use serde_json::{Deserializer, Value};

const DOCUMENT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/host-protocol.md"));

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
