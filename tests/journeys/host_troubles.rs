//! Hosts that may not, cannot or will not.

use serde_json::json;

use crate::story::{NOA, Story};

#[tokio::test]
async fn a_host_that_is_not_allowed_gets_nothing() {
    let story = Story::begin().await;
    let options =
        json!({"sdk": "8.0", "messaging": {"origin": "https://elsewhere.example", "channelId": "1"}});
    story.browser.visit(&story.picker_url(&options.to_string())).await;
    story.browser.hear("alert", "https://elsewhere.example").await;
    assert!(story.browser.all("button", "Sign in with Microsoft").await.is_empty());
    assert!(story.simulator.world().log().list().is_empty());
}

#[tokio::test]
async fn options_that_cannot_be_read_are_named() {
    let story = Story::begin().await;
    for options in [
        "not JSON",
        "[]",
        "7",
        r#"{"sdk":"8.0","messaging":7}"#,
        r#"{"messaging":{"origin":"*","channelId":"1"}}"#,
    ] {
        story.browser.visit(&story.picker_url(options)).await;
        story.browser.see("alert", "").await;
        story.browser.see("button", "Copy details").await;
        assert!(story.browser.all("button", "Sign in with Microsoft").await.is_empty(), "{options}");
    }
    assert!(story.simulator.world().log().list().is_empty());
}

#[tokio::test]
async fn a_closed_host_window_is_said_and_the_choice_kept() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("").await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    let picker = browser.window().await;
    browser.return_to(&host).await;
    browser.driver.close_window().await.expect("a window");
    browser.return_to(&picker).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("alert", "The page that opened the picker did not answer").await;
    browser.see("button", "Import 1 file").await;
}

#[tokio::test]
async fn a_host_that_refuses_leaves_the_choice_and_may_take_it_later() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("?quirk=unusable-first").await;
    story.sign_in(NOA).await;
    story.import_campus().await;
    browser.hear("alert", "The page could not take these files. Your choice is kept.").await;
    browser.see("row", "/^Campus/").await;
    browser.click("button", "Import 1 file").await;
    story.return_when_closed(&host, "1 picked.").await;
}

#[tokio::test]
async fn a_host_that_never_answers_a_pick_leaves_the_choice() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_host("?quirk=bare-unsupported").await;
    story.sign_in(NOA).await;
    story.import_campus().await;
    browser.see("alert", "").await;
    browser.see("button", "Import 1 file").await;
}
