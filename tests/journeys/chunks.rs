//! Chunks of the program that are slow, or cannot be had: the page works with what is there.

use crate::story::{NOA, Story};

/// Keeps the requests for a chunk until the test lets them go on (`letChunk`) or fails them (`failChunk`). How often it was asked
/// for is in `asked`.
fn hold(chunk: &str) -> String {
    format!(
        "window.asked = 0; window.held = []; const real = window.fetch; window.fetch = (url, ...rest) => {{ \
            if (!String(url).includes('/{chunk}-')) return real(url, ...rest); \
            window.asked++; \
            return new Promise((resolve, reject) => window.held.push({{ \
                go: () => resolve(real(url, ...rest)), fail: () => reject(new TypeError('Failed to fetch')) }})); }}; \
        window.letChunk = () => window.held.splice(0).forEach((one) => one.go()); \
        window.failChunk = () => window.held.splice(0).forEach((one) => one.fail());"
    )
}

async fn chunk_is_asked_for(story: &Story) {
    let browser = &story.browser;
    browser
        .eventually("the chunk to be asked for", async || {
            browser.ask::<bool>("return window.held.length > 0").await.then_some(())
        })
        .await;
}

/// The picker of a host that supplies the token, with a chunk held back.
async fn listing_without(chunk: &str) -> Story {
    let story = Story::begin().await;
    story.browser.before_pages(&hold(chunk)).await;
    story.open_v8_frame(&story.simulator.origins().mediaspace, "&token=account").await;
    story.browser.see("row", "/^Campus/").await;
    story
}

#[tokio::test]
async fn presses_before_the_deferred_chunk_are_carried_out_in_order() {
    let story = listing_without("later").await;
    let browser = &story.browser;
    browser.see("button", "Cancel").await;
    browser.see("link", "Recent").await;
    chunk_is_asked_for(&story).await;
    // Chosen, taken back, chosen again: only in order is it chosen in the end.
    for _ in 0..3 {
        browser.click("row", "/^Campus/").await;
    }
    browser.see("progressbar", "Loading…").await;
    browser.act("window.letChunk()").await;
    browser.see("button", "Import 1 file").await;
    browser.see_no("progressbar", "Loading…").await;
}

#[tokio::test]
async fn a_press_before_the_deferred_chunk_chooses_the_file_that_was_pressed() {
    let story = listing_without("later").await;
    let browser = &story.browser;
    chunk_is_asked_for(&story).await;
    browser.click("row", "/^Campus/").await;
    story.open_folder("Documents").await;
    browser.see("row", "/^Syllabus/").await;
    browser.act("window.letChunk()").await;
    browser.see("button", "Import 1 file").await;
    browser.see("button", "Remove Campus.jpg").await;
}

#[tokio::test]
async fn folders_open_and_rows_scroll_without_the_deferred_chunk() {
    let story = listing_without("later").await;
    let browser = &story.browser;
    story.open_folder("Documents").await;
    browser.see("row", "/^Syllabus/").await;
    browser.click("link", "My files").await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn a_deferred_chunk_that_fails_is_said_and_can_be_had_again() {
    let story = listing_without("later").await;
    let browser = &story.browser;
    chunk_is_asked_for(&story).await;
    browser.act("window.failChunk()").await;
    browser.hear("alert", "A part of the picker could not be loaded").await;
    story.open_folder("Documents").await;
    browser.see("row", "/^Syllabus/").await;
    browser.click("button", "Try again").await;
    chunk_is_asked_for(&story).await;
    browser.act("window.letChunk()").await;
    browser.see("searchbox", "Search").await;
    browser.see("columnheader", "Name").await;
    browser.see_no("alert", "").await;
    browser.click("link", "My files").await;
    story.choose("Campus.jpg").await;
    browser.see("button", "/^Import 1 file/").await;
}

#[tokio::test]
async fn a_sign_in_chunk_that_fails_is_said_and_can_be_had_again() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.before_pages(&hold("sign_in")).await;
    story.visit_picker().await;
    chunk_is_asked_for(&story).await;
    browser.act("window.failChunk()").await;
    browser.hear("alert", "A part of the picker could not be loaded").await;
    browser.click("button", "Try again").await;
    chunk_is_asked_for(&story).await;
    browser.act("window.letChunk()").await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
}

/// The simulated site forbids them to all its pages (<https://xhr.spec.whatwg.org/#sync-xhr>, "sync-xhr").
#[tokio::test]
async fn no_request_blocks_the_page() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser
        .before_pages(
            "window.blocking = 0; const open = XMLHttpRequest.prototype.open; \
            XMLHttpRequest.prototype.open = function (method, url, asynchronous = true, ...rest) { \
                if (!asynchronous) window.blocking++; return open.call(this, method, url, asynchronous, ...rest); }",
        )
        .await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.click("row", "/^Campus/").await;
    browser.see("button", "Import 1 file").await;
    assert_eq!(browser.ask::<usize>("return window.blocking").await, 0);
}
