//! Whole sign-ins against a provider made of data.

use super::*;
use crate::auth::keys::VerificationKey;
use crate::auth::testing::*;
use crate::auth::{OAuthError, Prompt};
use crate::picker::ports::EntropyError;
use crate::web::{Origin, Request, Response, TransportError, decode_component, encode_component};
use pollster::block_on;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};

/// The ports of a page, and the provider behind them.
struct World {
    now: Cell<u64>,
    keys: RefCell<Vec<&'static str>>,
    token_answer: RefCell<Option<Response>>,
    requests: RefCell<Vec<Request>>,
    offline: Cell<bool>,
    random: Cell<u8>,
}

impl World {
    fn new() -> Self {
        Self {
            now: Cell::new(NOW * 1000),
            keys: RefCell::new(vec!["key-1"]),
            token_answer: RefCell::new(None),
            requests: RefCell::new(Vec::new()),
            offline: Cell::new(false),
            random: Cell::new(0),
        }
    }

    fn urls(&self) -> Vec<String> {
        self.requests.borrow().iter().map(|request| request.url.clone()).collect()
    }
}

impl Http for World {
    async fn send(&self, request: &Request, _limit: u32) -> Result<Response, TransportError> {
        self.requests.borrow_mut().push(request.clone());
        if self.offline.get() {
            return Err(TransportError::Offline);
        }
        let answer = |response: Option<Response>| response.ok_or(TransportError::Unreachable);
        match request.url.rsplit('/').next() {
            Some("openid-configuration") => Ok(metadata("organizations")),
            Some("keys") => Ok(key_set(&self.keys.borrow())),
            Some("token") => answer(self.token_answer.borrow().clone()),
            _ => answer(None),
        }
    }
}

impl Clock for World {
    fn now(&self) -> u64 {
        self.now.get()
    }

    async fn sleep(&self, _milliseconds: u32) {}
}

impl Entropy for World {
    fn random(&self) -> Result<[u8; 32], EntropyError> {
        self.random.set(self.random.get() + 1);
        Ok([self.random.get(); 32])
    }
}

impl Signatures for World {
    async fn verify(&self, key: &VerificationKey, message: &[u8], signature: &[u8]) -> bool {
        toy_verify(key, message, signature)
    }

    async fn sha256(&self, message: &[u8]) -> Option<[u8; 32]> {
        Some(sha256(message))
    }
}

struct NoEntropy;

impl Entropy for NoEntropy {
    fn random(&self) -> Result<[u8; 32], EntropyError> {
        Err(EntropyError)
    }
}

fn sign_in(flow: &str) -> SignIn {
    let json = json!({
        "enabled": true, "applicationId": CLIENT_ID, "userRole": "adminRole", "loginBaseUrl": LOGIN, "flow": flow
    });
    let settings =
        crate::settings::parse(&json.to_string(), &Origin::parse("https://media.example").unwrap()).unwrap();
    SignIn::new(&settings, settings.gate().unwrap(), FilesAccess::All)
}

fn parameter(pending: &Pending, name: &str) -> Option<String> {
    let (_, query) = pending.url().split_once('?')?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| decode_component(value))
}

fn answer(pending: &Pending, id_token: &str) -> String {
    format!(
        "#access_token={ACCESS_TOKEN}&token_type=Bearer&expires_in=3599&scope={}&id_token={id_token}&state={}",
        encode_component(SCOPE),
        parameter(pending, "state").unwrap()
    )
}

fn right_claims(pending: &Pending) -> Value {
    claims(&parameter(pending, "nonce").unwrap())
}

fn right_answer(pending: &Pending) -> String {
    answer(pending, &id_token(&right_claims(pending)))
}

#[test]
fn signs_in() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    assert!(world.urls().is_empty(), "the window opens before any request");
    let fragment = right_answer(&pending);
    let session = block_on(sign_in.complete(&world, pending, &fragment)).unwrap();
    assert_eq!(session.account().unwrap().name(), "Dana Levi");
    assert_eq!(session.access_token().secret(), ACCESS_TOKEN);
}

