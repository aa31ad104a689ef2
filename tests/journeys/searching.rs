//! Searching: across the drive and SharePoint, page by page, overtaken and given up.

use onedrive_simulator::drive::{Audience, Fault, FaultKind, Shared};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::story::{NOA, Story};

/// Where a search across everything goes.
const EVERYWHERE: &str = "/search/query";

/// What is marked in the name of each row in sight, one after the other.
const MARKED: &str = "return [...document.querySelectorAll('[role=row][aria-selected]')].map((row) => \
    [row.getAttribute('aria-label').split(',')[0], [...row.querySelectorAll('mark')].map((mark) => mark.textContent).join('')])";

impl Browser {
    /// Types into the search field what is to be found, in place of what stands there.
    async fn search(&self, text: &str) {
        self.see("searchbox", "Search").await;
        if !self.focus().await.starts_with("searchbox") {
            self.press("/").await;
            self.see_focus("searchbox").await;
        }
        self.press_with(Key::Control, 'a').await;
        self.press(text).await;
    }

    /// The name of a row that begins like this, and what is marked in it.
    async fn marked(&self, name: &str) -> Option<String> {
        let rows: Vec<(String, String)> = self.ask(MARKED).await;
        rows.into_iter().find(|(row, _)| row.starts_with(name)).map(|(_, marked)| marked)
    }

    /// `aria-rowcount` of the hits.
    async fn hits(&self) -> Option<i32> {
        let grid = self.all("grid", "Search results").await.into_iter().next()?;
        grid.attr("aria-rowcount").await.ok()??.parse().ok()
    }

    /// How far the listing is scrolled.
    async fn scrolled(&self) -> i32 {
        self.ask("return document.querySelector('[role=grid]').scrollTop").await
    }
}

#[tokio::test]
async fn finds_in_the_drive_and_in_sharepoint_and_says_where_each_hit_lives() {
    let story = Story::browse_in(&[], &["Teaching"]).await;
    let browser = &story.browser;
    let with_tomas = Shared { audience: Audience::Users(vec!["tomas@openu.example"]) };
    let world = story.simulator.world();
    assert!(world.change_item(NOA, "Campus.jpg", |item| item.shared = Some(with_tomas)));
    browser.search("campus").await;
    // What is her own is not shared by others.
    story.see_in_row("Campus", "My files").await;
    browser.search("fourier").await;
    for (name, place, marked) in [
        ("Lecture 05", "Teaching › Drafts", "FourierFourier"),
        ("Seminar – Fast", "physics › 2025, spring", "Fourier"),
        ("Interview about", "media-centre", "Fourier"),
        ("fourier-violin", "Teaching › Drafts", "fourier"),
        ("Fourier optics", "Shared by Tomás Rivera", "Fourier"),
    ] {
        story.see_in_row(name, place).await;
        assert_eq!(browser.marked(name).await.as_deref(), Some(marked), "{name}");
    }
    // The end of a name stays when it is cut, and a word may lie across.
    browser.search("transform").await;
    browser
        .eventually("the word marked across the cut of the name", async || {
            (browser.marked("Lecture 05").await? == "transform").then_some(())
        })
        .await;
    story.see_in_row("Seminar – Fast", "physics › 2025, spring").await;
    browser.click("button", "This folder").await;
    browser.see_no("row", "/^Seminar – Fast/").await;
    story.see_in_row("Lecture 05", "Teaching › Drafts").await;
    browser.click("button", "Everywhere").await;
    browser.see("row", "/^Seminar – Fast/").await;

    // As tiles, too; and a folder among the hits opens.
    browser.search("drafts").await;
    browser.see("row", "/^Drafts/").await;
    browser.click("button", "Tiles").await;
    story.see_in_row("Drafts", "Teaching").await;
    assert_eq!(browser.marked("Drafts").await.as_deref(), Some("Drafts"));
    story.open_folder("Drafts").await;
    browser.see("row", "/^Lecture 05/").await;
    browser.click("button", "Clear search").await;
    browser.see("grid", "Teaching").await;
}

