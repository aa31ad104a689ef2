//! The start: locale, words, theme, and what was entered earlier.

use super::kept;
use crate::browser::{Formats, Launch, apply_theme, document_language, fetch_text, own_origin};
use crate::ui::speech::Speech;
use js_sys::Reflect;
use onedrive_picker_core::i18n::{Locale, Words};
use onedrive_picker_core::registration::SetupForm;
use onedrive_picker_core::settings::{self, Settings, SettingsError, Theme};
use onedrive_picker_core::web::Origin;
use web_sys::window;

/// What is known before anything is shown.
pub struct Start {
    words: Words,
    locale: Locale,
    /// What was entered earlier.
    pub form: SetupForm,
    /// Whether it came with a link, so that somebody else may have entered it.
    pub from_link: bool,
    /// The origin of this page.
    pub own_origin: Origin,
    /// The settings that this page was served with, as text.
    pub page_settings: Option<String>,
    /// What is wrong with them.
    pub settings_error: Option<SettingsError>,
}

impl Start {
    /// Reads the page and gets the words.
    pub async fn prepare() -> Option<Self> {
        let launch = Launch::of_this_page()?;
        let own_origin = own_origin()?;
        let page_settings = match &launch.settings {
            Some(text) => Some(text.clone()),
            None => fetch_text(&launch.asset("onedrive-settings.json")).await,
        };
        let parsed = page_settings.as_deref().map(|text| settings::parse(text, &own_origin));
        let (settings, settings_error) = match parsed {
            Some(Ok(settings)) => (Some(settings), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        };
        let locale = locale(&launch, settings.as_ref());
        let words = match (launch.words(locale.words), own_words(&launch, locale.words)) {
            (Some(shared), Some(own)) => words(&shared).await.with_own(words(&own).await),
            _ => Words::english(),
        };
        document_language(&locale.tag, locale.is_right_to_left());
        apply_theme(settings.as_ref().and_then(|settings| theme(settings.theme)), None);
        let (form, from_link) = kept::read(page_settings.as_deref(), &own_origin);
        Some(Self { words, locale, form, from_link, own_origin, page_settings, settings_error })
    }

    /// The words and formats of the locale.
    pub fn speech(&self) -> Speech {
        let speech = Speech::new(self.words.clone(), Formats::new(&self.locale.tag));
        speech.add_deferred_english();
        speech
    }
}

/// The locale: the address, the settings, the browser.
fn locale(launch: &Launch, settings: Option<&Settings>) -> Locale {
    let languages = window().map(|window| window.navigator().languages()).unwrap_or_default();
    let languages: Vec<String> = languages.iter().filter_map(|language| language.as_string()).collect();
    let first = [launch.locale.as_deref(), settings.and_then(|settings| settings.locale.as_deref())];
    Locale::choose(first.into_iter().flatten().chain(languages.iter().map(String::as_str)))
}

/// The address of the assistant's own words of a locale.
fn own_words(launch: &Launch, locale: &str) -> Option<String> {
    let page = Reflect::get(window()?.as_ref(), &"onedrivePicker".into()).ok()?;
    let names = Reflect::get(&page, &"setup".into()).ok()?;
    Reflect::get(&names, &locale.into()).ok()?.as_string().map(|name| launch.asset(&name))
}

/// The words of one file; words that cannot be had leave the assistant in English.
async fn words(url: &str) -> Words {
    fetch_text(url).await.and_then(|text| Words::parse(&text).ok()).unwrap_or_default()
}

fn theme(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
        Theme::Contrast => Some("contrast"),
    }
}
