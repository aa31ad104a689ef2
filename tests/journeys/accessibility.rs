//! axe-core finds nothing to object to, on any screen, in any look.

use onedrive_simulator::drive::{Fault, FaultKind};
use serde_json::Value;

use crate::browser::Browser;
use crate::files::{node_module, root};
use crate::story::{NOA, Story};

/// The texts of a locale by their keys; English is built in.
pub(crate) struct Words(Option<Value>);

impl Words {
    /// Of the picker, or of the set-up assistant for a name that starts with `setup-`. What is shipped has no keys.
    pub(crate) fn of(locale: &str) -> Self {
        let file = locale
            .strip_prefix("setup-")
            .map_or_else(|| locale.to_owned(), |locale| format!("setup/{locale}"));
        let text = std::fs::read_to_string(root().join(format!("core/src/i18n/locales/{file}.json"))).ok();
        Self(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(crate) fn say(&self, key: &str, english: &str) -> String {
        let text = self.0.as_ref().and_then(|texts| texts.get(key)).and_then(Value::as_str);
        text.unwrap_or(english).to_owned()
    }
}

async fn every_screen_is_accessible(settings: &[(&str, &str)]) {
    let story = Story::begin().await;
    let browser = &story.browser;
    for (name, value) in settings {
        story.simulator.site().set(name, *value);
    }
    let locale = settings.iter().find(|(name, _)| *name == "locale").map_or("en", |(_, locale)| *locale);
    let words = Words::of(locale);
    let say = |key: &str, english: &str| words.say(key, english);
    let mut found = Vec::new();

    story.simulator.site().set("userRole", "viewerRole");
    story.visit_picker().await;
    browser.see("button", &say("copy_details", "Copy details")).await;
    found.extend(objections(browser, "refused").await);
    story.simulator.site().set("userRole", "adminRole");

    story.create_from_onedrive().await;
    let picker = browser.window().await;
    let sign_in = say("sign_in", "Sign in with Microsoft");
    browser.see("button", &sign_in).await;
    found.extend(objections(browser, "card").await);
    browser.click("button", &sign_in).await;
    browser.see("button", &say("open_window_again", "Open the window again")).await;
    found.extend(objections(browser, "waiting").await);
    let microsoft = story.go_to_microsoft().await;
    story.pick_account(NOA).await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;

    // Three: some languages have words of their own for one and for two.
    for name in ["Campus.jpg", "Podcast jingle.mp3", "Welcome to the course.mp4"] {
        story.choose(name).await;
    }
    found.extend(objections(browser, "listing").await);
    browser.click("button", &say("view_tiles", "Tiles")).await;
    browser.see("row", "/^Campus/").await;
    found.extend(objections(browser, "tiles").await);
    browser.click("button", &say("view_list", "List")).await;
    let search = browser.see("searchbox", &say("search", "Search")).await;
    search.send_keys("thesis").await.expect("keys");
    browser.see("row", "/^Thesis colloquium/").await;
    found.extend(objections(browser, "search").await);
    search.clear().await.expect("an empty field");
    browser.click("button", &format!("/^{}$/", say("clear_search", "Clear search"))).await;

    // The list is where it was, near its end.
    browser.see("row", "/^Campus/").await;
    let _: Option<()> = browser.ask("document.querySelector('[role=grid]').scrollTop = 0").await;
    browser.see("row", "/^Attachments/").await;
    story.double_click("Attachments").await;
    browser.see("heading", &say("empty_folder", "This folder is empty")).await;
    found.extend(objections(browser, "empty").await);
    browser.click("button", &say("go_up", "Go up one folder")).await;
    story.simulator.world().faults().add(Fault::new(FaultKind::Forbidden).account(NOA).path("/children"));
    story.double_click("Documents").await;
    browser.see("alert", "").await;
    found.extend(objections(browser, "error").await);
    story.simulator.world().faults().clear();
    browser.click("button", &say("go_back", "Go back")).await;

    browser.see("row", "/^Campus/").await;
    story.simulator.kaltura().change_faults(|faults| faults.import_delay = 3_000);
    browser.click("button", "/3/").await;
    browser.see("progressbar", "/./").await;
    found.extend(objections(browser, "importing").await);
    assert!(found.is_empty(), "{settings:?}:\n{}", found.join("\n"));
}

/// What axe-core objects to on the page as it is.
pub(crate) async fn objections(browser: &Browser, screen: &str) -> Vec<String> {
    browser.act(&node_module("axe-core/axe.min.js")).await;
    let script = "const done = arguments[arguments.length - 1]; \
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => \
        done(result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help} at ${node.target.join(' ')} \
        ${node.any.concat(node.all).map((check) => check.message).join('; ')}`))), (error) => done([String(error)]))";
    let found = browser.driver.execute_async(script, Vec::new()).await.expect("axe runs");
    let found: Vec<String> = found.convert().expect("texts");
    found.into_iter().map(|text| format!("{screen}: {text}")).collect()
}

#[tokio::test]
async fn axe_finds_nothing_in_the_light() {
    every_screen_is_accessible(&[("theme", "light")]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_dark() {
    every_screen_is_accessible(&[("theme", "dark")]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_high_contrast() {
    every_screen_is_accessible(&[("theme", "contrast")]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_hebrew() {
    every_screen_is_accessible(&[("locale", "he"), ("theme", "light")]).await;
}
