//! Libraries, previews and pasted links.

use pollster::block_on;
use serde_json::{Value, json};

use super::testing::*;
use crate::graph::{Drive, DriveId, DriveType, FileRef, PastedLink};

fn hits(resources: &[Value]) -> Answer {
    let hits: Vec<Value> =
        resources.iter().map(|resource| json!({"hitId": "h", "resource": resource})).collect();
    body(json!({"value": [{"hitsContainers": [{"moreResultsAvailable": false, "hits": hits}]}]}))
}

fn library(id: &str, site: &str) -> Value {
    json!({"id": id, "name": "Documents", "driveType": "documentLibrary",
        "webUrl": format!("https://contoso.sharepoint.com/sites/{site}/Shared%20Documents")})
}

#[test]
fn finds_libraries_by_name_and_by_the_sites_of_files() {
    let in_site = |site: &str| json!({"id": "i", "parentReference": {"driveId": "x", "siteId": site}});
    let world = world([
        hits(&[library("b!2", "Biology")]),
        hits(&[in_site("contoso.sharepoint.com,1,2"), in_site("contoso-my.sharepoint.com,3,4")]),
        body(json!({"responses": [{"id": "1", "status": 200, "body":
            {"value": [library("b!2", "Biology"), library("b!1", "Astronomy")]}}]})),
    ]);
    let libraries = block_on(world.client.libraries()).unwrap();
    let sites: Vec<&str> = libraries.iter().map(|library| library.site_name.as_str()).collect();
    assert_eq!(sites, ["Astronomy", "Biology"]);
    let asked = world.script.asked.borrow();
    assert_eq!(asked.len(), 3);
    let batch: Value = serde_json::from_str(asked[2].body.as_deref().unwrap()).unwrap();
    assert_eq!(batch["requests"].as_array().unwrap().len(), 1, "no request for people's own sites");
}

#[test]
fn finds_libraries_by_one_way_alone() {
    let world = world([status(400), hits(&[]), status(400)]);
    assert_eq!(block_on(world.client.libraries()).unwrap().len(), 0);
    assert_eq!(block_on(world.client.libraries()).unwrap_err().code(), "bad_request");
}

fn own(drive_type: DriveType) -> Drive {
    let web_url = String::from("https://contoso-my.sharepoint.com/personal/ada/Documents");
    Drive { id: DriveId::new("own").unwrap(), drive_type, name: String::new(), web_url }
}

#[test]
fn opens_an_address_that_says_which_item_it_is_without_redeeming_it() {
    for (address, drive_type, path) in [
        (
            "https://onedrive.live.com/?id=1312abc%2112",
            DriveType::Personal,
            "/drives/1312abc/items/1312abc!12",
        ),
        (
            "https://contoso-my.sharepoint.com/my?id=%2Fpersonal%2Fada%2FDocuments%2Fa.mp4",
            DriveType::Business,
            "/me/drive/root:/a.mp4?",
        ),
    ] {
        let world = world([body(item("a"))]);
        let link = PastedLink::parse(address).unwrap();
        assert_eq!(&*block_on(world.client.item_by_link(&link, &own(drive_type))).unwrap().name, "a.mp4");
        assert!(world.script.asked.borrow()[0].url.contains(path), "{address}");
    }
}

#[test]
fn opens_a_link_or_searches_for_its_address() {
    let link = PastedLink::parse("https://contoso.sharepoint.com/sites/T/D/a.mp4?web=1").unwrap();
    let open = world([body(item("a"))]);
    assert_eq!(&*block_on(open.client.item_by_link(&link, &own(DriveType::Business))).unwrap().name, "a.mp4");

    let near = json!({"id": "n", "webUrl": "https://contoso.sharepoint.com/sites/T/D/a.mp4.txt", "parentReference": {"driveId": "d"}});
    let there = json!({"id": "a", "webUrl": "https://contoso.sharepoint.com/sites/T/D/A.mp4", "parentReference": {"driveId": "d"}});
    let searched = world([status(403), hits(&[near.clone(), there]), body(item("a"))]);
    assert_eq!(
        &*block_on(searched.client.item_by_link(&link, &own(DriveType::Business))).unwrap().name,
        "a.mp4"
    );

    let nowhere = world([status(403), hits(&[near])]);
    assert_eq!(
        block_on(nowhere.client.item_by_link(&link, &own(DriveType::Business))).unwrap_err().code(),
        "forbidden"
    );
    let personal = world([status(403)]);
    assert_eq!(
        block_on(personal.client.item_by_link(&link, &own(DriveType::Personal))).unwrap_err().code(),
        "forbidden"
    );
    assert_eq!(personal.asked(), 1);
}

#[test]
fn previews_a_file() {
    let world = world([body(item("a")), body(json!({"value": [{"large": {"url": "https://t/l"}}]}))]);
    let file = FileRef::parse("d", "a").unwrap();
    assert_eq!(block_on(world.client.preview(&file)).unwrap().link.unwrap().as_str(), "https://files/a");
    assert_eq!(block_on(world.client.picture(&file)).unwrap().as_deref(), Some("https://t/l"));
}
