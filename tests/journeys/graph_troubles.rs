//! Graph in trouble: words of its own, a way on, and the choice kept.

use onedrive_simulator::drive::{Fault, FaultKind, Party};

use crate::story::{NOA, SAVES_DATA, Story};

/// The fault of every listing, what the alert says, and the button that leads on.
type Case = (&'static str, FaultKind, &'static str, &'static str);

async fn each_has_its_words(cases: Vec<Case>) {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    story.choose("Campus.jpg").await;
    for (folder, kind, words, way_on) in cases {
        let faults = story.simulator.world().faults();
        faults.add(Fault::new(kind).account(NOA).path("/children"));
        story.double_click(folder).await;
        browser.hear("alert", words).await;
        browser.see("button", "Copy details").await;
        browser.see("button", "Import 1 file").await;
        faults.clear();
        browser.click("button", way_on).await;
        if way_on == "Try again" {
            browser.see("grid", folder).await;
            browser.click("link", "My files").await;
        }
        browser.see("row", "/^Campus/").await;
        browser.see("button", "Import 1 file").await;
    }
}

#[tokio::test]
async fn says_what_cannot_be_opened() {
    each_has_its_words(vec![
        ("Documents", FaultKind::Forbidden, "You can’t open this folder", "Go back"),
        ("Radio", FaultKind::NotFound, "This folder is gone", "Go back"),
        ("Recordings", FaultKind::Truncated, "Microsoft’s answer could not be read", "Try again"),
        ("Teaching", FaultKind::HtmlPage, "Microsoft’s answer could not be read", "Try again"),
        ("Documents", FaultKind::OtherShape, "Microsoft’s answer could not be read", "Try again"),
        ("Radio", FaultKind::EmptyBody, "Microsoft’s answer could not be read", "Try again"),
    ])
    .await;
}

#[tokio::test]
async fn says_that_microsoft_is_busy_when_waiting_did_not_help() {
    each_has_its_words(vec![(
        "Documents",
        FaultKind::Throttled { retry_after: 1 },
        "Microsoft is busy",
        "Try again",
    )])
    .await;
}

#[tokio::test]
async fn says_that_microsoft_has_a_fault() {
    each_has_its_words(vec![(
        "Documents",
        FaultKind::ServerError,
        "Microsoft could not answer",
        "Try again",
    )])
    .await;
}

#[tokio::test]
async fn says_that_microsoft_cannot_be_reached() {
    each_has_its_words(vec![("Documents", FaultKind::Dropped, "Microsoft can’t be reached", "Try again")])
        .await;
}

#[tokio::test]
async fn waits_by_itself_and_goes_on_when_a_fault_passes() {
    let story = Story::browse_as(NOA).await;
    story.choose("Campus.jpg").await;
    let faults = story.simulator.world().faults();
    for kind in [FaultKind::Throttled { retry_after: 1 }, FaultKind::ServerError] {
        faults.add(Fault::new(kind).account(NOA).path("/items/*/children").times(1));
    }
    story.open_folder("Documents").await;
    story.browser.see("row", "/^Syllabus/").await;
    story.browser.see("button", "Import 1 file").await;
}

#[tokio::test]
async fn asks_for_another_account_where_there_is_no_onedrive() {
    let story = Story::begin().await;
    story.visit_picker().await;
    story.sign_in("nodrive@openu.example").await;
    story.browser.hear("alert", "This account has no OneDrive yet").await;
    story.sign_in_by("Use another account", NOA).await;
    story.browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn goes_on_by_one_click_after_graph_refused_the_token() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.before_each_page(SAVES_DATA).await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.open_folder("Documents").await;
    browser.click("link", "My files").await;
    story.choose("Campus.jpg").await;
    let world = story.simulator.world();
    world.faults().add(Fault::new(FaultKind::Unauthorized).account(NOA).path("/items/*/children"));
    story.double_click("Recordings").await;
    browser.hear("alert", "Your sign-in has ended. Your choice is kept.").await;
    world.faults().clear();
    let picker = browser.window().await;
    let before = browser.window_count().await;
    browser.click("button", "Sign in").await;
    browser.see_windows(before).await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Thesis colloquium/").await;
    browser.see("button", "Import 1 file").await;
    let refused =
        world.log().list().iter().filter(|call| call.party == Party::Graph && call.status == 401).count();
    assert_eq!(refused, 1, "a refused token is not tried again");
}
