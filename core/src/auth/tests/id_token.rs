//! Attacks on the ID token. Each case fails if its check is taken out.

use crate::auth::testing::*;
use crate::auth::*;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use proptest::prelude::*;
use serde_json::{Value, json};

struct Case {
    tenant: &'static str,
    nonce: Nonce,
    metadata: crate::web::Response,
    keys: crate::web::Response,
    now: u64,
}

impl Case {
    fn new() -> Self {
        Self {
            tenant: "organizations",
            nonce: nonce(),
            metadata: metadata("organizations"),
            keys: key_set(&["key-1", "key-2"]),
            now: NOW,
        }
    }

    fn at(now: u64) -> Self {
        Self { now, ..Self::new() }
    }

    fn for_tenant(tenant: &'static str) -> Self {
        Self { tenant, metadata: metadata(tenant), ..Self::new() }
    }

    fn judge(&self, tokens: UncheckedTokens) -> Result<Session, SignInError> {
        let authority = authority(self.tenant);
        let metadata = parse_metadata_response(&self.metadata, &authority).unwrap();
        let keys = parse_keys_response(&self.keys).unwrap();
        let id_token = parse_id_token(tokens)?;
        let key = id_token.find_key(&keys)?;
        let fits = toy_verify(key, id_token.message(), id_token.signature());
        let hash = Some(sha256(id_token.access_token()));
        id_token.accept_signature(key, fits, hash)?.judge(&Expected {
            authority: &authority,
            metadata: &metadata,
            client_id: &client_id(),
            nonce: &self.nonce,
            scopes: &Scopes::new("https://graph.microsoft.com", FilesAccess::All),
            at_hash_required: true,
            received_at: self.now * 1000,
        })
    }

    fn code(&self, tokens: UncheckedTokens) -> &'static str {
        self.judge(tokens).unwrap_err().code()
    }
}

fn nonce() -> Nonce {
    Nonce::from_random(&[9; 32])
}

fn good() -> Value {
    claims(nonce().secret())
}

fn changed(changes: &Value) -> UncheckedTokens {
    tokens(&id_token(&with(good(), changes)))
}

#[test]
fn uses_no_token_whose_hash_cannot_be_made() {
    let keys = parse_keys_response(&key_set(&["key-1"])).unwrap();
    let id_token = parse_id_token(changed(&json!({}))).unwrap();
    let key = id_token.find_key(&keys).unwrap();
    let refused = id_token.accept_signature(key, true, None).err();
    assert_eq!(refused.map(|error| error.code()), Some("at_hash_mismatch"));
}

#[test]
fn makes_a_session_of_a_right_token() {
    let session = Case::new().judge(changed(&json!({}))).unwrap();
    assert_eq!(session.access_token().secret(), ACCESS_TOKEN);
    assert_eq!(session.expires_at(), Some((NOW + 3599) * 1000));
    let account = session.account().unwrap();
    assert_eq!((account.name(), account.username()), ("Dana Levi", Some("dana@contoso.com")));
    assert_eq!((account.tenant_id().as_str(), account.object_id()), (TENANT_ID, "object-1"));
    assert!(!account.is_personal() && !account.is_guest());
    assert!(session.granted().unwrap().reads_all_files());
}

#[test]
fn refuses_every_claim_that_does_not_fit() {
    for (changes, code) in [
        (json!({"nonce": "another"}), "nonce_mismatch"),
        (json!({"nonce": ""}), "nonce_mismatch"),
        (json!({"nonce": null}), "nonce_missing"),
        (json!({"aud": "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b047"}), "audience_mismatch"),
        (json!({"aud": null}), "audience_mismatch"),
        (json!({"aud": [CLIENT_ID]}), "id_token_malformed"),
        (json!({"aud": [CLIENT_ID, "another"]}), "id_token_malformed"),
        (json!({"iss": "https://evil.example/11111111-2222-3333-4444-555555555555/v2.0"}), "issuer_mismatch"),
        (json!({"iss": issuer("99999999-2222-3333-4444-555555555555")}), "issuer_mismatch"),
        (json!({"iss": issuer(TENANT_ID) + "/"}), "issuer_mismatch"),
        (json!({"iss": null}), "claim_missing"),
        (json!({"tid": "99999999-2222-3333-4444-555555555555"}), "issuer_mismatch"),
        (json!({"tid": "evil/../11111111"}), "claim_missing"),
        (json!({"tid": null}), "claim_missing"),
        (json!({"exp": null}), "claim_missing"),
        (json!({"iat": null}), "claim_missing"),
        (json!({"oid": null}), "claim_missing"),
        (json!({"oid": ""}), "claim_missing"),
        (json!({"exp": "tomorrow"}), "id_token_malformed"),
        (json!({"exp": -1}), "id_token_malformed"),
        (json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}), "at_hash_mismatch"),
        (json!({"at_hash": ""}), "at_hash_mismatch"),
        (json!({"at_hash": null}), "at_hash_missing"),
    ] {
        assert_eq!(Case::new().code(changed(&changes)), code, "{changes}");
    }
}

