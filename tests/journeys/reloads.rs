//! The picker loaded anew in the middle: nothing chosen is lost, nothing is imported twice.

use crate::story::{NOA, Story};

#[tokio::test]
async fn keeps_the_choice_and_the_host() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let my_media = story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    story.choose("Radio").await;
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
    browser.see_windows(1).await;
    browser.return_to(&my_media).await;
    browser.hear("status", "files imported.").await;
    browser.see("row", "/Campus.*Ready/").await;
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
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
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
