//! The picker loaded anew in the middle: nothing chosen is lost, nothing is imported twice.

use onedrive_simulator::drive::{Fault, FaultKind};

use crate::story::{NOA, Story};

#[tokio::test]
async fn keeps_the_choice_and_the_host() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let my_media = story.create_and_choose(&["Campus.jpg", "Radio"]).await;
    browser.see("button", "/^Import \\d+ files$/").await;
    let label = browser.see("button", "/^Import \\d+ files$/").await.text().await.expect("a button");
    browser.driver.refresh().await.expect("the picker");
    // Microsoft knows the account by now: one click, no typing.
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see_windows(2).await;
    browser.return_to(&picker).await;
    browser.see("button", &label).await;
    browser.click("button", &label).await;
    browser.hear("status", " ready, 0 failed, 0 to go").await;
    browser.click("button", "Done").await;
    story.return_when_closed(&my_media, "files imported.").await;
    browser.see("row", "/Campus.*Ready/").await;
}

#[tokio::test]
async fn keeps_the_choice_though_microsoft_falters_while_the_page_comes_back() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.create_and_choose(&["Campus.jpg", "Podcast jingle.mp3"]).await;
    browser.see("button", "Import 2 files").await;
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::Truncated).account(NOA).path("/$batch").times(1));
    browser.driver.refresh().await.expect("the picker");
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see_windows(2).await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Campus/").await;
    browser.see("button", "Import 2 files").await;
}

#[tokio::test]
async fn another_picker_of_the_same_tab_begins_without_it() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    browser.visit(&format!("{mediaspace}/hosts/v8.html?view=iframe&token=account")).await;
    for round in 0..2 {
        browser.click("button", "Open the picker").await;
        browser.enter_frame("OneDrive").await;
        browser.see("row", "/^Campus/").await;
        browser.see("button", "Import").await;
        if round == 0 {
            story.choose("Campus.jpg").await;
        }
        browser.leave_frames().await;
    }
}

#[tokio::test]
async fn finds_the_import_again_and_still_refreshes_its_links() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.kaltura().change_faults(|faults| faults.import_delay = 3_000);
    story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "0 ready, 0 failed, 1 to go").await;
    browser.driver.refresh().await.expect("the picker");
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see_windows(2).await;
    browser.return_to(&picker).await;
    browser.click("button", "Show the import").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    assert_eq!(story.entries(), [("Campus".to_owned(), 2)]);
}
