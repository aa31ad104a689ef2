//! Searches and sites.

use super::*;

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
    let by_path = "/sites/openu.sharepoint.example:/sites/engineering:/drives";
    assert_eq!(graph_get(&world, &token, by_path).await.json()["value"], drives["value"]);
    for (path, expected) in [
        ("/sites/openu.sharepoint.example:/sites/engineering", 403),
        ("/sites/openu.sharepoint.example:/sites/nowhere:/drives", 404),
    ] {
        assert_eq!(status(&world, &token, path).await, expected, "{path}");
    }
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
