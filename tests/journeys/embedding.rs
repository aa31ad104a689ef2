//! Frames, blocked windows and strangers around the page.

use crate::browser::Look;
use crate::story::{NOA, Story};

#[tokio::test]
#[ignore = "the way into a window of its own is still to be built"]
async fn a_frame_of_another_site_continues_in_a_window_of_its_own() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&format!("{}/hosts/v8.html?view=iframe", story.simulator.origins().lms)).await;
    let host = browser.window().await;
    browser.click("button", "Open the picker").await;
    browser.enter_frame("OneDrive").await;
    let before = browser.windows().await;
    browser.click("button", "Continue in a new window").await;
    browser.go_to_window_besides(&before).await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.return_to(&host).await;
    browser.hear("status", "1 picked.").await;
}

#[tokio::test]
async fn a_frame_of_another_site_takes_the_token_of_its_host() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let lms = &story.simulator.origins().lms;
    browser.visit(&format!("{lms}/hosts/v8.html?view=iframe&token=account")).await;
    browser.click("button", "Open the picker").await;
    browser.enter_frame("OneDrive").await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.leave_frames().await;
    browser.hear("status", "1 picked.").await;
}

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
async fn a_frame_that_may_open_no_window_says_so() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    browser.visit(&format!("{mediaspace}/hosts/v8.html?view=iframe&quirk=sandbox-teams")).await;
    browser.click("button", "Open the picker").await;
    browser.enter_frame("OneDrive").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    browser.click("button", "Cancel").await;
    browser.see("button", "Sign in with Microsoft").await;
}

#[tokio::test]
async fn the_return_page_tells_nothing_to_a_stranger_around_it_or_behind_it() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&format!("{}/hosts/v8.html", story.simulator.origins().lms)).await;
    let stranger = browser.window().await;
    let answer = format!("{}#access_token=secret&state=known", story.simulator.picker());
    let script = format!(
        "window.heard = []; addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data))); \
         const frame = document.createElement('iframe'); frame.onload = () => {{ window.framed = true; }}; \
         frame.src = '{answer}'; document.body.append(frame); window.open('{answer}', '_blank');"
    );
    browser.act(&script).await;
    browser
        .eventually("the frame", async || {
            browser.ask::<bool>("return window.framed === true").await.then_some(())
        })
        .await;
    browser.see_windows(1).await;
    browser.return_to(&stranger).await;
    let heard: Vec<String> = browser.ask("return window.heard").await;
    assert!(heard.is_empty(), "{heard:?}");
    let address: String = browser
        .ask(
            "try { return document.querySelector('iframe').contentWindow.location.hash } catch { return '' }",
        )
        .await;
    assert_eq!(address, "");
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

#[tokio::test]
async fn fits_a_phone_of_320_pixels() {
    let story = Story::begin_with(Look { width: 320, height: 640, ..Look::default() }).await;
    let browser = &story.browser;
    story.visit_picker().await;
    browser.see("button", "Sign in with Microsoft").await;
    fits(&story, "the card").await;
    story.sign_in(NOA).await;
    browser.see("row", "/./").await;
    fits(&story, "the listing").await;
    story.choose("Campus.jpg").await;
    browser.see("button", "/Import/").await;
    fits(&story, "the tray").await;
}

async fn fits(story: &Story, screen: &str) {
    let (wide, room): (u32, u32) =
        story.browser.ask("return [document.documentElement.scrollWidth, innerWidth]").await;
    assert_eq!(room, 320, "{screen}");
    assert!(wide <= room, "{screen} is {wide} pixels wide");
}
