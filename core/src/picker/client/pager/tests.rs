//! Listings of every kind, page by page.

use pollster::block_on;
use serde_json::{Value, json};

use super::*;
use crate::picker::client::testing::*;
use crate::web::{Request, Response};

#[test]
fn reads_a_folder_page_by_page() {
    let next =
        |token| format!("https://graph.microsoft.com/v1.0/drives/d/items/f/children?$skiptoken={token}");
    let world = world([
        body(json!({"value": [item("a"), item("b"), 7], "@odata.nextLink": next(9)})),
        body(json!({"value": [item("a"), item("b"), 7], "@odata.nextLink": next(1)})),
        status(503),
        body(json!({"value": [item("b"), item("c"), 7], "@odata.nextLink": next(2)})),
        status(404),
        body(json!({"value": [item("d")], "@odata.nextLink": next(1)})),
    ]);
    let folder = FolderRef::Folder(FileRef::parse("d", "f").unwrap());
    let mut pager = Pager::children(&folder, None);
    let mut page = || block_on(world.client.next_page(&mut pager));
    let rows = page().unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.skipped, rows.more), (2, 1, true));
    let rows = page().unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.skipped, &*rows.items[0].name), (1, 1, "c.mp4"));
    assert_eq!(page().unwrap_err().code(), "not_found", "and tries that page again:");
    assert_eq!(page().unwrap().unwrap().items.len(), 1);
    assert_eq!(page(), Err(GraphError::RepeatedNextLink));
    assert_eq!(page(), Err(GraphError::RepeatedNextLink));
    assert_eq!(world.asked(), 6);
}

#[test]
fn shows_the_rows_of_a_page_that_points_elsewhere_and_never_goes_there() {
    let world =
        world([body(json!({"value": [item("a")], "@odata.nextLink": "https://evil.example/v1.0/x"}))]);
    let mut pager = Pager::children(&FolderRef::MyFiles, None);
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), 1);
    assert_eq!(block_on(world.client.next_page(&mut pager)), Err(GraphError::ForeignNextLink));
    assert_eq!(block_on(world.client.next_page(&mut pager)), Err(GraphError::ForeignNextLink));
    // The large pages might have held it all without a way on.
    assert_eq!(world.asked(), 2);
    assert!(world.script.asked.borrow().iter().all(|request| request.url.starts_with("https://graph.")));
}

#[test]
fn lists_a_channel_folder_that_refuses_a_page_size() {
    let world = world([status(400), body(json!({"value": [item("a")]}))]);
    let mut pager = Pager::children(&FolderRef::MyFiles, None);
    assert!(block_on(world.client.next_page(&mut pager)).is_ok());
    assert!(!world.script.asked.borrow()[1].url.contains("$top"));
    assert_eq!(block_on(world.client.next_page(&mut pager)), Ok(None));
}

#[test]
fn starts_again_when_the_way_on_is_too_old() {
    let stale = Ok(Response {
        status: 410,
        headers: Vec::new(),
        body: json!({"error":{"code":"resyncRequired"}}).to_string(),
    });
    let next = "https://graph.microsoft.com/v1.0/x?$skiptoken=1";
    let first = body(json!({"value": [item("a")], "@odata.nextLink": next}));
    let last = body(json!({"value": [item("a"), item("b")]}));
    let world = world([first.clone(), first.clone(), stale.clone(), first, last]);
    let mut pager = Pager::children(&FolderRef::MyFiles, None);
    let counts: Vec<usize> = std::iter::from_fn(|| block_on(world.client.next_page(&mut pager)).unwrap())
        .map(|rows| rows.items.len())
        .collect();
    assert_eq!(counts, [1, 1]);
    assert_eq!(world.asked(), 5, "short, large, stale, short, large");
}

fn hits(ids: &[&str], drive: &str, more: bool) -> Answer {
    let hits: Vec<Value> = ids
        .iter()
        .map(|id| json!({"hitId": id, "resource": {"id": id, "parentReference": {"driveId": drive}}}))
        .collect();
    body(json!({"value": [{"hitsContainers": [{"moreResultsAvailable": more, "hits": hits}]}]}))
}

