//! A picker that goes on in a window of its own: the frame that keeps the host stays and passes messages on, word for
//! word. Pure data; the windows and ports belong to the browser's side.

use super::json;
use serde_json::{Value, json as value};

/// The options for the window: those of the frame, but it is the frame that the window introduces itself to, under this
/// channel id. The host was asked for a token before, and what it configures is known. `None` if they are no options.
pub fn options_of_window(options: &str, channel_id: &str) -> Option<String> {
    let mut options = json::parse(options)?;
    let members = options.as_object_mut()?;
    members.insert("authentication".to_owned(), value!({"enabled": false}));
    if let Some(messaging) = members.get_mut("messaging").and_then(Value::as_object_mut) {
        messaging.insert("channelId".to_owned(), channel_id.into());
        messaging.insert("waitForConfiguration".to_owned(), false.into());
    }
    Some(options.to_string())
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
    use crate::host::parse;
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
        assert!(!messaging.wait_for_configuration);
        assert!(before.authentication.host_supplies_tokens && !after.authentication.host_supplies_tokens);
        assert_eq!((after.title, after.selection), (before.title, before.selection));
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
        }
    }
}
