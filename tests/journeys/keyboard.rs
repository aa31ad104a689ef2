//! The main journey without a mouse.

use thirtyfour::Key;

use crate::browser::Browser;
use crate::story::{NOA, Story};

#[tokio::test]
async fn imports_with_the_keyboard_alone() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&story.simulator.my_media()).await;
    browser.see("heading", "You have no media yet").await;
    let my_media = browser.window().await;
    tab_to(browser, "Create").await;
    browser.press(Key::Enter).await;
    browser.see("menuitem", "/OneDrive/").await;
    browser.press(Key::Enter).await;

    let picker = browser.go_to_window("filePicker=").await;
    browser.see("button", "Sign in with Microsoft").await;
    tab_to(browser, "Sign in with Microsoft").await;
    browser.press(Key::Enter).await;
    let microsoft = story.go_to_microsoft().await;
    browser.see("heading", "Pick an account").await;
    tab_to(browser, NOA).await;
    browser.press(Key::Enter).await;
    browser.see("button", "Accept").await;
    tab_to(browser, "Accept").await;
    browser.press(Key::Enter).await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;

    browser.see("row", "/^Campus/").await;
    if !focus(browser).await.starts_with("row") {
        tab_to(browser, "row ").await;
    }
    for step in ["Teach", "Signals"] {
        browser.press(step).await;
        browser
            .eventually("the focus on the folder", async || focus(browser).await.contains(step).then_some(()))
            .await;
        browser.press(Key::Enter).await;
        let name = if step == "Teach" { "Teaching" } else { "Signals and Systems" };
        browser.see("grid", name).await;
        browser
            .eventually("the focus in the rows", async || {
                focus(browser).await.starts_with("row").then_some(())
            })
            .await;
    }
    browser.press(Key::End).await;
    browser.press(" ").await;
    browser.see("button", "Import 1 file").await;
    browser.press(Key::Up).await;
    browser.press(" ").await;
    browser.see("button", "Import 2 files").await;
    browser.press(Key::Backspace).await;
    browser.see("grid", "Teaching").await;
    browser.press(Key::Backspace).await;
    browser.see("grid", "My files").await;
    browser.press("Camp").await;
    browser
        .eventually("the focus on Campus.jpg", async || focus(browser).await.contains("Campus").then_some(()))
        .await;
    browser.press(" ").await;
    browser.see("button", "Import 3 files").await;
    tab_to(browser, "Import 3 files").await;
    browser.press(Key::Enter).await;
    browser.hear("status", "3 ready, 0 failed, 0 to go").await;
    tab_to(browser, "Done").await;
    browser.press(Key::Enter).await;
    browser.see_windows(1).await;
    browser.return_to(&my_media).await;
    browser.hear("status", "3 files imported.").await;
}

#[tokio::test]
async fn lists_the_keys_and_searches_by_the_slash() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    if !focus(browser).await.starts_with("row") {
        tab_to(browser, "row ").await;
    }
    browser.press("?").await;
    browser.see("dialog", "Keyboard").await;
    browser.press(Key::Escape).await;
    browser.see_no("dialog", "Keyboard").await;
    browser
        .eventually("the focus back in the rows", async || {
            focus(browser).await.starts_with("row").then_some(())
        })
        .await;
    browser.press("/").await;
    browser
        .eventually("the focus in the search", async || {
            focus(browser).await.starts_with("searchbox").then_some(())
        })
        .await;
    browser.press("Thesis").await;
    browser.see("row", "/^Thesis colloquium/").await;
    browser.press(Key::Escape).await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn a_quick_hand_closes_the_keys_and_searches_without_a_pause() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    browser.press("?").await;
    browser.see("dialog", "Keyboard").await;
    browser.press(Key::Escape + "/Thesis").await;
    browser.see("row", "/^Thesis colloquium/").await;
    assert!(focus(browser).await.starts_with("searchbox"), "{}", focus(browser).await);
}

/// Role and name of what has the focus.
async fn focus(browser: &Browser) -> String {
    browser
        .ask(
            "const at = document.activeElement; if (!at || at === document.body) return ''; \
             const role = at.getAttribute('role') || (at.localName === 'input' ? at.type : at.localName); \
             return role + ' ' + (at.ariaLabel || at.innerText || at.value || '')",
        )
        .await
}

/// Goes on by Tab until the focus is on something that says so.
async fn tab_to(browser: &Browser, words: &str) {
    for _ in 0..80 {
        if focus(browser).await.contains(words) {
            return;
        }
        browser.press(Key::Tab).await;
    }
    panic!("Tab never reaches “{words}”; the focus is on {}", focus(browser).await);
}