fn batch(bodies: &[Value]) -> Answer {
    let responses: Vec<Value> = bodies
        .iter()
        .enumerate()
        .map(|(index, body)| {
            let status = if body.is_null() { 404 } else { 200 };
            json!({"id": (index + 1).to_string(), "status": status, "body": body})
        })
        .collect();
    body(json!({"responses": responses}))
}

fn in_drive(id: &str, drive: &str, drive_type: &str) -> Value {
    let mut item = item(id);
    item["parentReference"] = json!({"driveId": drive, "driveType": drive_type});
    item
}

fn names(rows: &Rows) -> Vec<&str> {
    rows.items.iter().map(|item| &*item.name).collect()
}

#[test]
fn reads_every_hit_again_before_it_is_shown() {
    let world = world([
        hits(&["a", "b"], "d", true),
        batch(&[item("a"), Value::Null]),
        hits(&["a", "c"], "d", false),
        batch(&[item("a"), item("c")]),
    ]);
    let mut pager = Pager::search_everywhere("lecture: 1");
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!((names(&rows), rows.skipped, rows.more), (vec!["a.mp4"], 0, true));
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!((names(&rows), rows.more), (vec!["c.mp4"], false));
    assert_eq!(block_on(world.client.next_page(&mut pager)), Ok(None));
    let asked = world.script.asked.borrow();
    let second: Value = serde_json::from_str(asked[2].body.as_deref().unwrap()).unwrap();
    assert_eq!(second["requests"][0]["from"], 2);
    assert_eq!(second["requests"][0]["query"]["queryString"], "lecture 1");
}

#[test]
fn searches_nothing_for_signs_alone() {
    let world = world([status(500)]);
    let mut pager = Pager::search_everywhere("\"*\"");
    assert_eq!(block_on(world.client.next_page(&mut pager)), Ok(None));
    assert_eq!(world.asked(), 0);
}

#[test]
fn shows_what_others_share_and_not_the_own_or_a_library() {
    let world = world([
        hits(&["mine"], "own", true),
        hits(&["theirs", "team"], "other", false),
        batch(&[in_drive("theirs", "other", "business"), in_drive("team", "other", "documentLibrary")]),
    ]);
    let mut pager = Pager::shared(&own(""));
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!(names(&rows), ["theirs.mp4"], "a page of own files is read through");
    assert_eq!(world.asked(), 3);
}

#[test]
fn gives_up_after_a_handful_of_empty_pages_and_says_that_there_is_more() {
    let world = world([hits(&["mine"], "own", true)]);
    let mut pager = Pager::shared(&own(""));
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.more, world.asked()), (0, true, 3));
}

fn own(web_url: &str) -> Drive {
    Drive {
        id: DriveId::new("own").unwrap(),
        drive_type: DriveType::Business,
        name: String::new(),
        web_url: web_url.to_owned(),
    }
}

fn query_of(request: &Request) -> String {
    let body: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    body["requests"][0]["query"]["queryString"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn looks_beside_the_own_drive_first_and_everywhere_if_nothing_is_there() {
    let world = world([hits(&[], "d", false), hits(&["a"], "d", false), batch(&[item("a")])]);
    let mut pager = Pager::shared(&own("https://c-my.sharepoint.com/personal/ada/Documents"));
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), 1);
    let asked = world.script.asked.borrow();
    assert!(query_of(&asked[0]).contains("path:"));
    assert_eq!(query_of(&asked[1]), "isDocument=true");
}

#[test]
fn asks_a_site_for_the_drive_that_a_hit_leaves_out() {
    let hit = |id: &str| json!({"hitId": id, "resource": {"webUrl": "https://c.example/sites/T/D/x.mp4", "parentReference": {"siteId": "s"}}});
    let hits = |id: &str| {
        body(json!({"value": [{"hitsContainers": [{"moreResultsAvailable": true, "hits": [hit(id)]}]}]}))
    };
    let library = json!({"value": [{"id": "d", "driveType": "documentLibrary", "webUrl": "https://c.example/sites/T/D"}]});
    let world = world([hits("a"), batch(&[library]), batch(&[item("a")]), hits("b"), batch(&[item("b")])]);
    let mut pager = Pager::search_everywhere("x");
    for name in ["a.mp4", "b.mp4"] {
        let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
        assert_eq!((names(&rows), rows.skipped), (vec![name], 0));
    }
    assert_eq!(world.asked(), 5, "the site is asked once");
}