#[tokio::test]
async fn a_search_that_is_left_leads_back_to_the_place_where_it_began() {
    let story = Story::browse_in(&[], &["Large folders", "200 items"]).await;
    let browser = &story.browser;
    browser.see("row", "/\\d/").await;
    browser.see_focus("row").await;
    browser.press(Key::End).await;
    browser.press(Key::Up).await;
    browser.see_focus("row Workshop 181").await;
    let row = browser.focus().await;
    for way_back in ["Escape", "Clear search"] {
        browser.press("/").await;
        browser.see_focus("searchbox").await;
        let scrolled = browser.scrolled().await;
        assert!(scrolled > 1_000, "{scrolled}");
        browser.press("campus").await;
        browser.see("row", "/^Campus/").await;
        if way_back == "Escape" {
            browser.press(Key::Escape).await;
        } else {
            browser.click("button", way_back).await;
        }
        browser.see("grid", "200 items").await;
        browser
            .eventually(&format!("{scrolled} after {way_back}"), async || {
                (browser.scrolled().await == scrolled).then_some(())
            })
            .await;
        // The focus stays in the field for another word; the row where it was is one key away.
        browser.see_focus("searchbox").await;
        browser.press(Key::Down).await;
        browser.see_focus(&row).await;
        assert_eq!(browser.scrolled().await, scrolled);
    }

    // By the line that says why a new file can be missing.
    browser.press("/").await;
    browser.press("campus").await;
    browser.hear("note", "Microsoft finds new files after a few minutes").await;
    browser.click("button", "Open the folder to see them at once").await;
    browser.see("grid", "200 items").await;
    browser.see_focus(&row).await;
    browser.see_no("note", "").await;

    // While the answer is on its way.
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::Delay { milliseconds: 3_000 }).account(NOA).path(EVERYWHERE));
    let before = browser.asked(EVERYWHERE).await;
    browser.press("/").await;
    browser.press("campus").await;
    browser.await_asked(EVERYWHERE, before + 1).await;
    browser.see("grid", "Search results").await;
    browser.press(Key::Escape).await;
    browser.see("grid", "200 items").await;
    browser.see("row", "/^Workshop 181/").await;
    assert_eq!(browser.given_up(EVERYWHERE).await, 1);
}

#[tokio::test]
async fn an_overtaken_search_is_given_up_and_its_hits_never_come() {
    let story = Story::browse_in(&[], &[]).await;
    let browser = &story.browser;
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::Delay { milliseconds: 1_500 }).account(NOA).path(EVERYWHERE).times(1));
    browser.search("thesis").await;
    browser.await_asked(EVERYWHERE, 1).await;
    browser.search("syllabus").await;
    browser.see("row", "/^Syllabus/").await;
    assert_eq!(browser.given_up(EVERYWHERE).await, 1);
    // Longer than the first answer takes.
    browser.press_with(Key::Control, 'a').await;
    faults.add(Fault::new(FaultKind::Delay { milliseconds: 1_500 }).account(NOA).path(EVERYWHERE).times(1));
    browser.search("syllabus 2026").await;
    browser
        .eventually("the end of the last search", async || {
            browser.text().await.contains("1 result for “syllabus 2026”").then_some(())
        })
        .await;
    assert!(browser.all("row", "/^Thesis/").await.is_empty());
}

#[tokio::test]
async fn hits_come_page_by_page_and_where_there_are_too_many_that_is_said() {
    let story = Story::browse_in(&[], &[]).await;
    let browser = &story.browser;
    let faults = story.simulator.world().faults();
    let delay =
        |skip| Fault::new(FaultKind::Delay { milliseconds: 700 }).account(NOA).path(EVERYWHERE).skip(skip);
    faults.add(delay(1).times(1));
    browser.search("lecture").await;
    // The first page is there while the second is on its way; how many there are is not known yet.
    browser.see("row", "/^Lecture/").await;
    assert_eq!((browser.hits().await, browser.asked(EVERYWHERE).await), (Some(-1), 2));
    browser.press(Key::Down).await;
    browser.see_focus("row Lecture").await;
    browser.eventually("all hits", async || (browser.hits().await? == 501).then_some(())).await;
    browser.press(Key::End).await;
    browser
        .eventually("the last hit", async || {
            browser.ask::<bool>("return document.activeElement.ariaRowIndex === '501'").await.then_some(())
        })
        .await;
    assert!(browser.text().await.contains("This list can be incomplete"), "{}", browser.text().await);
}
