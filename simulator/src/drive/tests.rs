//! Pre-authenticated links end to end.

use std::sync::Arc;

use serde_json::Value;

use super::testing::{NOA, SCOPES, download, graph_get, token, world};
use super::{Fault, FaultKind, Party, QuickXorHash};

async fn file(world: &Arc<super::World>, path: &str) -> Value {
    let token = token(world, NOA, &SCOPES);
    graph_get(world, &token, &format!("/me/drive/root:/{path}")).await.json()
}

fn link(item: &Value) -> &str {
    item["@microsoft.graph.downloadUrl"].as_str().unwrap()
}

#[tokio::test]
async fn the_bytes_have_the_listed_size_and_hash() {
    let world = world();
    for path in [
        "Campus.jpg",
        "Podcast%20jingle.mp3",
        "Recordings/Thesis%20colloquium%202026-10-18.mp4",
        "Read%20me.txt",
    ] {
        let item = file(&world, path).await;
        let answer = download(&world, link(&item), &[]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), item["file"]["mimeType"].as_str().unwrap());
        assert_eq!(answer.bytes.len() as u64, item["size"].as_u64().unwrap());
        let mut hash = QuickXorHash::default();
        hash.update(&answer.bytes);
        assert_eq!(hash.finish(), item["file"]["hashes"]["quickXorHash"].as_str().unwrap(), "{path}");
    }
}

#[tokio::test]
async fn a_link_expires_with_401() {
    let world = world();
    let item = file(&world, "Campus.jpg").await;
    assert_eq!(download(&world, link(&item), &[]).await.status, 200);
    world.advance(301);
    assert_eq!(download(&world, link(&item), &[]).await.status, 401);
}

#[tokio::test]
async fn a_link_refuses_an_authorization_header_and_a_changed_seal() {
    let world = world();
    let item = file(&world, "Campus.jpg").await;
    assert_eq!(download(&world, link(&item), &[("authorization", "Bearer x")]).await.status, 401);
    let changed = link(&item).replace("tempauth=v1.", "tempauth=v1.A");
    assert_eq!(download(&world, &changed, &[]).await.status, 401);
}

#[tokio::test]
async fn a_link_gives_parts() {
    let world = world();
    let item = file(&world, "Campus.jpg").await;
    let whole = download(&world, link(&item), &[]).await.bytes;
    let part = download(&world, link(&item), &[("range", "bytes=10-19")]).await;
    assert_eq!((part.status, part.bytes.as_slice()), (206, &whole[10..20]));
    assert_eq!(part.header("content-range"), format!("bytes 10-19/{}", whole.len()));
    assert_eq!(download(&world, link(&item), &[("range", "bytes=999999999-")]).await.status, 416);
}

#[tokio::test]
async fn a_link_to_half_a_gigabyte_gives_its_end_without_making_the_rest() {
    let world = world();
    let item = file(&world, "Teaching/Signals%20and%20Systems/Lecture%2001%20%E2%80%93%20Introduction%20and%20course%20overview.mp4").await;
    assert_eq!(item["size"], 611 << 20);
    assert_eq!(item["video"]["duration"], 3_134_000);
    let part = download(&world, link(&item), &[("range", "bytes=-16")]).await;
    assert_eq!((part.status, part.bytes), (206, vec![0; 16]));
}

#[tokio::test]
async fn bytes_are_not_readable_across_origins_unless_switched_on() {
    let world = world();
    let item = file(&world, "Campus.jpg").await;
    assert_eq!(download(&world, link(&item), &[]).await.header("access-control-allow-origin"), "");
    world.switch(|switches| switches.downloads_readable = true);
    assert_eq!(download(&world, link(&item), &[]).await.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn links_may_hold_double_slashes_in_their_query_only_when_switched_on() {
    let world = world();
    let without_scheme = |item: &Value| link(item)["http://".len()..].to_owned();
    assert!(!without_scheme(&file(&world, "Campus.jpg").await).contains("//"));
    world.switch(|switches| switches.links_with_double_slash = true);
    let item = file(&world, "Campus.jpg").await;
    assert!(without_scheme(&item).contains("//"));
    assert_eq!(download(&world, link(&item), &[]).await.status, 200);
}

#[tokio::test]
async fn faults_reach_the_links_too() {
    let world = world();
    let item = file(&world, "Campus.jpg").await;
    world.faults().add(Fault::new(FaultKind::ServerError).party(Party::Downloads).account(NOA).times(1));
    assert_eq!(download(&world, link(&item), &[]).await.status, 500);
    assert_eq!(download(&world, link(&item), &[]).await.status, 200);
}

#[tokio::test]
async fn thumbnails_are_pictures() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let item = graph_get(&world, &token, "/me/drive/root:/Campus.jpg?$expand=thumbnails").await.json();
    let url = item["thumbnails"][0]["small"]["url"].as_str().unwrap();
    let answer = download(&world, url, &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"));
    world.advance(1_000_000);
    assert_eq!(download(&world, url, &[]).await.status, 200);
}
