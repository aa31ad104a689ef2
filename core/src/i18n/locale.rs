//! Which locale to speak (BCP 47; lookup as in RFC 4647 section 3.4).

/// The locales that have words, English first.
pub(crate) const SUPPORTED: [&str; 10] = ["en", "ar", "de", "es", "fr", "he", "ja", "pt-BR", "ru", "zh-Hans"];

/// A locale asked for, and the supported one whose words it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// The tag as asked for, for `Intl` and the document's `lang`; canonical case is not required.
    pub tag: String,
    /// One of [`SUPPORTED`].
    pub words: &'static str,
}

impl Locale {
    /// The first of the wanted tags that has words; English if none has.
    pub fn choose<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        for tag in wanted {
            if let Some(words) = supported(tag) {
                return Self { tag: tag.replace('_', "-"), words };
            }
        }
        Self { tag: "en".to_owned(), words: "en" }
    }

    /// Whether the locale is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.words, "ar" | "he")
    }
}

fn supported(tag: &str) -> Option<&'static str> {
    let is_tag = !tag.is_empty()
        && tag.len() <= 35
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !is_tag {
        return None;
    }
    let language = tag.split(['-', '_']).next().unwrap_or(tag);
    // The old code of Hebrew, still sent by some platforms.
    let language = if language.eq_ignore_ascii_case("iw") { "he" } else { language };
    SUPPORTED.into_iter().find(|known| {
        let known_language = known.split('-').next().unwrap_or(known);
        known_language.eq_ignore_ascii_case(language)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_words_of_a_tag() {
        for (tag, words) in [
            ("he", "he"),
            ("iw-IL", "he"),
            ("he-il", "he"),
            ("en-us", "en"),
            ("pt-PT", "pt-BR"),
            ("zh-CN", "zh-Hans"),
            ("zh-TW", "zh-Hans"),
            ("AR_sa", "ar"),
        ] {
            assert_eq!(Locale::choose([tag]).words, words, "{tag}");
        }
    }

    #[test]
    fn takes_the_first_wanted_tag_that_has_words() {
        let locale = Locale::choose(["tlh", "", "<script>", "fr-CA", "de"]);
        assert_eq!(locale, Locale { tag: "fr-CA".to_owned(), words: "fr" });
        assert_eq!(Locale::choose(["tlh"]).tag, "en");
    }

    #[test]
    fn knows_what_is_written_from_right_to_left() {
        assert!(Locale::choose(["he"]).is_right_to_left());
        assert!(Locale::choose(["ar-EG"]).is_right_to_left());
        assert!(!Locale::choose(["ru"]).is_right_to_left());
    }
}
