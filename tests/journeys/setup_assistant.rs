//! Through the whole set-up assistant with a right registration, and what it keeps of what was entered.

use crate::story::{NOA, Story};

const CHECKS: [&str; 21] = [
    "WebAssembly",
    "The page answers",
    "Content security policy",
    "Opener policy (COOP)",
    "Pop-ups",
    "Third-party storage",
    "Redirect URI",
    "Tenant and application",
    "Supported account types",
    "Access tokens",
    "ID tokens",
    "Consent",
    "Clock",
    "ID token is genuine",
    "Granted permissions",
    "The person",
    "The person’s OneDrive",
    "A listing",
    "A thumbnail",
    "A fresh download link",
    "Search",
];

#[tokio::test]
async fn walks_from_the_address_to_proof() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_assistant().await;
    let site = story.simulator.origins().mediaspace.clone();
    story.fill("Site address", &format!(" {}/my-media ", site.to_uppercase().replace("HTTP://", ""))).await;
    browser.hear("status", "Capital letters became small ones").await;
    let uri = format!("{site}/onedrive/index/blank-page");
    let shown = browser.see("group", "Redirect URI").await;
    assert!(shown.text().await.expect("text").contains(&uri));

    browser.click("button", "Next: register the app").await;
    story.see_step(2).await;
    let shown = browser.see("group", "Redirect URI, platform Web").await;
    assert!(shown.text().await.expect("text").replace('\n', "").contains(&uri));
    browser.click("button", "Next: tokens and permissions").await;
    story.see_step(3).await;
    for permission in ["Files.Read.All", "openid", "profile", "User.Read"] {
        browser.see("button", &format!("Copy {permission}")).await;
    }
    let link =
        browser.see("link", "Open the link").await.attr("href").await.expect("a link").unwrap_or_default();
    assert!(link.contains("/organizations/v2.0/adminconsent?"), "{link}");
    browser.click("button", "Next: OneDrive module").await;
    story.see_step(4).await;
    for (field, value) in [
        ("enabled", "Yes"),
        ("allowedRoles", "privateOnlyRole"),
        ("applicationId", onedrive_simulator::APPLICATION_ID),
    ] {
        let group = browser.see("group", field).await;
        assert!(group.text().await.expect("text").contains(value), "{field}");
    }
    browser.click("button", "Next: try it").await;
    story.see_step(5).await;

    story.check_as(NOA).await;
    browser.hear("status", "Everything works").await;
    for check in CHECKS {
        let verdict = story.verdict(check).await;
        assert!(verdict.contains("Passed"), "{verdict}");
    }
    browser.see("complementary", "Live check").await;
    let kept: String = browser.ask("return JSON.stringify({ ...localStorage, ...sessionStorage })").await;
    assert!(!kept.contains("eyJ"), "{kept}");
}

#[tokio::test]
async fn takes_the_underscore_out_and_says_so() {
    let story = Story::begin().await;
    story.open_assistant().await;
    story.fill("Site address", "open_university.mediaspace.example").await;
    let browser = &story.browser;
    browser.hear("status", "Azure needs the address without the underscore").await;
    let uri = browser.see("group", "Redirect URI").await.text().await.expect("text").replace('\n', "");
    assert!(uri.contains("https://openuniversity.mediaspace.example/onedrive/index/blank-page"), "{uri}");
    // Only the page of that site can be asked.
    browser.click("button", "/Try it/").await;
    browser
        .eventually("the check to give up", async || {
            story.verdict("The page answers").await.contains("Open this assistant there").then_some(())
        })
        .await;
}

#[tokio::test]
async fn refuses_an_address_with_the_reason() {
    let story = Story::begin().await;
    story.open_assistant().await;
    for (text, reason) in [
        ("http://media.example.edu", "https only"),
        ("https://*.example.edu", "A wildcard can’t be registered"),
        ("https://media.example.edu/?a=b", "can’t have a query"),
        ("https://media.example.edu:99999", "is no port"),
    ] {
        story.fill("Site address", text).await;
        story.browser.click("button", "Next: register the app").await;
        story.browser.hear("alert", reason).await;
        story.see_step(1).await;
    }
}

