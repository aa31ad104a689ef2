//! A finger on a phone: it chooses by resting and dragging, and scrolls otherwise.

use serde_json::json;
use thirtyfour::extensions::cdp::ChromeDevTools;
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::engine::Look;
use crate::story::{NOA, Story};

impl Browser {
    async fn finger(&self, what: &str, at: Option<(f64, f64)>) {
        let tools = ChromeDevTools::new(self.driver.handle.clone());
        let points: Vec<_> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        let event = json!({ "type": what, "touchPoints": points });
        tools.execute_cdp_with_params("Input.dispatchTouchEvent", event).await.expect("a touch");
    }

    /// Where the middle of the row is that stands at that place from the top.
    async fn place_of_row(&self, place: usize) -> (f64, f64) {
        let rows = self.all("row", "/./").await;
        let mut above: Vec<(f64, f64)> = Vec::new();
        for row in rows {
            let rect = row.rect().await.expect("a place");
            above.push((rect.x + rect.width / 2.0, rect.y + rect.height / 2.0));
        }
        above.retain(|(_, y)| *y > 0.0);
        above.sort_by(|one, other| one.1.total_cmp(&other.1));
        above[place]
    }

    async fn chosen_rows(&self) -> usize {
        self.driver.find_all(By::Css("[role=row][aria-selected=true]")).await.unwrap_or_default().len()
    }
}

async fn on_a_phone() -> Story {
    let story = Story::begin_with(Look { width: 360, height: 720, ..Look::default() }).await;
    story.browser.visit(&story.picker_url(r#"{"selection":{"mode":"multiple"}}"#)).await;
    story.sign_in(NOA).await;
    for folder in ["Teaching", "Signals and Systems"] {
        story.open_folder(folder).await;
    }
    story.browser.see("row", "/^Lecture 01/").await;
    story
}

#[tokio::test]
async fn a_resting_finger_chooses_and_dragging_chooses_on() {
    let story = on_a_phone().await;
    let browser = &story.browser;
    browser.act("document.querySelector('[role=grid]').scrollTop = 0").await;
    // Three folders come first.
    let (start, further) = (browser.place_of_row(3).await, browser.place_of_row(5).await);
    browser.finger("touchStart", Some(start)).await;
    browser.eventually("one file", async || (browser.chosen_rows().await == 1).then_some(())).await;
    browser.finger("touchMove", Some((start.0, start.1 + 20.0))).await;
    browser.finger("touchMove", Some(further)).await;
    browser.see("button", "Import 3 files").await;
    let top: i64 = browser.ask("return document.querySelector('[role=grid]').scrollTop").await;
    assert_eq!(top, 0, "the list does not scroll with the finger");
    browser.finger("touchMove", Some(start)).await;
    browser.see("button", "Import 1 file").await;
    let bottom: f64 =
        browser.ask("return document.querySelector('[role=grid]').getBoundingClientRect().bottom").await;
    browser.finger("touchMove", Some((start.0, bottom - 4.0))).await;
    browser
        .eventually("the list scrolling along", async || {
            let top: i64 = browser.ask("return document.querySelector('[role=grid]').scrollTop").await;
            (top > 60).then_some(())
        })
        .await;
    browser.finger("touchEnd", None).await;
    let button = browser.see("button", "/^Import [0-9]+ files$/").await;
    let text = button.text().await.expect("a text");
    let files: usize = text.split(' ').nth(1).and_then(|count| count.parse().ok()).expect("a count");
    assert!(files > 4, "{text}");
    browser.see("row", "/^Slides 02/").await;
}

#[tokio::test]
async fn a_moving_finger_scrolls_and_chooses_nothing() {
    let story = on_a_phone().await;
    let browser = &story.browser;
    let (from, to) = (browser.place_of_row(5).await, browser.place_of_row(1).await);
    browser.finger("touchStart", Some(from)).await;
    for step in 1..=8 {
        let y = from.1 + (to.1 - from.1) * f64::from(step) / 8.0;
        browser.finger("touchMove", Some((from.0, y))).await;
    }
    browser
        .eventually("the list scrolled", async || {
            let top: i64 = browser.ask("return document.querySelector('[role=grid]').scrollTop").await;
            (top > 100).then_some(())
        })
        .await;
    browser.finger("touchEnd", None).await;
    browser.see("button", "Import").await;
    assert_eq!(browser.chosen_rows().await, 0);
}
