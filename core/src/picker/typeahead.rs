//! Going to a name by typing its beginning.

use super::fold::fold_text;

/// What was typed within the last second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typeahead {
    typed: String,
    last: u64,
}

impl Typeahead {
    /// How long a pause ends a word, in milliseconds.
    pub const PAUSE: u64 = 1000;

    /// Takes a letter typed at `now` (milliseconds).
    pub fn push(&mut self, letter: char, now: u64) {
        if !self.is_active(now) {
            self.typed.clear();
        }
        if self.typed.len() < 100 {
            self.typed.push(letter);
        }
        self.last = now;
    }

    /// Forgets what was typed: another key was pressed, another folder opened.
    pub fn clear(&mut self) {
        self.typed.clear();
    }

    /// Whether a name is being typed, so that a space belongs to it.
    pub fn is_active(&self, now: u64) -> bool {
        !self.typed.is_empty() && now.saturating_sub(self.last) < Self::PAUSE
    }

    /// The next row whose name starts with what was typed, after the focused one and around the end.
    ///
    /// One letter, or the same letter again and again, goes on from row to row; a longer beginning may stay
    /// where it is.
    pub fn find<'a>(&self, focused: usize, rows: usize, name: impl Fn(usize) -> &'a str) -> Option<usize> {
        let mut wanted = folded(&self.typed);
        let first = *wanted.first()?;
        let repeated = wanted.iter().all(|letter| *letter == first);
        if repeated {
            wanted.truncate(1);
        }
        let start = if repeated { focused + 1 } else { focused };
        (0..rows).map(|offset| (start + offset) % rows).find(|row| starts_with(name(*row), &wanted))
    }
}

fn folded(text: &str) -> Vec<char> {
    fold_text(text).into_iter().map(|(letter, _, _)| letter).collect()
}

fn starts_with(name: &str, wanted: &[char]) -> bool {
    // A name's first characters suffice: folding never makes a text shorter than a quarter of its characters
    // unless it consists of marks.
    let end = name.char_indices().nth(wanted.len() * 4).map_or(name.len(), |(index, _)| index);
    folded(name.get(..end).unwrap_or(name)).starts_with(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = ["Aliasing", "Lab", "Lecture 01", "Lecture 02", "Étude", "שיעור"];

    fn typed(text: &str, focused: usize) -> Option<usize> {
        let mut typeahead = Typeahead::default();
        for (index, letter) in text.chars().enumerate() {
            typeahead.push(letter, index as u64 * 100);
        }
        typeahead.find(focused, NAMES.len(), |row| NAMES[row])
    }

    #[test]
    fn finds_the_next_name_that_starts_so() {
        for (text, focused, expected) in [
            ("l", 0, Some(1)),
            ("l", 1, Some(2)),
            ("l", 3, Some(1)),
            ("ll", 1, Some(2)),
            ("le", 2, Some(2)),
            ("lecture 02", 0, Some(3)),
            ("LAB", 5, Some(1)),
            ("e", 0, Some(4)),
            ("ש", 0, Some(5)),
            ("x", 0, None),
        ] {
            assert_eq!(typed(text, focused), expected, "{text} from {focused}");
        }
    }

    #[test]
    fn forgets_after_a_pause() {
        let mut typeahead = Typeahead::default();
        typeahead.push('l', 0);
        typeahead.push('a', 1500);
        assert_eq!(typeahead.find(3, NAMES.len(), |row| NAMES[row]), Some(0));
        assert!(typeahead.is_active(2000));
        assert!(!typeahead.is_active(2500));
    }

    #[test]
    fn forgets_when_it_is_told_to() {
        let mut typeahead = Typeahead::default();
        typeahead.push('l', 0);
        typeahead.clear();
        assert!(!typeahead.is_active(1));
        typeahead.push('e', 2);
        assert_eq!(typeahead.find(0, NAMES.len(), |row| NAMES[row]), Some(4), "not “le”");
    }

    #[test]
    fn finds_nothing_in_nothing() {
        assert_eq!(Typeahead::default().find(0, 6, |_| "a"), None);
        let mut typeahead = Typeahead::default();
        typeahead.push('a', 0);
        assert_eq!(typeahead.find(0, 0, |_| ""), None);
    }
}
