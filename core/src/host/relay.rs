//! A picker that goes on in a window of its own: the frame that keeps the host stays and passes messages on, word for
//! word. Pure data; the windows and ports belong to the browser's side.

use super::json;
use super::message::{Incoming, decode};
use super::refresh::ItemReference;
use serde_json::{Value, json as value};

/// The type of the message from the frame to its window that names what the host was given.
const GIVEN_BEFORE: &str = "given-before";
/// The most files that it names.
const MOST_GIVEN: usize = 1_000;

/// The options in the window's address: those of the frame, but it is the frame that the window introduces itself to,
/// under this channel id, and that configures it. `None` if they are no options.
pub fn options_of_window(options: &str, channel_id: &str) -> Option<String> {
    let mut options = json::parse(options)?;
    let members = options.as_object_mut()?;
    members.insert("authentication".to_owned(), value!({"enabled": false}));
    if let Some(messaging) = members.get_mut("messaging").and_then(Value::as_object_mut) {
        messaging.insert("channelId".to_owned(), channel_id.into());
        messaging.insert("waitForConfiguration".to_owned(), true.into());
    }
    Some(options.to_string())
}

/// The `configure` with which the window begins: the options of the frame, or what its host has configured since (the
/// host's whole message), with what is chosen in the frame chosen from the start. The host was asked for a token before.
/// `None` if they are no options.
pub fn configuration_of_window(
    options: &str,
    configured: Option<&str>,
    chosen: impl Iterator<Item = ItemReference>,
) -> Option<String> {
    let mut options = match configured.map(decode) {
        Some(Ok(Incoming::Configure { options, .. })) => options,
        _ => json::parse(options)?,
    };
    let members = options.as_object_mut()?;
    members.insert("authentication".to_owned(), value!({"enabled": false}));
    let chosen: Vec<Value> =
        chosen.map(|item| value!({"id": item.id, "parentReference": {"driveId": item.drive_id}})).collect();
    if !chosen.is_empty() {
        let selection = members.entry("selection").or_insert(Value::Null);
        if !selection.is_object() {
            *selection = value!({});
        }
        selection["sourceItems"] = chosen.into();
    }
    Some(value!({"type": "command", "data": {"command": "configure", "options": options}}).to_string())
}

/// The message that tells the window's picker which files the host was given before; `None` if there are none.
pub fn given_before(given: impl Iterator<Item = ItemReference>) -> Option<String> {
    let items: Vec<Value> =
        given.take(MOST_GIVEN).map(|item| value!({"id": item.id, "driveId": item.drive_id})).collect();
    (!items.is_empty()).then(|| value!({"type": GIVEN_BEFORE, "items": items}).to_string())
}

/// The files of a message that [`given_before`] made; `None` if it is another message. Only the frame may say so: a host
/// could name any file that the account can read.
pub fn read_given_before(message: &str) -> Option<Vec<ItemReference>> {
    if !message.contains(GIVEN_BEFORE) {
        return None;
    }
    let message = json::parse(message)?;
    (json::text(&message, "type")? == GIVEN_BEFORE).then(|| {
        let items = json::elements(&message, "items").iter().take(MOST_GIVEN);
        items.filter_map(ItemReference::read).collect()
    })
}

/// What the window's picker hands over, the choice of the frame with it; `None` if the message is no `pick`.
pub fn read_pick(message: &str) -> Option<Vec<ItemReference>> {
    let message = json::parse(message)?;
    let data = message.get("data")?;
    (json::text(data, "command")? == "pick")
        .then(|| json::elements(data, "items").iter().filter_map(ItemReference::read).collect())
}

