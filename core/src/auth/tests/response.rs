//! Attacks on the answer in the fragment.

use crate::auth::testing::{ACCESS_TOKEN, SCOPE};
use crate::auth::*;
use crate::web::encode_component;
use proptest::prelude::*;

fn state() -> State {
    State::from_random(&[5; 32])
}

fn fragment(parts: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        parts.iter().map(|(name, value)| format!("{name}={}", encode_component(value))).collect();
    format!("#{}", pairs.join("&"))
}

fn good() -> Vec<(&'static str, String)> {
    vec![
        ("access_token", ACCESS_TOKEN.to_owned()),
        ("token_type", "Bearer".into()),
        ("expires_in", "3599".into()),
        ("scope", SCOPE.into()),
        ("id_token", "a.b.c".into()),
        ("state", state().secret().to_owned()),
        ("session_state", "something".into()),
    ]
}

fn with(name: &str, value: Option<&str>) -> String {
    let mut parts = good();
    parts.retain(|(known, _)| *known != name);
    if let Some(value) = value {
        parts.push((Box::leak(name.to_owned().into_boxed_str()), value.to_owned()));
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fragment(&parts)
}

fn code(fragment: &str, flow: Flow) -> &'static str {
    parse_authorize_response(fragment, &state(), flow).unwrap_err().code()
}

#[test]
fn takes_both_tokens_of_the_right_state_in_any_order() {
    for fragment in
        [with("", None), with("", None).replacen('#', "", 1), with("state", Some(state().secret()))]
    {
        let response = parse_authorize_response(&fragment, &state(), Flow::Implicit);
        assert!(matches!(response, Ok(AuthorizeResponse::Tokens(_))), "{fragment}");
    }
}

#[test]
fn refuses_every_part_that_is_missing_or_wrong() {
    for (name, value, expected) in [
        ("state", None, "state_missing"),
        ("state", Some(""), "state_mismatch"),
        ("state", Some("foreign"), "state_mismatch"),
        ("state", Some(State::from_random(&[6; 32]).secret()), "state_mismatch"),
        ("access_token", None, "access_token_missing"),
        ("access_token", Some(""), "access_token_missing"),
        ("access_token", Some("a\r\nb"), "response_malformed"),
        ("id_token", None, "id_token_missing"),
        ("id_token", Some(""), "id_token_missing"),
        ("token_type", None, "token_type_not_bearer"),
        ("token_type", Some("mac"), "token_type_not_bearer"),
        ("expires_in", None, "lifetime_malformed"),
        ("expires_in", Some("soon"), "lifetime_malformed"),
        ("expires_in", Some("-1"), "lifetime_malformed"),
        ("expires_in", Some("0"), "lifetime_malformed"),
        ("expires_in", Some("1e9"), "lifetime_malformed"),
        ("code", Some("a-code"), "flow_mismatch"),
    ] {
        assert_eq!(code(&with(name, value), Flow::Implicit), expected, "{name} {value:?}");
    }
}

#[test]
fn refuses_a_parameter_that_comes_twice() {
    let honest = with("", None);
    for more in [
        "&access_token=evil".to_owned(),
        format!("&state={}", state().secret()),
        "&id_token=a.b.c".into(),
        "&access%5Ftoken=evil".into(),
        "&error=x&error=y".into(),
    ] {
        assert_eq!(code(&format!("{honest}{more}"), Flow::Implicit), "parameter_repeated", "{more}");
        assert_eq!(
            code(&format!("#{more}&{}", honest.get(1..).unwrap()), Flow::Implicit),
            "parameter_repeated"
        );
    }
}

#[test]
fn looks_at_the_state_before_anything_else_is_believed() {
    let foreign = fragment(&[("error", "access_denied"), ("error_subcode", "cancel"), ("state", "foreign")]);
    assert_eq!(code(&foreign, Flow::Implicit), "state_mismatch");
    let stateless = fragment(&[("error", "access_denied")]);
    assert_eq!(code(&stateless, Flow::Implicit), "state_missing");
}

