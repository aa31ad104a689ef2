//! Folders of thousands: few elements, few requests, every row in reach.

use onedrive_simulator::drive::Party;
use thirtyfour::Key;

use crate::story::{NOA, Story};

/// Items of a page of Graph.
const PAGE: usize = 200;

async fn reaches_the_last_row(name: &str, count: usize) {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    story.open_folder("Large folders").await;
    story.simulator.world().log().clear();
    browser
        .act(
            "window.tasks = []; new PerformanceObserver((list) => { for (const entry of list.getEntries()) \
             window.tasks.push(Math.round(entry.duration)); }).observe({ type: 'longtask' }); \
             window.most = 0; const count = () => { window.most = Math.max(window.most, \
             document.querySelectorAll('*').length); requestAnimationFrame(count); }; count();",
        )
        .await;
    story.open_folder(name).await;
    browser.see("row", "/./").await;
    let opened: Vec<u32> = browser.ask("return window.tasks.splice(0)").await;
    let total = (count + 1).to_string();
    browser
        .eventually("the last row", async || {
            browser.press(Key::End).await;
            let grid = browser.all("grid", name).await.into_iter().next()?;
            let rows = grid.attr("aria-rowcount").await.ok()??;
            let focused: Option<String> =
                browser.ask("return document.activeElement.getAttribute('aria-rowindex')").await;
            (rows == total && focused.as_ref() == Some(&total)).then_some(())
        })
        .await;
    let calls = story.simulator.world().log().list();
    let pages =
        calls.iter().filter(|call| call.party == Party::Graph && call.path.contains("/children")).count();
    let loaded: Vec<u32> = browser.ask("return window.tasks.splice(0)").await;
    for key in [Key::Home, Key::End, Key::PageUp, Key::PageUp, Key::Home, Key::PageDown] {
        browser.press(key).await;
    }
    let first: String = browser.ask("return document.activeElement.getAttribute('aria-rowindex')").await;
    assert!(first.parse::<usize>().is_ok_and(|index| index < 60), "Home and Page Down lead to row {first}");
    let scrolled: Vec<u32> = browser.ask("return window.tasks.splice(0)").await;
    let most: usize = browser.ask("return window.most").await;
    let heap: u64 = browser.ask("return performance.memory.usedJSHeapSize").await;
    println!(
        "{name}: {pages} requests, at most {most} elements, {} kB of heap; long tasks (ms) while opening {opened:?}, \
         loading {loaded:?}, scrolling {scrolled:?}",
        heap / 1024
    );
    assert_eq!(pages, count.div_ceil(PAGE));
    assert!(most < 400, "{most} elements");
}

#[tokio::test]
async fn reaches_every_row_of_five_thousand() {
    reaches_the_last_row("5,000 items", 5_000).await;
}

#[tokio::test]
async fn reaches_every_row_of_twenty_thousand() {
    reaches_the_last_row("20,000 items", 20_000).await;
}

#[tokio::test]
async fn asks_nothing_for_each_item() {
    let story = Story::browse_as(NOA).await;
    story.open_folder("Large folders").await;
    story.simulator.world().log().clear();
    story.open_folder("200 items").await;
    story.browser.see("row", "/./").await;
    story
        .browser
        .eventually("all of them", async || {
            let grid = story.browser.all("grid", "200 items").await.into_iter().next()?;
            (grid.attr("aria-rowcount").await.ok()?? == "201").then_some(())
        })
        .await;
    assert_eq!(story.graph_calls(), 1);
}
