use super::{Answer, Dropped, HostError, Incoming, LONGEST_MESSAGE, decode};
use proptest::prelude::*;

fn error(id: Option<&str>, code: &str) -> Incoming {
    let error = HostError { code: code.into(), message: String::new() };
    Incoming::Result { id: id.map(str::to_owned), answer: Answer::Error(error) }
}

#[test]
fn reads_every_shape_of_a_message() {
    let success = |id: &str| Incoming::Result { id: Some(id.to_owned()), answer: Answer::Success };
    for (text, expected) in [
        (r#"{"type":"activate"}"#, Incoming::Activate),
        (r#"{"type":"activate","data":{"result":"success"}}"#, Incoming::Activate),
        (r#"{"type":"acknowledge","id":"1"}"#, Incoming::Acknowledge { id: Some("1".into()) }),
        (r#"{"type":"acknowledge","id":7}"#, Incoming::Acknowledge { id: Some("7".into()) }),
        (r#"{"type":"acknowledge"}"#, Incoming::Acknowledge { id: None }),
        (r#"{"type":"acknowledge","id":{}}"#, Incoming::Acknowledge { id: None }),
        (r#"{"type":"result","id":"1","data":{"result":"success"}}"#, success("1")),
        (r#"{"type":"result","id":"1","data":{}}"#, success("1")),
        (r#"{"type":"result","id":"1"}"#, success("1")),
        (r#"{"type":"result","id":"1","result":"success"}"#, success("1")),
        (r#"{"type":"result","id":"1","error":{"code":"x"}}"#, error(Some("1"), "x")),
        (
            r#"{"result":"error","error":{"code":"unsupportedCommand"},"isExpected":true}"#,
            error(None, "unsupportedCommand"),
        ),
        (r#"{"data":{"error":{"code":"1"}}}"#, error(None, "1")),
        (r#"{"id":"1","data":{"result":"error"}}"#, error(Some("1"), "unknown")),
    ] {
        assert_eq!(decode(text), Ok(expected.clone()), "{text}");
        let in_a_string = serde_json::to_string(text).unwrap();
        assert_eq!(decode(&in_a_string), Ok(expected), "{in_a_string}");
    }
}

#[test]
fn drops_what_means_nothing() {
    let deep = ["{\"type\":\"activate\",\"data\":", &"[".repeat(500), &"]".repeat(500), "}"].concat();
    for (text, expected) in [
        ("", Dropped::NotJson),
        ("undefined", Dropped::NotJson),
        (deep.as_str(), Dropped::NotJson),
        ("null", Dropped::NotAnObject),
        ("[]", Dropped::NotAnObject),
        ("7", Dropped::NotAnObject),
        (r#""activate""#, Dropped::NotAnObject),
        (r#""\"activate\"""#, Dropped::NotAnObject),
        ("{}", Dropped::UnknownType),
        (r#"{"type":7}"#, Dropped::UnknownType),
        (r#"{"type":"hello"}"#, Dropped::UnknownType),
        (r#"{"data":{"notification":"import-progress"}}"#, Dropped::UnknownType),
        (r#"{"type":"notification"}"#, Dropped::UnknownNotification),
        (r#"{"type":"notification","data":{"notification":"hello"}}"#, Dropped::UnknownNotification),
        (r#"{"type":"command","data":{"command":"refresh-links"}}"#, Dropped::NoCommandId),
        (r#"{"type":"command","id":[],"data":{"command":"hello"}}"#, Dropped::NoCommandId),
        (r#"{"type":"command"}"#, Dropped::NoCommandId),
    ] {
        assert_eq!(decode(text), Err(expected), "{text}");
    }
    assert_eq!(decode(&"x".repeat(LONGEST_MESSAGE + 1)), Err(Dropped::TooLarge));
}

#[test]
fn takes_at_most_a_thousand_items_of_refresh_links() {
    for (count, fits) in [(0, false), (1, true), (1_000, true), (1_001, false)] {
        let items = vec![r#"{"id":"1","driveId":"d"}"#; count].join(",");
        let text =
            [r#"{"type":"command","id":"h","data":{"command":"refresh-links","items":["#, &items, "]}}"]
                .concat();
        let Ok(Incoming::RefreshLinks { items, .. }) = decode(&text) else { panic!("{count}") };
        assert_eq!(items.map(|items| items.len()), fits.then_some(count));
    }
}

#[test]
fn every_reason_has_a_name_of_its_own() {
    let codes = [
        Dropped::TooLarge,
        Dropped::NotJson,
        Dropped::NotAnObject,
        Dropped::UnknownType,
        Dropped::UnknownNotification,
        Dropped::NoCommandId,
        Dropped::NotActive,
        Dropped::UnknownId,
        Dropped::Repeated,
        Dropped::Flooded,
    ]
    .map(Dropped::code);
    for (index, code) in codes.iter().enumerate() {
        assert!(!codes[..index].contains(code), "{code}");
    }
}

proptest! {
    #[test]
    fn never_panics_on_text(text in any::<String>()) {
        let _ = decode(&text);
    }

    #[test]
    fn never_panics_on_json(text in json_texts()) {
        let _ = decode(&text);
    }
}

/// Messages whose members are there or not, of this type or that.
fn json_texts() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "type",
        "id",
        "data",
        "result",
        "error",
        "token",
        "command",
        "items",
        "notification",
        "code",
    ]);
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "activate",
            "acknowledge",
            "result",
            "command",
            "notification",
            "import-progress",
            "refresh-links"
        ])
        .prop_map(|word| ["\"", word, "\""].concat()),
        Just("null".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        Just("1e400".to_owned()),
        Just("{}".to_owned()),
    ];
    leaf.prop_recursive(4, 32, 5, move |inner| {
        prop_oneof![
            prop::collection::vec((key.clone(), inner.clone()), 0..5).prop_map(|members| {
                let members: Vec<String> =
                    members.into_iter().map(|(key, value)| ["\"", key, "\":", &value].concat()).collect();
                ["{", &members.join(","), "}"].concat()
            }),
            prop::collection::vec(inner, 0..4).prop_map(|elements| ["[", &elements.join(","), "]"].concat()),
        ]
    })
}