#[tokio::test]
async fn takes_a_client_secret_out_of_the_page_at_once() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_assistant().await;
    browser.click("button", "Next: register the app").await;
    let secret = ["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat();
    story.paste("application-id", &secret).await;
    browser.hear("alert", "That was a client secret, so we removed it").await;
    let left: String = browser
        .ask("return document.getElementById('application-id').value + JSON.stringify(localStorage) + location.href")
        .await;
    assert!(!left.contains("Q~"), "{left}");
}

#[tokio::test]
async fn follows_back_and_forward_of_the_browser() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_assistant().await;
    story.go_to_the_last_step().await;
    browser.driver.back().await.expect("a way back");
    story.see_step(4).await;
    browser.driver.back().await.expect("a way back");
    story.see_step(3).await;
    browser.driver.forward().await.expect("a way on");
    story.see_step(4).await;
    browser.driver.refresh().await.expect("the page again");
    story.see_step(4).await;
    browser.driver.back().await.expect("a way back");
    story.see_step(3).await;
    let focused: String = browser.ask("return document.activeElement.textContent").await;
    assert_eq!(focused, "Tokens and permissions");
}

#[tokio::test]
async fn keeps_what_was_entered_and_hands_it_on_by_a_link() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_assistant().await;
    story.fill("Site address", "https://media.example.edu").await;
    browser.click("button", "Next: register the app").await;
    story.fill("Application (client) ID", "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046").await;
    browser.driver.refresh().await.expect("the page again");
    story.see_step(2).await;
    let value = |field| async move {
        browser.see("textbox", field).await.prop("value").await.expect("a value").unwrap_or_default()
    };
    assert_eq!(value("Application (client) ID").await, "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046");

    // Whoever opens the link sees the same, and what came with it.
    let link = format!(
        "{}#site=https%3A%2F%2Fother.example.edu&application=00000000-1111-2222-3333-444444444444&step=register",
        story.assistant_url()
    );
    browser.visit(&link).await;
    browser.hear("status", "These values came with the link").await;
    story.see_step(2).await;
    assert_eq!(value("Application (client) ID").await, "00000000-1111-2222-3333-444444444444");
    let address: String = browser.ask("return location.href").await;
    assert!(!address.contains('#'), "{address}");
    browser.click("button", "Start over").await;
    story.see_step(1).await;
    assert_eq!(value("Site address").await, story.simulator.origins().mediaspace);
}

#[tokio::test]
async fn asks_for_own_files_alone_where_a_tenant_will_not_consent() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.change_registration(|app| {
        app.permissions = ["Files.Read", "openid", "profile", "User.Read"].map(str::to_owned).to_vec();
    });
    story.open_assistant().await;
    browser.click("button", "Next: register the app").await;
    browser.click("button", "Next: tokens and permissions").await;
    browser.click("radio", "/My files only/").await;
    browser.see("button", "Copy Files.Read").await;
    browser.see_no("button", "Copy Files.Read.All").await;
    browser.click("button", "Next: OneDrive module").await;
    let block = browser.see("region", "Settings block").await.text().await.expect("text");
    assert!(block.contains("\"filesAccess\": \"own\""), "{block}");
    browser.click("button", "Next: try it").await;
    story.check_as("own@openu.example").await;
    assert!(story.verdict("Granted permissions").await.contains("Passed"));
    assert!(story.verdict("Search").await.contains("Passed"));
}

#[tokio::test]
async fn names_the_setting_of_the_page_that_is_wrong() {
    let story = Story::begin().await;
    story.simulator.site().set("maxItems", 0);
    story.open_assistant().await;
    story.browser.click("button", "/OneDrive module/").await;
    story.browser.hear("alert", "maxItems is “0”").await;
    // The check signs in with what was entered all the same.
    story.browser.click("button", "Next: try it").await;
    story.check_as(NOA).await;
    story.browser.hear("status", "Everything works").await;
}