#[test]
fn sends_no_token_anywhere_while_judging() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = right_answer(&pending);
    block_on(sign_in.complete(&world, pending, &fragment)).unwrap();
    for request in world.requests.borrow().iter() {
        let text = format!("{} {:?} {:?}", request.url, request.headers, request.body);
        assert!(!text.contains(ACCESS_TOKEN) && request.url.starts_with(LOGIN), "{text}");
    }
}

#[test]
fn needs_metadata_and_keys_once() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    block_on(sign_in.prefetch(&world));
    assert_eq!(
        world.urls(),
        [
            "https://login.example/organizations/v2.0/.well-known/openid-configuration",
            "https://login.example/organizations/discovery/v2.0/keys"
        ]
    );
    for _ in 0..2 {
        let pending = sign_in.begin(&Hints::default(), &world).unwrap();
        let fragment = right_answer(&pending);
        block_on(sign_in.complete(&world, pending, &fragment)).unwrap();
    }
    assert_eq!(world.urls().len(), 2);
}

#[test]
fn looks_for_new_keys_every_day() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    block_on(sign_in.prefetch(&world));
    world.now.set(world.now.get() + 24 * 60 * 60 * 1000);
    block_on(sign_in.prefetch(&world));
    assert_eq!(world.urls().len(), 4);
}

#[test]
fn asks_once_more_after_the_keys_were_rotated() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    block_on(sign_in.prefetch(&world));
    *world.keys.borrow_mut() = vec!["key-2"];
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = answer(&pending, &sign(&header("key-2"), &right_claims(&pending), "key-2"));
    assert!(block_on(sign_in.complete(&world, pending, &fragment)).is_ok());
    assert_eq!(world.urls().len(), 4);
}

#[test]
fn asks_at_most_once_more_for_an_unknown_key() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    for requests in [2, 4] {
        let pending = sign_in.begin(&Hints::default(), &world).unwrap();
        let fragment = answer(&pending, &sign(&header("key-9"), &right_claims(&pending), "key-9"));
        let error = block_on(sign_in.complete(&world, pending, &fragment)).unwrap_err();
        assert_eq!((error.code(), world.urls().len()), ("key_unknown", requests));
    }
}

#[test]
fn refuses_an_answer_that_was_given_before() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let first = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = right_answer(&first);
    block_on(sign_in.complete(&world, first, &fragment)).unwrap();
    let second = sign_in.begin(&Hints::default(), &world).unwrap();
    let error = block_on(sign_in.complete(&world, second, &fragment)).unwrap_err();
    assert_eq!(error.code(), "state_mismatch");
}

#[test]
fn refuses_the_id_token_of_another_sign_in() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let first = sign_in.begin(&Hints::default(), &world).unwrap();
    let second = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = answer(&second, &id_token(&right_claims(&first)));
    let error = block_on(sign_in.complete(&world, second, &fragment)).unwrap_err();
    assert_eq!(error.code(), "nonce_mismatch");
}

#[test]
fn refuses_a_signature_that_does_not_fit() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = answer(&pending, &sign(&header("key-1"), &right_claims(&pending), "key-2"));
    let error = block_on(sign_in.complete(&world, pending, &fragment)).unwrap_err();
    assert_eq!(error.code(), "signature_invalid");
}

#[test]
fn says_which_endpoint_was_out_of_reach() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    world.offline.set(true);
    block_on(sign_in.prefetch(&world));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = right_answer(&pending);
    let error = block_on(sign_in.complete(&world, pending, &fragment)).unwrap_err();
    assert_eq!(error.code(), "discovery_unreachable");
    assert_eq!(
        error,
        SignInError::Unreachable { endpoint: Endpoint::Discovery, error: TransportError::Offline }
    );
}

#[test]
fn asks_nobody_about_an_answer_with_a_foreign_state() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = format!("{}x", right_answer(&pending));
    assert_eq!(block_on(sign_in.complete(&world, pending, &fragment)).unwrap_err().code(), "state_mismatch");
    assert!(world.urls().is_empty());
}

