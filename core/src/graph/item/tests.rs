//! The shapes of the reference's samples, and anything else.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::graph::DriveId;
use crate::graph::testing::any_json;

fn read(value: &Value) -> Option<Item> {
    ItemReader::new(DriveId::new("b!home")).read(value)
}

#[test]
fn reads_a_folder() {
    let item = read(&json!({"id":"01FOLDER","name":"Lectures","size":912345678,
        "webUrl":"https://contoso-my.sharepoint.com/personal/u/Documents/Lectures",
        "lastModifiedDateTime":"2026-10-01T08:00:00Z","folder":{"childCount":4},"shared":{"scope":"users"},
        "parentReference":{"driveId":"b!x","driveType":"business","id":"01A","path":"/drives/b!x/root:/My%20files"}}))
    .unwrap();
    assert_eq!(item.file, FileRef::parse("b!x", "01FOLDER").unwrap());
    assert_eq!(item.kind, ItemKind::Folder { children: Some(4) });
    assert_eq!(item.modified, Some(1_790_841_600_000));
    assert!(item.shared && item.is_folder() && !item.shortcut && item.obstacle.is_none());
    let parent = item.parent.unwrap();
    assert_eq!(&*parent.path, "/My files");
    assert_eq!(parent.drive_type, DriveType::Business);
    assert_eq!(parent.folder, FileRef::parse("b!x", "01A"));
}

#[test]
fn reads_a_video_with_its_facets() {
    let item = read(&json!({"id":"01FILE","name":"Lecture 1.mp4","size":734003200,
        "file":{"mimeType":"video/mp4","hashes":{"quickXorHash":"wq9X..="}},
        "video":{"duration":3600000,"width":1920,"height":1080},
        "lastModifiedBy":{"user":{"displayName":"Ada"}},
        "parentReference":{"driveId":"b!x","driveType":"business","id":"01A"}}))
    .unwrap();
    assert_eq!(item.media(), Some(MediaKind::Video));
    assert_eq!(item.duration, Some(3_600_000));
    assert_eq!(item.dimensions, Some((1920, 1080)));
    assert_eq!(item.modified_by.as_deref(), Some("Ada"));
}

#[test]
fn follows_a_remote_item() {
    let item =
        read(&json!({"id":"1312ghi","remoteItem":{"id":"987def!654","name":"January Service Review.pptx",
        "file":{},"size":145362,"parentReference":{"driveId":"987def","id":"987def!321"}}}))
        .unwrap();
    assert_eq!(item.file, FileRef::parse("987def", "987def!654").unwrap());
    assert_eq!(&*item.name, "January Service Review.pptx");
    assert_eq!(item.size, Some(145_362));
    assert_eq!(item.media(), Some(MediaKind::Document));
    assert!(item.shortcut);
}

#[test]
fn knows_who_shares_an_item() {
    let person = |name: &str| json!({"user": {"displayName": name}});
    for (shared, expected) in [
        (json!({"scope": "users", "owner": person("Ada")}), Some("Ada")),
        (json!({"scope": "users", "owner": person("Ada"), "sharedBy": person("Bob")}), Some("Bob")),
        (json!({"scope": "anonymous"}), None),
        (json!({"owner": {"user": {"displayName": 7}}}), None),
    ] {
        let reference = json!({"driveId": "b!other", "id": "01R"});
        let remote =
            json!({"id": "01T", "name": "a", "file": {}, "parentReference": reference, "shared": shared});
        for value in [remote.clone(), json!({"id": "01S", "name": "a", "remoteItem": remote})] {
            let item = read(&value).unwrap();
            assert!(item.shared);
            assert_eq!(item.shared_by.as_deref(), expected, "{shared}");
        }
    }
}

#[test]
fn shows_a_shortcut_by_its_own_name() {
    let item = read(&json!({"id":"01S","name":"Team videos","folder":{"childCount":0},
        "parentReference":{"driveId":"b!home","id":"01R"},
        "remoteItem":{"id":"01T","name":"Documents","folder":{"childCount":7},
            "parentReference":{"driveId":"b!team","driveType":"documentLibrary","siteId":"s"}}}))
    .unwrap();
    assert_eq!(&*item.name, "Team videos");
    assert_eq!(item.kind, ItemKind::Folder { children: Some(7) });
    assert_eq!(item.file, FileRef::parse("b!team", "01T").unwrap());
}

