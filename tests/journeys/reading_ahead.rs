//! Folders on which the pointer or the focus rests are read before they are opened, at nobody's cost.

use onedrive_simulator::drive::{Fault, FaultKind, Party};
use thirtyfour::Key;

use crate::story::{NOA, Story};

impl Story {
    /// Rests the pointer on a row.
    async fn point_at(&self, name: &str) {
        let row = self.browser.see("row", &format!("/^{name}/")).await;
        self.browser.driver.action_chain().move_to_element_center(&row).perform().await.expect("a pointer");
    }

    /// The listings that Graph was asked for.
    fn listings(&self) -> usize {
        self.simulator.world().log().count(Party::Graph, "/children")
    }

    /// Waits until Graph has been asked for that many listings.
    async fn await_listings(&self, count: usize) {
        let what = format!("{count} listings");
        self.browser.eventually(&what, async || (self.listings() == count).then_some(())).await;
    }

    /// Rests the pointer on a row for as long as takes a folder to be read ahead.
    async fn rest_on(&self, name: &str) {
        self.point_at(name).await;
        let script = "const done = arguments[arguments.length - 1]; setTimeout(done, 400)";
        self.browser.driver.execute_async(script, Vec::new()).await.expect("time passes");
    }
}

#[tokio::test]
async fn shows_a_folder_at_once_on_which_the_pointer_rested() {
    let story = Story::browse_as(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    story.simulator.world().log().clear();
    story.point_at("Documents").await;
    story.await_listings(1).await;
    story.open_folder("Documents").await;
    story.browser.see("row", "/^Syllabus/").await;
    assert_eq!(story.listings(), 1);
    // Opened before, it is kept, and read anew behind.
    story.browser.click("link", "My files").await;
    story.browser.see("row", "/^Campus/").await;
    story.await_listings(2).await;
    story.rest_on("Documents").await;
    assert_eq!(story.listings(), 2, "a folder that is kept is not read ahead");
}

#[tokio::test]
async fn shows_a_folder_at_once_on_which_the_focus_rested() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    story.simulator.world().log().clear();
    // By its first letters.
    browser.press("docu").await;
    story.await_listings(1).await;
    browser.press(Key::Enter).await;
    browser.see("grid", "Documents").await;
    browser.see("row", "/^Syllabus/").await;
    assert_eq!(story.listings(), 1);
}

#[tokio::test]
async fn asks_for_no_page_twice_of_a_folder_that_is_read_ahead() {
    let story = Story::browse_as(NOA).await;
    story.open_folder("Large folders").await;
    story.browser.see("row", "/^5,000/").await;
    story.simulator.world().log().clear();
    story.point_at("5,000 items").await;
    story.await_listings(1).await;
    story.open_folder("5,000 items").await;
    story.browser.see("row", r"/\d/").await;
    story
        .browser
        .eventually("all rows", async || {
            let grid = story.browser.all("grid", "5,000 items").await.into_iter().next()?;
            (grid.attr("aria-rowcount").await.ok()??.as_str() == "5001").then_some(())
        })
        .await;
    assert_eq!(story.listings(), 6, "the short page that was read ahead, and the large ones");
}

#[tokio::test]
async fn goes_on_with_a_page_that_is_still_on_its_way() {
    let story = Story::browse_as(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    let world = story.simulator.world();
    world.log().clear();
    world.faults().add(Fault::new(FaultKind::Delay { milliseconds: 1_500 }).path("/items/*/children"));
    story.rest_on("Documents").await;
    story.open_folder("Documents").await;
    story.browser.see("row", "/^Syllabus/").await;
    assert_eq!(story.listings(), 1);
}

#[tokio::test]
async fn reads_nothing_ahead_after_graph_was_busy_and_shows_no_trouble_of_it() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    let world = story.simulator.world();
    world.log().clear();
    world
        .faults()
        .add(Fault::new(FaultKind::Throttled { retry_after: 1 }).path("/items/*/children").times(1));
    story.point_at("Documents").await;
    story.await_listings(1).await;
    story.rest_on("Teaching").await;
    assert_eq!(story.listings(), 1, "Graph is left alone");
    assert!(browser.all("alert", "").await.is_empty());
    story.open_folder("Documents").await;
    browser.see("row", "/^Syllabus/").await;
    assert_eq!(story.listings(), 2);
}

#[tokio::test]
async fn reads_nothing_ahead_while_the_user_waits_or_saves_data() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser
        .before_each_page("Object.defineProperty(navigator, 'connection', { get: () => ({ saveData: globalThis.saves ?? false }) })")
        .await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    let world = story.simulator.world();
    world.log().clear();
    browser.act("globalThis.saves = true").await;
    story.rest_on("Documents").await;
    assert_eq!(story.listings(), 0, "data is saved");
    browser.act("globalThis.saves = false").await;
    // The rows of the folder are read anew behind, and that takes its time.
    world.faults().add(Fault::new(FaultKind::Delay { milliseconds: 2_000 }).path("/root/children"));
    browser.click("link", "My files").await;
    story.rest_on("Documents").await;
    assert!(story.listings() <= 1, "the user's own request comes first");
    browser.see("row", "/^Campus/").await;
}
