//! Graph as a picker meets it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::drive::testing::{NOA, SCOPES, graph_get, graph_post, send, token, world};
use crate::drive::{Fault, FaultKind, Party, World};

fn names(page: &Value) -> Vec<&str> {
    page["value"].as_array().unwrap().iter().filter_map(|item| item["name"].as_str()).collect()
}

async fn status(world: &Arc<World>, token: &str, path: &str) -> u16 {
    graph_get(world, token, path).await.status
}

#[tokio::test]
async fn lists_the_folder_of_the_design_pictures() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let page =
        graph_get(&world, &token, "/me/drive/root:/Teaching/Signals%20and%20Systems:/children").await.json();
    assert_eq!(page["value"].as_array().unwrap().len(), 12);
    let lecture = page["value"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["name"].as_str().unwrap().starts_with("Lecture 02"));
    let lecture = lecture.unwrap();
    assert_eq!(lecture["video"]["duration"], 4_492_000);
    assert_eq!(lecture["lastModifiedDateTime"], "2026-10-27T09:30:00Z");
    assert!(
        lecture["@microsoft.graph.downloadUrl"].as_str().unwrap().contains("/_layouts/15/download.aspx?")
    );
    let guests =
        page["value"].as_array().unwrap().iter().find(|item| item["name"] == "Guest lectures").unwrap();
    assert_eq!(guests["folder"]["childCount"], 6);
}

#[tokio::test]
async fn every_page_of_a_long_folder_comes_once() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    for (folder, count, pages) in [("Empty", 0, 1), ("200%20items", 200, 1), ("5,000%20items", 5_000, 25)] {
        let mut next = format!("/me/drive/root:/Large%20folders/{folder}:/children?$select=id,name");
        let (mut seen, mut requests) = (Vec::new(), 0);
        loop {
            let page = graph_get(&world, &token, &next).await.json();
            seen.extend(page["value"].as_array().unwrap().iter().map(|item| item["id"].to_string()));
            requests += 1;
            match page["@odata.nextLink"].as_str() {
                Some(link) => next = link.to_owned(),
                None => break,
            }
        }
        seen.sort();
        seen.dedup();
        assert_eq!((seen.len(), requests), (count, pages), "{folder}");
    }
}

#[tokio::test]
async fn a_next_link_must_be_followed_verbatim() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let page = graph_get(&world, &token, "/me/drive/root/children?$top=2&$select=id").await.json();
    let next = page["@odata.nextLink"].as_str().unwrap();
    assert!(next.starts_with("http://127.0.0.1:4182/v1.0/me/drive/root/children?"));
    assert_eq!(status(&world, &token, next).await, 200);
    assert_eq!(status(&world, &token, &next.replace("top=2", "top=3")).await, 400);
    assert_eq!(status(&world, &token, &next.replace("select=id", "select=id,name")).await, 400);
}

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
    assert_eq!(send(super::router(Arc::clone(&world)), request).await.status, 401);
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
async fn libraries_of_a_site_need_no_site_scope() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let body = json!({"requests": [{"entityTypes": ["drive"], "query": {"queryString": "engineering"}}]});
    let found = graph_post(&world, &token, "/search/query", &body).await.json();
    let hit = &found["value"][0]["hitsContainers"][0]["hits"][0]["resource"];
    let site = hit["parentReference"]["siteId"].as_str().unwrap();
    let drives = graph_get(&world, &token, &format!("/sites/{site}/drives")).await.json();
    assert_eq!(names(&drives), ["Documents", "Lecture recordings"]);
    let drive = drives["value"][1]["id"].as_str().unwrap();
    let root = graph_get(&world, &token, &format!("/drives/{}/root/children", drive.replace('!', "%21")))
        .await
        .json();
    assert!(names(&root).contains(&"Faculty of Engineering trailer.mp4"));
    assert_eq!(status(&world, &token, "/sites/unknown/drives").await, 404);
}

#[tokio::test]
async fn refuses_to_sort_work_drives_by_anything_but_name_and_url() {
    let world = world();
    let work = token(&world, NOA, &SCOPES);
    let personal = token(&world, "ruth@outlook.example", &SCOPES);
    for (token, order, expected) in [
        (&work, "name", 200),
        (&work, "name%20desc", 200),
        (&work, "url", 200),
        (&work, "lastModifiedDateTime", 400),
        (&work, "size%20desc", 400),
        (&personal, "size%20desc", 200),
        (&personal, "lastModifiedDateTime", 200),
        (&personal, "id", 400),
    ] {
        let path = format!("/me/drive/root/children?$orderby={order}");
        assert_eq!(status(&world, token, &path).await, expected, "{order}");
    }
    assert_eq!(status(&world, &work, "/me/drive/root/children?$filter=file%20ne%20null").await, 501);
}

#[tokio::test]
async fn a_shortcut_is_followed_by_its_target_only() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let root = graph_get(&world, &token, "/me/drive/root/children").await.json();
    let own = graph_get(&world, &token, "/me/drive").await.json()["id"].as_str().unwrap().to_owned();
    let shortcuts: Vec<_> =
        root["value"].as_array().unwrap().iter().filter(|item| item.get("remoteItem").is_some()).collect();
    assert_eq!(shortcuts.len(), 3);
    for shortcut in shortcuts {
        let (outer, remote) = (shortcut["id"].as_str().unwrap(), &shortcut["remoteItem"]);
        let (drive, item) =
            (remote["parentReference"]["driveId"].as_str().unwrap(), remote["id"].as_str().unwrap());
        assert_eq!(status(&world, &token, &format!("/drives/{own}/items/{outer}/children")).await, 404);
        assert_eq!(status(&world, &token, &format!("/drives/{own}/items/{item}")).await, 404);
        let expected = if remote["name"] == "Field recordings" { 403 } else { 200 };
        assert_eq!(status(&world, &token, &format!("/drives/{drive}/items/{item}")).await, expected);
        assert_eq!(shortcut.get("name").is_none(), remote.get("file").is_some());
    }
}

