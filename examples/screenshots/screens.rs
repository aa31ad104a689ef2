//! The screens, each in the looks that it is worth seeing in.

use std::path::Path;
use std::time::Duration;

use onedrive_simulator::drive::{Fault, FaultKind};
use thirtyfour::prelude::*;

use crate::engine::Look;
use crate::story::{NOA, Story};

const DESKTOP: Look =
    Look { width: 1080, height: 768, third_party_cookies: false, internet: None, alone: true };
const PHONE: Look = Look { width: 360, height: 720, third_party_cookies: false, internet: None, alone: true };
const SMALL_PHONE: Look =
    Look { width: 320, height: 568, third_party_cookies: false, internet: None, alone: true };

/// A person who takes pictures.
struct Photographer<'a> {
    story: Story,
    folder: &'a Path,
    look: Look,
}

/// Takes all pictures.
pub(crate) async fn take_all(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    for (ending, theme, locale, look) in [
        ("", "light", "en", DESKTOP),
        ("-dark", "dark", "en", DESKTOP),
        ("-hebrew", "light", "he", DESKTOP),
        ("-contrast", "contrast", "en", DESKTOP),
        ("-phone", "light", "en", PHONE),
        ("-phone-dark", "dark", "ar", SMALL_PHONE),
    ] {
        let photographer = Photographer { story: Story::begin_with(look).await, folder, look };
        photographer.story.simulator.site().set("theme", theme);
        photographer.story.simulator.site().set("locale", locale);
        photographer.walk(ending).await;
    }
}

impl Photographer<'_> {
    /// Takes a picture of the page as it is.
    async fn take(&self, name: &str) {
        // Pictures and fonts arrive a moment after the words.
        tokio::time::sleep(Duration::from_millis(700)).await;
        let picture = self.story.browser.driver.screenshot_as_png().await.expect("a picture");
        let file = self.folder.join(format!("{name}.png"));
        println!("{} ({} kB)", file.display(), picture.len() / 1024);
        std::fs::write(file, picture).expect("the picture is kept");
    }

    async fn click(&self, selector: &str) {
        self.story
            .browser
            .eventually(selector, async || {
                self.story.browser.driver.find(By::Css(selector)).await.ok()?.click().await.ok()
            })
            .await;
    }

    /// Goes through the picker from the sign-in to the import.
    async fn walk(&self, ending: &str) {
        let (story, browser) = (&self.story, &self.story.browser);
        let host = story.create_from_onedrive().await;
        let picker = browser.window().await;
        if self.look.width > 500 {
            // Windows that a page opens fit a small screen unless told otherwise.
            let (width, height) = (self.look.width, self.look.height);
            browser.driver.set_window_rect(0, 0, width, height).await.expect("a window of that size");
        }
        self.await_css(".stage .button.primary").await;
        self.take(&format!("sign-in{ending}")).await;
        self.click(".stage .button.primary").await;
        self.await_css(".spin").await;
        let microsoft = story.go_to_microsoft().await;
        if ending.is_empty() {
            browser.return_to(&picker).await;
            self.take("sign-in-waiting").await;
            browser.return_to(&microsoft).await;
        }
        story.pick_account(NOA).await;
        story.accept_until_closed(&microsoft).await;
        browser.return_to(&picker).await;

        for folder in ["Teaching", "Signals and Systems"] {
            story.open_folder(folder).await;
        }
        for name in ["Lecture 01", "Lecture 03", "Office hours"] {
            story.choose(name).await;
        }
        browser.act("document.querySelector('[role=grid]').scrollTop = 0").await;
        self.take(&format!("listing{ending}")).await;
        self.click(".sorter").await;
        self.await_css(".menu").await;
        self.take(&format!("menu{ending}")).await;
        browser.press(Key::Escape).await;

        if !ending.contains("phone") {
            self.click(".segment button:last-child").await;
            self.await_css(".tile").await;
        }
        self.click("[data-part=thumb] img").await;
        self.await_css(".preview").await;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        self.take(&format!("preview{ending}")).await;
        browser.press(Key::Escape).await;
        if !ending.contains("phone") {
            self.take(&format!("tiles{ending}")).await;
            self.click(".segment button:first-child").await;
        }

        self.click(".search").await;
        let field = browser.driver.find(By::Css(".search input")).await.expect("the field");
        field.send_keys("lecture").await.expect("keys");
        self.await_css("mark").await;
        self.take(&format!("search{ending}")).await;
        field.send_keys(Key::Escape).await.expect("keys");

        self.click(".from-link").await;
        self.await_css(".link-dialog[open]").await;
        let link = browser.driver.find(By::Css(".link-dialog input")).await.expect("the field");
        link.send_keys("lecture").await.expect("keys");
        browser.act("document.querySelector('.link-dialog form').requestSubmit()").await;
        self.take(&format!("from-link{ending}")).await;
        browser.press(Key::Escape).await;
        browser.press("?").await;
        self.await_css(".keys[open]").await;
        self.take(&format!("keys{ending}")).await;
        browser.press(Key::Escape).await;

        self.states(ending).await;

        story.simulator.kaltura().change_faults(|faults| faults.import_delay = 2_500);
        self.click(".tray .button.primary").await;
        self.await_css(".progress").await;
        tokio::time::sleep(Duration::from_millis(2_000)).await;
        self.take(&format!("importing{ending}")).await;
        browser.return_to(&host).await;
    }

    /// Nothing there, nothing found, not allowed, busy.
    async fn states(&self, ending: &str) {
        let (story, browser) = (&self.story, &self.story.browser);
        self.click(".places .place").await;
        story.double_click("Attachments").await;
        self.await_css(".empty").await;
        self.take(&format!("empty{ending}")).await;
        self.click(".places .place").await;
        let faults = story.simulator.world().faults();
        faults.add(Fault::new(FaultKind::Forbidden).account(NOA).path("/children"));
        story.double_click("Documents").await;
        self.await_css(".empty[role=alert]").await;
        self.take(&format!("no-permission{ending}")).await;
        faults.clear();
        self.click(".empty .button.primary").await;
        faults.add(Fault::new(FaultKind::Throttled { retry_after: 8 }).account(NOA).path("/children"));
        story.double_click("Radio").await;
        self.await_css(".banner.warn").await;
        self.take(&format!("busy{ending}")).await;
        faults.clear();
        self.click(".places .place").await;
        let _ = browser;
    }

    async fn await_css(&self, selector: &str) {
        self.story
            .browser
            .eventually(selector, async || self.story.browser.driver.find(By::Css(selector)).await.ok())
            .await;
    }
}
