//! Tokens, scopes, batches, faults.

use super::*;

#[tokio::test]
async fn judges_the_token() {
    let world = world();
    let good = token(&world, NOA, &SCOPES);
    assert_eq!(status(&world, &good, "/me").await, 200);
    let stranger = graph_get(&world, "x.y.z", "/me").await;
    assert_eq!(
        (stranger.status, stranger.json()["error"]["code"].as_str()),
        (401, Some("InvalidAuthenticationToken"))
    );
    let request = Request::get("/v1.0/me").body(Body::empty()).unwrap();
    assert_eq!(send(crate::graph::router(Arc::clone(&world)), request).await.status, 401);
    world.directory().revoke_tokens(NOA);
    let revoked = graph_get(&world, &good, "/me").await;
    assert_eq!(revoked.status, 401);
    assert!(revoked.header("www-authenticate").contains("error=\"insufficient_claims\", claims=\""));
    let short = token(&world, NOA, &SCOPES);
    world.advance(3_601);
    assert_eq!(status(&world, &short, "/me").await, 401);
}

#[tokio::test]
async fn scopes_open_what_the_reference_says_and_nothing_else() {
    let world = world();
    let files = token(&world, NOA, &["Files.Read.All"]);
    let user = token(&world, NOA, &["User.Read"]);
    let sites = token(&world, NOA, &["Sites.Read.All"]);
    for (token, path, expected) in [
        (&files, "/me", 403),
        (&user, "/me", 200),
        (&user, "/me/drive", 200),
        (&user, "/me/drives", 403),
        (&user, "/me/drive/root/children", 403),
        (&files, "/me/drive/root/children", 200),
        (&files, "/sites?search=engineering", 403),
        (&sites, "/sites?search=engineering", 200),
        (&files, "/me/followedSites", 403),
        (&files, "/me/insights/used", 403),
        (&files, "/me/joinedTeams", 403),
        (&files, "/shares/u!aHR0cHM6Ly94/driveItem", 403),
        (&files, "/me/drive/recent", 200),
        (&files, "/me/drive/sharedWithMe", 200),
        (&files, "/nothing", 400),
    ] {
        assert_eq!(status(&world, token, path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn a_batch_answers_every_part_on_its_own() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    world.faults().add(Fault::new(FaultKind::Throttled { retry_after: 7 }).path("GET /me/drive?").times(1));
    let body = json!({"requests": [
        {"id": "1", "method": "GET", "url": "/me"},
        {"id": "2", "method": "GET", "url": "/me/drive"},
        {"id": "3", "method": "GET", "url": "/me/drive/items/nothing"},
        {"id": "4", "method": "GET", "url": "/me/drive/root:/Campus.jpg:/content"},
    ]});
    let answer = graph_post(&world, &token, "/$batch", &body).await;
    assert_eq!(answer.status, 200);
    let responses = answer.json()["responses"].clone();
    let part = |id: &str| responses.as_array().unwrap().iter().find(|part| part["id"] == id).unwrap().clone();
    assert_ne!(responses[0]["id"], "1");
    assert_eq!(part("1")["body"]["displayName"], "Noa Bar-Lev");
    assert_eq!(
        (part("2")["status"].as_u64(), part("2")["headers"]["Retry-After"].as_str()),
        (Some(429), Some("7"))
    );
    assert_eq!(part("3")["status"], 404);
    assert_eq!(part("4")["status"], 302);
    assert!(part("4")["headers"]["Location"].as_str().unwrap().contains("tempauth="));
    assert_eq!(world.log().list().iter().filter(|record| record.in_batch).count(), 4);
}

#[tokio::test]
async fn a_malformed_batch_fails_as_a_whole() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let part = |id: &str, url: &str| json!({"id": id, "method": "GET", "url": url});
    let many: Vec<_> = (0..21).map(|id| part(&id.to_string(), "/me")).collect();
    for body in [
        json!({}),
        json!({"requests": []}),
        json!({"requests": many}),
        json!({"requests": [part("a", "/me"), part("A", "/me")]}),
        json!({"requests": [part("1", "https://graph.microsoft.com/v1.0/me")]}),
        json!({"requests": [{"id": "1", "method": "POST", "url": "/search/query", "body": {}}]}),
        json!({"requests": [{"id": "1", "method": "GET", "url": "/me", "dependsOn": ["9"]}]}),
    ] {
        assert_eq!(graph_post(&world, &token, "/$batch", &body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn throttling_hides_its_header_from_scripts() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    world.faults().add(Fault::new(FaultKind::Throttled { retry_after: 3 }).times(1));
    let answer = graph_get(&world, &token, "/me").await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "3"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(!answer.header("access-control-expose-headers").to_lowercase().contains("retry-after"));
    assert_eq!(status(&world, &token, "/me").await, 200);
    world.switch(|switches| switches.calls_per_five_minutes = 2);
    assert_eq!(status(&world, &token, "/me").await, 429);
}

#[tokio::test]
async fn faults_spoil_listings() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let path = "/me/drive/root:/Large%20folders/5,000%20items:/children";
    let with = async |kind: FaultKind, path: &str| {
        world.faults().clear();
        world.faults().add(Fault::new(kind).path("/children"));
        graph_get(&world, &token, path).await
    };
    assert!(with(FaultKind::Truncated, path).await.json().is_null());
    assert!(with(FaultKind::HtmlPage, path).await.text().starts_with("<!doctype html>"));
    assert_eq!(with(FaultKind::EmptyBody, path).await.bytes.len(), 0);
    assert!(with(FaultKind::OtherShape, path).await.json()["value"].is_object());
    let foreign = FaultKind::ForeignNextLink { url: "https://stranger.example/v1.0/next".to_owned() };
    assert_eq!(with(foreign, path).await.json()["@odata.nextLink"], "https://stranger.example/v1.0/next");
    let again = with(FaultKind::RepeatedNextLink, path).await.json();
    assert!(again["@odata.nextLink"].as_str().unwrap().contains(path));
    let first = with(FaultKind::RepeatedItems { count: 3 }, path).await.json();
    let second =
        with(FaultKind::RepeatedItems { count: 3 }, first["@odata.nextLink"].as_str().unwrap()).await.json();
    assert_eq!(names(&first)[197..], names(&second)[..3]);
    assert_eq!(world.log().count(Party::Graph, "/children"), 8);
}

#[tokio::test]
async fn preflights_need_no_token() {
    let request =
        Request::options("/v1.0/me").header("access-control-request-headers", "authorization,content-type");
    let answer = send(crate::graph::router(world()), request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-headers"), "authorization,content-type");
}
