//! Changing one's mind.

use crate::story::{NOA, Story};

#[tokio::test]
async fn cancels_at_the_card() {
    let story = Story::begin().await;
    let my_media = story.create_from_onedrive().await;
    story.browser.click("button", "Cancel").await;
    nothing_was_imported(&story, &my_media).await;
    assert_eq!(story.graph_calls(), 0);
}

#[tokio::test]
async fn cancels_in_the_listing_with_files_chosen() {
    let story = Story::begin().await;
    let my_media = story.create_and_choose(&["Campus.jpg"]).await;
    story.browser.click("button", "Cancel").await;
    nothing_was_imported(&story, &my_media).await;
}

#[tokio::test]
async fn cancels_while_microsoft_waits_and_can_start_again() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.create_from_onedrive().await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "Finish signing in in the other window").await;
    browser.see("button", "Open the window again").await;
    browser.click("button", "Cancel").await;
    browser.see("button", "Sign in with Microsoft").await;
    // Microsoft's pages cut their window off, so the picker cannot close it; the person does.
    browser.see_windows(3).await;
    story.go_to_microsoft().await;
    browser.driver.close_window().await.expect("a window");
    browser.return_to(&picker).await;
    story.sign_in(NOA).await;
    browser.see("grid", "My files").await;
}

#[tokio::test]
async fn a_closed_picker_is_a_cancel() {
    let story = Story::begin().await;
    let my_media = story.create_from_onedrive().await;
    story.browser.see("button", "Sign in with Microsoft").await;
    story.browser.driver.close_window().await.expect("a window");
    nothing_was_imported(&story, &my_media).await;
}

async fn nothing_was_imported(story: &Story, my_media: &thirtyfour::WindowHandle) {
    story.browser.see_windows(1).await;
    story.browser.return_to(my_media).await;
    story.browser.hear("status", "Nothing was imported.").await;
    assert!(story.entries().is_empty());
}
