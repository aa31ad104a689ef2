//! Where the browser lets no window open.

use crate::story::{NOA, Story};

#[tokio::test]
async fn a_blocked_window_is_noticed_and_opened_by_another_click() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    let picker = browser.window().await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.act("window.openKept = window.open; window.open = () => null").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    browser.act("window.open = window.openKept").await;
    browser.click("button", "Open the window again").await;
    let microsoft = story.go_to_microsoft().await;
    story.pick_account(NOA).await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn a_window_that_stays_blocked_lets_this_one_go_to_microsoft_and_come_back() {
    for flow in ["implicit", "code"] {
        let story = Story::begin().await;
        let browser = &story.browser;
        if flow == "code" {
            story.use_the_code_flow();
        }
        browser.block_windows().await;
        story.visit_picker().await;
        browser.click("button", "Sign in with Microsoft").await;
        browser.click("button", "Sign in in this window").await;
        story.pick_account(NOA).await;
        browser.click("button", "Accept").await;
        story.open_folder("Teaching").await;
        browser.click("link", "My files").await;
        story.choose("Campus.jpg").await;
        story.open_folder("Recordings").await;
        browser.see("button", "Import 1 file").await;
        // The sign-in ends in the middle of work. Nothing else can be opened, and nothing is lost.
        story.simulator.world().directory().revoke_tokens(NOA);
        story.simulator.world().directory().end_sessions();
        browser.click("link", "My files").await;
        browser.hear("alert", "Your sign-in has ended").await;
        browser.click("button", "Sign in").await;
        browser.click("button", "Sign in in this window").await;
        browser.click("button", "Next").await;
        browser.see("grid", "My files").await;
        browser.see("button", "Import 1 file").await;
        assert_eq!(browser.window_count().await, 1);
        assert!(browser.all("alert", "").await.is_empty());
        let kept: String = browser.ask("return JSON.stringify(sessionStorage)").await;
        assert!(!kept.contains("redirect"), "{kept}");
    }
}

#[tokio::test]
async fn a_window_with_a_host_never_leaves_for_microsoft() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_host("").await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.act("window.open = () => null").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    assert!(browser.all("button", "Sign in in this window").await.is_empty());
}

#[tokio::test]
async fn a_frame_that_may_open_no_window_says_so() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_frame(&story.simulator.origins().mediaspace, "&quirk=sandbox-teams").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    browser.hear("alert", "open your media site in a tab of its own").await;
    assert!(browser.all("button", "Sign in in this window").await.is_empty());
    browser.click("button", "Cancel").await;
    browser.see("button", "Sign in with Microsoft").await;
}
