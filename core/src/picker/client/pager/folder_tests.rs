//! Folders of any length on a Graph that takes, caps or refuses page sizes: each item once, in order, by few requests.

use std::cell::Cell;
use std::rc::Rc;

use pollster::block_on;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::graph::PAGE_SIZE;
use crate::picker::client::testing::*;
use crate::web::{Request, TransportError};

/// How a drive answers.
#[derive(Clone, Copy, Debug)]
struct Folder {
    items: usize,
    /// The largest page that is given.
    cap: usize,
    /// Pages larger than this are refused.
    largest: usize,
    /// Whether any page size is refused.
    refuses_size: bool,
    /// How many items of a page come again on the next.
    repeated: usize,
}

const PLAIN: Folder =
    Folder { items: 0, cap: usize::MAX, largest: usize::MAX, refuses_size: false, repeated: 0 };

fn option(url: &str, name: &str) -> Option<usize> {
    let rest = url.split_once(name)?.1.trim_start_matches('=');
    rest.split('&').next()?.parse().ok()
}

impl Folder {
    fn answer(self, request: &Request) -> Answer {
        let size = option(&request.url, "$top");
        if size.is_some_and(|size| self.refuses_size || size > self.largest) {
            return status(400);
        }
        let size = size.unwrap_or(usize::from(PAGE_SIZE)).min(self.cap);
        let start = option(&request.url, "$skiptoken").unwrap_or(0);
        let end = (start + size).min(self.items);
        let place =
            json!({"driveId": "b!X", "driveType": "business", "id": "01A", "path": "/drives/b!X/root:/A"});
        let values: Vec<_> = (start..end)
            .map(|number| {
                let mut item =
                    json!({"id": format!("01{number}"), "name": format!("{number}.mp4"), "file": {}});
                if request.url.contains("parentReference") {
                    item["parentReference"] = place.clone();
                }
                item
            })
            .collect();
        let mut page = json!({"value": values});
        if end < self.items {
            let url = request.url.split("&$skiptoken").next().unwrap_or_default();
            let next = end - self.repeated.min(size - 1).min(end);
            page["@odata.nextLink"] = json!(format!("{url}&$skiptoken={next}"));
        }
        body(page)
    }

    fn world(self) -> World {
        world_at(Box::new(move |request| self.answer(request)))
    }
}

/// Reads a folder to its end; what each page added.
fn read(world: &World, folder: &FolderRef, count: Option<u32>) -> Vec<Vec<Item>> {
    read_by(world, Pager::children(folder, count))
}

fn read_by(world: &World, mut pager: Pager) -> Vec<Vec<Item>> {
    let pages = std::iter::from_fn(|| block_on(world.client.next_page(&mut pager)).unwrap());
    pages.map(|rows| rows.items).collect()
}

fn folder() -> FolderRef {
    FolderRef::Folder(FileRef::parse("b!x", "01A").unwrap())
}

#[test]
fn a_short_folder_costs_one_request_and_a_long_one_few() {
    for (items, count, expected) in [
        (0, None, 1),
        (200, None, 1),
        (200, Some(200), 1),
        (201, None, 2),
        (1_000, Some(1_000), 2),
        (1_001, None, 3),
        (5_000, None, 6),
        (5_000, Some(5_000), 6),
        (20_000, None, 21),
    ] {
        for folder in [FolderRef::MyFiles, folder()] {
            let world = Folder { items, ..PLAIN }.world();
            let pages = read(&world, &folder, count);
            assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), items);
            assert_eq!(world.asked(), expected, "{items} items");
            assert_eq!(pages[0].len(), items.min(200), "the first rows come after one short page");
        }
    }
}

#[test]
fn asks_for_both_kinds_of_pages_at_once_where_the_length_is_known() {
    for (count, expected) in [(None, 1), (Some(200), 1), (Some(201), 2)] {
        let world = Folder { items: 5_000, ..PLAIN }.world();
        let mut pager = Pager::children(&folder(), count);
        assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), 200);
        assert_eq!(world.asked(), expected, "{count:?}");
    }
    let world = Folder { items: 5_000, ..PLAIN }.world();
    let mut pager = Pager::children(&folder(), Some(5_000));
    assert!(block_on(world.client.quiet().next_page(&mut pager)).is_ok());
    assert_eq!(world.asked(), 1, "nothing but the first page is read of what nobody has opened");
}

