//! The order of the rows and the kinds that are shown, held against the simulator's own drive.

use std::cmp::Reverse;

use onedrive_simulator::drive::{Body, Item};
use serde_json::json;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::story::{NOA, Story};

/// The names of the rows in sight, from the top, each with its facts.
const NAMES: &str = "return [...document.querySelectorAll('[role=row][aria-selected]')] \
    .sort((one, other) => one.getAttribute('aria-rowindex') - other.getAttribute('aria-rowindex')) \
    .map((row) => row.getAttribute('aria-label'))";

/// The heads that say they sort, and how.
const SORTED: &str = "return [...document.querySelectorAll('[role=columnheader][aria-sort]')] \
    .map((head) => (head.querySelector('button').ariaLabel ?? head.innerText).trim() + ' ' + head.getAttribute('aria-sort'))";

/// Rows compared after each press: as many as are in sight for sure.
const IN_SIGHT: usize = 10;

impl Browser {
    /// Scrolls to the top, and waits until the first rows are these.
    async fn see_first(&self, names: &[String]) {
        self.eventually(&format!("the rows {names:?}"), async || {
            // On its way, Tab may have come by a row far below.
            self.act("document.querySelector('[role=grid]').scrollTop = 0").await;
            let seen: Vec<String> = self.ask(NAMES).await;
            let are_these =
                names.iter().zip(&seen).all(|(name, label)| label.starts_with(&format!("{name},")));
            (are_these && seen.len() >= names.len()).then_some(())
        })
        .await;
    }

    /// Waits until these heads say how they sort, and no other does.
    async fn see_sorted(&self, heads: &[&str]) {
        self.eventually(&format!("{heads:?}"), async || {
            (self.ask::<Vec<String>>(SORTED).await == heads).then_some(())
        })
        .await;
    }

    /// Waits until so many rows are told.
    async fn see_row_count(&self, grid: &str, rows: usize) {
        self.eventually(&format!("{rows} rows in {grid}"), async || {
            let grid = self.all("grid", grid).await.into_iter().next()?;
            (grid.attr("aria-rowcount").await.ok()??.parse() == Ok(rows + 1)).then_some(())
        })
        .await;
    }

    /// Chooses a line of the menu of orders and kinds by the keyboard alone.
    async fn choose_in_menu(&self, line: &str) {
        self.tab_to("Sort by").await;
        self.press(Key::Enter).await;
        self.see("menu", "Sort by").await;
        for _ in 0..12 {
            if self.focus().await == format!("menuitemradio {line}") {
                break;
            }
            self.press(Key::Down).await;
        }
        self.press(Key::Enter).await;
        self.see_no("menu", "").await;
        self.see_focus("button Sort by").await;
    }
}

impl Story {
    /// What lies in a folder of Noa's.
    fn items_of(&self, path: &str) -> Vec<Item> {
        let world = self.simulator.world();
        let id = world.drive_id_of(&world.account(NOA).expect("an account"));
        let drive = world.drive(&id).expect("a drive").read().expect("a drive");
        let names: Vec<String> = path.split('/').map(str::to_owned).collect();
        let folder = drive.descend(drive.root().expect("a root"), &names).expect("a folder");
        drive.children(folder).cloned().collect()
    }
}

/// "Seminar 7.mp4" as a person reads it: by the word, then by the number.
fn natural(item: &Item) -> (String, u64, String) {
    let end = item.name.find(|letter: char| letter.is_ascii_digit()).unwrap_or(item.name.len());
    let (word, rest) = item.name.split_at(end);
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (number, ending) = rest.split_at(end);
    (word.to_lowercase(), number.parse().unwrap_or(0), ending.to_owned())
}

fn ending(item: &Item) -> String {
    item.name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default()
}

/// How long a video plays; a work account's Graph says it of nothing else.
fn length(item: &Item) -> Option<u32> {
    match &item.body {
        Body::File(file) if file.mime_type.starts_with("video/") => file.content.duration(),
        _ => None,
    }
}

/// The first names in an order: folders first, those alike by name.
fn first<K: Ord>(items: &[Item], key: &dyn Fn(&Item) -> K) -> Vec<String> {
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by_key(|item| (!item.holds_items(), key(item), natural(item)));
    items.into_iter().take(IN_SIGHT).map(|item| item.name.clone()).collect()
}

/// The files with one of these extensions.
fn files_of(items: &[Item], wanted: &[&str]) -> Vec<Item> {
    let fits = |item: &&Item| !item.holds_items() && wanted.contains(&ending(item).as_str());
    items.iter().filter(fits).cloned().collect()
}

