//! Who the host is, and how long it is waited for.

use super::*;
use crate::host::options::messaging::Limits;

#[test]
fn without_messaging_there_is_no_host() {
    assert_eq!(read(&json!({})), HostOptions::default());
    assert_eq!(HostOptions::default().host, Host::Absent);
}

#[test]
fn refuses_a_host_that_is_not_exactly_an_allowed_origin() {
    for (origin, code) in [
        (json!("https://media.example/path"), "origin_malformed"),
        (json!("https://media.example?x"), "origin_malformed"),
        (json!("https://user@media.example"), "origin_malformed"),
        (json!("*"), "origin_malformed"),
        (json!("null"), "origin_malformed"),
        (json!(""), "origin_malformed"),
        (json!("javascript:alert(1)"), "origin_malformed"),
        (json!(" https://media.example"), "origin_malformed"),
        (json!("https://media.example.evil.example"), "origin_not_allowed"),
        (json!("https://evil.example"), "origin_not_allowed"),
        (json!("http://media.example"), "origin_not_allowed"),
        (json!("https://media.example:444"), "origin_not_allowed"),
        (json!("https://sub.media.example"), "origin_not_allowed"),
        (json!(null), "origin_missing"),
        (json!(["https://media.example"]), "origin_missing"),
        (json!({}), "origin_missing"),
    ] {
        let options = json!({"messaging": {"channelId": "27", "origin": origin}});
        assert_eq!(parse(&options.to_string(), &allowed()).unwrap_err().code(), code, "{origin}");
    }
    let error = parse(r#"{"messaging":{"channelId":"1","origin":"https://x.example/y"}}"#, &allowed());
    assert_eq!(error, Err(OptionsError::OriginMalformed(OriginError::Trailing)));
    assert_eq!(
        parse(r#"{"messaging":{"origin":"https://media.example"}}"#, &[]).unwrap_err().code(),
        "origin_not_allowed"
    );
}

#[test]
fn refuses_messaging_of_the_wrong_type() {
    for messaging in [json!(null), json!([]), json!("x"), json!(true), json!(1)] {
        let options = json!({"messaging": messaging});
        assert_eq!(parse(&options.to_string(), &allowed()), Err(OptionsError::Messaging), "{messaging}");
    }
    for channel in [json!(null), json!(""), json!([]), json!(1.5), json!(-1), json!("x".repeat(257))] {
        let options = json!({"messaging": {"origin": HOST, "channelId": channel}});
        assert_eq!(parse(&options.to_string(), &allowed()), Err(OptionsError::ChannelId), "{channel}");
    }
}

#[test]
fn time_limits_of_the_wrong_type_keep_the_defaults() {
    let limits = |messaging: Value| {
        let mut options = json!({"messaging": {"origin": HOST, "channelId": "27"}});
        for (key, value) in messaging.as_object().unwrap() {
            options["messaging"][key] = value.clone();
        }
        let Host::Present(messaging) = read(&options).host else { panic!("no host") };
        messaging.limits
    };
    for wrong in [json!(null), json!("5000"), json!(-1), json!(1.5), json!({})] {
        let limits =
            limits(json!({"initializeTimeout": wrong, "acknowledgeTimeout": wrong, "resultTimeout": wrong}));
        assert_eq!(limits, Limits::default(), "{wrong}");
    }
    let set =
        limits(json!({"initializeTimeout": 1_000, "acknowledgeTimeout": 2_000, "resultTimeout": 9_000}));
    assert_eq!(
        set,
        Limits { initialize: 1_000, acknowledge: 2_000, token: 9_000, pick: 9_000, close: 3_000 }
    );
    let capped = limits(
        json!({"initializeTimeout": u64::MAX, "acknowledgeTimeout": u64::MAX, "resultTimeout": u64::MAX}),
    );
    assert_eq!((capped.initialize, capped.acknowledge, capped.pick), (120_000, 60_000, 600_000));
}
