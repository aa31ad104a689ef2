//! The built-in order of names: numbers by their value, case and accents aside, punctuation before digits
//! before letters. For names of ASCII alone it is the order of `Intl.Collator` in every language of the picker, none of which
//! tailors ASCII (<https://www.unicode.org/reports/tr35/tr35-collation.html>; `tests/browser.rs` compares the two); others are
//! left to the collator where there is one.

use super::fold::{Folded, fold};

/// Punctuation in the order of the Unicode Collation Algorithm's root table (UTS 10), space first.
const PUNCTUATION: &str = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// A name turned into bytes, so that comparing two names compares their bytes. Made once per name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NaturalKey {
    bytes: Box<[u8]>,
    is_ascii: bool,
}

impl NaturalKey {
    /// The key of a name.
    ///
    /// A run of digits becomes its length without leading zeros and the digits; names that are equal so far
    /// are told apart by the name itself, so that the order never depends on how the rows arrived.
    pub fn new(name: &str) -> Self {
        let mut key = Vec::with_capacity(name.len() * 2 + 8);
        let mut digits: Vec<u8> = Vec::new();
        for character in name.chars() {
            match fold(character) {
                Folded::Nothing => {}
                Folded::Digit(value) => digits.push(value),
                Folded::One(one) => {
                    push_number(&mut key, &mut digits);
                    push_letter(&mut key, one);
                }
                Folded::Two(first, second) => {
                    push_number(&mut key, &mut digits);
                    push_letter(&mut key, first);
                    push_letter(&mut key, second);
                }
            }
        }
        push_number(&mut key, &mut digits);
        key.push(0);
        key.extend_from_slice(name.as_bytes());
        let is_ascii = name.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        Self { bytes: key.into_boxed_slice(), is_ascii }
    }

    /// Whether the name is printable ASCII, so that the order of two such names is everybody's.
    pub(crate) fn is_ascii(&self) -> bool {
        self.is_ascii
    }
}

fn push_number(key: &mut Vec<u8>, digits: &mut Vec<u8>) {
    if digits.is_empty() {
        return;
    }
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    let significant = digits.get(zeros..).unwrap_or_default();
    key.push(b'0');
    key.push(u8::try_from(significant.len()).unwrap_or(u8::MAX));
    key.extend(significant.iter().map(|digit| digit + 1));
    digits.clear();
}

fn push_letter(key: &mut Vec<u8>, letter: char) {
    if letter.is_ascii_lowercase() {
        key.push(letter as u8);
    } else if let Some(index) = PUNCTUATION.find(letter) {
        key.push(u8::try_from(index + 2).unwrap_or(b'/'));
    } else if u32::from(letter) < 0x20 {
        key.push(1);
    } else {
        key.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort_by_cached_key(|name| NaturalKey::new(name));
        names
    }

    #[test]
    fn orders_names_as_a_person_would() {
        let tables: [&[&str]; 9] = [
            &["Lecture 1.mp4", "Lecture 2.mp4", "Lecture 10.mp4", "Lecture 100.mp4"],
            &["a", "A2", "a10", "B", "c"],
            &["2.mp4", "010.mp4", "11.mp4"],
            &["Lecture 01 – Intro.mp4", "Lecture 01a.mp4", "Lecture 02.mp4"],
            &["_draft", "-old", "(copy)", "1", "a", "z", "ö2", "ä3"],
            &["eclair", "éclair", "Eclat"],
            &["שיעור 2", "שיעור 10"],
            &["видео 2", "Видео 10"],
            &["第2回", "第10回"],
        ];
        for expected in tables {
            let mut shuffled = expected.to_vec();
            shuffled.reverse();
            let got = sorted(&shuffled);
            if expected.contains(&"ö2") {
                assert_eq!(got, ["_draft", "-old", "(copy)", "1", "a", "ä3", "ö2", "z"]);
            } else {
                assert_eq!(got, expected);
            }
        }
    }

    #[test]
    fn compares_numbers_longer_than_any_integer() {
        let (small, large) = ("9".repeat(40), format!("1{}", "0".repeat(40)));
        assert_eq!(NaturalKey::new(&small).cmp(&NaturalKey::new(&large)), Ordering::Less);
    }

    proptest! {
        #[test]
        fn only_equal_names_have_equal_keys(left in any::<String>(), right in any::<String>()) {
            let equal = NaturalKey::new(&left) == NaturalKey::new(&right);
            prop_assert_eq!(equal, left == right);
        }

        #[test]
        fn numbers_order_by_value(left in any::<u64>(), right in any::<u64>(), prefix in "[a-z ]{0,4}") {
            let order = NaturalKey::new(&format!("{prefix}{left}")).cmp(&NaturalKey::new(&format!("{prefix}{right}")));
            prop_assert_eq!(order, left.cmp(&right));
        }

        #[test]
        fn case_matters_last(name in "[a-zA-Z0-9 ]{1,12}") {
            let (lower, upper) = (name.to_lowercase(), name.to_uppercase());
            let next = format!("{lower}a");
            prop_assert!(NaturalKey::new(&upper) < NaturalKey::new(&next));
        }
    }
}
