//! The set-up assistant in every language and look: its own words alone are downloaded, and axe-core objects to nothing.

use crate::accessibility::{Words, objections};
use crate::engine::Look;
use crate::languages::LOCALES;
use crate::story::Story;

#[tokio::test]
async fn speaks_each_language_and_downloads_no_other() {
    let story = Story::begin().await;
    let browser = &story.browser;
    for locale in LOCALES {
        browser.visit(&format!("{}?locale={locale}", story.assistant_url())).await;
        let words = Words::of(&format!("setup-{locale}"));
        let title = words.say("setup_site_title", "Your site");
        assert_eq!(title == "Your site", locale == "en", "{locale}");
        browser.see("heading", &title).await;
        let names = browser.see_language(locale).await;
        let wanted =
            if locale == "en" { &[][..] } else { &[format!("{locale}-"), format!("setup-{locale}-")] };
        assert_eq!(names.len(), wanted.len(), "{locale}: {names:?}");
        let fetched = |start: &String| names.iter().any(|name| name.starts_with(start));
        assert!(wanted.iter().all(fetched), "{locale}: {names:?}");
        assert!(!browser.text().await.contains('{'), "{locale}: a place was not filled");
    }
}

async fn every_step_is_accessible(look: Look, settings: &[(&str, &str)]) {
    let story = Story::begin_with(look).await;
    let browser = &story.browser;
    for (name, value) in settings {
        story.simulator.site().set(name, *value);
    }
    let locale = settings.iter().find(|(name, _)| *name == "locale").map_or("en", |(_, locale)| *locale);
    let words = Words::of(&format!("setup-{locale}"));
    browser.visit(&story.assistant_url()).await;
    let mut found = Vec::new();
    for (title, next) in [
        ("setup_site_title Your site", "setup_next_register Next: register the app"),
        (
            "setup_register_title Register the app in Azure",
            "setup_next_permissions Next: tokens and permissions",
        ),
        ("setup_permissions_title Tokens and permissions", "setup_next_module Next: OneDrive module"),
        ("setup_module_title Switch the OneDrive module on", "setup_next_try Next: try it"),
        ("setup_try_title Try it", ""),
    ] {
        let say = |text: &str| {
            text.split_once(' ').map_or_else(String::new, |(key, english)| words.say(key, english))
        };
        browser.see("heading", &say(title)).await;
        browser
            .act("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
            .await;
        found.extend(objections(browser, title).await);
        let wide: i64 = browser.ask("return document.documentElement.scrollWidth - innerWidth").await;
        assert!(wide <= 0, "{title}: {wide} px beyond the edge");
        if !next.is_empty() {
            browser.click("button", &say(next)).await;
        }
    }
    assert!(found.is_empty(), "{settings:?}:\n{}", found.join("\n"));
}

#[tokio::test]
async fn axe_finds_nothing_in_the_assistant_in_the_light() {
    every_step_is_accessible(Look::default(), &[("theme", "light")]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_assistant_in_the_dark() {
    every_step_is_accessible(Look::default(), &[("theme", "dark")]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_assistant_in_hebrew_in_high_contrast() {
    every_step_is_accessible(Look::default(), &[("theme", "contrast"), ("locale", "he")]).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_assistant_on_a_phone_in_german() {
    every_step_is_accessible(Look { width: 360, height: 740, ..Look::default() }, &[("locale", "de")]).await;
}
