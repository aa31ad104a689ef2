//! Imports that fail, and the way on.

use onedrive_simulator::kaltura::{FailingImports, Failure};

use crate::story::{NOA, Story};

#[tokio::test]
async fn an_expired_link_fails_the_import_and_trying_again_gets_a_fresh_one() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.world().switch(|switches| switches.link_lifetime = 0);
    story.simulator.kaltura().change_faults(|faults| faults.import_delay = 1_200);
    let my_media = story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "0 ready, 1 failed, 0 to go").await;
    browser.see("alert", "").await;
    let picker = browser.window().await;

    browser.return_to(&my_media).await;
    browser.hear("alert", "1 file could not be imported.").await;
    browser.see("row", "/Campus.*Failed/").await;
    story.simulator.world().switch(|switches| switches.link_lifetime = 300);
    browser.click("button", "Try again").await;
    browser.see("row", "/Campus.*Ready/").await;
    browser.return_to(&picker).await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
}

#[tokio::test]
async fn tries_a_failed_file_again_from_the_picker() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let failing = FailingImports { percent: 100, seed: 1, failure: Failure::Importing };
    story.simulator.kaltura().change_faults(|faults| faults.imports = Some(failing));
    story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "0 ready, 1 failed, 0 to go").await;
    story.simulator.kaltura().change_faults(|faults| faults.imports = None);
    browser.click("button", "Try again").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
}

#[tokio::test]
async fn names_a_file_that_vanished_and_imports_the_others() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.create_and_choose(&["Campus.jpg", "Podcast jingle.mp3"]).await;
    assert!(story.simulator.world().change_item(NOA, "Campus.jpg", |item| item.gone = true));
    browser.click("button", "Import 2 files").await;
    browser.hear("alert", "moved, renamed or deleted").await;
    browser.hear("status", "1 ready, 1 failed, 0 to go").await;
    assert_eq!(story.entries(), [("Podcast jingle".to_owned(), 2)]);
}

#[tokio::test]
async fn the_links_handed_over_are_made_after_the_click_on_import() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.create_and_choose(&["Campus.jpg", "Podcast jingle.mp3"]).await;
    // Every link that has been given so far is of no use any more.
    story.simulator.world().switch(|switches| switches.link_lifetime = 300);
    story.simulator.world().advance(301);
    browser.click("button", "Import 2 files").await;
    browser.hear("status", "2 ready, 0 failed, 0 to go").await;
}
