//! Folders, drives and items.

use tokio::time::Instant;

use super::*;
use crate::drive::Switches;

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

/// What switches turn off: page sizes and expanded thumbnails in lists of items, and batches.
#[tokio::test]
async fn refuses_what_graph_may_refuse_by_switch() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let lists = ["/me/drive/root/children", "/me/drive/root/search(q='a')", "/me/drive/search(q='a')"];
    let large: fn(&mut Switches) = |switches| switches.largest_top = Some(200);
    let any: fn(&mut Switches) = |switches| switches.top_refused = true;
    let thumbnails: fn(&mut Switches) = |switches| switches.expanded_thumbnails_refused = true;
    for (switch, refused, taken) in [
        (large, "$top=201", "$top=200"),
        (any, "$top=1", "$select=id"),
        (thumbnails, "$expand=thumbnails", "$top=1000"),
    ] {
        for list in lists {
            assert_eq!(status(&world, &token, &format!("{list}?{refused}")).await, 200, "{list}?{refused}");
            world.switch(switch);
            assert_eq!(status(&world, &token, &format!("{list}?{refused}")).await, 400, "{list}?{refused}");
            assert_eq!(status(&world, &token, &format!("{list}?{taken}")).await, 200, "{list}?{taken}");
            world.switch(|switches| *switches = Switches::default());
        }
    }
    let batch = json!({"requests": [{"id": "1", "method": "GET", "url": "/me"}]});
    assert_eq!(graph_post(&world, &token, "/$batch", &batch).await.status, 200);
    world.switch(|switches| switches.batch_refused = true);
    assert_eq!(graph_post(&world, &token, "/$batch", &batch).await.status, 405);
}

#[tokio::test(start_paused = true)]
async fn delays_calls_and_bytes_by_switch() {
    let world = world();
    let token = token(&world, NOA, &SCOPES);
    let begun = Instant::now();
    let fast = graph_get(&world, &token, "/me/drive/root/children").await.bytes;
    assert_eq!(begun.elapsed().as_millis(), 0);
    world.switch(|switches| (switches.latency, switches.bytes_per_second) = (100, Some(10_000)));
    let slow = graph_get(&world, &token, "/me/drive/root/children?$top=999").await.bytes;
    let (took, expected) = (begun.elapsed().as_millis(), 100 + slow.len() as u128 / 10);
    assert!(
        fast.len() > 1_000 && took >= expected && took <= expected + 20,
        "{took} ms for {} bytes",
        slow.len()
    );
}
