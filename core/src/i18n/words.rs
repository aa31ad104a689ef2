//! The words of one locale, and how their places are filled.

use super::Message;
use serde_json::Value;
use std::cell::OnceCell;
use std::rc::Rc;

/// The words of one locale over the built-in English ones.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The texts in the order of the messages; nothing where English is to be shown.
    texts: Vec<Option<String>>,
    /// Those of a page's own set of messages.
    own: Vec<Option<String>>,
    /// The English texts that are not in the main chunk, once they are there.
    deferred: Rc<OnceCell<Vec<&'static str>>>,
}

/// The words of a locale could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the words are not a JSON array of texts")]
pub struct WordsError;

impl Words {
    /// English alone.
    pub fn english() -> Self {
        Self::default()
    }

    /// Reads the words of a locale as the build leaves them: a JSON array of the texts of `locales/*.json` in the order of the
    /// messages, `null` for one that is missing.
    ///
    /// # Errors
    /// If it is not such an array.
    pub fn parse(json: &str) -> Result<Self, WordsError> {
        let Ok(Value::Array(texts)) = serde_json::from_str(json) else { return Err(WordsError) };
        let texts = texts.into_iter().map(|text| match text {
            Value::String(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            _ => Err(WordsError),
        });
        Ok(Self { texts: texts.collect::<Result<_, _>>()?, ..Self::default() })
    }

    /// These words, and those of a page's own set of messages.
    #[must_use]
    pub fn with_own(self, own: Self) -> Self {
        Self { own: own.texts, ..self }
    }

    /// Adds the English texts that are not in the main chunk, here and to all clones.
    pub fn add_deferred_english(&self) {
        self.deferred.get_or_init(Message::deferred_english);
    }

    /// The text of a message of the page's own set, by its place in it, with its `{name}` places filled; `english` where the
    /// locale lacks it.
    pub fn fill_own(&self, place: usize, english: &str, places: &[(&str, &str)]) -> String {
        fill(self.own(place, english), places)
    }

    /// The same for a text whose form a count decides; see [`Words::count`].
    pub fn count_own(&self, place: usize, english: &str, category: &str, number: &str) -> String {
        let text = self.own(place, english);
        let form = plural_form(text, category).unwrap_or_else(|| text.to_owned());
        fill(&form.replace('#', number), &[("count", number)])
    }

    fn own<'a>(&'a self, place: usize, english: &'a str) -> &'a str {
        self.own.get(place).and_then(Option::as_deref).unwrap_or(english)
    }

    /// A text without places.
    pub fn get(&self, message: Message) -> &str {
        let place = message.place();
        let text = self.texts.get(place).and_then(Option::as_deref).or_else(|| message.main_english());
        text.unwrap_or_else(|| {
            let deferred = self.deferred.get().map(Vec::as_slice).unwrap_or_default();
            let before = Message::ALL.len() - deferred.len();
            place.checked_sub(before).and_then(|at| deferred.get(at).copied()).unwrap_or_default()
        })
    }

    /// A text with its `{name}` places filled. A place that is not given stays as it is.
    pub fn fill(&self, message: Message, places: &[(&str, &str)]) -> String {
        fill(self.get(message), places)
    }

    /// Whether a text has a form of its own for nothing at all (`=0`).
    pub fn has_form_for_none(&self, message: Message) -> bool {
        let text = self.get(message);
        text.match_indices('=').any(|(at, _)| text.get(at..).is_some_and(|rest| rest.starts_with("=0 {")))
    }

    /// A text whose form a count decides: `category` is the CLDR plural category of the count in this locale, `number`
    /// the count as the locale writes it; `#` and `{count}` stand for it.
    pub fn count(&self, message: Message, category: &str, number: &str, places: &[(&str, &str)]) -> String {
        let form = plural_form(self.get(message), category).unwrap_or_else(|| self.get(message).to_owned());
        let mut all = Vec::with_capacity(places.len() + 1);
        all.push(("count", number));
        all.extend_from_slice(places);
        fill(&form.replace('#', number), &all)
    }
}

fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from_brace) = rest.split_at(start);
        filled.push_str(before);
        let value = from_brace.find('}').and_then(|end| {
            let name = from_brace.get(1..end)?;
            let (_, value) = places.iter().find(|(place, _)| *place == name)?;
            Some((value, end + 1))
        });
        let taken = if let Some((value, length)) = value {
            filled.push_str(value);
            length
        } else {
            filled.push('{');
            1
        };
        rest = from_brace.get(taken..).unwrap_or_default();
    }
    filled.push_str(rest);
    filled
}

/// Replaces the one plural argument of a text by the form of the category (`other` if it has none).
fn plural_form(text: &str, category: &str) -> Option<String> {
    const OPENING: &str = "{count, plural,";
    let opens = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(OPENING));
    let start = text.match_indices('{').map(|(at, _)| at).find(opens)?;
    let mut rest = text.get(start + OPENING.len()..)?;
    let (mut chosen, mut other) = (None, None);
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('}') {
            rest = after;
            break;
        }
        let (name, tail) = rest.split_once('{')?;
        let end = closing_brace(tail)?;
        let form = tail.get(..end)?;
        match name.trim() {
            name if name == category => chosen = Some(form),
            "other" => other = Some(form),
            _ => {}
        }
        rest = tail.get(end + 1..)?;
    }
    Some([text.get(..start)?, chosen.or(other)?, rest].concat())
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(index),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fills_the_places_of_a_text() {
        assert_eq!(fill("{a} and {b}, {c}", &[("a", "1"), ("b", "{c}")]), "1 and {c}, {c}");
    }

    #[test]
    fn chooses_the_form_that_the_count_decides() {
        let words = Words::english();
        assert_eq!(words.count(Message::ImportFiles, "one", "1", &[]), "Import 1 file");
        assert_eq!(words.count(Message::ImportFiles, "other", "3", &[]), "Import 3 files");
        assert_eq!(words.count(Message::ImportFiles, "few", "3", &[]), "Import 3 files");
    }

    #[test]
    fn shows_english_where_a_locale_lacks_a_message() {
        let mut texts = vec![None; Message::Cancel.place()];
        texts.push(Some("ביטול"));
        let words = Words::parse(&serde_json::to_string(&texts).unwrap()).unwrap();
        assert_eq!(words.get(Message::Cancel), "ביטול");
        assert_eq!(words.get(Message::Title), "Import from OneDrive");
        assert_eq!(words.get(Message::SignIn), "Sign in with Microsoft");
    }

    #[test]
    fn has_the_words_of_a_page_beside_its_own() {
        let words = Words::parse("[\"a\"]").unwrap().with_own(Words::parse("[null,\"{n} of b\"]").unwrap());
        assert_eq!(words.get(Message::ALL[0]), "a");
        assert_eq!(words.fill_own(1, "B", &[("n", "1")]), "1 of b");
        assert_eq!([words.fill_own(0, "A", &[]), words.fill_own(7, "H", &[])], ["A", "H"]);
    }

    #[test]
    fn refuses_words_that_are_no_list_of_texts() {
        for json in ["{}", "null", r#"{"cancel":"a"}"#, "[1]", r#"["a"#, "<html>"] {
            assert!(Words::parse(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_on_a_translators_slip(text in "[a#{} ,plurotheon]{0,40}") {
            let _ = plural_form(&text, "one");
            let _ = plural_form(&["{count, plural,", &text].concat(), "one");
            let _ = fill(&text, &[("a", "b")]);
        }
    }
}
