//! The main journey without a mouse.

use thirtyfour::Key;

use crate::story::{NOA, Story};

#[tokio::test]
async fn imports_with_the_keyboard_alone() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&story.simulator.my_media()).await;
    browser.see("heading", "You have no media yet").await;
    let my_media = browser.window().await;
    browser.tab_to("Create").await;
    browser.press(Key::Enter).await;
    browser.see("menuitem", "/OneDrive/").await;
    browser.press(Key::Enter).await;

    let picker = browser.go_to_window("filePicker=").await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.tab_to("Sign in with Microsoft").await;
    browser.press(Key::Enter).await;
    let microsoft = story.go_to_microsoft().await;
    browser.see("heading", "Pick an account").await;
    browser.tab_to(NOA).await;
    browser.press(Key::Enter).await;
    browser.see("button", "Accept").await;
    browser.tab_to("Accept").await;
    browser.press(Key::Enter).await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;

    browser.see("row", "/^Campus/").await;
    if !browser.focus().await.starts_with("row") {
        browser.tab_to("row ").await;
    }
    for step in ["Teach", "Signals"] {
        browser.press(step).await;
        browser
            .eventually("the focus on the folder", async || {
                browser.focus().await.contains(step).then_some(())
            })
            .await;
        browser.press(Key::Enter).await;
        let name = if step == "Teach" { "Teaching" } else { "Signals and Systems" };
        browser.see("grid", name).await;
        browser
            .eventually("the focus in the rows", async || {
                browser.focus().await.starts_with("row").then_some(())
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
        .eventually("the focus on Campus.jpg", async || {
            browser.focus().await.contains("Campus").then_some(())
        })
        .await;
    browser.press(" ").await;
    browser.see("button", "Import 3 files").await;
    browser.tab_to("Import 3 files").await;
    browser.press(Key::Enter).await;
    browser.hear("status", "3 ready, 0 failed, 0 to go").await;
    browser.tab_to("Done").await;
    browser.press(Key::Enter).await;
    story.return_when_closed(&my_media, "3 files imported.").await;
}

#[tokio::test]
async fn lists_the_keys_and_searches_by_the_slash() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    if !browser.focus().await.starts_with("row") {
        browser.tab_to("row ").await;
    }
    browser.press("?").await;
    browser.see("dialog", "Keyboard").await;
    browser.press(Key::Escape).await;
    browser.see_no("dialog", "Keyboard").await;
    browser
        .eventually("the focus back in the rows", async || {
            browser.focus().await.starts_with("row").then_some(())
        })
        .await;
    browser.press("/").await;
    browser
        .eventually("the focus in the search", async || {
            browser.focus().await.starts_with("searchbox").then_some(())
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
    assert!(browser.focus().await.starts_with("searchbox"), "{}", browser.focus().await);
}

/// Notes of each key whether the browser was kept from doing with it what it does by itself.
const KEPT_BACK: &str = "window.keys = []; \
    addEventListener('keydown', (event) => setTimeout(() => keys.push([event.key, event.defaultPrevented])), true)";

#[tokio::test]
async fn what_a_key_does_in_the_listing_is_all_that_it_does() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.before_each_page(KEPT_BACK).await;
    story.visit_picker_for_many().await;
    story.sign_in(NOA).await;
    browser.see("contentinfo", "").await;
    if !browser.focus().await.starts_with("row") {
        browser.tab_to("row ").await;
    }
    browser.act("keys.length = 0").await;
    // It would scroll, mark the whole page, look for a word, or go back.
    browser.press(Key::End + Key::Up).await;
    browser.press(Key::PageUp + Key::Home).await;
    browser.press(" ").await;
    browser.press_with(Key::Control, 'a').await;
    browser.press(Key::Backspace).await;
    browser.press("/").await;
    browser.see_focus("searchbox").await;
    let keys: Vec<(String, bool)> = browser.ask("return keys").await;
    let let_through: Vec<&(String, bool)> =
        keys.iter().filter(|(key, kept_back)| !kept_back && key != "Control").collect();
    assert!(keys.len() > 7 && let_through.is_empty(), "{keys:?}");
    let (marked, typed): (String, String) =
        browser.ask("return [String(getSelection()), document.activeElement.value]").await;
    assert_eq!((marked.as_str(), typed.as_str()), ("", ""));
}