#[test]
fn begins_nothing_without_randomness() {
    let error = sign_in("implicit").begin(&Hints::default(), &NoEntropy).unwrap_err();
    assert_eq!(error, SignInError::NoEntropy);
}

#[test]
fn redeems_a_code_with_its_verifier() {
    let (world, sign_in) = (World::new(), sign_in("code"));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    assert_eq!(parameter(&pending, "response_type").as_deref(), Some("code"));
    assert_eq!(parameter(&pending, "code_challenge_method").as_deref(), Some("S256"));
    let claims = with(right_claims(&pending), &json!({"at_hash": null}));
    *world.token_answer.borrow_mut() = Some(ok(&json!({
        "access_token": ACCESS_TOKEN, "id_token": id_token(&claims), "token_type": "Bearer", "expires_in": 3599, "scope": SCOPE
    })));
    let fragment = format!("#code=abc&state={}", parameter(&pending, "state").unwrap());
    let session = block_on(sign_in.complete(&world, pending, &fragment)).unwrap();
    assert_eq!(session.access_token().secret(), ACCESS_TOKEN);
    let body = world.requests.borrow()[0].body.clone().unwrap();
    assert!(body.contains("&code=abc&") && body.contains("&code_verifier="), "{body}");
}

#[test]
fn checks_the_tokens_of_the_code_flow_as_strictly() {
    for (changes, code) in [
        (json!({"nonce": "another"}), "nonce_mismatch"),
        (json!({"aud": "another"}), "audience_mismatch"),
        (json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}), "at_hash_mismatch"),
    ] {
        let (world, sign_in) = (World::new(), sign_in("code"));
        let pending = sign_in.begin(&Hints::default(), &world).unwrap();
        let claims = with(right_claims(&pending), &changes);
        *world.token_answer.borrow_mut() = Some(ok(&json!({
            "access_token": ACCESS_TOKEN, "id_token": id_token(&claims), "token_type": "Bearer", "expires_in": 3599
        })));
        let fragment = format!("#code=abc&state={}", parameter(&pending, "state").unwrap());
        assert_eq!(block_on(sign_in.complete(&world, pending, &fragment)).unwrap_err().code(), code);
    }
}

#[test]
fn renews_the_same_account_and_no_other() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let pending = sign_in.begin(&Hints::default(), &world).unwrap();
    let fragment = right_answer(&pending);
    let session = block_on(sign_in.complete(&world, pending, &fragment)).unwrap();

    let claims = Some(r#"{"access_token":{}}"#.to_owned());
    let renewal = sign_in.begin_renewal(&session, Renewal::Silent, claims, &world).unwrap();
    assert_eq!(parameter(&renewal, "prompt").as_deref(), Some(Prompt::None.as_str()));
    assert_eq!(parameter(&renewal, "login_hint").as_deref(), Some("dana@contoso.com"));
    assert_eq!(parameter(&renewal, "claims").as_deref(), Some(r#"{"access_token":{}}"#));
    let fragment = right_answer(&renewal);
    assert!(block_on(sign_in.complete(&world, renewal, &fragment)).is_ok());

    let renewal = sign_in.begin_renewal(&session, Renewal::Window, None, &world).unwrap();
    assert_eq!(parameter(&renewal, "prompt"), None);
    let other = with(right_claims(&renewal), &json!({"oid": "object-2"}));
    let fragment = answer(&renewal, &id_token(&other));
    assert_eq!(block_on(sign_in.complete(&world, renewal, &fragment)).unwrap_err().code(), "account_changed");
}

#[test]
fn knows_when_a_silent_try_has_to_go_on_in_a_window() {
    let (world, sign_in) = (World::new(), sign_in("implicit"));
    let hints = Hints { prompt: Some(Prompt::None), ..Hints::default() };
    let pending = sign_in.begin(&hints, &world).unwrap();
    let fragment = format!(
        "#error=login_required&error_description=AADSTS50058%3a+x&state={}",
        parameter(&pending, "state").unwrap()
    );
    let error = block_on(sign_in.complete(&world, pending, &fragment)).unwrap_err();
    assert_eq!(error.provider_error().unwrap().error, OAuthError::LoginRequired);
}