#[test]
fn lets_a_key_without_an_issuer_sign_for_any() {
    let key = with(jwk("key-1", ""), &json!({"issuer": null}));
    let case = Case { keys: ok(&json!({"keys": [key]})), ..Case::new() };
    assert!(case.judge(changed(&json!({}))).is_ok());
    assert_eq!(case.code(changed(&json!({"iss": issuer(PERSONAL_ID)}))), "issuer_mismatch");
}

#[test]
fn allows_five_minutes_between_the_clocks_and_says_so() {
    for (now, code) in [
        (NOW + 3600 + 299, None),
        (NOW + 3600 + 300, Some("id_token_expired")),
        (NOW + 864_000, Some("id_token_expired")),
        (NOW - 5 - 300, None),
        (NOW - 5 - 301, Some("id_token_not_yet_valid")),
    ] {
        let result = Case::at(now).judge(changed(&json!({})));
        assert_eq!(result.as_ref().err().map(SignInError::code), code, "{now}");
    }
    let error = Case::at(NOW + 4000).judge(changed(&json!({}))).unwrap_err();
    assert!(error.to_string().contains("expired 400 s ago"), "{error}");
    assert!(error.to_string().contains("300 s of difference"), "{error}");
    let early = changed(&json!({"nbf": NOW + 1000, "iat": NOW}));
    assert_eq!(Case::new().judge(early).unwrap_err(), SignInError::IdTokenNotYetValid { seconds: 1000 });
    let early = changed(&json!({"nbf": NOW, "iat": NOW + 1000}));
    assert_eq!(Case::new().code(early), "id_token_not_yet_valid");
    assert!(Case::new().judge(changed(&json!({"exp": u64::MAX}))).is_ok());
}

#[test]
fn takes_rs256_and_nothing_else() {
    let unsigned = |header: &Value| {
        let encode = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
        format!("{}.{}.", encode(header), encode(&good()))
    };
    for algorithm in [
        json!("none"),
        json!("None"),
        json!("HS256"),
        json!("RS512"),
        json!("ES256"),
        json!("rs256"),
        json!(""),
    ] {
        let header = json!({"alg": algorithm, "kid": "key-1"});
        // Signed with the provider's own key, and as HS256 with the public key as secret would be: by anybody.
        assert_eq!(Case::new().code(tokens(&sign(&header, &good(), "key-1"))), "algorithm_not_allowed");
        assert_eq!(Case::new().code(tokens(&unsigned(&header))), "algorithm_not_allowed");
    }
    assert_eq!(
        Case::new().code(tokens(&sign(&json!({"kid": "key-1"}), &good(), "key-1"))),
        "algorithm_not_allowed"
    );
    assert_eq!(Case::new().code(tokens(&unsigned(&header("key-1")))), "signature_invalid");
    let critical = json!({"alg": "RS256", "kid": "key-1", "crit": ["exp"]});
    assert_eq!(Case::new().code(tokens(&sign(&critical, &good(), "key-1"))), "id_token_malformed");
}

#[test]
fn ignores_keys_that_the_token_brings_along() {
    let header = json!({"alg": "RS256", "kid": "evil", "jwk": jwk("evil", &issuer("{tenantid}")), "jku": "https://evil.example"});
    assert_eq!(Case::new().code(tokens(&sign(&header, &good(), "evil"))), "key_unknown");
}

#[test]
fn refuses_keys_that_do_not_fit() {
    for (header_key, signing_key, code) in [
        (json!("key-9"), "key-9", "key_unknown"),
        (json!(null), "key-1", "key_unknown"),
        (json!(""), "key-1", "key_unknown"),
        (json!("key-1"), "key-2", "signature_invalid"),
    ] {
        let header = json!({"alg": "RS256", "kid": header_key});
        assert_eq!(Case::new().code(tokens(&sign(&header, &good(), signing_key))), code, "{header}");
    }
}

#[test]
fn holds_a_key_to_its_own_issuer() {
    let with_key = |rule: &str| Case { keys: ok(&json!({"keys": [jwk("key-1", rule)]})), ..Case::new() };
    assert!(with_key(&issuer(TENANT_ID)).judge(changed(&json!({}))).is_ok());
    for rule in [
        issuer(PERSONAL_ID),
        String::new(),
        "https://evil.example/{tenantid}/v2.0".into(),
        "{tenantid}".into(),
    ] {
        assert_eq!(with_key(&rule).code(changed(&json!({}))), "key_issuer_mismatch", "{rule}");
    }
    let two = json!({"keys": [jwk("key-1", &issuer(PERSONAL_ID)), jwk("key-1", &issuer(TENANT_ID))]});
    assert!(Case { keys: ok(&two), ..Case::new() }.judge(changed(&json!({}))).is_ok());
}

#[test]
fn refuses_a_tampered_payload() {
    let honest = id_token(&good());
    let mut parts = honest.split('.').map(str::to_owned).collect::<Vec<_>>();
    parts[1] =
        Base64UrlUnpadded::encode_string(with(good(), &json!({"oid": "object-2"})).to_string().as_bytes());
    assert_eq!(Case::new().code(tokens(&parts.join("."))), "signature_invalid");
}