#[test]
fn asks_for_a_page_before_the_one_before_it_is_read_where_all_are_wanted() {
    for (is_eager, expected) in [(true, [1, 3, 4, 4]), (false, [1, 2, 3, 4])] {
        let world = Folder { items: 2_500, ..PLAIN }.world();
        let pager = Pager::children(&folder(), None);
        let mut pager = if is_eager { pager.eagerly() } else { pager };
        for expected in expected {
            assert!(block_on(world.client.next_page(&mut pager)).is_ok());
            assert_eq!(world.asked(), expected, "{is_eager}");
        }
    }
    let world = Folder { items: 2_500, ..PLAIN }.world();
    let mut pager = Pager::children(&folder(), None).eagerly();
    assert!(block_on(world.client.quiet().next_page(&mut pager)).is_ok());
    assert_eq!(world.asked(), 1, "not of what nobody has opened");
}

#[test]
fn every_item_is_known_to_lie_in_the_folder_that_is_listed() {
    for count in [None, Some(1_500)] {
        let world = Folder { items: 1_500, ..PLAIN }.world();
        let items: Vec<Item> = read(&world, &folder(), count).into_iter().flatten().collect();
        let parent = items[0].parent.clone().unwrap();
        assert_eq!(&*parent.path, "/A");
        assert!(items.iter().all(|item| item.parent.as_ref() == Some(&parent)));
        assert!(items.iter().all(|item| item.file.drive.as_str() == "b!X"), "as the first page writes it");
    }
}

#[test]
fn remembers_what_a_drive_refuses() {
    for (graph, first, second) in [
        (Folder { items: 450, largest: 200, ..PLAIN }, 4, 3),
        (Folder { items: 450, refuses_size: true, ..PLAIN }, 4, 3),
        // One answer shows that larger pages are not given.
        (Folder { items: 450, cap: 200, ..PLAIN }, 4, 3),
    ] {
        let world = graph.world();
        for expected in [first, first + second] {
            let items: usize = read(&world, &folder(), None).iter().map(Vec::len).sum();
            assert_eq!((items, world.asked()), (450, expected), "{graph:?}");
        }
        let other = FolderRef::Folder(FileRef::parse("b!other", "01A").unwrap());
        read(&world, &other, None);
        assert_eq!(world.asked(), first + second + first, "another drive is asked in full: {graph:?}");
    }
}

#[test]
fn reads_on_in_short_pages_where_a_large_one_takes_too_long() {
    let graph = Folder { items: 450, ..PLAIN };
    let world = world_at(Box::new(move |request| {
        if request.url.contains("$top=1000") { Err(TransportError::TimedOut) } else { graph.answer(request) }
    }));
    assert_eq!(read(&world, &folder(), None).iter().map(Vec::len).sum::<usize>(), 450);
}

#[test]
fn a_failed_page_is_asked_for_again_and_nothing_else() {
    let graph = Folder { items: 2_500, ..PLAIN };
    let fails = Rc::new(Cell::new(true));
    let world = world_at(Box::new({
        let fails = Rc::clone(&fails);
        move |request| {
            if fails.get() && request.url.contains("$skiptoken") {
                status(403)
            } else {
                graph.answer(request)
            }
        }
    }));
    let mut pager = Pager::children(&folder(), None);
    for expected in [200, 800] {
        assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), expected);
    }
    assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap_err().code(), "forbidden");
    fails.set(false);
    for expected in [1_000, 500] {
        assert_eq!(block_on(world.client.next_page(&mut pager)).unwrap().unwrap().items.len(), expected);
    }
    assert_eq!(world.asked(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn each_item_comes_once_and_in_order(
        items in 0usize..3_500,
        cap in prop_oneof![Just(usize::MAX), 50usize..1_200],
        largest in prop_oneof![Just(usize::MAX), Just(200usize), Just(999usize)],
        refuses_size: bool,
        repeated in 0usize..20,
        count in proptest::option::of(0u32..4_000),
        eager: bool,
    ) {
        let graph = Folder { items, cap, largest, refuses_size, repeated };
        let world = graph.world();
        let pager = Pager::children(&folder(), count);
        let pages = read_by(&world, if eager { pager.eagerly() } else { pager });
        let numbers: Vec<String> = pages.into_iter().flatten().map(|item| item.name.to_string()).collect();
        let expected: Vec<String> = (0..items).map(|number| format!("{number}.mp4")).collect();
        prop_assert_eq!(numbers, expected);
        let takes_all = cap >= 1_000 && largest >= 1_000 && !refuses_size && repeated == 0;
        let is_long = items > 200 || count.is_some_and(|count| count > 200);
        let most = if is_long { items.div_ceil(1_000).max(1) + 1 } else { 1 };
        prop_assert!(!takes_all || world.asked() <= most, "{} requests", world.asked());
    }
}
