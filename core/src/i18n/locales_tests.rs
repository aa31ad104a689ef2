//! What must hold for every file of `locales/` and `locales/setup/`, so that a slip in one language never reaches a person.

use super::locale::SUPPORTED;
use super::{Locale, Message, SetupMessage, Words};
use std::collections::{BTreeMap, BTreeSet};

/// The names that are the same in every language.
const NAMES: &[&str] = &[
    "AADSTS50011",
    "Azure",
    "Files.Read.All",
    "Microsoft 365",
    "OneDrive",
    "SharePoint",
    "User.Read",
    "applicationId",
    "userRole",
    "hostOrigins",
    "implicit",
    "index.html",
    "localhost",
    "openid",
];

/// The texts of one entry: the picker's, or those of the set-up assistant.
struct Entry {
    /// Below `locales/`.
    folder: &'static str,
    /// Key and English text of each.
    texts: Vec<(&'static str, &'static str)>,
}

fn entries() -> [Entry; 2] {
    let picker = Message::ALL.iter().map(|message| (message.key(), message.english()));
    let setup = SetupMessage::ALL.iter().map(|message| (message.key(), message.english()));
    [Entry { folder: "", texts: picker.collect() }, Entry { folder: "setup/", texts: setup.collect() }]
}

/// The words of a locale, as the build makes them of its file.
fn words(folder: &str, locale: &str) -> Words {
    let texts = texts(folder, locale);
    let [picker, setup] = entries();
    let english = if folder.is_empty() { picker.texts } else { setup.texts };
    let list: Vec<Option<&String>> = english.iter().map(|(key, _)| texts.get(*key)).collect();
    Words::parse(&serde_json::to_string(&list).unwrap()).unwrap_or_else(|error| panic!("{locale}: {error}"))
}

/// A text without its plural argument, and the forms of that argument by category.
struct Parsed {
    around: String,
    forms: BTreeMap<String, String>,
}