#[test]
fn refuses_the_access_token_of_another_sign_in() {
    let substituted = tokens_with(&id_token(&good()), "another-access-token", SCOPE);
    assert_eq!(Case::new().code(substituted), "at_hash_mismatch");
}

#[test]
fn refuses_what_is_no_json_web_token() {
    let honest = id_token(&good());
    for text in [
        "a.b".to_owned(),
        format!("{honest}.x"),
        format!("{honest}="),
        format!(" {honest}"),
        honest.replacen('.', "..", 1),
        "....".into(),
        format!("{}.{}.AA", Base64UrlUnpadded::encode_string(b"[]"), Base64UrlUnpadded::encode_string(b"{}")),
        format!(
            "{}.{}.AA",
            Base64UrlUnpadded::encode_string(header("key-1").to_string().as_bytes()),
            Base64UrlUnpadded::encode_string(b"\"x\"")
        ),
    ] {
        assert_eq!(Case::new().code(tokens(&text)), "id_token_malformed", "{text}");
    }
    // A claim twice: whoever reads the first and whoever reads the last would differ.
    let payload = format!("{{\"oid\":\"a\",{}", good().to_string().get(1..).unwrap());
    let twice = format!(
        "{}.{}.AA",
        Base64UrlUnpadded::encode_string(header("key-1").to_string().as_bytes()),
        Base64UrlUnpadded::encode_string(payload.as_bytes())
    );
    assert_eq!(Case::new().code(tokens(&twice)), "id_token_malformed");
}

#[test]
fn keeps_to_the_tenant_that_was_asked_for() {
    let of = |tenant: &str| changed(&json!({"tid": tenant, "iss": issuer(tenant)}));
    let other = "99999999-2222-3333-4444-555555555555";
    for (asked, came, code) in [
        ("organizations", TENANT_ID, None),
        ("organizations", PERSONAL_ID, Some("personal_account_not_allowed")),
        ("common", PERSONAL_ID, None),
        ("common", TENANT_ID, None),
        ("consumers", PERSONAL_ID, None),
        ("consumers", TENANT_ID, Some("tenant_not_allowed")),
        (TENANT_ID, TENANT_ID, None),
        (TENANT_ID, other, Some("tenant_not_allowed")),
        ("contoso.com", TENANT_ID, None),
        ("contoso.com", other, Some("tenant_not_allowed")),
    ] {
        let result = Case::for_tenant(asked).judge(of(came));
        assert_eq!(result.as_ref().err().map(SignInError::code), code, "{asked} {came}");
    }
}

#[test]
fn lets_only_the_tenant_that_is_named_in_even_if_the_metadata_would_let_any() {
    let other = "99999999-2222-3333-4444-555555555555";
    let case = Case { tenant: TENANT_ID, ..Case::new() };
    assert!(case.judge(changed(&json!({}))).is_ok());
    assert_eq!(case.code(changed(&json!({"tid": other, "iss": issuer(other)}))), "tenant_not_allowed");
}

#[test]
fn lets_only_personal_accounts_in_as_consumers_even_if_the_metadata_would_let_any() {
    let case = Case { tenant: "consumers", ..Case::new() };
    assert_eq!(case.code(changed(&json!({}))), "tenant_not_allowed");
    assert!(case.judge(changed(&json!({"tid": PERSONAL_ID, "iss": issuer(PERSONAL_ID)}))).is_ok());
}

#[test]
fn knows_guests_and_personal_accounts() {
    let guest = changed(&json!({"idp": "https://sts.windows.net/99999999-2222-3333-4444-555555555555/"}));
    assert!(Case::new().judge(guest).unwrap().account().unwrap().is_guest());
    let personal = changed(&json!({"tid": PERSONAL_ID, "iss": issuer(PERSONAL_ID)}));
    assert!(Case::for_tenant("common").judge(personal).unwrap().account().unwrap().is_personal());
}

#[test]
fn refuses_less_than_was_asked_for() {
    for (scope, missing) in [
        ("openid profile", vec!["Files.Read.All", "User.Read"]),
        (
            "https://graph.microsoft.com/Files.Read https://graph.microsoft.com/User.Read",
            vec!["Files.Read.All"],
        ),
    ] {
        let error = Case::new().judge(tokens_with(&id_token(&good()), ACCESS_TOKEN, scope)).unwrap_err();
        assert_eq!(error, SignInError::ScopeNotGranted { missing });
    }
}

proptest! {
    #[test]
    fn never_panics_on_any_token(text in any::<String>()) {
        if !text.is_empty() {
            prop_assert!(Case::new().judge(tokens(&text)).is_err());
        }
    }

    #[test]
    fn never_accepts_a_token_with_one_letter_changed(index in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
        let honest = id_token(&good());
        let position = index.index(honest.len());
        let mut forged = honest.clone();
        forged.replace_range(position..=position, &letter);
        if forged != honest {
            prop_assert!(Case::new().judge(tokens(&forged)).is_err());
        }
    }
}
