//! Choosing: rows, ranges, everything, whole folders; kept wherever the person goes; and its limits, said when they bite.

use onedrive_simulator::drive::{Fault, FaultKind};
use serde_json::json;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::story::{NOA, Story};

/// What the rows chosen are called, in the order of their names.
const CHOSEN: &str = "return [...document.querySelectorAll('[role=row][aria-selected=true]')] \
    .map((row) => row.getAttribute('aria-label')).sort()";

impl Browser {
    /// Waits until exactly these rows in sight are chosen.
    async fn see_chosen(&self, names: &[&str]) {
        self.eventually(&format!("{names:?} to be chosen, and nothing else"), async || {
            let chosen: Vec<String> = self.ask(CHOSEN).await;
            let are_these =
                chosen.iter().zip(names).all(|(label, name)| label.starts_with(&format!("{name},")));
            (are_these && chosen.len() == names.len()).then_some(())
        })
        .await;
    }

    /// Waits until the mark in the head says so.
    async fn see_head(&self, checked: &str) {
        self.eventually(&format!("the mark in the head to be {checked}"), async || {
            let mark = self.all("checkbox", "Select all").await.into_iter().next()?;
            (mark.attr("aria-checked").await.ok()?? == checked).then_some(())
        })
        .await;
    }

    /// Waits until the button that imports cannot be pressed and says this.
    async fn see_idle_import(&self, words: &str) {
        self.eventually(&format!("a button “{words}” that cannot be pressed"), async || {
            let button = self.all("button", words).await.into_iter().next()?;
            (!button.is_enabled().await.ok()?).then_some(())
        })
        .await;
    }
}

impl Story {
    /// Clicks a row, with a key held down.
    async fn click_row(&self, name: &str, held: Option<Key>) {
        self.browser
            .eventually(&format!("a click on {name}"), async || {
                let row = self.row(name).await?;
                let chain = self.browser.driver.action_chain();
                let clicked = match held.clone() {
                    Some(held) => chain.key_down(held.clone()).click_element(&row).key_up(held),
                    None => chain.click_element(&row),
                };
                clicked.perform().await.ok()
            })
            .await;
    }

    /// Clicks the mark of a row once, whatever comes of it.
    pub(crate) async fn click_mark(&self, name: &str) {
        self.browser
            .eventually(&format!("a click on the mark of {name}"), async || {
                let row = self.row(name).await?;
                row.scroll_into_view().await.ok()?;
                row.find(By::Css("[data-part=check]")).await.ok()?.click().await.ok()
            })
            .await;
    }
}

#[tokio::test]
async fn chooses_rows_ranges_and_everything_by_the_mouse_and_by_keys() {
    let story = Story::browse_in(&[], &["Teaching", "Signals and Systems"]).await;
    let browser = &story.browser;
    browser.see("row", "/^Lecture 01/").await;
    browser.press_with(Key::Control, 'a').await;
    // Neither the three folders nor the slides.
    browser.see("button", "Import 8 files").await;
    browser.see_head("true").await;
    browser.press_with(Key::Control, 'a').await;
    browser.see_idle_import("Import").await;

    story.open_folder("Guest lectures").await;
    story.click_row("Guest 2", None).await;
    browser.see_chosen(&["Guest 2.mp4"]).await;
    browser.see_head("mixed").await;
    story.click_row("Guest 5", Some(Key::Shift)).await;
    browser.see_chosen(&["Guest 2.mp4", "Guest 3.mp4", "Guest 4.mp4", "Guest 5.mp4"]).await;
    browser.see("button", "Import 4 files").await;
    story.click_row("Guest 3", Some(Key::Shift)).await;
    browser.see_chosen(&["Guest 2.mp4", "Guest 3.mp4"]).await;
    story.click_row("Guest 6", Some(Key::Control)).await;
    story.click_row("Guest 2", Some(Key::Control)).await;
    story.click_row("Guest 1", Some(Key::Meta)).await;
    browser.see_chosen(&["Guest 1.mp4", "Guest 3.mp4", "Guest 6.mp4"]).await;

    browser.click("checkbox", "Select all").await;
    browser.see("button", "Import 6 files").await;
    browser.see_head("true").await;
    browser.click("checkbox", "Select all").await;
    browser.see_chosen(&[]).await;
    browser.see_head("false").await;

    // From the row chosen last, Shift+Space; from the focus, Shift and an arrow.
    story.click_row("Guest 1", None).await;
    browser.press(Key::Down + Key::Down).await;
    browser.press_with(Key::Shift, ' ').await;
    browser.see_chosen(&["Guest 1.mp4", "Guest 2.mp4", "Guest 3.mp4"]).await;
    browser.press(Key::Down + Key::Down).await;
    browser.press_with(Key::Shift, Key::Down).await;
    browser.see_chosen(&["Guest 1.mp4", "Guest 2.mp4", "Guest 3.mp4", "Guest 5.mp4", "Guest 6.mp4"]).await;
    browser.press_with(Key::Shift, Key::Up).await;
    browser.see_chosen(&["Guest 1.mp4", "Guest 2.mp4", "Guest 3.mp4", "Guest 5.mp4"]).await;
    browser.hear("status", "4 files chosen").await;
}

