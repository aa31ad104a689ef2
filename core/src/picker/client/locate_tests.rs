//! Places that a host names by path.

use pollster::block_on;
use serde_json::{Value, json};

use super::testing::*;
use crate::graph::FolderRef;
use crate::host::options::{PlaceAddress, PlacePath};
use crate::picker::place::Crumb;

fn folder(id: &str, name: &str) -> Value {
    json!({"id": id, "name": name, "folder": {}, "parentReference": {"driveId": "b!1"}})
}

fn parts(parts: &[(u16, Value)]) -> Answer {
    let parts = parts.iter().enumerate();
    let parts: Vec<Value> = parts
        .map(|(place, (status, body))| json!({"id": (place + 1).to_string(), "status": status, "body": body}))
        .collect();
    body(json!({"responses": parts}))
}

fn libraries(names: &[(&str, &str)]) -> Answer {
    let libraries = names.iter().map(|(name, address)| {
        json!({"id": format!("b!{name}"), "name": name, "driveType": "documentLibrary",
            "webUrl": format!("https://contoso.sharepoint.com/{address}")})
    });
    body(json!({"value": libraries.collect::<Vec<_>>()}))
}

fn address(web: &str, list: &str, folder: &str) -> PlaceAddress {
    let part = |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty());
    let path = PlacePath { web: part(web), list: part(list), folder: part(folder), fallback_to_root: false };
    path.place().unwrap()
}

fn told(crumbs: &[Crumb]) -> Vec<String> {
    crumbs.iter().map(|crumb| format!("{} {}", crumb.folder.path(), crumb.name)).collect()
}

const SITE: &str = "https://contoso.sharepoint.com/sites/dev";

#[test]
fn finds_a_folder_with_all_above_it_in_one_request() {
    let world = world([parts(&[(200, folder("1", "Pictures")), (200, folder("2", "2026"))])]);
    let crumbs = block_on(world.client.trail(&FolderRef::MyFiles, &["pictures", "2026"])).unwrap();
    assert_eq!(told(&crumbs), ["/drives/b!1/items/1 Pictures", "/drives/b!1/items/2 2026"]);
    assert_eq!(world.asked(), 1);
    assert!(block_on(world.client.trail(&FolderRef::MyFiles, &[])).unwrap().is_empty());
    assert_eq!(world.asked(), 1, "the top needs no request");
}

#[test]
fn says_what_is_missing_forbidden_or_no_folder() {
    for (status, item, expected) in [
        (404, json!({"error": {"code": "itemNotFound"}}), "not_found"),
        (403, json!({"error": {"code": "accessDenied"}}), "forbidden"),
        (200, item("a"), "malformed"),
    ] {
        let world = world([parts(&[(200, folder("1", "A")), (status, item)])]);
        let error = block_on(world.client.trail(&FolderRef::MyFiles, &["A", "B"])).unwrap_err();
        assert_eq!(error.code(), expected);
    }
    let world = world([]);
    let deep = ["a"; 21];
    assert!(block_on(world.client.trail(&FolderRef::MyFiles, &deep)).is_err());
    assert_eq!(world.asked(), 0);
}

#[test]
fn finds_the_library_that_an_address_lies_in() {
    let two = || libraries(&[("Documents", "sites/dev/Shared%20Documents"), ("Videos", "sites/dev/Videos")]);
    for (asked, answers, expected) in [
        (address(SITE, "", ""), vec![two()], vec!["/drives/b!Documents/root Documents"]),
        (address(SITE, "videos", ""), vec![two()], vec!["/drives/b!Videos/root Videos"]),
        (
            address(SITE, "Shared Documents", "Term 1"),
            vec![two(), parts(&[(200, folder("t", "Term 1"))])],
            vec!["/drives/b!Documents/root Documents", "/drives/b!1/items/t Term 1"],
        ),
        (
            address(SITE, "", ""),
            vec![libraries(&[("Films", "sites/dev/Films")])],
            vec!["/drives/b!Films/root Films"],
        ),
    ] {
        let world = world(answers);
        assert_eq!(told(&block_on(world.client.place_at(&asked)).unwrap()), expected);
        let site = "https://graph.microsoft.com/v1.0/sites/contoso.sharepoint.com:/sites/dev:/drives?";
        assert!(world.script.asked.borrow()[0].url.starts_with(site));
    }
}

#[test]
fn finds_no_library_of_another_site_or_with_a_longer_name() {
    for asked in [address(SITE, "Vid", ""), address("https://contoso.sharepoint.com/sites/de", "", "")] {
        let world = world([libraries(&[("Videos", "sites/dev/Videos")])]);
        assert_eq!(block_on(world.client.place_at(&asked)).unwrap_err().code(), "not_found", "{asked:?}");
    }
}

#[test]
fn looks_for_the_library_where_the_site_refuses_to_be_asked() {
    let hit = json!({"id": "b!v", "name": "Videos", "webUrl": "https://contoso.sharepoint.com/sites/dev/Videos",
        "driveType": "documentLibrary"});
    let hits = body(json!({"value": [{"hitsContainers": [{"hits": [{"hitId": "h", "resource": hit}]}]}]}));
    let none = body(json!({"value": [{"hitsContainers": [{"hits": []}]}]}));
    let world = world([status(403), hits, none.clone(), none]);
    let crumbs = block_on(world.client.place_at(&address(SITE, "Videos", ""))).unwrap();
    assert_eq!(told(&crumbs), ["/drives/b!v/root Videos"]);
}
