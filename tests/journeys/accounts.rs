//! Whose files: guests, personal accounts, hints, second visits, signing out.

use crate::places::begin_with_personal_accounts;
use crate::story::{NOA, Story, encode};

/// Options of a v8 host with hints for Microsoft's page.
fn hints(hints: &str) -> String {
    format!("?options={}", encode(hints))
}

#[tokio::test]
async fn a_guest_uses_the_files_of_the_own_organization() {
    let story = Story::begin().await;
    story.visit_picker().await;
    story.sign_in("guest@partner.example").await;
    story.browser.see("button", "/Account: Gil/").await;
    story.browser.see("grid", "My files").await;
    story.browser.see("row", "/, /").await;
}

#[tokio::test]
async fn a_guest_of_the_organization_that_is_named_is_told_that_there_is_no_drive() {
    let story = Story::begin().await;
    story.simulator.site().set("tenant", "openu.example");
    story.visit_picker().await;
    story.sign_in("guest@partner.example").await;
    story.browser.hear("alert", "This account has no OneDrive yet").await;
    story.sign_in_by("Use another account", NOA).await;
    story.browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn a_personal_account_is_refused_at_microsoft_and_the_help_says_why() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    story.go_to_microsoft().await;
    story.pick_account("ruth@outlook.example").await;
    browser
        .eventually("the code", async || browser.text().await.contains("AADSTS500208").then_some(()))
        .await;
    browser.return_to(&picker).await;
    browser.act("document.querySelector('details').open = true").await;
    browser.see("textbox", "Code").await.send_keys("AADSTS500208").await.expect("a field");
    browser.hear("status", "This kind of account can’t be used here").await;
    browser.hear("status", "change the supported account types").await;
}

#[tokio::test]
async fn a_personal_account_browses_where_the_registration_takes_it() {
    let story = begin_with_personal_accounts().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in("ruth@outlook.example").await;
    browser.see("row", "/, /").await;
    browser.see("button", "/Account: Ruth/").await;
    browser.click("link", "Shared").await;
    browser.hear("status", "Shared").await;
    assert!(browser.all("alert", "").await.is_empty());
}

#[tokio::test]
async fn a_second_visit_is_one_click_without_typing() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    story.visit_picker().await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see_windows(1).await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn the_hints_of_the_host_reach_microsoft() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_host(&hints(r#"{"signIn":{"loginHint":"noa@openu.example"}}"#)).await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    let microsoft = story.go_to_microsoft().await;
    let field = browser.see("textbox", "/email/").await;
    assert_eq!(field.prop("value").await.expect("a field").as_deref(), Some(NOA));
    browser.click("button", "Next").await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Campus/").await;
    // "Use another account" means another one than the hint.
    browser.click("button", "/Account: Noa/").await;
    browser.click("menuitem", "Use another account").await;
    story.go_to_microsoft().await;
    browser.see("heading", "Pick an account").await;
}

#[tokio::test]
async fn a_domain_hint_shortens_the_list_of_accounts() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_host(&hints(r#"{"signIn":{"domainHint":"partner.example"}}"#)).await;
    browser.click("button", "Sign in with Microsoft").await;
    story.go_to_microsoft().await;
    browser.see("button", "/guest@partner\\.example/").await;
    assert!(browser.all("button", "/noa@openu/").await.is_empty());
}

#[tokio::test]
async fn after_signing_out_microsoft_asks_which_account() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.click("button", "/Account: Noa/").await;
    browser.click("menuitem", "Sign out").await;
    browser.see("button", "Sign in with Microsoft").await;
    let remembered: String = browser.ask("return JSON.stringify(localStorage)").await;
    assert!(!remembered.contains("noa@"), "{remembered}");
    browser.click("button", "Sign in with Microsoft").await;
    story.go_to_microsoft().await;
    browser.see("heading", "Pick an account").await;
}
