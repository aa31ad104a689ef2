//! Sessions that may much, little and nothing, and answers that are lost.

use super::*;

fn trial() -> KalturaTrial {
    KalturaTrial::new(KALTURA_SERVICE_URL.to_owned(), KalturaSession::read("ks").unwrap(), 7)
}

fn body(trial: &KalturaTrial) -> Value {
    serde_json::from_str(&trial.request().unwrap().body.unwrap()).unwrap()
}

fn answer(trial: &mut KalturaTrial, results: &Value) {
    let response = Response { status: 200, headers: Vec::new(), body: results.to_string() };
    trial.take(Ok(&response));
}

fn error(code: &str) -> Value {
    json!({"code": code, "message": code, "objectType": "KalturaAPIException", "args": []})
}

fn failures(trial: &KalturaTrial) -> Vec<(KalturaCheck, String)> {
    let of = |check| match trial.state(check) {
        CheckState::Failed { code, .. } => Some((check, code.clone())),
        _ => None,
    };
    KalturaCheck::ALL.into_iter().filter_map(of).collect()
}

#[test]
fn a_plain_session_of_a_site_may_add_and_little_else() {
    let mut trial = trial();
    let first = body(&trial);
    assert_eq!((&first["ks"], &first["1"]["service"]), (&json!("ks"), &json!("user")));
    assert_eq!(first["3"]["entry"]["referenceId"], "onedrive-setup-check-7");
    answer(
        &mut trial,
        &json!([{"id": "noa"}, error("SERVICE_FORBIDDEN"), {"id": "1_a", "status": 7, "moderationStatus": 1}]),
    );
    assert_eq!(body(&trial)["2"]["entryId"], "1_a");
    assert_eq!(body(&trial)["3"]["entry"]["categories"], "onedrive-setup-check-7");
    answer(
        &mut trial,
        &json!([
            error("PROPERTY_VALIDATION_ADMIN_PROPERTY"),
            error("SERVICE_FORBIDDEN"),
            error("ENTRY_CATEGORY_FIELD_IS_DEPRECATED")
        ]),
    );
    assert_eq!(body(&trial)["1"], json!({"service": "media", "action": "delete", "entryId": "1_a"}));
    answer(&mut trial, &json!([null]));
    assert!(trial.request().is_none());
    let failed: Vec<_> = failures(&trial).into_iter().map(|(check, _)| check).collect();
    use KalturaCheck::{AdminTags, Captions, Categories, Moderation, Reference};
    assert_eq!(failed, [Reference, AdminTags, Categories, Captions, Moderation]);
    assert_eq!(*trial.state(KalturaCheck::CleanUp), CheckState::Passed);
}

#[test]
fn an_administrators_session_makes_no_category_and_everything_is_deleted() {
    let mut trial = trial();
    let entry = json!({"id": "1_a", "referenceId": "onedrive-setup-check-7", "moderationStatus": 6});
    answer(&mut trial, &json!([{"id": "server"}, {"sessionType": 2}, entry]));
    assert_eq!(body(&trial)["3"], Value::Null);
    answer(&mut trial, &json!([{"id": "1_b", "adminTags": "onedrive"}, {"id": "1_c0"}]));
    assert_eq!(
        (&body(&trial)["1"]["entryId"], &body(&trial)["2"]["entryId"]),
        (&json!("1_a"), &json!("1_b"))
    );
    answer(&mut trial, &json!([null, null]));
    assert_eq!(failures(&trial), []);
}

#[test]
fn a_session_that_has_ended_is_told_so_and_nothing_is_deleted() {
    for results in
        [json!([error("INVALID_KS"), error("INVALID_KS"), error("INVALID_KS")]), error("INVALID_KS")]
    {
        let mut trial = trial();
        answer(&mut trial, &results);
        assert!(trial.request().is_none());
        let Some(CheckState::Failed { mend, .. }) = Some(trial.state(KalturaCheck::Add)) else {
            panic!("failed")
        };
        assert_eq!(*mend, Mend::KalturaSession(KalturaCheck::User));
        assert_eq!(*trial.state(KalturaCheck::CleanUp), CheckState::NotReachable);
    }
}

#[test]
fn entries_are_deleted_though_the_second_answer_is_lost_and_what_is_left_is_named() {
    let mut trial = trial();
    answer(&mut trial, &json!([{"id": "noa"}, error("SERVICE_FORBIDDEN"), {"id": "1_a"}]));
    trial.take(Err(TransportError::TimedOut));
    assert_eq!(body(&trial)["1"]["action"], "delete");
    trial.take(Err(TransportError::Unreachable));
    assert_eq!(failures(&trial).last(), Some(&(KalturaCheck::CleanUp, "1_a".to_owned())));
}

#[test]
fn a_session_shows_itself_to_nobody() {
    let session = KalturaSession::read(" djJ8secret ").unwrap();
    assert_eq!(format!("{session:?}"), "KalturaSession(..)");
    let trial = KalturaTrial::new(String::new(), session, 1);
    assert!(!format!("{trial:?} {:?}", trial.request()).contains("djJ8"));
    assert_eq!([KalturaSession::read(" "), KalturaSession::read("a b")], [None, None]);
}

#[test]
fn reads_the_address_of_the_api() {
    for (text, expected) in [
        ("https://www.kaltura.com", Some("https://www.kaltura.com")),
        (" https://www.kaltura.com/api_v3/ ", Some("https://www.kaltura.com")),
        ("http://127.0.0.1:4183", Some("http://127.0.0.1:4183")),
        ("http://www.kaltura.com", None),
        ("www.kaltura.com", None),
        ("https://user@www.kaltura.com", None),
        ("https://", None),
        ("javascript://x", None),
    ] {
        assert_eq!(read_service_url(text).as_deref(), expected, "{text}");
    }
}
