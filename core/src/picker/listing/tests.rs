//! Arrival, failure and refresh.

use super::*;
use crate::picker::testing::{file, file_ref, names};

type Folder = Listing<&'static str>;

fn page(names: &[&str]) -> Vec<Item> {
    names.iter().map(|name| file(name)).collect()
}

#[test]
fn arrives_page_by_page_without_moving_a_row() {
    let mut listing = Folder::folder();
    assert_eq!((listing.phase(), listing.row_count()), (&Phase::Loading, -1));
    assert_eq!(listing.receive(page(&["f10.mp4", "f2.mp4"]), true, None), 2);
    assert_eq!((listing.phase(), listing.row_count()), (&Phase::Partial, -1));
    assert_eq!(listing.receive(page(&["f2.mp4", "f1.mp4"]), false, None), 1);
    assert_eq!((listing.phase(), listing.row_count()), (&Phase::Complete, 4));
    assert_eq!(names(listing.iter()), ["f10.mp4", "f2.mp4", "f1.mp4"]);
}

#[test]
fn puts_a_folder_of_one_page_into_natural_order() {
    let mut listing = Folder::folder();
    listing.receive(page(&["f10.mp4", "f2.mp4"]), false, None);
    assert_eq!(names(listing.iter()), ["f2.mp4", "f10.mp4"]);
    let mut hits = Folder::ranked();
    hits.receive(page(&["f10.mp4", "f2.mp4"]), false, None);
    assert_eq!(names(hits.iter()), ["f10.mp4", "f2.mp4"]);
}

#[test]
fn keeps_its_rows_when_a_page_fails() {
    let mut listing = Folder::folder();
    listing.receive(page(&["a.mp4"]), true, None);
    listing.fail("throttled");
    assert_eq!((listing.phase(), listing.len()), (&Phase::Failed("throttled"), 1));
    listing.retry();
    assert_eq!(listing.phase(), &Phase::Partial);
    listing.receive(page(&["b.mp4"]), false, None);
    assert_eq!(listing.len(), 2);
}

#[test]
fn loads_again_when_the_first_page_failed() {
    let mut listing = Folder::folder();
    listing.fail("offline");
    listing.refresh();
    assert_eq!(listing.phase(), &Phase::Loading);
    assert!(!listing.is_refreshing());
}

#[test]
fn refreshes_behind_the_rows() {
    let mut listing = Folder::folder();
    listing.receive(page(&["a.mp4", "b.mp4", "c.mp4"]), false, None);
    listing.refresh();
    listing.receive(page(&["b.mp4", "d.mp4"]), true, None);
    assert_eq!(names(listing.iter()), ["a.mp4", "b.mp4", "c.mp4"], "nothing moves before the whole is there");
    listing.receive(page(&["c.mp4"]), false, None);
    assert_eq!(names(listing.iter()), ["b.mp4", "c.mp4", "d.mp4"]);
    assert_eq!(listing.phase(), &Phase::Complete);
}

#[test]
fn a_failed_refresh_changes_nothing() {
    let mut listing = Folder::folder();
    listing.receive(page(&["a.mp4"]), false, None);
    listing.refresh();
    listing.fail("offline");
    assert_eq!((listing.phase(), listing.len()), (&Phase::Complete, 1));
    assert!(!listing.is_refreshing());
}

#[test]
fn a_refresh_goes_on_where_the_older_reading_stopped() {
    let mut listing = Folder::folder();
    listing.receive(page(&["a.mp4", "b.mp4"]), true, None);
    listing.refresh();
    listing.receive(page(&["b.mp4", "c.mp4"]), true, None);
    assert_eq!((listing.phase(), listing.is_refreshing()), (&Phase::Partial, false));
    listing.receive(page(&["d.mp4"]), false, None);
    assert_eq!(names(listing.iter()), ["b.mp4", "c.mp4", "d.mp4"]);
}

#[test]
fn sorting_and_filtering_hold_for_the_refreshed_rows_too() {
    let mut listing = Folder::folder();
    listing.receive(page(&["a.mp4", "b.mp4", "c.mp4"]), false, None);
    listing.refresh();
    listing.receive(page(&["a.mp4", "d.mp3"]), true, None);
    listing.sort(Order::By(Column::Name, Direction::Descending));
    listing.filter(Show::Only(crate::graph::MediaKind::Video));
    while !listing.sort_step(1, None) {}
    assert_eq!(names(listing.iter()), ["c.mp4", "b.mp4", "a.mp4"]);
    listing.receive(page(&["e.mp4"]), false, None);
    assert_eq!(names(listing.iter()), ["e.mp4", "a.mp4"]);
    assert!(!listing.is_sorting());
}

#[test]
fn counts_every_change() {
    let mut listing = Folder::folder();
    let mut last = listing.version();
    let steps: [&dyn Fn(&mut Folder); 4] = [
        &|listing| assert_eq!(listing.receive(page(&["b.mp4", "a.mp4"]), true, None), 2),
        &|listing| listing.press(Column::Name),
        &|listing| assert!(listing.sort_step(1000, None)),
        &|listing| listing.fail("offline"),
    ];
    for step in steps {
        step(&mut listing);
        assert_ne!(listing.version(), last);
        last = listing.version();
    }
}

#[test]
fn holds_twenty_thousand_items() {
    let mut listing = Folder::folder();
    for start in 0..100 {
        let page =
            (0..200).map(|number| file(&format!("f{}.mp4", (start * 200 + number) * 7 % 20_000))).collect();
        listing.receive(page, start < 99, None);
    }
    listing.press(Column::Name);
    let mut steps = 0;
    while !listing.sort_step(1_000, None) {
        steps += 1;
    }
    assert!(steps > 10, "a sort of this length pauses");
    assert_eq!(listing.len(), 20_000);
    assert!(names(listing.iter()).starts_with(&["f0.mp4", "f1.mp4", "f2.mp4"]));
    assert_eq!(listing.row_of(&file_ref("f19999.mp4")), Some(19_999));
}

#[test]
fn says_that_microsoft_has_more_than_is_asked_for() {
    let mut listing = Folder::ranked();
    listing.receive(page(&["a.mp4"]), false, None);
    let before = listing.version();
    listing.cut(false);
    assert!(!listing.is_cut() && listing.version() == before);
    listing.cut(true);
    assert!(listing.is_cut() && listing.version() != before);
}