#[tokio::test]
async fn sorts_by_each_column_in_both_directions_by_clicks_and_by_keys() {
    let story = Story::browse_in(&[], &["Teaching", "Signals and Systems"]).await;
    let browser = &story.browser;
    let all = story.items_of("Teaching/Signals and Systems");
    browser.see_sorted(&["Name ascending"]).await;
    let by_name = |item: &Item| item.name.to_lowercase();
    let by_day = |item: &Item| item.modified;
    browser.see_first(&first(&all, &by_name)).await;
    for (head, direction, names) in [
        // Folders stay above, in the same direction.
        ("Name", "descending", first(&all, &|item| Reverse(by_name(item)))),
        ("Modified", "descending", first(&all, &|item| Reverse(by_day(item)))),
        ("Modified", "ascending", first(&all, &by_day)),
        ("Length", "descending", first(&all, &|item| (length(item).is_none(), Reverse(length(item))))),
        ("Length", "ascending", first(&all, &|item| (length(item).is_none(), length(item)))),
    ] {
        browser.click("button", head).await;
        browser.see_sorted(&[&format!("{head} {direction}")]).await;
        browser.see_first(&names).await;
    }
    // Folders by the sizes of what is in them: here the files alone are looked at.
    let in_folder = story.items_of("Teaching/Signals and Systems/Lab recordings");
    story.open_folder("Lab recordings").await;
    browser.see_sorted(&["Name ascending"]).await;
    browser.see_first(&first(&in_folder, &|_| ())).await;
    browser.click("button", "Size").await;
    browser.see_sorted(&["Size descending"]).await;
    browser.see_first(&first(&in_folder, &|item| Reverse(item.size()))).await;

    // Without a mouse, by the menu; the same line once more turns the order round.
    browser.choose_in_menu("Size").await;
    browser.see_sorted(&["Size ascending"]).await;
    browser.see_first(&first(&in_folder, &|item: &Item| item.size())).await;
    browser.hear("status", "Sorted by Size").await;
    browser.choose_in_menu("Type").await;
    browser.see_sorted(&["Type ascending"]).await;
    browser.see_first(&first(&in_folder, &ending)).await;
    browser.choose_in_menu("Type").await;
    browser.see_sorted(&["Type descending"]).await;
    browser.see_first(&first(&in_folder, &|item| Reverse(ending(item)))).await;
    browser.click("button", "Type").await;
    browser.see_sorted(&["Type ascending"]).await;
    browser.choose_in_menu("Length").await;
    browser.see_sorted(&["Length descending"]).await;
    browser.choose_in_menu("Name").await;
    browser.see_sorted(&["Name ascending"]).await;
}

#[tokio::test]
async fn shows_one_kind_and_every_folder_and_says_what_does_not_fit_the_site() {
    let story = Story::browse_in(&[("mediaTypes", json!(["video"]))], &["Large folders", "200 items"]).await;
    let browser = &story.browser;
    let all = story.items_of("Large folders/200 items");
    let folders = all.iter().filter(|item| item.holds_items()).count();
    assert!(folders > 0, "folders among the items");
    for (kind, endings, reason) in [
        ("Video", &["mp4", "webm"][..], None),
        ("Audio", &["m4a", "mp3"], Some("Audio can’t be imported here")),
        ("Image", &["jpg", "png"], Some("Images can’t be imported here")),
        ("Document", &["pptx", "pdf", "docx"], Some("Documents can’t be imported here")),
    ] {
        browser.choose_in_menu(kind).await;
        let files = files_of(&all, endings);
        browser.see_row_count("200 items", folders + files.len()).await;
        browser.see("button", &format!("/^Sort by: {kind}$/")).await;
        // A file below the folders, explained where the site does not take it.
        let name = files.iter().min_by_key(|item| natural(item)).expect("a file").name.clone();
        if let Some(reason) = reason {
            story.see_in_row(&name, reason).await;
        }
    }
    // Folders lead on under every filter.
    let folder = all.iter().find(|item| item.holds_items()).expect("a folder").name.clone();
    browser.act("document.querySelector('[role=grid]').scrollTop = 0").await;
    story.double_click(&folder).await;
    browser.see("heading", "This folder is empty").await;
    browser.click("button", "Go up one folder").await;
    browser.see_row_count("200 items", folders + files_of(&all, &["pptx", "pdf", "docx"]).len()).await;
    browser.choose_in_menu("All kinds").await;
    browser.see_row_count("200 items", all.len()).await;

    // Where nothing is of that kind, the way back is one press.
    browser.click("link", "Large folders").await;
    browser.see("row", "/^Empty/").await;
    browser.click("link", "My files").await;
    for folder in ["Radio", "Season 2"] {
        story.open_folder(folder).await;
    }
    browser.see("row", "/^Podcast/").await;
    browser.choose_in_menu("Image").await;
    browser.see("heading", "Nothing of this kind here").await;
    browser.click("button", "Show all").await;
    story.see_in_row("Podcast – Ada", "Audio can’t be imported here").await;
}

#[tokio::test]
async fn orders_names_as_the_language_does_and_numbers_by_their_value() {
    let story = Story::begin().await;
    let browser = &story.browser;
    // By Pinyin a, bo, ci; by their numbers in Unicode the other way round.
    for (before, after) in [("Guest 1.mp4", "次.mp4"), ("Guest 2.mp4", "阿.mp4"), ("Guest 3.mp4", "波.mp4")]
    {
        let path = format!("Teaching/Signals and Systems/Guest lectures/{before}");
        assert!(story.simulator.world().change_item(NOA, &path, |item| item.name = after.to_owned()));
    }
    browser.visit(&format!("{}&locale=zh-Hans", story.picker_url("{}"))).await;
    story.sign_in_by("使用 Microsoft 登录", NOA).await;
    for folder in ["Teaching", "Signals and Systems", "Guest lectures"] {
        story.open_folder(folder).await;
    }
    browser
        .eventually("the order of Pinyin", async || {
            let names: Vec<String> = browser.ask(NAMES).await;
            let names = names.iter().filter_map(|name| name.chars().next());
            (names.filter(|first| *first != 'G').eq("阿波次".chars())).then_some(())
        })
        .await;
}
