//! The tests that pages name: each is one that there is.

use std::fs;

use super::pages;
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// Looks at every `file::name_of_a_test` in the pages: a journey, or with the path of its file one in `core/src/`,
/// `core/tests/`, `xtask/`, `tests/`, or `host-kit/tests/`, where a name is written in words.
///
/// Fails with all that there are not, a line for each.
pub(super) fn check(paths: &Paths) -> Outcome {
    let mut wrong = Vec::new();
    for page in pages::all(paths)? {
        let text = fs::read_to_string(&page).attempting(page.display())?;
        for (file, name) in named(&text) {
            let file =
                if ["core/", "xtask/", "tests/", "host-kit/tests/"].iter().any(|top| file.starts_with(top)) {
                    paths.root.join(file)
                } else if file.ends_with(".rs") {
                    paths.root.join("core/src").join(file)
                } else {
                    paths.root.join("tests/journeys").join(file).with_extension("rs")
                };
            let source = fs::read_to_string(&file).unwrap_or_default();
            let is_there = if file.extension().is_some_and(|ending| ending == "mjs") {
                source.replace(r"\'", "'").contains(&format!("test('{name}',"))
            } else {
                source.contains(&format!("fn {name}("))
            };
            if !is_there {
                wrong.push(format!("{}: {} has no test {name}", page.display(), file.display()));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// Inline code of that shape. A test is a sentence, and so has several words.
fn named(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let codes = text.split('`').skip(1).step_by(2);
    codes.filter_map(|code| code.split_once("::")).filter(|(file, name)| {
        if file.starts_with("host-kit/tests/") {
            return true;
        }
        let is_sentence = name.matches('_').count() > 1;
        let is_path = |letter: char| letter.is_ascii_lowercase() || "_/.".contains(letter);
        is_sentence
            && file.chars().all(is_path)
            && name.chars().all(|letter| is_path(letter) || letter.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_that_a_page_names_is_there() {
        check(&Paths::find().unwrap()).unwrap();
    }

    #[test]
    fn knows_names_of_tests_from_other_code() {
        let text = "`a::is_it_so` `a/b.rs::is_it_not` `host::link::HostLink` `a::b` `x`";
        assert_eq!(named(text).collect::<Vec<_>>(), [("a", "is_it_so"), ("a/b.rs", "is_it_not")]);
    }
}
