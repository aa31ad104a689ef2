//! Places: what an account may see, and what each says of itself.

use onedrive_simulator::drive::{Fault, FaultKind};
use onedrive_simulator::identity::Audience;
use thirtyfour::prelude::*;

use crate::story::{NOA, Story};

#[tokio::test]
async fn opens_a_library_from_sites() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.click("link", "Sites").await;
    browser.see("grid", "Sites").await;
    browser.click("row", "/^Colloquia/").await;
    browser.see("grid", "Colloquia").await;
    browser.click("row", "/^2025, spring/").await;
    browser.see("row", "/^Seminar/").await;
    let calls = story.simulator.world().log().list();
    assert!(calls.iter().any(|call| call.path.contains("/drives/") && call.path.ends_with("/root/children")));
}

#[tokio::test]
async fn finds_recent_and_shared_files_and_says_where_they_live() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    for place in ["Recent", "Shared"] {
        browser.click("link", place).await;
        browser.see("grid", place).await;
        browser.see("row", "/./").await;
        assert!(browser.text().await.contains("This list can be incomplete"), "{place}");
    }
    let ended = ["/recent", "/sharedWithMe", "/insights"];
    let calls = story.simulator.world().log().list();
    assert!(!calls.iter().any(|call| ended.iter().any(|path| call.path.contains(path))));
}

#[tokio::test]
async fn comes_back_to_the_last_folder_of_the_account() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    story.open_folder("Teaching").await;
    browser.see("row", "/^Drafts/").await;
    // The account is still signed in at Microsoft, so that its window closes by itself.
    story.visit_picker().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("grid", "Teaching").await;
    browser.see("row", "/^Drafts/").await;
    browser.click("link", "My files").await;
    browser.see("row", "/^Campus/").await;
}

/// Parts of the program that the page stood still for: their requests are waited for.
const STOOD_STILL_FOR: &str = "return performance.getEntriesByType('resource') \
    .filter((entry) => entry.initiatorType === 'xmlhttprequest').map((entry) => entry.name)";

/// Other places than My files need more of the program.
#[tokio::test]
async fn comes_back_to_another_place_and_stands_still_for_nothing() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    for place in ["Recent", "Shared", "Sites"] {
        browser.click("link", place).await;
        browser.see("grid", place).await;
        browser.see("row", "/./").await;
        story.visit_picker().await;
        browser.click("button", "Sign in with Microsoft").await;
        browser.see("grid", place).await;
        browser.see("row", "/./").await;
        browser.see("searchbox", "Search").await;
        assert_eq!(browser.ask::<Vec<String>>(STOOD_STILL_FOR).await, [""; 0], "{place}");
    }
}

/// A story in which personal accounts may sign in.
pub(crate) async fn begin_with_personal_accounts() -> Story {
    let story = Story::begin().await;
    story.simulator.site().set("tenant", "common");
    story.change_registration(|app| app.sign_in_audience = Audience::OrganizationsAndPersonal);
    story
}

#[tokio::test]
async fn says_to_a_personal_account_that_it_has_no_sites_where_a_host_begins_there() {
    let story = begin_with_personal_accounts().await;
    let browser = &story.browser;
    browser.visit(&story.picker_url(r#"{"entry":{"sharePoint":{}}}"#)).await;
    story.sign_in("ruth@outlook.example").await;
    browser
        .eventually("what Sites says", async || {
            browser.text().await.contains("Personal accounts have no SharePoint sites.").then_some(())
        })
        .await;
    browser.click("link", "My files").await;
    browser.see("row", "/\\d/").await;
}

#[tokio::test]
async fn offers_a_personal_account_what_it_has() {
    let story = begin_with_personal_accounts().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in("ruth@outlook.example").await;
    browser.see("row", "/./").await;
    browser.see("link", "Shared").await;
    browser.see_no("link", "Sites").await;
}

#[tokio::test]
async fn says_that_a_site_may_read_own_files_only() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/./").await;
    story.simulator.world().faults().add(Fault::new(FaultKind::Forbidden).account(NOA).path("/search/query"));
    browser.click("link", "Shared").await;
    browser.hear("alert", "This place can’t be shown here").await;
    browser.click("link", "My files").await;
    browser.see("row", "/./").await;
}

#[tokio::test]
async fn shows_odd_items_for_what_they_are() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    story.open_folder("Odd items").await;
    browser.see("row", "/./").await;
    let rows = browser.all("row", "/can’t be imported|malware|is empty|being uploaded|was deleted/").await;
    assert!(rows.len() >= 4, "{} odd rows", rows.len());
    for row in rows {
        let mark = row.find(By::Css("[data-part=check]")).await.expect("a mark");
        mark.click().await.expect("a click");
        assert_eq!(row.attr("aria-selected").await.expect("an attribute").as_deref(), Some("false"));
    }
    browser.see("button", "Import").await;
}