#[tokio::test]
async fn keeps_the_choice_across_folders_searches_places_and_views() {
    let story = Story::browse_in(&[], &["Teaching", "Drafts"]).await;
    let browser = &story.browser;
    let [lecture, partials] =
        ["Lecture 05 – From Fourier series to the Fourier transform.mp4", "fourier-violin-partials.png"];
    story.choose(lecture).await;
    story.choose(partials).await;
    // 829 MB and 1,800 kB.
    browser.hear("contentinfo", "831 MB").await;
    browser.click("link", "Shared").await;
    browser.see("grid", "Shared").await;
    story.choose("Session 1.mp4").await;
    browser.click("link", "Sites").await;
    browser.click("row", "/^Lecture recordings/").await;
    story.choose("Faculty of Engineering trailer").await;
    browser.see("searchbox", "Search").await.send_keys("fourier").await.expect("keys");
    browser.see("grid", "Search results").await;
    browser.see_chosen(&[lecture, partials]).await;
    let podcast = "Podcast – Joseph Fourier, a life.mp3";
    story.choose(podcast).await;
    browser.see("button", "Import 5 files").await;
    browser.click("button", "Tiles").await;
    browser.see_chosen(&[lecture, podcast, partials]).await;
    browser.click("button", "Clear search").await;
    browser.see("grid", "Lecture recordings").await;
    browser.click("button", "List").await;
    browser.see_chosen(&["Faculty of Engineering trailer.mp4"]).await;
    browser.click("button", "Remove Session 1.mp4").await;
    browser.see("button", "Import 4 files").await;
    browser.click("link", "Shared").await;
    browser.see("row", "/^Session 1\\./").await;
    browser.see_chosen(&[]).await;
}

