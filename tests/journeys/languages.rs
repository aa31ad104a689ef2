//! The picker in every language: its own words alone are downloaded.

use crate::accessibility::Words;
use crate::setup_languages::LOCALES;
use crate::story::Story;

#[tokio::test]
async fn the_picker_speaks_each_language_and_downloads_no_other() {
    let story = Story::begin().await;
    let browser = &story.browser;
    for locale in LOCALES {
        browser.visit(&format!("{}&locale={locale}", story.picker_url("{}"))).await;
        let words = Words::of(locale);
        let title = words.say("sign_in", "Sign in with Microsoft");
        assert_eq!(title == "Sign in with Microsoft", locale == "en", "{locale}");
        browser.see("button", &title).await;
        let (language, direction): (String, String) =
            browser.ask("return [document.documentElement.lang, document.documentElement.dir]").await;
        assert_eq!(language, locale);
        assert_eq!(direction, if matches!(locale, "ar" | "he") { "rtl" } else { "ltr" }, "{locale}");
        let names: Vec<String> = browser
            .ask("return performance.getEntriesByType('resource').map((one) => one.name.split('/').pop()).filter((name) => /^[a-z]{2}(-[A-Za-z]+)?-[0-9a-f]{16}\\.json$/.test(name))")
            .await;
        assert_eq!(names.len(), usize::from(locale != "en"), "{locale}: {names:?}");
        assert!(names.iter().all(|name| name.starts_with(&format!("{locale}-"))), "{names:?}");
    }
}
