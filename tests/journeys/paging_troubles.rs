//! Graph in trouble in the middle of a long folder: the rows that are here stay, so does the choice, and a press goes on where it
//! stopped, with a handful of requests.

use std::net::TcpListener;

use onedrive_simulator::drive::{Fault, FaultKind, Party};

use crate::story::{NOA, Story};

/// Items and pages of the folder: a short one, then large ones.
const ITEMS: usize = 5_000;
const PAGES: usize = 6;
/// Pages that arrive before the trouble.
const BEFORE: usize = 3;

impl Story {
    /// Opens the folder with a file chosen elsewhere, and a trouble after a few pages.
    async fn open_with(&self, kind: FaultKind, times: Option<u32>) {
        let mut fault = Fault::new(kind).account(NOA).path("/items/*/children").skip(BEFORE as u32);
        fault.times = times;
        self.simulator.world().log().clear();
        self.simulator.world().faults().add(fault);
        self.open_folder("5,000 items").await;
        self.browser.see("row", r"/\d/").await;
    }

    /// A person with a file in the basket, before the long folder.
    async fn before_long_folder() -> Self {
        let story = Self::browse_as(NOA).await;
        story.choose("Campus.jpg").await;
        story.browser.see("button", "Import 1 file").await;
        story.open_folder("Large folders").await;
        story.browser.see("row", "/^5,000/").await;
        story
    }

    fn pages_asked(&self) -> usize {
        self.simulator.world().log().count(Party::Graph, "/children")
    }

    /// Waits for the last row, each item counted once.
    async fn see_every_row(&self) {
        let total = (ITEMS + 1).to_string();
        self.browser
            .eventually("every row", async || {
                let grid = self.browser.all("grid", "5,000 items").await.into_iter().next()?;
                (grid.attr("aria-rowcount").await.ok()?? == total).then_some(())
            })
            .await;
        self.browser.see("button", "Import 1 file").await;
    }

    /// The rows that had come are still there, and so is the choice.
    async fn keeps_rows_and_choice(&self) {
        self.browser.see("row", r"/\d/").await;
        self.browser.see("button", "Import 1 file").await;
    }
}

/// A trouble that stays until it is switched off: how it is told, and how often it was asked for.
async fn goes_on_where_it_stopped(kind: FaultKind, words: &str, tries: usize) {
    let story = Story::before_long_folder().await;
    let browser = &story.browser;
    story.open_with(kind, None).await;
    let said = browser.hear("alert", words).await;
    assert!(said.contains("Not all files could be loaded."), "{said}");
    story.keeps_rows_and_choice().await;
    assert_eq!(story.pages_asked(), BEFORE + tries);
    story.simulator.world().faults().clear();
    browser.click("button", "Try again").await;
    story.see_every_row().await;
    assert_eq!(story.pages_asked(), PAGES + tries, "no page that is here is asked for again");
}

#[tokio::test]
async fn goes_on_after_an_answer_that_ends_half_way() {
    goes_on_where_it_stopped(FaultKind::Truncated, "Microsoft’s answer could not be read", 1).await;
}

#[tokio::test]
async fn goes_on_after_a_page_of_html() {
    goes_on_where_it_stopped(FaultKind::HtmlPage, "Microsoft’s answer could not be read", 1).await;
}

#[tokio::test]
async fn goes_on_after_an_answer_of_another_shape() {
    goes_on_where_it_stopped(FaultKind::OtherShape, "Microsoft’s answer could not be read", 1).await;
}

#[tokio::test]
async fn goes_on_after_a_fault_of_the_server() {
    goes_on_where_it_stopped(FaultKind::GatewayTimeout, "Microsoft could not answer", 4).await;
}

#[tokio::test]
async fn goes_on_after_a_refusal() {
    goes_on_where_it_stopped(FaultKind::Forbidden, "You can’t open this folder", 1).await;
}

#[tokio::test]
async fn goes_on_after_a_folder_seemed_to_be_gone() {
    goes_on_where_it_stopped(FaultKind::NotFound, "This folder is gone", 1).await;
}

#[tokio::test]
async fn goes_on_after_waiting_in_vain_while_microsoft_was_busy() {
    goes_on_where_it_stopped(FaultKind::Throttled { retry_after: 60 }, "Microsoft is busy", 4).await;
}

#[tokio::test]
async fn counts_down_while_microsoft_is_busy_and_goes_on_by_itself() {
    for kind in [FaultKind::Throttled { retry_after: 2 }, FaultKind::Unavailable { retry_after: 2 }] {
        let story = Story::before_long_folder().await;
        story.open_with(kind, Some(2)).await;
        let said = story.browser.hear("status", "Trying again in").await;
        assert!(said.contains(" s"), "{said}");
        story.keeps_rows_and_choice().await;
        story.see_every_row().await;
        assert_eq!(story.pages_asked(), PAGES + 2);
    }
}

#[tokio::test]
async fn goes_on_after_a_sign_in_when_the_token_is_refused() {
    let story = Story::before_long_folder().await;
    let browser = &story.browser;
    story.open_with(FaultKind::Unauthorized, Some(1)).await;
    browser.hear("alert", "Your sign-in has ended. Your choice is kept.").await;
    story.keeps_rows_and_choice().await;
    let picker = browser.window().await;
    let before = browser.window_count().await;
    browser.click("button", "Sign in").await;
    browser.see_windows(before).await;
    browser.return_to(&picker).await;
    story.see_every_row().await;
    assert_eq!(story.pages_asked(), PAGES + 1);
}

#[tokio::test]
async fn stops_where_a_page_leads_to_itself() {
    let story = Story::before_long_folder().await;
    story.open_with(FaultKind::RepeatedNextLink, None).await;
    story.browser.hear("alert", "Microsoft’s answer could not be read").await;
    story.keeps_rows_and_choice().await;
    assert!(story.pages_asked() <= BEFORE + 2, "{} requests", story.pages_asked());
}

#[tokio::test]
async fn never_asks_the_stranger_to_whom_a_page_leads() {
    let stranger = TcpListener::bind("127.0.0.1:0").expect("a port");
    stranger.set_nonblocking(true).expect("a listener that does not wait");
    let address = stranger.local_addr().expect("its address");
    let story = Story::before_long_folder().await;
    let url = format!("http://{address}/v1.0/me/drive/root/children?$skiptoken=1");
    story.open_with(FaultKind::ForeignNextLink { url }, None).await;
    story.browser.hear("alert", "Microsoft’s answer could not be read").await;
    story.keeps_rows_and_choice().await;
    assert!(stranger.accept().is_err(), "the stranger was asked");
}

#[tokio::test]
async fn shows_each_item_once_though_pages_repeat_some() {
    let story = Story::before_long_folder().await;
    story.open_with(FaultKind::RepeatedItems { count: 5 }, None).await;
    story.see_every_row().await;
    // The short page and two large ones, and then every large page that repeats five items brings 995 new ones.
    assert_eq!(story.pages_asked(), BEFORE + (ITEMS - 2_000).div_ceil(995));
}

#[tokio::test]
async fn goes_on_by_itself_when_the_network_is_back() {
    let story = Story::before_long_folder().await;
    let browser = &story.browser;
    story.open_with(FaultKind::Delay { milliseconds: 1_500 }, None).await;
    browser.be_offline(true).await;
    browser.hear("alert", "No connection").await;
    story.keeps_rows_and_choice().await;
    story.simulator.world().faults().clear();
    browser.be_offline(false).await;
    story.see_every_row().await;
}