#[test]
fn stops_at_a_limit_and_says_so() {
    let ids: Vec<String> = (0..20).map(|id| id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let items: Vec<Value> = ids.iter().map(|id| item(id)).collect();
    let pages = (0..5).flat_map(|_| [hits(&ids, "d", true), batch(&items)]);
    let world = world(pages);
    let mut pager = Pager::recent();
    let mut count = 0;
    while let Some(rows) = block_on(world.client.next_page(&mut pager)).unwrap() {
        count += rows.items.len();
    }
    assert_eq!((count, world.asked(), pager.is_cut()), (20, 10, true));
}

#[test]
fn finds_shortcuts_at_the_top_of_the_drive() {
    let shortcut = json!({"id": "s", "name": "Team", "folder": {}, "parentReference": {"driveId": "d"},
        "remoteItem": {"id": "t", "folder": {}, "parentReference": {"driveId": "e"}}});
    let world = world([body(json!({"value": [item("a"), shortcut]}))]);
    let mut pager = Pager::shortcuts();
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!((names(&rows), rows.more), (vec!["Team"], false));
}

#[test]
fn reads_known_files_and_tells_which_are_gone() {
    let files: Vec<FileRef> =
        (0..25).map(|index| FileRef::parse("d", &format!("f{index}")).unwrap()).collect();
    let mut first: Vec<Value> = (0..20).map(|index| item(&format!("f{index}"))).collect();
    first[3] = Value::Null;
    let world = world([status(429), batch(&first), batch(&[item("f20")])]);
    let mut pager = Pager::files(files.clone());
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.more), (19, true));
    assert_eq!(rows.gone, [files[3].clone()]);
    let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
    assert_eq!((rows.items.len(), rows.skipped, rows.more), (1, 4, false));
}

#[test]
fn keeps_known_files_when_graph_cannot_be_asked() {
    let world = world([status(403), batch(&[item("a")])]);
    let mut pager = Pager::files(vec![FileRef::parse("d", "a").unwrap()]);
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap_err().code(), "forbidden");
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), 1);
}

#[test]
fn asks_where_a_hit_lies_that_does_not_say() {
    let lost = |id: &str| json!({"id": id, "name": id, "file": {}});
    let placed = |id: &str, folder: &str| json!({"id": id, "name": id, "file": {}, "parentReference": {"driveId": "d", "path": format!("/drives/d/root:/{folder}")}});
    let folder = FolderRef::Folder(FileRef::parse("d", "f").unwrap());
    let path_of = |item: &Item| item.parent.as_ref().map(|parent| parent.path.to_string());
    let found = body(json!({"value": [placed("a", "A"), lost("b"), lost("c")]}));
    let both = batch(&[placed("b", "B"), json!({"error": {"code": "itemNotFound"}})]);
    for (answers, second) in
        [(vec![found.clone(), both], Some("/B".to_owned())), (vec![found, status(403)], None)]
    {
        let world = world(answers);
        let mut pager = Pager::search_folder(&folder, "x");
        let rows = block_on(world.client.next_page(&mut pager)).unwrap().unwrap();
        assert_eq!(rows.items.iter().map(path_of).collect::<Vec<_>>(), [Some("/A".to_owned()), second, None]);
        assert_eq!(world.asked(), 2, "one request for all of them");
    }
}

#[test]
fn searches_the_drive_where_a_folder_cannot_be_searched() {
    let world = world([status(400), body(json!({"value": [item("a")]}))]);
    let folder = FolderRef::Folder(FileRef::parse("d", "f").unwrap());
    let mut pager = Pager::search_folder(&folder, "a");
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), 1);
    let asked = world.script.asked.borrow();
    assert!(asked[0].url.contains("/drives/d/items/f/search(q='a')"));
    assert!(asked[1].url.contains("/drives/d/root/search(q='a')"));
}
