//! Rows under every order, filter and arrival.

use super::*;
use crate::graph::MediaKind;
use crate::picker::order::{Column, Direction};
use crate::picker::testing::{file, file_ref, folder, names};
use proptest::prelude::*;

const BY_NAME: Order = Order::By(Column::Name, Direction::Ascending);

fn rows(pages: &[&[&str]]) -> Rows {
    let mut rows = Rows::new(false);
    for page in pages {
        rows.extend(page.iter().map(|name| made(name)).collect(), None);
    }
    rows
}

fn made(name: &str) -> Item {
    if name.contains('.') { file(name) } else { folder(name) }
}

#[test]
fn keeps_the_given_order_with_folders_first() {
    let rows = rows(&[&["b.mp4", "X", "a.mp4"], &["Y", "c.mp4"]]);
    assert_eq!(names(rows.iter()), ["X", "Y", "b.mp4", "a.mp4", "c.mp4"]);
    assert_eq!(rows.folders(), 2);
    assert_eq!(rows.row_of(&file_ref("a.mp4")), Some(3));
}

#[test]
fn keeps_the_rank_of_hits() {
    let mut rows = Rows::new(true);
    rows.extend(vec![file("b.mp4"), folder("X"), file("a.mp4")], None);
    assert_eq!(names(rows.iter()), ["b.mp4", "X", "a.mp4"]);
    assert_eq!(rows.folders(), 0);
    rows.sort(BY_NAME);
    rows.sort_step(usize::MAX, None);
    assert_eq!(names(rows.iter()), ["X", "a.mp4", "b.mp4"]);
    assert_eq!(rows.folders(), 1);
}

#[test]
fn takes_an_item_once_and_brings_it_up_to_date() {
    let mut rows = rows(&[&["a.mp4", "b.mp4"]]);
    let newer = Item { size: Some(7), ..file("a.mp4") };
    assert_eq!(rows.extend(vec![newer, file("c.mp4")], None), 1);
    assert_eq!(names(rows.iter()), ["a.mp4", "b.mp4", "c.mp4"]);
    assert_eq!(rows.get(0).and_then(|item| item.size), Some(7));
}

#[test]
fn puts_later_pages_into_the_order_of_the_user() {
    let mut rows = rows(&[&["b.mp4", "d.mp4"]]);
    rows.sort(BY_NAME);
    assert!(rows.sort_step(100, None));
    rows.extend(vec![file("c.mp4"), file("a.mp4"), folder("Z")], None);
    assert_eq!(names(rows.iter()), ["Z", "a.mp4", "b.mp4", "c.mp4", "d.mp4"]);
}

#[test]
fn sorts_on_with_a_page_that_arrives_meanwhile() {
    let mut rows = rows(&[&["d.mp4", "c.mp4", "b.mp4"]]);
    rows.sort(BY_NAME);
    assert!(!rows.sort_step(1, None));
    rows.extend(vec![file("a.mp4")], None);
    assert_eq!(rows.len(), 4, "nothing is hidden while sorting");
    while !rows.sort_step(1, None) {}
    assert_eq!(names(rows.iter()), ["a.mp4", "b.mp4", "c.mp4", "d.mp4"]);
}

#[test]
fn shows_one_kind_and_all_folders() {
    let mut rows = rows(&[&["a.mp4", "b.mp3", "X"]]);
    rows.filter(Show::Only(MediaKind::Audio));
    assert_eq!(names(rows.iter()), ["X", "b.mp3"]);
    assert_eq!((rows.total(), rows.folders()), (3, 1));
    assert_eq!(rows.row_of(&file_ref("a.mp4")), None);
    assert!(rows.find(&file_ref("a.mp4")).is_some());
    rows.extend(vec![file("c.mp4"), file("d.mp3")], None);
    assert_eq!(names(rows.iter()), ["X", "b.mp3", "d.mp3"]);
    rows.filter(Show::All);
    assert_eq!(rows.len(), 5);
}

#[test]
fn asks_the_locale() {
    let mut rows = rows(&[&["á.mp4", "ḅ.mp4"]]);
    rows.sort(BY_NAME);
    let mut steps = 0;
    while !rows.sort_step(usize::MAX, Some(&|left, right| right.cmp(left))) {
        steps += 1;
    }
    assert_eq!((names(rows.iter()), steps), (vec!["ḅ.mp4", "á.mp4"], 1), "after the built-in order");
}

#[test]
fn asks_the_locale_little_where_the_built_in_order_is_right() {
    let numbers = (0..2_000).map(|number| file(&format!("é{}.mp4", number * 7 % 2_000)));
    let mut rows = Rows::new(false);
    rows.extend(numbers.collect(), None);
    rows.sort(BY_NAME);
    let asked = std::cell::Cell::new(0);
    let number =
        |name: &str| name.trim_matches(|letter: char| !letter.is_ascii_digit()).parse::<u32>().unwrap_or(0);
    let collate = |left: &str, right: &str| {
        asked.set(asked.get() + 1);
        number(left).cmp(&number(right))
    };
    while !rows.sort_step(100, Some(&collate)) {}
    assert!(asked.get() < 2_000, "{}", asked.get());
}

proptest! {
    #[test]
    fn pages_never_change_what_is_shown_in_the_end(
        numbers in prop::collection::vec(0u8..60, 0..80),
        cuts in prop::collection::vec(1usize..20, 1..8),
        sort_at in 0usize..8,
        budget in 1usize..40,
    ) {
        let items: Vec<Item> = numbers.iter().map(|number| if number % 5 == 0 { folder(&format!("F{number}")) } else { file(&format!("f{number}.mp4")) }).collect();
        let mut rows = Rows::new(false);
        let mut rest = items.as_slice();
        for (step, cut) in cuts.iter().cycle().enumerate() {
            if step == sort_at {
                rows.sort(BY_NAME);
            }
            rows.sort_step(budget, None);
            if rest.is_empty() && step > sort_at {
                break;
            }
            let (page, others) = rest.split_at((*cut).min(rest.len()));
            rest = others;
            rows.extend(page.to_vec(), None);
            prop_assert_eq!(rows.len(), rows.total());
        }
        while !rows.sort_step(budget, None) {}
        let mut expected: Vec<u8> = numbers.clone();
        expected.sort_unstable_by_key(|number| (number % 5 != 0, *number));
        expected.dedup();
        let expected: Vec<String> = expected.iter().map(|number| if number % 5 == 0 { format!("F{number}") } else { format!("f{number}.mp4") }).collect();
        prop_assert_eq!(names(rows.iter()), expected);
        for (row, item) in rows.iter().enumerate() {
            prop_assert_eq!(rows.row_of(&item.file), Some(row));
        }
    }
}
