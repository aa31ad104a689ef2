//! Thumbnails: of the rows in view, in batches, after a rest of the scroll; an icon where there is none.

use onedrive_simulator::drive::{Fault, FaultKind, Party, RequestRecord};
use std::collections::HashSet;

use crate::story::{NOA, Story};

/// Parts of a batch at most (Graph, "Combine multiple HTTP requests using JSON batching").
const BATCH: usize = 20;

impl Story {
    /// A person who looks at a folder of several screens, folders first; what pages ask for is watched.
    async fn in_tall_folder() -> Self {
        let story = Self::browse_in(&[], &["Large folders"]).await;
        story.browser.see("row", "/^200/").await;
        story.simulator.world().log().clear();
        story.open_folder("200 items").await;
        story.browser.see("row", r"/\d/").await;
        story
    }

    /// The thumbnails that Graph was asked for.
    fn thumbnail_calls(&self) -> Vec<RequestRecord> {
        let calls = self.simulator.world().log().list();
        calls
            .into_iter()
            .filter(|call| call.party == Party::Graph && call.path.ends_with("/thumbnails"))
            .collect()
    }

    /// The pictures that are shown, once there are some.
    async fn see_pictures(&self) -> Vec<String> {
        self.browser
            .eventually("pictures", async || {
                let script = "return [...document.querySelectorAll('[role=grid] img')]\
                    .filter((image) => image.complete && image.naturalWidth > 0).map((image) => image.src)";
                let pictures: Vec<String> = self.browser.ask(script).await;
                (!pictures.is_empty()).then_some(pictures)
            })
            .await
    }

    /// How many rows are in view.
    async fn rows_in_view(&self) -> usize {
        let script = "const list = document.querySelector('[role=grid]'); \
            return Math.ceil(list.clientHeight / list.querySelector('[aria-selected]').offsetHeight) + 1";
        self.browser.ask(script).await
    }
}

#[tokio::test]
async fn are_asked_for_in_view_only_and_each_once() {
    let story = Story::in_tall_folder().await;
    assert!(!story.see_pictures().await.is_empty());
    let calls = story.thumbnail_calls();
    let rows = story.rows_in_view().await;
    assert!(calls.len() <= rows, "{} thumbnails for {rows} rows", calls.len());
    assert!(calls.iter().all(|call| call.in_batch && call.query == "$select=small"), "{calls:?}");
    let paths: HashSet<&str> = calls.iter().map(|call| call.path.as_str()).collect();
    assert_eq!(paths.len(), calls.len(), "no file twice");
    let batches = story.simulator.world().log().count(Party::Graph, "$batch");
    assert_eq!(batches, calls.len().div_ceil(BATCH));

    // There and back again: what was seen is known.
    let asked = calls.len();
    story.browser.act("document.querySelector('[role=grid]').scrollTop = 3000").await;
    story
        .browser
        .eventually("other thumbnails", async || (story.thumbnail_calls().len() > asked).then_some(()))
        .await;
    story.see_pictures().await;
    let asked = story.thumbnail_calls().len();
    story.browser.act("document.querySelector('[role=grid]').scrollTop = 0").await;
    story.see_pictures().await;
    assert_eq!(story.thumbnail_calls().len(), asked);
}

#[tokio::test]
async fn are_given_up_when_the_rows_are_out_of_view_before_they_come() {
    let story = Story::in_tall_folder().await;
    story.see_pictures().await;
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::Delay { milliseconds: 5_000 }).account(NOA).path("/$batch").times(1));
    let browser = &story.browser;
    let before = browser.asked("$batch").await;
    browser.act("document.querySelector('[role=grid]').scrollTop = 3000").await;
    browser.await_asked("$batch", before + 1).await;
    browser.act("document.querySelector('[role=grid]').scrollTop = 6000").await;
    browser
        .eventually("the batch to be given up", async || {
            (browser.given_up("$batch").await == 1).then_some(())
        })
        .await;
    story.see_pictures().await;
}

#[tokio::test]
async fn come_one_by_one_where_batches_are_refused() {
    let story = Story::browse_in(&[], &[]).await;
    story.simulator.world().switch(|switches| switches.batch_refused = true);
    story.open_folder("Large folders").await;
    story.open_folder("200 items").await;
    story.browser.see("row", r"/\d/").await;
    story.see_pictures().await;
    assert!(story.thumbnail_calls().iter().all(|call| !call.in_batch));
    assert!(story.browser.all("alert", "").await.is_empty(), "nobody is told of pictures");
}

#[tokio::test]
async fn leave_the_icon_where_they_cannot_be_had() {
    let story = Story::browse_in(&[], &[]).await;
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::ServerError).account(NOA).path("/thumbnails"));
    story.simulator.world().log().clear();
    story.open_folder("Teaching").await;
    story.open_folder("Signals and Systems").await;
    story.browser.see("row", "/^Lecture 02/").await;
    story
        .browser
        .eventually("the thumbnails to be asked for", async || {
            (!story.thumbnail_calls().is_empty()).then_some(())
        })
        .await;
    let icons: usize =
        story.browser.ask("return document.querySelectorAll('[role=grid] .thumb svg').length").await;
    assert!(icons > 0);
    let calls = story.thumbnail_calls();
    let files: HashSet<&str> = calls.iter().map(|call| call.path.as_str()).collect();
    assert!(calls.len() <= 2 * files.len(), "not for ever");
    assert!(story.browser.all("alert", "").await.is_empty());
}

#[tokio::test]
async fn are_larger_on_tiles() {
    let story = Story::in_tall_folder().await;
    story.see_pictures().await;
    story.simulator.world().log().clear();
    story.browser.click("button", "Tiles").await;
    story
        .browser
        .eventually("larger thumbnails", async || {
            let calls = story.thumbnail_calls();
            calls.iter().any(|call| call.query == "$select=medium").then_some(())
        })
        .await;
    story.see_pictures().await;
}
