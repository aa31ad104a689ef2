//! Requests that are refused, and where it is said.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;

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
    let change = async |change: &dyn Fn(&mut Registration)| {
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
    let claims = STANDARD.decode(claims.trim_end_matches('"')).unwrap();
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
async fn every_cloud_has_its_own_resource() {
    let world = world();
    world.switch(|switches| switches.graph_resource = "https://graph.microsoft.us".to_owned());
    let own = SCOPE.replace("microsoft.com", "microsoft.us");
    let answer = fragment(&pick(&world, &query(&[("scope", &own)]), "tomas@openu.example").await);
    assert_eq!(value(&answer, "scope"), own);
    let answer = fragment(&authorize(&world, "organizations", &query(&[]), "").await);
    assert_eq!(value(&answer, "error"), "invalid_resource");
}