#[test]
fn reads_a_refusal() {
    let refusal = fragment(&[
        ("error", "consent_required"),
        (
            "error_description",
            "AADSTS65001: <script>alert(1)</script> Trace ID: 11111111-2222-3333-4444-555555555555",
        ),
        ("error_uri", "https://login.microsoftonline.com/error?code=65001"),
        ("state", state().secret()),
    ]);
    let error = parse_authorize_response(&refusal, &state(), Flow::Implicit).unwrap_err();
    assert_eq!(error.code(), "consent_required");
    assert_eq!(error.problem(), Some(Problem::ConsentRequired));
    assert!(!format!("{error:?} {error}").contains("script"), "{error:?}");
    let provider_error = error.provider_error().unwrap();
    assert_eq!(provider_error.aadsts, Some(65001));
    assert_eq!(provider_error.trace_id.as_ref().unwrap().as_str(), "11111111-2222-3333-4444-555555555555");
}

#[test]
fn tells_a_cancel_from_a_refusal() {
    let cancel =
        fragment(&[("error", "access_denied"), ("error_subcode", "cancel"), ("state", state().secret())]);
    let error = parse_authorize_response(&cancel, &state(), Flow::Implicit).unwrap_err();
    assert_eq!((error.code(), error.problem()), ("cancelled", Some(Problem::Cancelled)));
}

#[test]
fn counts_an_error_beside_tokens_as_an_error() {
    assert_eq!(code(&with("error", Some("server_error")), Flow::Implicit), "server_error");
}

#[test]
fn takes_a_code_only_in_the_code_flow() {
    let answer = fragment(&[("code", "abc"), ("state", state().secret())]);
    assert!(matches!(
        parse_authorize_response(&answer, &state(), Flow::Code),
        Ok(AuthorizeResponse::Code(code)) if code.secret() == "abc"
    ));
    assert_eq!(code(&with("", None), Flow::Code), "flow_mismatch");
    assert_eq!(code(&with("code", Some("abc")), Flow::Code), "flow_mismatch");
    assert_eq!(code(&fragment(&[("state", state().secret())]), Flow::Code), "code_missing");
    assert_eq!(code(&fragment(&[("code", ""), ("state", state().secret())]), Flow::Code), "code_missing");
}

#[test]
fn refuses_a_fragment_of_two_megabytes_unread() {
    let huge = with("padding", Some(&"x".repeat(2_000_000)));
    assert_eq!(code(&huge, Flow::Implicit), "response_too_large");
    assert_eq!(find_state(&huge), None);
}

#[test]
fn refuses_what_cannot_be_read() {
    let many: String = (0..100).map(|index| format!("p{index}=1&")).collect();
    for fragment in ["#state=%zz", "#state=%ff%fe", "#%=1", many.as_str()] {
        assert_eq!(code(fragment, Flow::Implicit), "response_malformed", "{fragment}");
    }
    for fragment in ["", "#", "#/route", "#&&&", "#=", "?state=x"] {
        assert_eq!(code(fragment, Flow::Implicit), "state_missing", "{fragment}");
    }
}

#[test]
fn shows_no_token_when_debugged() {
    let response = parse_authorize_response(&with("", None), &state(), Flow::Implicit).unwrap();
    assert!(!format!("{response:?}").contains(ACCESS_TOKEN));
}

proptest! {
    #[test]
    fn accepts_nothing_without_the_state(fragment in any::<String>()) {
        prop_assert!(parse_authorize_response(&fragment, &state(), Flow::Implicit).is_err());
        prop_assert!(parse_authorize_response(&fragment, &state(), Flow::Code).is_err());
    }

    #[test]
    fn never_panics_behind_the_right_state(rest in any::<String>()) {
        let fragment = format!("#state={}&{rest}", state().secret());
        let _ = parse_authorize_response(&fragment, &state(), Flow::Implicit);
        let _ = parse_authorize_response(&fragment, &state(), Flow::Code);
    }
}