/// Whether a message of the window's picker is for the host. That the picker is loaded the host knows from the frame.
pub fn is_for_host(message: &str) -> bool {
    let Some(message) = json::parse(message) else { return false };
    let notification = message.get("data").and_then(|data| json::text(data, "notification"));
    message.is_object() && notification != Some("page-loaded")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::options::Host;
    use crate::host::{HostOptions, parse};
    use crate::web::Origin;
    use proptest::prelude::*;

    const OPTIONS: &str = r#"{"sdk":"8.0","title":"Choose","authentication":{"tokens":{}},"selection":{"mode":"multiple"},
        "messaging":{"origin":"https://lms.example","channelId":27,"waitForConfiguration":true,"resultTimeout":900}}"#;

    #[test]
    fn the_window_gets_the_same_options_under_a_channel_of_its_own() {
        let allowed = [Origin::parse("https://lms.example").unwrap()];
        let before = parse(OPTIONS, &allowed).unwrap();
        let after = parse(&options_of_window(OPTIONS, "fresh").unwrap(), &allowed).unwrap();
        let (Host::Present(messaging), Host::Present(old)) = (&after.host, &before.host) else {
            panic!("no host")
        };
        assert_eq!(messaging.channel_id.as_json(), "\"fresh\"");
        assert_eq!((&messaging.origin, messaging.limits), (&old.origin, old.limits));
        assert!(messaging.wait_for_configuration);
        assert!(before.authentication.host_supplies_tokens && !after.authentication.host_supplies_tokens);
        assert_eq!((after.title, after.selection), (before.title, before.selection));
    }

    fn configured(options: &str, configured: Option<&str>, chosen: &[&str]) -> Option<Value> {
        let chosen = chosen.iter().map(|id| ItemReference { drive_id: "d".into(), id: (*id).into() });
        let message = configuration_of_window(options, configured, chosen)?;
        match decode(&message) {
            Ok(Incoming::Configure { options, id: None }) => Some(options),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_window_begins_with_what_is_chosen_in_the_frame() {
        let options = configured(OPTIONS, None, &["1", "2"]).unwrap();
        let read = HostOptions::read(&options, Host::Absent);
        let ids: Vec<&str> = read.selection.source_items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["1", "2"]);
        assert_eq!(options["selection"]["mode"], "multiple");
        assert!(!read.authentication.host_supplies_tokens);
        // What is not chosen any more is not chosen again, and options of the wrong shape do no harm.
        let items = r#"{"selection":{"sourceItems":[{"id":"9","driveId":"d"}]}}"#;
        assert_eq!(configured(items, None, &["1"]).unwrap()["selection"]["sourceItems"][0]["id"], "1");
        let list = configured(r#"{"selection":[]}"#, None, &["1"]).unwrap();
        assert_eq!(list["selection"]["sourceItems"][0]["id"], "1");
        assert_eq!(configured("{}", None, &[]).unwrap().get("selection"), None);
        assert_eq!(configured("[]", None, &["1"]), None);
    }

    #[test]
    fn the_window_begins_with_what_the_host_has_configured_since() {
        let message =
            r#"{"type":"command","id":"c","data":{"command":"configure","options":{"title":"Announced"}}}"#;
        let options = configured(OPTIONS, Some(message), &["1"]).unwrap();
        assert_eq!(
            (options["title"].as_str(), options["selection"]["mode"].as_str()),
            (Some("Announced"), None)
        );
        assert_eq!(options["selection"]["sourceItems"][0]["id"], "1");
        assert_eq!(configured(OPTIONS, Some("nonsense"), &[]).unwrap()["title"], "Choose");
    }

    #[test]
    fn the_window_learns_what_the_host_was_given() {
        let item = |id: &str| ItemReference { drive_id: "d".into(), id: id.into() };
        let message = given_before([item("1"), item("2")].into_iter()).unwrap();
        assert_eq!(read_given_before(&message), Some(vec![item("1"), item("2")]));
        assert_eq!(given_before(std::iter::empty()), None);
        assert!(decode(&message).is_err(), "no message of a host");
        for other in [
            r#"{"type":"command","id":"1","data":{"command":"given-before","items":[]}}"#,
            r#""{\"type\":\"given-before\"}""#,
            "\"given-before\"",
            "",
        ] {
            assert_eq!(read_given_before(other), None, "{other}");
        }
    }

    #[test]
    fn the_frame_learns_what_its_window_hands_over() {
        let pick = r#"{"type":"command","id":"1","data":{"command":"pick",
            "items":[{"id":"1","parentReference":{"driveId":"d"}},{"id":"2"},7]}}"#;
        assert_eq!(read_pick(pick), Some(vec![ItemReference { drive_id: "d".into(), id: "1".into() }]));
        assert_eq!(read_pick(r#"{"data":{"command":"pick"}}"#), Some(Vec::new()));
        for other in [r#"{"type":"command","id":"1","data":{"command":"close"}}"#, "\"pick\"", "", "[]"] {
            assert_eq!(read_pick(other), None, "{other}");
        }
    }

    #[test]
    fn makes_no_host_where_there_is_none() {
        let after = parse(&options_of_window("{}", "fresh").unwrap(), &[]).unwrap();
        assert_eq!(after.host, Host::Absent);
        for text in ["", "[]", "null", "not JSON"] {
            assert_eq!(options_of_window(text, "fresh"), None, "{text}");
        }
    }

    #[test]
    fn the_host_hears_commands_and_troubles_but_no_second_arrival() {
        for (message, expected) in [
            (r#"{"type":"command","id":"1","data":{"command":"pick","items":[]}}"#, true),
            (r#"{"type":"result","id":"h1","data":{"result":"success"}}"#, true),
            (r#"{"type":"notification","data":{"notification":"picker-error","code":"x"}}"#, true),
            (
                r#"{"type":"notification","notification":"page-loaded","data":{"notification":"page-loaded"}}"#,
                false,
            ),
            ("7", false),
            ("", false),
        ] {
            assert_eq!(is_for_host(message), expected, "{message}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = options_of_window(&text, "fresh");
            let _ = is_for_host(&text);
            let _ = read_pick(&text);
            let _ = read_given_before(&text);
            let _ = configuration_of_window(&text, Some(&text), std::iter::empty());
        }
    }
}
