//! A file before it is chosen: played or shown from its fresh link, with what is known of it, and without a mouse.

use std::collections::BTreeMap;

use onedrive_simulator::drive::{Fault, FaultKind, Party};
use serde_json::Value;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::story::{NOA, Story};

impl Browser {
    /// What the preview says of the file, by the name of each fact.
    async fn facts(&self) -> BTreeMap<String, String> {
        self.ask(
            "const texts = (tag) => [...document.querySelectorAll(`.preview ${tag}`)].map((one) => one.innerText); \
             const values = texts('dd'); return Object.fromEntries(texts('dt').map((name, at) => [name, values[at]]))",
        )
        .await
    }

    /// Waits until the preview says this of the file.
    async fn see_fact(&self, name: &str, words: &str) {
        self.eventually(&format!("{name}: {words}"), async || {
            self.facts().await.get(name).filter(|fact| fact.contains(words)).map(drop)
        })
        .await;
    }

    /// Goes to what plays, presses the space bar, and waits until it plays.
    async fn play(&self, element: &str) {
        self.tab_to(element).await;
        self.press(" ").await;
        let script = format!(
            "const plays = document.querySelector('{element}'); \
             return [plays.currentTime, plays.readyState, plays.duration || 0, plays.src]"
        );
        let (_, _, duration, address) = self
            .eventually(&format!("the {element} to play"), async || {
                let state: (f64, u32, f64, String) = self.ask(&script).await;
                (state.0 > 0.2 && state.1 >= 2).then_some(state)
            })
            .await;
        assert!(duration > 0.5, "{duration} s of {address}");
    }
}

impl Story {
    /// Goes to a row by the first letters of its name, and opens its preview.
    async fn preview_by_keys(&self, name: &str) {
        self.browser.press(name).await;
        self.browser.see_focus(&format!("row {name}")).await;
        self.browser.press(Key::Enter).await;
        self.browser.see("region", "Preview").await;
        self.browser.see("heading", &format!("/^{name}/")).await;
    }

    /// Leaves the preview by Escape, and is back on the row.
    async fn leave_preview(&self, name: &str) {
        self.browser.press(Key::Escape).await;
        self.browser.see_no("region", "Preview").await;
        self.browser.see_focus(&format!("row {name}")).await;
    }

    /// How often bytes of files were asked for by a link.
    fn links_followed(&self) -> usize {
        self.simulator.world().log().count(Party::Downloads, "download.aspx")
    }
}

#[tokio::test]
async fn plays_videos_and_sounds_and_shows_pictures_with_what_is_known_of_them() {
    let story = Story::browse_in(&[], &["Teaching", "Signals and Systems"]).await;
    let browser = &story.browser;
    browser.see_focus("row").await;
    let downloads = story.simulator.origins().downloads.clone();

    story.preview_by_keys("Aliasing").await;
    for (fact, words) in [
        ("Kind", "Video, 320 × 180"),
        ("Length", "48 sec"),
        ("Size", "96 MB"),
        ("Modified", "Nov 4, 2026"),
        ("Owner", "Noa"),
        ("Where", "My files › Teaching › Signals and Systems"),
    ] {
        browser.see_fact(fact, words).await;
    }
    browser.play("video").await;
    let address: String = browser.ask("return document.querySelector('video').src").await;
    assert!(address.starts_with(&downloads), "{address}");
    assert!(story.links_followed() > 0, "the bytes come from the link");
    story.leave_preview("Aliasing").await;

    story.preview_by_keys("Office hours").await;
    browser.see_fact("Size", "38 MB").await;
    browser.see_fact("Kind", "Audio").await;
    browser.play("audio").await;
    // A work account's Graph says of a sound neither this, nor of a picture how large it is: the file itself does.
    browser.see_fact("Length", "sec").await;
    browser.tab_to("Add to choice").await;
    browser.press(Key::Enter).await;
    browser.see("button", "Import 1 file").await;
    browser.see_focus("button Remove from choice").await;
    story.leave_preview("Office hours").await;

    story.preview_by_keys("Spectrogram").await;
    let width: u32 = browser
        .eventually("the picture", async || {
            let width: Option<u32> =
                browser.ask("return document.querySelector('.preview img')?.naturalWidth ?? null").await;
            width.filter(|width| *width > 0)
        })
        .await;
    assert_eq!(width, 320, "the picture itself, not its thumbnail");
    browser.see_fact("Kind", "Image, 320 × 180").await;
    story.leave_preview("Spectrogram").await;
}

#[tokio::test]
async fn shows_a_document_by_its_picture_and_keeps_the_focus_while_a_file_is_on_its_way() {
    let story = Story::browse_in(&[], &["Documents"]).await;
    let browser = &story.browser;
    browser.see_focus("row").await;
    story.preview_by_keys("Travel form").await;
    browser.see_fact("Kind", "Document").await;
    browser.see_fact("Owner", "Noa").await;
    browser
        .eventually("the picture of the first page", async || {
            let picture: Value = browser
                .ask(
                    "const picture = document.querySelector('.preview img'); \
                      return picture && { width: picture.naturalWidth, src: picture.src }",
                )
                .await;
            (picture["width"].as_u64()? > 0 && picture["src"].as_str()?.contains("/thumbnail?")).then_some(())
        })
        .await;
    assert!(browser.all("button", "Add to choice").await.is_empty(), "documents can’t be imported here");
    story.leave_preview("Travel form").await;

    // Its link comes while the focus is in the preview.
    browser.click("link", "My files").await;
    browser.see("row", "/^Campus/").await;
    browser.tab_to("row ").await;
    let faults = story.simulator.world().faults();
    faults.add(Fault::new(FaultKind::Delay { milliseconds: 1_000 }).account(NOA).path("/items/"));
    story.preview_by_keys("Welcome").await;
    browser.tab_to("Close preview").await;
    assert!(browser.all("term", "Owner").await.is_empty(), "the answer has not come yet");
    browser.see_fact("Owner", "Noa").await;
    browser.see_focus("button Close preview").await;
    browser.press(Key::Enter).await;
    browser.see_no("region", "Preview").await;
    browser.see_focus("row Welcome").await;
}