impl Parsed {
    /// The texts that a person can see: one for each form, or the text itself.
    fn seen(&self) -> Vec<(&str, String)> {
        if self.forms.is_empty() {
            return vec![("", self.around.clone())];
        }
        let whole =
            |(category, form): (&'static str, &String)| (category, [&self.around, form.as_str()].concat());
        CATEGORIES.iter().filter_map(|name| Some(whole((*name, self.forms.get(*name)?)))).collect()
    }
}

const CATEGORIES: [&str; 7] = ["=0", "zero", "one", "two", "few", "many", "other"];
const OPENING: &str = "{count, plural,";

/// Judges the braces more strictly than `Words` does, which has to live with a slip.
fn parse(text: &str) -> Result<Parsed, String> {
    let Some((before, argument)) = text.split_once(OPENING) else {
        return Ok(Parsed { around: text.to_owned(), forms: BTreeMap::new() });
    };
    let mut rest = argument.trim_start();
    let mut forms = BTreeMap::new();
    while !rest.starts_with('}') {
        let (category, tail) = rest.split_once('{').ok_or("the plural argument is not closed")?;
        let mut depth = 1;
        let end = tail
            .find(|character| {
                depth += i32::from(character == '{') - i32::from(character == '}');
                depth == 0
            })
            .ok_or("a form is not closed")?;
        let category = category.trim();
        if !CATEGORIES.contains(&category) {
            return Err(format!("{category} is no category"));
        }
        if forms.insert(category.to_owned(), tail[..end].to_owned()).is_some() {
            return Err(format!("{category} comes twice"));
        }
        rest = tail[end + 1..].trim_start();
    }
    let after = &rest[1..];
    if after.contains(OPENING) {
        return Err("there are two plural arguments".to_owned());
    }
    Ok(Parsed { around: [before, after].concat(), forms })
}

/// The `{name}` places of a text without plural argument.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// The categories of whole numbers below a million (CLDR 48, `plurals.xml`).
fn categories(locale: &str) -> &'static [&'static str] {
    match locale {
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        "he" => &["one", "two", "other"],
        "ja" | "zh-Hans" => &["other"],
        "ru" => &["one", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// Whether the category is that of a single number, so that the form may spell the number out.
fn is_single(locale: &str, category: &str) -> bool {
    match category {
        "=0" | "zero" | "two" => true,
        // 0 is `one` in French and Brazilian Portuguese, 21 in Russian.
        "one" => !matches!(locale, "fr" | "pt-BR" | "ru"),
        _ => false,
    }
}

fn json(folder: &str, locale: &str) -> String {
    let path = [env!("CARGO_MANIFEST_DIR"), "/src/i18n/locales/", folder, locale, ".json"].concat();
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn texts(folder: &str, locale: &str) -> BTreeMap<String, String> {
    serde_json::from_str(&json(folder, locale)).unwrap_or_else(|error| panic!("{folder}{locale}: {error}"))
}

fn locales() -> impl Iterator<Item = &'static str> {
    SUPPORTED.into_iter().filter(|locale| *locale != "en")
}

/// Collects what is wrong in all locales, so that one run tells everything.
fn judge(what: impl Fn(&str, &str, &str, &Parsed) -> Option<String>) {
    let mut slips = Vec::new();
    for Entry { folder, texts: english } in entries() {
        for locale in locales() {
            let texts = texts(folder, locale);
            for (key, english) in &english {
                let Some(text) = texts.get(*key) else { continue };
                let slip = match parse(text) {
                    Ok(parsed) => what(locale, english, text, &parsed),
                    Err(slip) => Some(slip),
                };
                slips.extend(slip.map(|slip| format!("{locale} {key}: {slip}")));
            }
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn can_be_read() {
    for locale in locales() {
        let words = words("", locale);
        assert_ne!(words.get(Message::Cancel), Message::Cancel.english(), "{locale}");
    }
}

#[test]
fn have_a_file_for_each_locale_and_no_other() {
    let mut wanted: Vec<_> = locales().map(|locale| [locale, ".json"].concat()).collect();
    wanted.sort_unstable();
    for Entry { folder, .. } in entries() {
        let path = [env!("CARGO_MANIFEST_DIR"), "/src/i18n/locales/", folder].concat();
        let files = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.is_file());
        let mut names: Vec<_> =
            files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        names.sort_unstable();
        assert_eq!(names, wanted, "{folder}");
    }
}

#[test]
fn say_each_message_once_and_nothing_else() {
    let mut slips = Vec::new();
    for Entry { folder, texts: english } in entries() {
        let wanted: BTreeSet<_> = english.iter().map(|(key, _)| *key).collect();
        for locale in locales() {
            let (json, texts) = (json(folder, locale), texts(folder, locale));
            let keys: BTreeSet<_> = texts.keys().map(String::as_str).collect();
            slips.extend(wanted.difference(&keys).map(|key| format!("{locale} lacks {key}")));
            slips.extend(keys.difference(&wanted).map(|key| format!("{locale} has the unknown {key}")));
            let twice = keys.iter().filter(|key| json.matches(&format!("\"{key}\":")).count() > 1);
            slips.extend(twice.map(|key| format!("{locale} has {key} twice")));
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn keep_the_places_of_the_english_text_in_every_form() {
    judge(|_, english, _, parsed| {
        let english = parse(english).unwrap();
        let (_, english) = english.seen().pop()?;
        let wanted = places(&english);
        let mut seen = parsed.seen().into_iter();
        let (category, _) = seen.find(|(_, text)| places(text) != wanted)?;
        Some(format!("the places of form {category:?} are not {wanted:?}"))
    });
}

#[test]
fn have_the_plural_forms_that_the_language_needs() {
    judge(|locale, english, _, parsed| {
        if parse(english).unwrap().forms.is_empty() {
            return (!parsed.forms.is_empty()).then(|| "a plural that English lacks".to_owned());
        }
        let have: BTreeSet<_> =
            parsed.forms.keys().map(String::as_str).filter(|name| *name != "=0").collect();
        let need: BTreeSet<_> = categories(locale).iter().copied().collect();
        (have != need).then(|| format!("has {have:?}, needs {need:?}"))
    });
}

#[test]
fn name_the_number_where_a_form_stands_for_several() {
    judge(|locale, _, _, parsed| {
        let lacks =
            |(category, form): &(&String, &String)| !is_single(locale, category) && !form.contains('#');
        parsed
            .forms
            .iter()
            .find(lacks)
            .map(|(category, _)| format!("form {category} does not say the number"))
    });
}

#[test]
fn leave_names_as_they_are() {
    judge(|_, english, text, _| {
        // A value of the setting `flow`; in other texts it is a word like any other.
        let is_name = |name: &str| name != "implicit" || english.contains("flow to");
        let lost = |name: &&&str| is_name(name) && english.contains(**name) && !text.contains(**name);
        NAMES.iter().find(lost).map(|name| format!("lost {name}"))
    });
}

#[test]
fn are_neatly_typed() {
    judge(|_, _, text, parsed| {
        let marks = text.matches('\u{2068}').count() == text.matches('\u{2069}').count();
        let braces = parsed.seen().iter().all(|(_, text)| {
            text.matches('{').count() == places(text).len() && text.matches('}').count() == places(text).len()
        });
        let fault = match () {
            () if text.is_empty() || text.trim() != text => "empty or with spaces around",
            () if text.contains("...") => "three dots for an ellipsis",
            () if text.contains("  ") => "two spaces",
            () if text.contains(['<', '>', '\n', '\t']) => "mark-up or a control character",
            () if !marks => "an isolate that is not closed",
            () if !braces => "a stray brace",
            () => return None,
        };
        Some(fault.to_owned())
    });
}

/// An element with `dir="auto"` takes its direction from the first strong character outside isolates.
#[test]
fn begin_right_to_left_texts_from_the_right() {
    judge(|locale, _, _, parsed| {
        if !Locale::choose([locale]).is_right_to_left() {
            return None;
        }
        let from_left = |(_, text): &(&str, String)| {
            let mut depth = 0;
            let first = text.chars().find(|character| {
                depth += i32::from(matches!(character, '{' | '\u{2068}'));
                depth -= i32::from(matches!(character, '}' | '\u{2069}'));
                depth == 0 && (character.is_alphabetic() || *character == '\u{200f}')
            });
            first.is_some_and(|first| !matches!(first, '\u{0590}'..='\u{08ff}' | '\u{200f}'))
                // A name that is Latin as a whole reads the same from either side.
                && text.contains(|letter| matches!(letter, '\u{0590}'..='\u{08ff}'))
        };
        parsed.seen().iter().any(from_left).then(|| "begins from the left".to_owned())
    });
}

#[test]
fn fill_every_form_without_a_remnant() {
    for Entry { folder, texts } in entries() {
        for locale in locales() {
            let words = words(folder, locale);
            let words = if folder.is_empty() { words } else { Words::english().with_own(words) };
            for (place, (key, english_text)) in texts.iter().enumerate() {
                let english = parse(english_text).unwrap();
                let (_, shape) = english.seen().pop().unwrap();
                let given: Vec<_> = places(&shape).into_iter().map(|name| (name, "x")).collect();
                for category in categories(locale) {
                    let is_counted = !english.forms.is_empty();
                    let text = match Message::ALL.iter().find(|message| message.key() == *key) {
                        Some(message) if is_counted => words.count(*message, category, "5", &given),
                        Some(message) => words.fill(*message, &given),
                        None if is_counted => words.count_own(place, english_text, category, "5"),
                        None => words.fill_own(place, english_text, &given),
                    };
                    let has_remnant = text.contains(['{', '}', '#']);
                    assert!(!has_remnant, "{locale} {key} {category}: {text}");
                }
            }
        }
    }
}

/// WCAG 2.2, success criterion 2.5.3: a button's name holds the words that it shows, for people who speak to it.
#[test]
fn name_copy_buttons_by_the_words_that_they_show() {
    for locale in locales() {
        let texts = texts("setup/", locale);
        for (shown, name) in [("setup_copy", "setup_copy_what"), ("setup_copied", "setup_copied_what")] {
            let (shown, name) = (texts[shown].to_lowercase(), texts[name].to_lowercase());
            assert!(name.contains(&shown), "{locale}: {name:?} lacks {shown:?}");
        }
    }
}