#[test]
fn never_joins_a_remote_id_with_the_outer_drive() {
    let value = json!({"id":"01S","name":"n","parentReference":{"driveId":"b!home"},"remoteItem":{"id":"01T","file":{}}});
    assert_eq!(read(&value), None);
}

#[test]
fn names_what_forbids_choosing() {
    for (facets, expected) in [
        (json!({"file":{},"size":5}), None),
        (json!({"file":{},"size":5,"malware":{"description":"x"}}), Some(Obstacle::Malware)),
        (json!({"file":{},"size":5,"malware":null}), None),
        (json!({"file":{},"size":5,"deleted":{"state":"softDeleted"}}), Some(Obstacle::Deleted)),
        (
            json!({"file":{},"size":5,"pendingOperations":{"pendingContentUpdate":{}}}),
            Some(Obstacle::Pending),
        ),
        (json!({"file":{},"size":0}), Some(Obstacle::Empty)),
        (json!({"file":{}}), None),
        (json!({"folder":{},"size":0}), None),
        (json!({"package":{"type":"oneNote"},"folder":{}}), Some(Obstacle::NotAFile)),
        (json!({"size":5}), Some(Obstacle::NotAFile)),
    ] {
        let mut value = facets.clone();
        value["id"] = json!("01");
        value["name"] = json!("n");
        assert_eq!(read(&value).unwrap().obstacle, expected, "{facets}");
    }
}

#[test]
fn keeps_an_item_whose_other_members_have_odd_types() {
    let item = read(&json!({"id":"01","name":"a.mp4","size":"5","file":{"mimeType":7},"video":{"duration":-1,"width":"w"},
        "lastModifiedDateTime":12,"lastModifiedBy":[],"thumbnails":{},"webUrl":{},"parentReference":{"path":3},
        "shared":true,"remoteItem":"no"}))
    .unwrap();
    assert_eq!((item.size, item.modified, item.duration), (None, None, None));
    assert_eq!(item.media(), Some(MediaKind::Video));
}

#[test]
fn takes_no_script_for_an_address() {
    let item = read(&json!({"id":"01","name":"n","file":{},"webUrl":"javascript:alert(1)"})).unwrap();
    assert_eq!(item.web_url, None);
}

#[test]
fn decodes_the_path_of_the_parent() {
    for (path, expected) in [
        ("/drives/b!x/root:", "/"),
        ("/drive/root:/A/B%20C", "/A/B C"),
        ("/drives/b!x/root:/C++/100%", "/C++/100%"),
        ("/drives/b!x/root:/%D7%A9", "/ש"),
        ("elsewhere", ""),
    ] {
        let item = read(&json!({"id":"01","name":"n","parentReference":{"path":path}})).unwrap();
        assert_eq!(&*item.parent.unwrap().path, expected, "{path}");
    }
}

#[test]
fn siblings_share_what_they_have_in_common() {
    let mut reader = ItemReader::new(None);
    let value = json!({"id":"01","name":"n","file":{"mimeType":"video/mp4"},
        "parentReference":{"driveId":"b!x","id":"01A","path":"/drive/root:/A"}});
    let (first, second) = (reader.read(&value).unwrap(), reader.read(&value).unwrap());
    assert!(Arc::ptr_eq(first.parent.as_ref().unwrap(), second.parent.as_ref().unwrap()));
}

#[test]
fn an_item_that_does_not_say_lies_in_the_folder_that_is_listed() {
    let mut reader = ItemReader::new(None);
    let first =
        json!({"id":"01","name":"n","parentReference":{"driveId":"b!x","id":"01A","path":"/drive/root:/A"}});
    let first = reader.read(&first).unwrap();
    let mut reader = ItemReader::new(DriveId::new("b!x")).within(first.parent.clone());
    let second = reader.read(&json!({"id":"02","name":"m","file":{}})).unwrap();
    assert!(Arc::ptr_eq(first.parent.as_ref().unwrap(), second.parent.as_ref().unwrap()));
    let remote = json!({"id":"03","name":"s","remoteItem":{"id":"9","parentReference":{"driveId":"b!y"}}});
    assert_ne!(reader.read(&remote).unwrap().parent, first.parent, "it lies elsewhere");
}

#[test]
fn an_item_is_small() {
    assert!(size_of::<Item>() <= 256, "{}", size_of::<Item>());
}

proptest! {
    #[test]
    fn reads_any_json_without_panic(value in any_json()) {
        let _ = read(&value);
    }
}
