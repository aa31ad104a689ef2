//! Graph that never answers: each wait ends, in words and with a way on.

use onedrive_simulator::drive::{Fault, FaultKind};

use crate::story::{NOA, Story};

/// How long one answer may take, in milliseconds.
const LIMIT: u32 = 30_000;

impl Story {
    fn fall_silent(&self, skip: u32) {
        let faults = self.simulator.world().faults();
        faults.add(Fault::new(FaultKind::Hang).account(NOA).path("/items/*/children").skip(skip));
    }
}

#[tokio::test]
async fn a_folder_that_never_answers_is_given_up_in_time_and_can_be_tried_again() {
    let story = Story::browse_in(&[], &[]).await;
    let browser = &story.browser;
    story.choose("Campus.jpg").await;
    browser.see("button", "Import 1 file").await;
    browser.hurry().await;
    let before = browser.asked("/children").await;

    story.fall_silent(0);
    story.double_click("Recordings").await;
    let said = browser.hear("alert", "Microsoft can’t be reached").await;
    assert!(said.contains("Your choice is kept."), "{said}");
    assert_eq!(browser.asked("/children").await - before, 2, "each try costs the person the whole limit");
    let waits = browser.long_waits().await;
    // A request for thumbnails has the same limit.
    assert!(waits.len() >= 2 && waits.iter().all(|wait| *wait == LIMIT), "{waits:?}");
    browser.see("button", "Copy details").await;
    browser.see("button", "Import 1 file").await;
    story.simulator.world().faults().clear();
    browser.click("button", "Try again").await;
    browser.see("row", "/^Thesis colloquium/").await;

    // A folder that is to be chosen as a whole.
    browser.click("link", "My files").await;
    browser.see("row", "/^Campus/").await;
    story.fall_silent(1);
    story.choose("Radio").await;
    browser.hear("alert", "Microsoft can’t be reached").await;
    browser.see("button", "Import 1 file").await;
    story.simulator.world().faults().clear();
    browser.click("button", "Try again").await;
    browser.see("button", "Import 3 files").await;

    // In the middle of a long folder: the rows stay.
    story.open_folder("Large folders").await;
    browser.see("row", "/^5,000/").await;
    story.fall_silent(2);
    story.open_folder("5,000 items").await;
    browser.see("row", r"/\d/").await;
    let said = browser.hear("alert", "Microsoft can’t be reached").await;
    assert!(said.contains("Not all files could be loaded."), "{said}");
    browser.see("row", r"/\d/").await;
    browser.see("button", "Import 3 files").await;
    // A large page may take longer than the hurried limit.
    browser.act("window.hurried = false").await;
    story.simulator.world().faults().clear();
    browser.click("button", "Try again").await;
    browser
        .eventually("every row", async || {
            let grid = browser.all("grid", "5,000 items").await.into_iter().next()?;
            (grid.attr("aria-rowcount").await.ok()??.as_str() == "5001").then_some(())
        })
        .await;
}
