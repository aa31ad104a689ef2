//! Attacks on the provider's metadata and keys.

use crate::auth::testing::*;
use crate::auth::*;
use crate::web::Response;
use proptest::prelude::*;
use serde_json::json;

fn judge(tenant: &str, issuer: &str, keys: &str) -> Result<Metadata, &'static str> {
    let response = ok(&json!({"issuer": issuer, "jwks_uri": keys}));
    parse_metadata_response(&response, &authority(tenant)).map_err(|error| error.code())
}

#[test]
fn takes_the_issuer_that_belongs_to_the_tenant() {
    let keys = "https://login.example/keys";
    for (tenant, place, fits) in [
        ("organizations", "{tenantid}", true),
        ("common", "{tenantid}", true),
        ("organizations", TENANT_ID, false),
        ("consumers", PERSONAL_ID, true),
        ("consumers", TENANT_ID, false),
        (TENANT_ID, TENANT_ID, true),
        (TENANT_ID, "{tenantid}", true),
        (TENANT_ID, PERSONAL_ID, false),
        ("contoso.com", TENANT_ID, true),
        ("contoso.com", "{tenantid}", false),
        ("contoso.com", "contoso.com", false),
    ] {
        assert_eq!(judge(tenant, &issuer(place), keys).is_ok(), fits, "{tenant} {place}");
    }
    for foreign in
        ["https://evil.example/{tenantid}/v2.0", "https://login.example/{tenantid}/v2.0/", "{tenantid}", ""]
    {
        assert_eq!(judge("organizations", foreign, keys), Err("metadata_issuer_mismatch"), "{foreign}");
    }
}

#[test]
fn fetches_keys_from_the_login_host_only() {
    let template = issuer("{tenantid}");
    for keys in [
        "https://evil.example/keys",
        "http://login.example/keys",
        "https://login.example:8443/keys",
        "https://login.example.evil.example/keys",
        "https://login.example@evil.example/keys",
        "//login.example/keys",
        "/keys",
        "javascript:alert(1)",
        "",
    ] {
        assert_eq!(judge("organizations", &template, keys), Err("keys_origin_mismatch"), "{keys}");
    }
    let metadata = judge("organizations", &template, "https://login.example/common/keys").unwrap();
    assert_eq!(build_keys_request(&metadata).url, "https://login.example/common/keys");
}

#[test]
fn asks_where_the_design_says() {
    let request = build_metadata_request(&authority("contoso.com"));
    assert_eq!(request.url, "https://login.example/contoso.com/v2.0/.well-known/openid-configuration");
}

#[test]
fn refuses_answers_that_are_none() {
    let answer = |status, body: &str| Response { status, headers: Vec::new(), body: body.into() };
    for (response, code) in [
        (answer(404, "{}"), "discovery_failed"),
        (answer(500, ""), "discovery_failed"),
        (answer(204, ""), "discovery_failed"),
        (answer(200, ""), "discovery_malformed"),
        (answer(200, "<html>"), "discovery_malformed"),
        (answer(200, "{}"), "discovery_malformed"),
        (answer(200, "[1]"), "discovery_malformed"),
        (answer(200, &" ".repeat(300_000)), "discovery_malformed"),
    ] {
        let result = parse_metadata_response(&response, &authority("common"));
        assert_eq!(result.unwrap_err().code(), code);
    }
    for (response, code) in [
        (answer(503, ""), "keys_failed"),
        (answer(200, "{}"), "keys_malformed"),
        (answer(200, r#"{"keys":{}}"#), "keys_malformed"),
        (answer(200, &" ".repeat(300_000)), "keys_malformed"),
    ] {
        assert_eq!(parse_keys_response(&response).unwrap_err().code(), code);
    }
}

#[test]
fn leaves_out_keys_that_may_not_sign() {
    let good = jwk("key-1", &issuer("{tenantid}"));
    for changes in [
        json!({"kty": "EC"}),
        json!({"kty": "oct"}),
        json!({"kty": null}),
        json!({"use": "enc"}),
        json!({"alg": "HS256"}),
        json!({"alg": "RS512"}),
        json!({"kid": null}),
        json!({"kid": ""}),
        json!({"n": null}),
        json!({"e": null}),
        json!({"n": "AQAB"}),
        json!({"n": modulus("key-1") + "=="}),
        json!({"e": "+/"}),
    ] {
        let keys = parse_keys_response(&ok(&json!({"keys": [with(good.clone(), &changes)]}))).unwrap();
        assert_eq!(keys, KeySet::default(), "{changes}");
    }
    for changes in [json!({}), json!({"use": null}), json!({"alg": "RS256"}), json!({"issuer": null})] {
        let keys = parse_keys_response(&ok(&json!({"keys": [with(good.clone(), &changes)]}))).unwrap();
        assert_ne!(keys, KeySet::default(), "{changes}");
    }
}

proptest! {
    #[test]
    fn never_panics(body in any::<String>()) {
        let response = Response { status: 200, headers: Vec::new(), body };
        let _ = parse_metadata_response(&response, &authority("common"));
        let _ = parse_keys_response(&response);
        let _ = parse_token_response(&response);
    }
}
