//! The Graph client against the simulator's Graph over HTTP, as strict as that is. The clock jumps, so waiting costs
//! nothing.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failure is what a test is for"
)]

mod visit;

use std::collections::BTreeSet;
use std::rc::Rc;

use onedrive_picker_core::graph::{
    Chosen, ConfirmRules, Drive, DriveType, FolderRef, Item, MediaKind, Obstacle, PastedLink, ThumbnailSize,
    may_have_thumbnail,
};
use onedrive_picker_core::picker::client::Pager;
use onedrive_picker_core::picker::ports::Clock;
use onedrive_simulator::drive::{Fault, FaultKind};
use visit::{NOA, visit, visit_of};

fn named<'a>(items: &'a [Item], name: &str) -> &'a Item {
    let names: Vec<&str> = items.iter().map(|item| &*item.name).collect();
    items.iter().find(|item| &*item.name == name).unwrap_or_else(|| panic!("no {name} in {names:?}"))
}

fn chosen(items: &[Item]) -> Vec<Chosen> {
    items.iter().map(|item| Chosen { file: item.file.clone(), size: item.size }).collect()
}

const ANY: ConfirmRules = ConfirmRules { media: None, max_item_bytes: None };

#[tokio::test(flavor = "multi_thread")]
async fn knows_who_is_signed_in_and_what_they_have() {
    let noa = visit(NOA).await;
    assert_eq!(noa.graph.me().await.unwrap().name, "Noa Bar-Lev");
    assert_eq!(noa.graph.drive().await.unwrap().drive_type, DriveType::Business);
    for (username, expected) in [("nodrive@openu.example", "not_provisioned")] {
        let visit = visit_of(Rc::clone(&noa.simulator), username, &["Files.Read.All", "User.Read"]);
        assert_eq!(visit.graph.drive().await.unwrap_err().code(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_long_folders_with_one_request_a_page() {
    let noa = visit(NOA).await;
    let folders = noa.open(&["Large folders"]).await;
    for (name, count, pages) in [("Empty", 0, 1), ("200 items", 200, 1), ("5,000 items", 5_000, 6)] {
        let before = noa.calls();
        let folder = FolderRef::Folder(named(&folders, name).file.clone());
        let items = noa.all(Pager::children(&folder, None)).await.unwrap();
        assert_eq!((items.len(), noa.calls() - before), (count, pages), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_long_folders_whatever_the_drive_refuses() {
    let noa = visit(NOA).await;
    let folders = noa.open(&["Large folders"]).await;
    let folder = FolderRef::Folder(named(&folders, "5,000 items").file.clone());
    noa.simulator.world().switch(|switches| switches.largest_top = Some(200));
    for calls in [26, 25] {
        let before = noa.calls();
        let items = noa.all(Pager::children(&folder, None)).await.unwrap();
        assert_eq!((items.len(), noa.calls() - before), (5_000, calls), "one refusal, remembered");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gets_thumbnails_in_a_batch_or_one_by_one() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Large folders", "200 items"]).await;
    let files: Vec<_> =
        items.iter().filter(|item| may_have_thumbnail(item)).take(20).map(|item| item.file.clone()).collect();
    let before = noa.calls();
    let answers = noa.graph.thumbnails(&files, ThumbnailSize::Small).await.unwrap();
    assert_eq!((answers.len(), noa.calls() - before), (20, 1));
    assert!(
        answers.iter().all(|answer| matches!(answer, Ok(Some(url)) if url.contains("/thumbnail?"))),
        "{answers:?}"
    );
    noa.simulator.world().switch(|switches| switches.batch_refused = true);
    let refused = noa.graph.thumbnails(&files, ThumbnailSize::Small).await.unwrap_err();
    assert_eq!(refused.code(), "not_supported");
    assert!(noa.graph.thumbnail(&files[0], ThumbnailSize::Medium).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_what_a_row_shows() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Teaching", "Signals and Systems"]).await;
    let lecture = items.iter().find(|item| item.name.starts_with("Lecture 02")).unwrap();
    assert_eq!(lecture.duration, Some(4_492_000));
    assert_eq!(lecture.media(), Some(MediaKind::Video));
    assert!(lecture.dimensions.is_some() && lecture.size.is_some() && lecture.modified.is_some());
    assert_eq!(&*lecture.parent.as_ref().unwrap().path, "/Teaching/Signals and Systems");
}

#[tokio::test(flavor = "multi_thread")]
async fn follows_shortcuts_into_other_drives() {
    let noa = visit(NOA).await;
    let shortcuts = noa.all(Pager::shortcuts()).await.unwrap();
    assert!(shortcuts.len() >= 2);
    let own = noa.graph.drive().await.unwrap().id;
    for item in &shortcuts {
        assert_ne!(item.file.drive, own);
        if item.is_folder() {
            let folder = FolderRef::Folder(item.file.clone());
            // One of them leads to what is not shared any more.
            match noa.all(Pager::children(&folder, None)).await {
                Ok(items) => assert!(!items.is_empty()),
                Err(error) => assert_eq!(error.code(), "forbidden"),
            }
        }
    }
    let files: Vec<Item> = shortcuts.into_iter().filter(Item::is_file).collect();
    let verdicts = noa.graph.confirm(&chosen(&files), &ANY).await.unwrap();
    assert!(verdicts.iter().all(|verdict| verdict.outcome.is_ok()), "{verdicts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn confirms_a_hundred_files_in_five_requests() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Large folders", "200 items"]).await;
    let files: Vec<Item> =
        items.into_iter().filter(|item| item.is_file() && item.obstacle.is_none()).take(100).collect();
    let before = noa.calls();
    let verdicts = noa.graph.confirm(&chosen(&files), &ANY).await.unwrap();
    assert_eq!((verdicts.len(), noa.calls() - before), (100, 5));
    for verdict in &verdicts {
        let confirmed = verdict.outcome.as_ref().unwrap();
        assert!(
            confirmed.drive_item["sharepointIds"].is_object() && confirmed.drive_item["file"].is_object()
        );
        assert_eq!(confirmed.drive_item["parentReference"]["driveId"], verdict.file.drive.as_str());
        assert!(confirmed.link.as_str().starts_with(&noa.simulator.origins().downloads));
    }
    let files: Vec<_> = files.iter().take(3).map(|item| item.file.clone()).collect();
    let links = noa.graph.refresh_links(&files).await.unwrap();
    assert!(links.iter().all(|link| link.outcome.is_ok()));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_what_changed_between_choice_and_hand_over() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Teaching", "Signals and Systems"]).await;
    let files: Vec<Item> =
        items.into_iter().filter(|item| item.media() == Some(MediaKind::Video)).take(2).collect();
    let mut choice = chosen(&files);
    choice[0].size = Some(1);
    choice.push(Chosen {
        file: onedrive_picker_core::graph::FileRef::parse(files[0].file.drive.as_str(), "01GONE").unwrap(),
        size: None,
    });
    let rules = ConfirmRules { media: Some(vec![MediaKind::Video]), max_item_bytes: None };
    let verdicts = noa.graph.confirm(&choice, &rules).await.unwrap();
    let codes: Vec<&str> = verdicts
        .iter()
        .map(|verdict| verdict.outcome.as_ref().err().map_or("ok", |problem| problem.code()))
        .collect();
    assert_eq!(codes, ["changed", "ok", "gone"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_a_folder_the_drive_and_everything() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Teaching"]).await;
    let folder = FolderRef::Folder(named(&items, "Signals and Systems").file.clone());
    for folder in [&folder, &FolderRef::MyFiles] {
        let found = noa.all(Pager::search_folder(folder, "Lecture 02")).await.unwrap();
        assert!(found.iter().any(|item| item.name.starts_with("Lecture 02")), "{folder:?}");
    }
    let found = noa.all(Pager::search_everywhere("Lecture 02")).await.unwrap();
    let lecture = found.iter().find(|item| item.name.starts_with("Lecture 02")).unwrap();
    assert_eq!(lecture.media(), Some(MediaKind::Video));
    assert!(
        lecture.duration.is_some() && lecture.web_url.is_some(),
        "hits say what rows show, and where they lie"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn finds_recent_and_shared_files_and_libraries() {
    let noa = visit(NOA).await;
    let mut recent = Pager::recent();
    let rows = noa.graph.next_page(&mut recent).await.unwrap().unwrap();
    assert!(!rows.items.is_empty() && rows.items.iter().all(Item::is_file));
    assert!(rows.items.is_sorted_by(|one, other| one.modified >= other.modified));
    let own = noa.graph.drive().await.unwrap();
    let shared = noa.all(Pager::shared(&own)).await.unwrap();
    assert!(!shared.is_empty() && shared.iter().all(|item| item.file.drive != own.id));
    let before = noa.calls();
    let libraries = noa.graph.libraries().await.unwrap();
    assert!(noa.calls() - before <= 4);
    assert!(!libraries.is_empty());
    for library in &libraries {
        let folder = FolderRef::Root(library.drive.id.clone());
        noa.all(Pager::children(&folder, None)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_a_personal_account_cannot_have() {
    let noa = visit(NOA).await;
    let accounts = noa.simulator.world().accounts();
    let ruth: &'static str =
        accounts.iter().find(|account| account.name.starts_with("Ruth")).unwrap().username.clone().leak();
    let ruth = visit_of(Rc::clone(&noa.simulator), ruth, &["Files.Read.All", "User.Read"]);
    assert_eq!(ruth.graph.drive().await.unwrap().drive_type, DriveType::Personal);
    assert!(ruth.all(Pager::search_everywhere("a")).await.is_err());
    let items = ruth.open(&[]).await;
    let files: Vec<Item> =
        items.into_iter().filter(|item| item.is_file() && item.obstacle.is_none()).collect();
    assert!(!files.is_empty());
    let verdicts = ruth.graph.confirm(&chosen(&files), &ANY).await.unwrap();
    assert!(verdicts.iter().all(|verdict| verdict.outcome.is_ok()), "{verdicts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn opens_a_link_where_the_scopes_allow_it_and_finds_it_otherwise() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Teaching", "Signals and Systems"]).await;
    let lecture = items.iter().find(|item| item.name.starts_with("Lecture 02")).unwrap();
    // A listing does not give addresses, a search does.
    let found = noa.all(Pager::search_folder(&FolderRef::MyFiles, "Lecture 02")).await.unwrap();
    let hit = found.iter().find(|hit| hit.file == lecture.file).unwrap();
    let link = hit.web_url.as_deref().unwrap().replace("http://", "https://");
    let link = PastedLink::parse(&link).unwrap();
    let writer = visit_of(Rc::clone(&noa.simulator), NOA, &["Files.ReadWrite.All", "User.Read"]);
    let own = noa.graph.drive().await.unwrap();
    let elsewhere = Drive { web_url: String::new(), ..own.clone() };
    for (visit, own, way) in [
        (&noa, &own, "by its path"),
        (&writer, &elsewhere, "as a link"),
        (&noa, &elsewhere, "by its address"),
    ] {
        let found = visit.graph.item_by_link(&link, own).await;
        assert_eq!(found.map(|item| item.file), Ok(lecture.file.clone()), "{way}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shows_odd_items_for_what_they_are() {
    let noa = visit(NOA).await;
    let mut found = Vec::new();
    let mut folders: Vec<Item> = noa.open(&[]).await;
    while let Some(item) = folders.pop() {
        found.extend(item.obstacle);
        if item.is_folder() && &*item.name != "Large folders" && !item.shortcut {
            let folder = FolderRef::Folder(item.file.clone());
            folders.extend(noa.all(Pager::children(&folder, None)).await.unwrap());
        }
    }
    for obstacle in [Obstacle::Malware, Obstacle::Empty, Obstacle::NotAFile, Obstacle::Pending] {
        assert!(found.contains(&obstacle), "{obstacle:?} in {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_the_faults_that_pass() {
    let simulator = visit(NOA).await.simulator;
    for kind in [
        FaultKind::Throttled { retry_after: 5 },
        FaultKind::Unavailable { retry_after: 5 },
        FaultKind::ServerError,
        FaultKind::GatewayTimeout,
        FaultKind::BandwidthExceeded,
        FaultKind::Dropped,
        FaultKind::Unauthorized,
        FaultKind::ClaimsChallenge,
    ] {
        let noa = visit_of(Rc::clone(&simulator), NOA, &["Files.Read.All", "User.Read"]);
        let mut fault = Fault::new(kind.clone());
        fault.times = Some(1);
        noa.fault(fault);
        let items = noa.all(Pager::children(&FolderRef::MyFiles, None)).await;
        assert!(items.is_ok(), "{kind:?}: {items:?}");
        let is_token = matches!(kind, FaultKind::Unauthorized | FaultKind::ClaimsChallenge);
        assert_eq!(noa.renewals.get(), u32::from(is_token), "{kind:?}");
        assert_eq!(noa.ports.now() > 1_700_000_000_000, !is_token, "{kind:?} waits");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_the_faults_that_stay() {
    let simulator = visit(NOA).await.simulator;
    for (kind, expected) in [
        (FaultKind::Throttled { retry_after: 5 }, "throttled"),
        (FaultKind::ServerError, "unavailable"),
        (FaultKind::Unauthorized, "unauthorized"),
        (FaultKind::ClaimsChallenge, "unauthorized"),
        (FaultKind::Forbidden, "forbidden"),
        (FaultKind::NotFound, "not_found"),
        (FaultKind::Locked, "locked"),
        (FaultKind::Dropped, "unreachable"),
        (FaultKind::Truncated, "malformed"),
        (FaultKind::HtmlPage, "malformed"),
        (FaultKind::EmptyBody, "malformed"),
        (FaultKind::OtherShape, "malformed"),
    ] {
        simulator.world().faults().clear();
        simulator.world().log().clear();
        let noa = visit_of(Rc::clone(&simulator), NOA, &["Files.Read.All", "User.Read"]);
        noa.fault(Fault::new(kind.clone()));
        let error = noa.all(Pager::children(&FolderRef::MyFiles, None)).await.unwrap_err();
        assert_eq!(error.code(), expected, "{kind:?}");
        assert!(noa.calls() <= 4, "{kind:?}: a handful of requests at most");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_rows_through_broken_paging() {
    let simulator = visit(NOA).await.simulator;
    let repeated = |kind| {
        let mut fault = Fault::new(kind).path("children");
        fault.skip = 3;
        fault
    };
    for (kind, expected) in [
        (FaultKind::RepeatedNextLink, Some("repeated_next_link")),
        (
            FaultKind::ForeignNextLink { url: "https://evil.example/v1.0/me".into() },
            Some("foreign_next_link"),
        ),
        (FaultKind::RepeatedItems { count: 5 }, None),
    ] {
        simulator.world().faults().clear();
        let noa = visit_of(Rc::clone(&simulator), NOA, &["Files.Read.All", "User.Read"]);
        let folders = noa.open(&["Large folders"]).await;
        let folder = FolderRef::Folder(named(&folders, "5,000 items").file.clone());
        noa.fault(repeated(kind.clone()));
        let mut pager = Pager::children(&folder, None);
        let mut rows = Vec::new();
        let error = loop {
            match noa.graph.next_page(&mut pager).await {
                Ok(Some(page)) => rows.extend(page.items),
                Ok(None) => break None,
                Err(error) => break Some(error.code()),
            }
        };
        assert_eq!(error, expected, "{kind:?}");
        let mut files: Vec<_> = rows.iter().map(|item| item.file.clone()).collect();
        files.sort();
        files.dedup();
        assert_eq!(files.len(), rows.len(), "no item twice");
        assert!(rows.len() >= 600, "{kind:?}: {}", rows.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn waits_inside_a_batch_for_as_long_as_graph_asks() {
    let noa = visit(NOA).await;
    let items = noa.open(&["Large folders", "200 items"]).await;
    let files: Vec<Item> = items.into_iter().filter(Item::is_file).take(30).collect();
    let mut fault = Fault::new(FaultKind::Throttled { retry_after: 11 }).path("content.downloadUrl");
    fault.every = 3;
    fault.times = Some(9);
    noa.fault(fault);
    let before = noa.ports.now();
    noa.simulator.world().log().clear();
    let verdicts = noa.graph.confirm(&chosen(&files), &ANY).await.unwrap();
    assert_eq!(verdicts.iter().filter(|verdict| verdict.outcome.is_ok()).count(), 30, "{verdicts:?}");
    // Each file is answered once, and none that was answered is asked about again.
    let parts = noa.simulator.world().log().list();
    let paths = |status: u16| {
        let parts = parts.iter().filter(|part| part.in_batch && part.status == status);
        parts.map(|part| part.path.clone()).collect::<Vec<String>>()
    };
    let (answered, waited) = (paths(200), paths(429));
    assert_eq!(
        (answered.len(), waited.len(), parts.iter().filter(|part| part.in_batch).count()),
        (30, 9, 39)
    );
    assert_eq!(answered.iter().collect::<BTreeSet<_>>().len(), 30);
    assert!(waited.iter().all(|path| answered.contains(path)));
    assert!(noa.ports.now() - before >= 11_000);
}
