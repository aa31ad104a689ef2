//! Accounts, sessions and consent.

use super::*;

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
async fn an_administrator_consents_for_everybody() {
    let world = world();
    let consent = format!(
        "client_id={APPLICATION}&scope={}&redirect_uri={}&state=7",
        encode("https://graph.microsoft.com/Files.Read.All https://graph.microsoft.com/User.Read"),
        encode(REDIRECT)
    );
    let page =
        Request::get(format!("/organizations/v2.0/adminconsent?{consent}")).body(Body::empty()).unwrap();
    assert!(identity_send(&world, page).await.text().contains("Review for your organization"));
    let answer = async |username: &str, answer: &str| {
        post(
            &world,
            "/organizations/adminconsent",
            &[("request", &consent), ("username", username), ("answer", answer)],
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
    let student = pick(&world, &query(&[]), "student@strict.example").await;
    assert!(!value(&fragment(&student), "access_token").is_empty());
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