#[tokio::test]
async fn own_files_only_means_no_other_drive() {
    let world = world();
    let all = token(&world, NOA, &SCOPES);
    let own = token(&world, NOA, &["Files.Read"]);
    let search = graph_get(&world, &all, "/me/drive/search(q='anechoic')").await.json();
    let remote = &search["value"][0]["remoteItem"];
    let path = format!(
        "/drives/{}/items/{}",
        remote["parentReference"]["driveId"].as_str().unwrap(),
        remote["id"].as_str().unwrap()
    );
    assert_eq!(status(&world, &all, &path).await, 200);
    assert_eq!(status(&world, &own, &path).await, 403);
    assert_eq!(status(&world, &own, "/me/drive/root/children").await, 200);
}

#[tokio::test]
async fn drive_search_finds_names_without_links() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let found = graph_get(&world, &token, "/me/drive/root/search(q='it%27%27s%20quoted')").await.json();
    assert_eq!(names(&found), ["it''s quoted ''twice''.mp4"]);
    assert!(found["value"][0].get("@microsoft.graph.downloadUrl").is_none());
    assert_eq!(status(&world, &token, "/me/drive/root/search(q='it's')").await, 400);
}

#[tokio::test]
async fn query_search_is_for_work_accounts_and_hides_sites() {
    let world = world();
    let work = token(&world, NOA, &SCOPES);
    let personal = token(&world, "ruth@outlook.example", &SCOPES);
    let body = |kind: &str| json!({"requests": [{"entityTypes": [kind], "query": {"queryString": "lecture isDocument=true"}, "size": 5}]});
    let answer = graph_post(&world, &work, "/search/query", &body("driveItem")).await;
    let container = answer.json()["value"][0]["hitsContainers"][0].clone();
    assert_eq!(container["hits"].as_array().unwrap().len(), 5);
    assert_eq!(container["moreResultsAvailable"], true);
    assert!(container["hits"][0]["summary"].as_str().unwrap().contains("<c0>"));
    for key in ["file", "video", "@microsoft.graph.downloadUrl"] {
        assert!(container["hits"][0]["resource"].get(key).is_none());
    }
    assert_eq!(graph_post(&world, &personal, "/search/query", &body("driveItem")).await.status, 400);
    assert_eq!(graph_post(&world, &work, "/search/query", &body("site")).await.status, 403);
    assert_eq!(graph_post(&world, &work, "/search/query", &body("nothing")).await.status, 400);
    let two = json!({"requests": [body("drive")["requests"][0], body("drive")["requests"][0]]});
    assert_eq!(graph_post(&world, &work, "/search/query", &two).await.status, 400);
    let none = json!({"requests": [{"entityTypes": ["driveItem"], "query": {"queryString": "zzzzz"}}]});
    let none = graph_post(&world, &work, "/search/query", &none).await.json();
    assert!(none["value"][0]["hitsContainers"][0].get("hits").is_none());
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
async fn accounts_without_a_drive_are_told_so() {
    let world = world();
    for (username, expected, message) in [
        ("nodrive@openu.example", 404, "User's mysite not found."),
        ("teacher@nolicense.example", 400, "Tenant does not have a SPO license."),
    ] {
        let token = token(&world, username, &SCOPES);
        let answer = graph_get(&world, &token, "/me/drive").await;
        assert_eq!((answer.status, answer.json()["error"]["message"].as_str()), (expected, Some(message)));
    }
}

#[tokio::test]
async fn items_vanish_and_change_between_list_and_choice() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let item = graph_get(&world, &token, "/me/drive/root:/Campus.jpg").await.json();
    let path = format!("/me/drive/items/{}", item["id"].as_str().unwrap());
    assert!(world.change_item(NOA, "Campus.jpg", |item| item.name = "Lawn.jpg".to_owned()));
    assert_eq!(graph_get(&world, &token, &path).await.json()["name"], "Lawn.jpg");
    assert!(world.change_item(NOA, "Lawn.jpg", |item| item.gone = true));
    assert_eq!(status(&world, &token, &path).await, 404);
    assert!(!world.change_item(NOA, "Lawn.jpg", |_| ()));
}

#[tokio::test]
async fn odd_items_are_told_apart() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let page = graph_get(&world, &token, "/me/drive/root:/Odd%20items:/children").await.json();
    let item = |name: &str| {
        page["value"].as_array().unwrap().iter().find(|item| item["name"] == name).unwrap().clone()
    };
    assert!(item("Infected.mp4").get("malware").is_some());
    assert!(item("Infected.mp4").get("@microsoft.graph.downloadUrl").is_none());
    assert_eq!(item("Deleted.mp4")["deleted"]["state"], "deleted");
    assert!(item("Pending.mp4").get("pendingOperations").is_some());
    assert_eq!(item("Zero bytes.mp4")["size"], 0);
    assert_eq!(item("Notebook")["package"]["type"], "oneNote");
    let neither = item("Neither file nor folder");
    assert!(neither.get("file").is_none() && neither.get("folder").is_none());
    let path = format!("/me/drive/items/{}/content", item("Infected.mp4")["id"].as_str().unwrap());
    assert_eq!(graph_get(&world, &token, &path).await.json()["error"]["code"], "malwareDetected");
}

#[tokio::test]
async fn preflights_need_no_token() {
    let request =
        Request::options("/v1.0/me").header("access-control-request-headers", "authorization,content-type");
    let answer = send(super::router(world()), request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-headers"), "authorization,content-type");
}
