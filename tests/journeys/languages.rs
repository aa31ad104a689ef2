//! The picker in every language: its own words alone are downloaded.

use crate::accessibility::Words;
use crate::browser::Browser;
use crate::story::Story;

/// Every language that the pages speak.
pub(crate) const LOCALES: [&str; 10] = ["en", "ar", "de", "es", "fr", "he", "ja", "pt-BR", "ru", "zh-Hans"];

/// The files of words that a page has fetched.
const WORDS: &str = "return performance.getEntriesByType('resource').map((one) => one.name.split('/').pop()) \
    .filter((name) => /^(setup-)?[a-z]{2}(-[A-Za-z]+)?-[0-9a-f]{16}\\.json$/.test(name))";

impl Browser {
    /// Says that the page is in this language and runs in its direction. Returns the files of words it fetched.
    pub(crate) async fn see_language(&self, locale: &str) -> Vec<String> {
        let (language, direction): (String, String) =
            self.ask("return [document.documentElement.lang, document.documentElement.dir]").await;
        assert_eq!(language, locale);
        assert_eq!(direction, if matches!(locale, "ar" | "he") { "rtl" } else { "ltr" }, "{locale}");
        self.ask(WORDS).await
    }
}

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
        let names = browser.see_language(locale).await;
        assert_eq!(names.len(), usize::from(locale != "en"), "{locale}: {names:?}");
        assert!(names.iter().all(|name| name.starts_with(&format!("{locale}-"))), "{names:?}");
    }
}
