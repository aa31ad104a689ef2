//! Tokens, keys and codes.

use super::*;

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
    world.directory().change_registration(APPLICATION, Registration::move_to_spa);
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
