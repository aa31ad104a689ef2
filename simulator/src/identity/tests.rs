//! The sign-in as a browser meets it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::{Digest, Sha256};
use serde_json::{Value, json};

use super::id_token::half_hash;
use super::{Audience, TokenFault};
use crate::drive::testing::{APPLICATION, Answer, NOA, graph_get, identity_send, world};
use crate::drive::{World, encode, parse_query};

const REDIRECT: &str = "http://localhost:4180/onedrive/index/blank-page";
const SCOPE: &str =
    "openid profile https://graph.microsoft.com/Files.Read.All https://graph.microsoft.com/User.Read";

fn query(changes: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("client_id", APPLICATION),
        ("response_type", "id_token token"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPE),
        ("response_mode", "fragment"),
        ("state", "s t&te"),
        ("nonce", "n-1"),
    ];
    for (name, value) in changes {
        pairs.retain(|(key, _)| key != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

async fn authorize(world: &Arc<World>, tenant: &str, query: &str, cookie: &str) -> Answer {
    let request = Request::get(format!("/{tenant}/oauth2/v2.0/authorize?{query}")).header("cookie", cookie);
    identity_send(world, request.body(Body::empty()).unwrap()).await
}

async fn post(world: &Arc<World>, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let form: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    identity_send(world, request.body(Body::from(form.join("&"))).unwrap()).await
}

async fn pick(world: &Arc<World>, query: &str, username: &str) -> Answer {
    post(world, "/organizations/login", &[("request", query), ("username", username)]).await
}

/// The parameters behind `#` of the redirect.
fn fragment(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let (base, fragment) = answer.header("location").split_once('#').unwrap();
    assert_eq!(base, REDIRECT);
    parse_query(fragment)
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn an_account_consents_and_gets_tokens_that_open_graph() {
    let world = world();
    let query = query(&[]);
    let list = authorize(&world, "organizations", &query, "").await;
    assert_eq!(list.status, 200);
    assert!(list.text().contains("Pick an account") && list.text().contains("Use another account"));
    assert_eq!(list.header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(list.header("x-frame-options"), "DENY");
    let consent = pick(&world, &query, NOA).await;
    assert!(consent.text().contains("Permissions requested") && consent.text().contains("Accept"));
    let pairs = [("request", query.as_str()), ("username", NOA), ("answer", "accept")];
    let answer = fragment(&post(&world, "/organizations/consent", &pairs).await);
    assert_eq!(value(&answer, "state"), "s t&te");
    assert_eq!(value(&answer, "token_type"), "Bearer");
    assert_eq!(value(&answer, "scope"), SCOPE);
    let expires: u64 = value(&answer, "expires_in").parse().unwrap();
    assert!((3_599..5_400).contains(&expires));
    let (token, claims) = (value(&answer, "access_token"), claims(value(&answer, "id_token")));
    assert_eq!(claims["aud"], APPLICATION);
    assert_eq!(claims["nonce"], "n-1");
    assert_eq!(claims["at_hash"], half_hash(token));
    assert_eq!(claims["iss"], format!("http://127.0.0.1:4181/{}/v2.0", claims["tid"].as_str().unwrap()));
    assert_eq!(claims["preferred_username"], NOA);
    assert_eq!(graph_get(&world, token, "/me").await.json()["id"], claims["oid"]);
    // The second time nothing is asked.
    assert!(!value(&fragment(&pick(&world, &query, NOA).await), "access_token").is_empty());
}

#[tokio::test]
async fn cancelling_the_consent_is_told_to_the_application() {
    let world = world();
    let query = query(&[]);
    let pairs = [("request", query.as_str()), ("username", NOA), ("answer", "cancel")];
    let answer = fragment(&post(&world, "/organizations/consent", &pairs).await);
    assert_eq!((value(&answer, "error"), value(&answer, "error_subcode")), ("access_denied", "cancel"));
    assert!(value(&answer, "error_description").starts_with("AADSTS65004: "));
    assert!(value(&answer, "error_description").contains("Correlation ID: "));
    assert_eq!(value(&answer, "state"), "s t&te");
}

#[tokio::test]
async fn what_microsoft_shows_on_its_own_page_stays_there() {
    let world = world();
    for (tenant, changes, code) in [
        ("organizations", vec![("client_id", "")], 900_144),
        ("organizations", vec![("client_id", "00000000-0000-0000-0000-000000000000")], 700_016),
        ("organizations", vec![("redirect_uri", "http://localhost:4180/onedrive/index/blank-page/")], 50_011),
        ("organizations", vec![("redirect_uri", "")], 900_144),
        ("organizations", vec![("response_type", "")], 900_144),
        ("consumers", vec![], 9_002_332),
        ("nowhere.example", vec![], 90_002),
        ("openu.us", vec![], 90_038),
    ] {
        let answer = authorize(&world, tenant, &query(&changes), "").await;
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains(&format!("AADSTS{code}:")), "{code}: {}", answer.text());
    }
}

#[tokio::test]
async fn other_errors_go_back_in_the_fragment() {
    let world = world();
    for (changes, error, code) in [
        (vec![("response_type", "bogus")], "unsupported_response_type", 70_005),
        (vec![("response_mode", "query")], "invalid_request", 70_007),
        (vec![("response_type", "token"), ("response_mode", "")], "invalid_request", 70_007),
        (vec![("nonce", "")], "invalid_request", 900_144),
        (vec![("scope", "")], "invalid_request", 900_144),
        (vec![("scope", "https://graph.microsoft.com/User.Read")], "invalid_scope", 70_011),
        (vec![("scope", "openid https://graph.microsoft.com/Files.Raed")], "invalid_scope", 70_011),
        (vec![("scope", "openid https://picker.example/.default")], "invalid_resource", 500_011),
        (vec![("prompt", "sometimes")], "invalid_request", 90_023),
        (vec![("prompt", "none")], "login_required", 50_058),
    ] {
        let answer = fragment(&authorize(&world, "organizations", &query(&changes), "").await);
        assert_eq!(value(&answer, "error"), error, "{code}");
        assert!(value(&answer, "error_description").starts_with(&format!("AADSTS{code}:")), "{code}");
        assert_eq!(
            value(&answer, "error_uri"),
            format!("https://login.microsoftonline.com/error?code={code}")
        );
    }
}

#[tokio::test]
async fn the_registration_decides() {
    let change = async |change: &dyn Fn(&mut super::Registration)| {
        let world = world();
        world.directory().change_registration(APPLICATION, change);
        authorize(&world, "organizations", &query(&[]), "").await
    };
    let answer = fragment(&change(&|one| one.enable_access_token_issuance = false).await);
    assert!(value(&answer, "error_description").starts_with("AADSTS700051:"));
    let answer = fragment(&change(&|one| one.enable_id_token_issuance = false).await);
    assert!(value(&answer, "error_description").starts_with("AADSTS700054:"));
    assert!(change(&|one| one.web_redirect_uris.clear()).await.text().contains("AADSTS900971:"));
    assert!(
        change(&|one| one.sign_in_audience = Audience::MyOrganization).await.text().contains("AADSTS50194:")
    );
    assert!(change(&|one| one.permissions.clear()).await.text().contains("AADSTS650056:"));
    assert_eq!(
        change(&|one| one.coop_enforcement = Some(false)).await.header("cross-origin-opener-policy"),
        ""
    );
}

#[tokio::test]
async fn accounts_end_as_their_names_say() {
    let world = world();
    let query = query(&[]);
    for (username, text) in [
        ("unassigned@faults.example", "AADSTS50105:"),
        ("policy@faults.example", "AADSTS53003:"),
        ("foreign@faults.example", "AADSTS90072:"),
        ("ruth@outlook.example", "AADSTS500208:"),
        ("student@strict.example", "Need admin approval"),
        ("approval@faults.example", "Need admin approval"),
        ("aadsts-50053@faults.example", "AADSTS50053:"),
        ("nobody@openu.example", "We couldn&#39;t find an account"),
    ] {
        assert!(pick(&world, &query, username).await.text().contains(text), "{username}");
    }
    for (username, error) in [
        ("declined@faults.example", "access_denied"),
        ("unconsented@faults.example", "consent_required"),
        ("multifactor@faults.example", "interaction_required"),
        ("server-error@faults.example", "temporarily_unavailable"),
        ("internal-error@faults.example", "server_error"),
    ] {
        assert_eq!(value(&fragment(&pick(&world, &query, username).await), "error"), error, "{username}");
    }
}

#[tokio::test]
async fn a_session_spares_pages_and_serves_silent_requests() {
    let world = world();
    let first = pick(&world, &query(&[]), "tomas@openu.example").await;
    let cookie = first.header("set-cookie").split(';').next().unwrap().to_owned();
    let silent = query(&[("prompt", "none"), ("login_hint", "tomas@openu.example")]);
    let answer = fragment(&authorize(&world, "organizations", &silent, &cookie).await);
    assert!(!value(&answer, "access_token").is_empty());
    assert!(
        !value(&fragment(&authorize(&world, "organizations", &query(&[]), &cookie).await), "id_token")
            .is_empty()
    );
    let other = query(&[("prompt", "none"), ("login_hint", NOA)]);
    assert_eq!(
        value(&fragment(&authorize(&world, "organizations", &other, &cookie).await), "error"),
        "login_required"
    );
    let choose = query(&[("prompt", "select_account")]);
    assert!(authorize(&world, "organizations", &choose, &cookie).await.text().contains("Signed in"));

    world.switch(|switches| switches.third_party_cookies_blocked = true);
    let framed = Request::get(format!("/organizations/oauth2/v2.0/authorize?{silent}"))
        .header("cookie", &cookie)
        .header("sec-fetch-dest", "iframe");
    let framed = identity_send(&world, framed.body(Body::empty()).unwrap()).await;
    assert_eq!(value(&fragment(&framed), "error"), "login_required");
    assert!(
        !value(&fragment(&authorize(&world, "organizations", &silent, &cookie).await), "id_token").is_empty()
    );

    let sign_out = Request::get("/organizations/oauth2/v2.0/logout").header("cookie", &cookie);
    identity_send(&world, sign_out.body(Body::empty()).unwrap()).await;
    assert_eq!(
        value(&fragment(&authorize(&world, "organizations", &silent, &cookie).await), "error"),
        "login_required"
    );
}

#[tokio::test]
async fn bad_tokens_are_bad_in_one_way() {
    let world = world();
    let query = query(&[]);
    let tomas = "tomas@openu.example";
    let with = async |fault: TokenFault| {
        world.directory().set_token_fault(tomas, Some(fault));
        fragment(&pick(&world, &query, tomas).await)
    };
    assert_ne!(claims(value(&with(TokenFault::WrongNonce).await, "id_token"))["nonce"], "n-1");
    assert_ne!(claims(value(&with(TokenFault::WrongAudience).await, "id_token"))["aud"], APPLICATION);
    assert!(claims(value(&with(TokenFault::NoHash).await, "id_token")).get("at_hash").is_none());
    assert!(value(&with(TokenFault::AlgorithmNone).await, "id_token").ends_with('.'));
    assert_eq!(value(&with(TokenFault::NoIdToken).await, "id_token"), "");
    assert_eq!(value(&with(TokenFault::NoAccessToken).await, "access_token"), "");
    assert_ne!(value(&with(TokenFault::WrongState).await, "state"), "s t&te");
    assert!(value(&with(TokenFault::Script).await, "error_description").contains("<script>"));
    assert!(!value(&with(TokenFault::LessScope).await, "scope").contains("Files"));
    let twice = with(TokenFault::Duplicate).await;
    assert_eq!(twice.iter().filter(|(name, _)| name == "access_token").count(), 2);
    world.directory().set_token_fault(tomas, Some(TokenFault::Huge));
    assert!(pick(&world, &query, tomas).await.bytes.len() > 2_000_000);
}

#[tokio::test]
async fn metadata_says_a_templated_issuer_and_keys_may_be_read() {
    let world = world();
    let get = async |path: &str| identity_send(&world, Request::get(path).body(Body::empty()).unwrap()).await;
    let metadata = get("/organizations/v2.0/.well-known/openid-configuration").await;
    assert_eq!(metadata.header("access-control-allow-origin"), "*");
    assert_eq!(metadata.json()["issuer"], "http://127.0.0.1:4181/{tenantid}/v2.0");
    let keys = get(metadata.json()["jwks_uri"].as_str().unwrap().trim_start_matches("http://127.0.0.1:4181"))
        .await
        .json();
    assert_eq!(keys["keys"][0]["issuer"], "http://127.0.0.1:4181/{tenantid}/v2.0");
    let own = get("/openu.example/v2.0/.well-known/openid-configuration").await.json();
    assert!(own["issuer"].as_str().unwrap().starts_with("http://127.0.0.1:4181/6f5a3c1e"));
    assert_eq!(get("/nowhere.example/v2.0/.well-known/openid-configuration").await.status, 400);
}

#[tokio::test]
async fn a_code_is_redeemed_once_by_its_verifier_on_a_registered_origin() {
    let world = world();
    world.directory().change_registration(APPLICATION, super::Registration::move_to_spa);
    let verifier = "a-verifier-of-at-least-43-characters-as-rfc-7636-wants";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let without = query(&[("response_type", "code")]);
    let answer = fragment(&authorize(&world, "organizations", &without, "").await);
    assert!(value(&answer, "error_description").starts_with("AADSTS9002325:"));
    let query = query(&[
        ("response_type", "code"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let code =
        async || value(&fragment(&pick(&world, &query, "tomas@openu.example").await), "code").to_owned();
    let redeem = async |code: &str, verifier: &str, origin: &str| {
        let pairs = [
            ("client_id", APPLICATION),
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", verifier),
        ];
        let form: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let request = Request::post("/organizations/oauth2/v2.0/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", origin);
        identity_send(&world, request.body(Body::from(form.join("&"))).unwrap()).await
    };
    let first = code().await;
    let good = redeem(&first, verifier, "http://localhost:4180").await;
    assert_eq!(good.header("access-control-allow-origin"), "http://localhost:4180");
    assert_eq!(claims(good.json()["id_token"].as_str().unwrap())["nonce"], "n-1");
    assert_eq!(graph_get(&world, good.json()["access_token"].as_str().unwrap(), "/me").await.status, 200);
    let codes = |answer: &Answer| answer.json()["error_codes"].clone();
    assert_eq!(codes(&redeem(&first, verifier, "http://localhost:4180").await), json!([54_005]));
    let wrong = redeem(&code().await, "another", "http://localhost:4180").await;
    assert_eq!((wrong.status, codes(&wrong)), (400, json!([501_481])));
    let stranger = redeem(&code().await, verifier, "http://stranger.example").await;
    assert_eq!(stranger.header("access-control-allow-origin"), "");
    let late = code().await;
    world.advance(601);
    assert_eq!(codes(&redeem(&late, verifier, "http://localhost:4180").await), json!([70_008]));
}

#[tokio::test]
async fn a_web_redirect_may_not_redeem_codes_in_a_browser() {
    let world = world();
    let pairs = "client_id=1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9&grant_type=authorization_code&code=x&redirect_uri=http%3A%2F%2Flocalhost%3A4180%2Fonedrive%2Findex%2Fblank-page";
    let request = Request::post("/organizations/oauth2/v2.0/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://localhost:4180");
    let answer = identity_send(&world, request.body(Body::from(pairs)).unwrap()).await;
    assert_eq!(answer.json()["error_codes"], json!([9_002_326]));
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn an_administrator_consents_for_everybody() {
    let world = world();
    let query = format!(
        "client_id={APPLICATION}&scope={}&redirect_uri={}&state=7",
        encode("https://graph.microsoft.com/Files.Read.All https://graph.microsoft.com/User.Read"),
        encode(REDIRECT)
    );
    let page = Request::get(format!("/organizations/v2.0/adminconsent?{query}")).body(Body::empty()).unwrap();
    assert!(identity_send(&world, page).await.text().contains("Review for your organization"));
    let answer = async |username: &str, answer: &str| {
        post(
            &world,
            "/organizations/adminconsent",
            &[("request", &query), ("username", username), ("answer", answer)],
        )
        .await
    };
    assert!(answer("student@strict.example", "accept").await.text().contains("AADSTS90094:"));
    assert!(
        answer("admin@strict.example", "cancel").await.header("location").contains("?error=access_denied&")
    );
    let location = answer("admin@strict.example", "accept").await;
    assert!(
        location.header("location").starts_with(&format!("{REDIRECT}?admin_consent=True&tenant=0b9e6d2c"))
    );
    let student = pick(&world, &self::query(&[]), "student@strict.example").await;
    assert!(!value(&fragment(&student), "access_token").is_empty());
}

#[tokio::test]
async fn a_claims_challenge_is_met_by_its_claims_only() {
    let world = world();
    let username = "revoked@faults.example";
    let sign_in =
        async |query: &str| value(&fragment(&pick(&world, query, username).await), "access_token").to_owned();
    let token = sign_in(&query(&[])).await;
    assert_eq!(graph_get(&world, &token, "/me").await.status, 200);
    let challenged = graph_get(&world, &token, "/me").await;
    assert_eq!(challenged.status, 401);
    let (_, claims) = challenged.header("www-authenticate").split_once("claims=\"").unwrap();
    let claims = base64::engine::general_purpose::STANDARD.decode(claims.trim_end_matches('"')).unwrap();
    let token = sign_in(&query(&[("claims", std::str::from_utf8(&claims).unwrap())])).await;
    for _ in 0..3 {
        assert_eq!(graph_get(&world, &token, "/me").await.status, 200);
    }
    let broken = fragment(&authorize(&world, "organizations", &query(&[("claims", "{")]), "").await);
    assert_eq!(value(&broken, "error"), "invalid_request");
}

#[tokio::test]
async fn silent_requests_that_go_on_failing_are_stopped() {
    let world = world();
    let silent = query(&[("prompt", "none")]);
    for _ in 0..12 {
        let answer = fragment(&authorize(&world, "organizations", &silent, "").await);
        assert_eq!(value(&answer, "error"), "login_required");
    }
    let answer = fragment(&authorize(&world, "organizations", &silent, "").await);
    assert!(value(&answer, "error_description").starts_with("AADSTS50196:"));
    world.advance(11);
    let answer = fragment(&authorize(&world, "organizations", &silent, "").await);
    assert_eq!(value(&answer, "error"), "login_required");
}

#[tokio::test]
async fn a_personal_account_signs_in_where_the_audience_lets_it() {
    let world = world();
    world.directory().change_registration(APPLICATION, |registration| {
        registration.sign_in_audience = Audience::OrganizationsAndPersonal;
    });
    let query = query(&[]);
    let ruth = "ruth@outlook.example";
    let refused = pick(&world, &query, ruth).await;
    assert!(refused.text().contains("AADSTS500208:"));
    assert_eq!(refused.header("set-cookie"), "");
    let pairs = [("request", query.as_str()), ("username", ruth), ("answer", "accept")];
    let answer = fragment(&post(&world, "/common/consent", &pairs).await);
    let claims = claims(value(&answer, "id_token"));
    assert_eq!(claims["iss"], "http://127.0.0.1:4181/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0");
    let drive = graph_get(&world, value(&answer, "access_token"), "/me/drive").await.json();
    assert_eq!(drive["driveType"], "personal");
    let items = graph_get(&world, value(&answer, "access_token"), "/me/drive/root/children").await.json();
    let sound =
        items["value"].as_array().unwrap().iter().find(|item| item["name"] == "Audio note.m4a").unwrap();
    assert_eq!(sound["audio"]["duration"], 3_000);
    assert!(sound["file"]["hashes"].get("quickXorHash").is_none());
}

#[tokio::test]
async fn every_cloud_has_its_own_resource() {
    let world = world();
    world.switch(|switches| switches.graph_resource = "https://graph.microsoft.us".to_owned());
    let own = SCOPE.replace("microsoft.com", "microsoft.us");
    let answer = fragment(&pick(&world, &query(&[("scope", &own)]), "tomas@openu.example").await);
    assert_eq!(value(&answer, "scope"), own);
    let answer = fragment(&authorize(&world, "organizations", &query(&[]), "").await);
    assert_eq!(value(&answer, "error"), "invalid_resource");
}

#[tokio::test]
async fn a_guest_signs_in_at_the_resource_tenant() {
    let world = world();
    let query = query(&[]);
    let guest =
        post(&world, "/openu.example/login", &[("request", &query), ("username", "guest@partner.example")])
            .await;
    let drive = graph_get(&world, value(&fragment(&guest), "access_token"), "/me/drive").await;
    assert_eq!(drive.status, 404);
    let claims = claims(value(&fragment(&guest), "id_token"));
    assert_eq!(claims["tid"], "6f5a3c1e-8b7d-4e2f-9a10-3c4d5e6f7a8b");
    let stranger = post(
        &world,
        "/openu.example/login",
        &[("request", &query), ("username", "stranger@partner.example")],
    )
    .await;
    assert!(stranger.text().contains("AADSTS50020:"));
}
