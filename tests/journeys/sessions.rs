//! The second flow, and sessions that end in the middle of work.

use onedrive_simulator::drive::Party;

use crate::engine::Look;
use crate::story::{NOA, Story};

#[tokio::test]
async fn signs_in_by_the_code_flow() {
    let story = Story::begin().await;
    story.use_the_code_flow();
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    assert_eq!(story.simulator.world().log().count(Party::Identity, "/token"), 1);
}

#[tokio::test]
async fn uses_no_code_that_the_registration_does_not_let_it_redeem() {
    let story = Story::begin().await;
    story.simulator.site().set("flow", "code");
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.browser.hear("alert", "lacks the single-page platform").await;
    story.browser.hear("alert", "as a single-page application, or set flow to implicit").await;
    story.browser.see("button", "Try again").await;
    assert_eq!(story.graph_calls(), 0);
}

#[tokio::test]
async fn a_second_visit_needs_no_click_where_frames_get_their_cookies() {
    let story = Story::begin_with(Look { third_party_cookies: true, ..Look::default() }).await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.visit_picker().await;
    story.browser.see("row", "/^Campus/").await;
    assert_eq!(story.browser.window_count().await, 1);
}

#[tokio::test]
async fn changes_the_account_and_forgets_the_choice_of_the_other() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    story.choose("Campus.jpg").await;
    browser.click("button", "/Account: Noa/").await;
    let picker = browser.window().await;
    browser.click("menuitem", "Use another account").await;
    let microsoft = story.go_to_microsoft().await;
    story.pick_account("tomas@openu.example").await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;
    browser.see("button", "/Account: Tom/").await;
    browser.see("button", "Import").await;
}

#[tokio::test]
async fn signs_in_after_microsoft_has_changed_its_keys() {
    let story = Story::begin().await;
    story.visit_picker().await;
    story.browser.see("button", "Sign in with Microsoft").await;
    story.simulator.world().directory().rotate_keys();
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
}