#[tokio::test]
async fn explains_each_limit_at_the_moment_it_bites() {
    let settings = [
        ("maxItems", json!(3)),
        ("maxItemBytes", json!(700_000_000)),
        ("mediaTypes", json!(["video", "audio"])),
    ];
    let story = Story::browse_in(&settings, &["Teaching", "Signals and Systems"]).await;
    let browser = &story.browser;
    for (name, words) in [
        ("Lecture 02", "Larger than 668 MB, the limit here"),
        ("Whiteboard", "Images can’t be imported here"),
        ("Slides 02", "Documents can’t be imported here"),
    ] {
        story.see_in_row(name, words).await;
        story.click_mark(name).await;
        let said = browser.hear("status", words).await;
        assert!(said.starts_with(name), "{said}");
        browser.see_chosen(&[]).await;
    }
    for (folder, words) in [
        ("Guest lectures", "Over 3 files. Open it to choose"),
        ("Slides and handouts", "This folder has no files that can be imported here"),
    ] {
        story.click_mark(folder).await;
        browser.hear("alert", words).await;
        browser.see_chosen(&[]).await;
        browser.see_idle_import("Import").await;
    }
    story.open_folder("Guest lectures").await;
    for name in ["Guest 1", "Guest 2", "Guest 3"] {
        story.choose(name).await;
    }
    assert!(browser.all("alert", "").await.is_empty());
    story.click_mark("Guest 4").await;
    browser.hear("alert", "Only 3 files can be imported at a time").await;
    browser.see_chosen(&["Guest 1.mp4", "Guest 2.mp4", "Guest 3.mp4"]).await;
    // The limit is forgotten once it bites no more.
    story.click_mark("Guest 1").await;
    browser.see_no("alert", "").await;
    browser.press_with(Key::Control, 'a').await;
    browser.hear("alert", "Only 3 files can be imported at a time").await;
    browser.see_chosen(&["Guest 1.mp4", "Guest 2.mp4", "Guest 3.mp4"]).await;
}

#[tokio::test]
async fn counts_a_folder_before_it_is_taken_and_stops_when_it_is_taken_back() {
    let story = Story::browse_in(&[], &[]).await;
    let browser = &story.browser;
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::Delay { milliseconds: 600 }).account(NOA).path("/children"));
    let before = browser.asked("/children").await;
    story.choose("Teaching").await;
    browser.see_idle_import("Counting…").await;
    // One request after the other: the folder itself, then those in it.
    browser.await_asked("/children", before + 3).await;
    story.see_in_row("Teaching", "Counting… 2 files so far").await;
    story.click_mark("Teaching").await;
    browser.see_chosen(&[]).await;
    browser.see_idle_import("Import").await;
    browser.hear("status", "Nothing chosen").await;
    browser
        .eventually("the request under way to be given up", async || {
            (browser.given_up("/children").await == 1).then_some(())
        })
        .await;

    // Whoever is done counts no more of it, and another folder can be chosen.
    let before = browser.asked("/children").await;
    story.choose("Radio").await;
    browser.see("button", "Import 2 files").await;
    assert_eq!(browser.asked("/children").await, before + 2, "the folder and the one in it");
    story.see_in_row("Radio", "2 files").await;

    faults.clear();
    story.choose("Teaching").await;
    browser.see("button", "Import 65 files").await;
    story.see_in_row("Teaching", "63 files").await;
    // Each file of it can be taken back.
    story.open_folder("Teaching").await;
    story.open_folder("Drafts").await;
    browser.see("row", "/^Lecture 05/").await;
    story.click_mark("Lecture 05").await;
    browser.see("button", "Import 64 files").await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_counted_to_its_end_is_not_taken_for_less() {
    let story = Story::browse_in(&[], &[]).await;
    let browser = &story.browser;
    let faults = story.simulator.world().faults();
    let inside = |kind| Fault::new(kind).account(NOA).path("/children").skip(1);
    faults.add(inside(FaultKind::Truncated));
    story.click_mark("Radio").await;
    browser.hear("alert", "Microsoft’s answer could not be read. Not all files could be loaded.").await;
    browser.see_chosen(&[]).await;
    browser.see_idle_import("Import").await;
    faults.clear();
    browser.click("button", "Try again").await;
    browser.see("button", "Import 2 files").await;
    browser.see_no("alert", "").await;

    // What the account may not open is left out, and that is said.
    faults.add(inside(FaultKind::Forbidden).times(1));
    story.click_mark("Teaching").await;
    browser.see("button", "Import 63 files").await;
    browser.hear("alert", "1 folder can’t be opened and was left out").await;

    // Nothing is left of one that was moved away meanwhile.
    faults.clear();
    assert!(story.simulator.world().change_item(NOA, "Recordings", |folder| folder.gone = true));
    story.click_mark("Recordings").await;
    browser.hear("alert", "This folder is gone").await;
    browser.see("button", "Import 63 files").await;
}
