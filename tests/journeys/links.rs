//! "From a link", with no more than `Files.Read.All`.

use thirtyfour::prelude::*;

use crate::story::{NOA, Story};

const OWN: &str = "https://openu-my.sharepoint.example/personal/noa_openu_example/Documents";
const LIBRARY: &str = "https://openu.sharepoint.example/sites/engineering/Shared%20Documents";

impl Story {
    async fn paste_link(&self, link: &str) {
        self.browser.click("button", "From a link").await;
        self.browser.see("dialog", "From a link").await;
        let field = self.browser.see("textbox", "Link").await;
        field.clear().await.expect("an empty field");
        field.send_keys(link).await.expect("keys");
        self.browser.press(Key::Enter).await;
    }
}

#[tokio::test]
async fn chooses_a_file_and_opens_a_folder_by_their_addresses() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    // As the address bar of OneDrive has it.
    story
        .paste_link("https://openu-my.sharepoint.example/my?id=%2Fpersonal%2Fnoa%5Fopenu%5Fexample%2FDocuments%2FCampus%2Ejpg&parent=x")
        .await;
    browser.see_no("dialog", "From a link").await;
    browser.hear("status", "“Campus.jpg” was added to your choice").await;
    browser.see("button", "Import 1 file").await;

    story.paste_link(&format!("{OWN}/Teaching/Signals%20and%20Systems")).await;
    browser.see("grid", "Signals and Systems").await;
    browser.see("row", "/^Lecture 01/").await;
    browser.see("button", "Import 1 file").await;

    // In a library, by Microsoft's search: the scope opens no links.
    story.paste_link(&format!("{LIBRARY}/2026/Clip%202026-2.webm?web=1")).await;
    browser.see("button", "Import 1 file").await;
    browser.hear("status", "“Clip 2026-2.webm” was added to your choice").await;
    story.paste_link(&format!("{LIBRARY}/2026")).await;
    browser.see("grid", "2026").await;
    let current =
        browser.driver.find(By::Css("[aria-label=Places] [aria-current=page]")).await.expect("a place");
    assert_eq!(current.text().await.expect("a text"), "Sites");
}

#[tokio::test]
async fn says_why_a_link_does_not_lead_anywhere() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    for (link, words) in [
        ("lecture 1", "This is not a link"),
        (&format!("{OWN}/Teaching/Nowhere.mp4"), "There is nothing behind this link"),
        ("https://openu.sharepoint.example/:v:/s/engineering/EabcDEF", "This link can’t be opened here"),
        (&format!("{OWN}/Read%20me.txt"), "Read me.txt: Documents can’t be imported here"),
    ] {
        story.paste_link(link).await;
        browser.hear("alert", words).await;
        browser.press(Key::Escape).await;
        browser.see_no("dialog", "From a link").await;
    }
    browser.see("button", "Import").await;
}
