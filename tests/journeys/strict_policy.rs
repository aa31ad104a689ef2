//! The main journey and the assistant under the policy that releases are served with: nothing is against it.

use crate::story::{NOA, Story};

#[tokio::test]
async fn imports_under_the_strictest_policy_without_a_violation() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.site().set("$csp", "trusted-types");
    let my_media = story.create_from_onedrive().await;
    let picker = browser.window().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    browser.click("button", "Tiles").await;
    browser.click("button", "List").await;
    let search = browser.see("searchbox", "Search").await;
    search.send_keys("thesis").await.expect("keys");
    browser.see("row", "/^Thesis colloquium/").await;
    search.clear().await.expect("an empty field");
    browser.click("button", "Clear search").await;
    story.choose("Campus.jpg").await;
    story.double_click("Attachments").await;
    browser.see("heading", "This folder is empty").await;
    browser.click("button", "Go up one folder").await;
    browser.click("button", "/^Import 1 file/").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    browser.see_no_violation().await;
    browser.return_to(&picker).await;
    browser.click("button", "Done").await;
    browser.return_to(&my_media).await;
    browser.see("row", "/Campus.*Ready/").await;
}

#[tokio::test]
async fn sets_up_under_the_strictest_policy_without_a_violation() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.site().set("$csp", "trusted-types");
    story.open_assistant().await;
    story.fill("Site address", "open_university.mediaspace.example").await;
    browser.hear("status", "Azure needs the address without the underscore").await;
    story.fill("Site address", &story.simulator.origins().mediaspace).await;
    browser.click("button", "Next: register the app").await;
    browser.act("document.querySelectorAll('details').forEach((details) => { details.open = true; })").await;
    browser.see("region", "Script for the Azure CLI").await;
    browser.click("button", "Next: tokens and permissions").await;
    browser.click("button", "Next: OneDrive module").await;
    browser.click("button", "Next: try it").await;
    story.check_as(NOA).await;
    browser.hear("status", "Everything works").await;
    assert!(story.verdict("Content security policy").await.contains("Passed"));
    browser.see_no_violation().await;
}
