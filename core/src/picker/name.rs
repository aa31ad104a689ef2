//! How a file's name is shown: cut in the middle so that its end stays, without breaking the order of words in
//! names that mix directions (`shared/design`, "Names").

use std::borrow::Cow;

use crate::graph::stem;

/// A name ready for display. The full name belongs into `aria-label` and `title`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName<'a> {
    /// Gives way with an ellipsis of the style sheet.
    pub head: Cow<'a, str>,
    /// Stays; empty if the name is one piece.
    pub tail: &'a str,
}

/// Letters that stay before the extension.
const KEPT_LETTERS: usize = 5;
/// U+200E: the extension stays at its place in a name that reads right to left.
const LEFT_TO_RIGHT_MARK: char = '\u{200E}';

/// The name of a file, for a space of about `fits` letters (only used where the two pieces cannot be).
pub fn file_name(name: &str, fits: usize) -> DisplayName<'_> {
    if name.chars().any(is_right_to_left) {
        return DisplayName { head: elided(&marked(name), fits), tail: "" };
    }
    let stem = stem_length(name);
    let cut = back(name, stem, KEPT_LETTERS);
    let (head, tail) = name.split_at_checked(cut).unwrap_or((name, ""));
    if head.chars().count() < KEPT_LETTERS {
        return DisplayName { head: Cow::Borrowed(name), tail: "" };
    }
    DisplayName { head: Cow::Borrowed(head), tail }
}

/// The name of a folder or a place: one piece, cut at its end by the style sheet.
pub fn whole_name(name: &str) -> DisplayName<'_> {
    DisplayName { head: Cow::Borrowed(name), tail: "" }
}

fn stem_length(name: &str) -> usize {
    stem(name).len()
}

/// The byte index `count` letters before `end`; marks and joiners stay with their letter.
fn back(name: &str, end: usize, count: usize) -> usize {
    let mut left = count;
    let mut joined = false;
    for (index, character) in name.get(..end).unwrap_or_default().char_indices().rev() {
        if is_mark(character) {
            continue;
        }
        if character == '\u{200D}' {
            joined = true;
            continue;
        }
        if !joined {
            if left == 0 {
                return index + character.len_utf8() + marks_after(name, index + character.len_utf8());
            }
            left -= 1;
        }
        joined = false;
    }
    0
}

fn marks_after(name: &str, from: usize) -> usize {
    let rest = name.get(from..).unwrap_or_default();
    rest.char_indices().find(|(_, character)| !is_mark(*character)).map_or(rest.len(), |(index, _)| index)
}

/// Puts the mark before the dot if the name reads right to left and a digit stands there.
fn marked(name: &str) -> Cow<'_, str> {
    let stem = stem_length(name);
    let reads_right_to_left = name.chars().find_map(direction) == Some(true);
    let ends_in_digit = name.get(..stem).and_then(|stem| stem.chars().next_back());
    if stem == name.len() || !reads_right_to_left || !ends_in_digit.is_some_and(|last| last.is_ascii_digit())
    {
        return Cow::Borrowed(name);
    }
    let (stem, extension) = name.split_at_checked(stem).unwrap_or((name, ""));
    let mut text = String::with_capacity(name.len() + 3);
    text.push_str(stem);
    text.push(LEFT_TO_RIGHT_MARK);
    text.push_str(extension);
    Cow::Owned(text)
}

/// The text with its middle replaced by "…" at a space if one is near, so that `fits` letters remain.
fn elided<'a>(text: &Cow<'a, str>, fits: usize) -> Cow<'a, str> {
    let letters = text.chars().filter(|character| !is_mark(*character)).count();
    if letters <= fits.max(12) {
        return text.clone();
    }
    let keep = fits.max(12) - 1;
    let stem = stem_length(text);
    let extension = text.len() - stem;
    let tail_letters = (keep / 2).saturating_sub(extension).max(KEPT_LETTERS.min(keep / 4));
    let tail_start = word_start(text, back(text, stem, tail_letters), stem);
    let tail = text.get(tail_start..).unwrap_or_default();
    let head_letters = keep.saturating_sub(tail.chars().count());
    let head_end = nth_letter(text, head_letters).min(tail_start);
    let head = text.get(..word_end(text, head_end)).unwrap_or_default();
    let mut elided = String::with_capacity(text.len());
    elided.push_str(head.trim_end());
    elided.push_str(" … ");
    elided.push_str(tail.trim_start());
    Cow::Owned(elided)
}

fn nth_letter(text: &str, count: usize) -> usize {
    let mut letters = text.char_indices().filter(|(_, character)| !is_mark(*character));
    letters.nth(count).map_or(text.len(), |(index, _)| index)
}

/// The start of the next word if it comes within eight letters and before `end`.
fn word_start(text: &str, from: usize, end: usize) -> usize {
    let piece = text.get(from..end).unwrap_or_default();
    match piece.find(' ') {
        Some(space)
            if piece.get(..space).is_some_and(|word| word.chars().count() <= 8)
                && space + 1 < piece.len() =>
        {
            from + space + 1
        }
        _ => from,
    }
}

/// The end of the last whole word if at most eight letters are lost.
fn word_end(text: &str, end: usize) -> usize {
    let piece = text.get(..end).unwrap_or_default();
    match piece.rfind(' ') {
        Some(space) if space > 0 && piece.get(space..).is_some_and(|word| word.chars().count() <= 9) => space,
        _ => end,
    }
}

fn is_mark(character: char) -> bool {
    matches!(u32::from(character), 0x0300..=0x036F | 0x0591..=0x05BD | 0x05BF | 0x05C1 | 0x05C2 | 0x05C4 | 0x05C5 | 0x05C7
        | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x200B | 0x200C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069
        | 0x20D0..=0x20FF | 0x3099 | 0x309A | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F)
}

/// Whether a character belongs to a script that runs from right to left (Unicode classes R and AL).
pub(crate) fn is_right_to_left(character: char) -> bool {
    matches!(u32::from(character), 0x05BE | 0x05C0 | 0x05C3 | 0x05C6 | 0x05D0..=0x05F4 | 0x0608 | 0x060B | 0x060D
        | 0x061B..=0x064A | 0x066D..=0x066F | 0x0671..=0x06D5 | 0x06E5 | 0x06E6 | 0x06EE | 0x06EF | 0x06FA..=0x08C9
        | 0xFB1D..=0xFDCF | 0xFDF0..=0xFDFC | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Whether a character decides the direction of its text: right to left, left to right, or not at all. Only
/// good enough for names: a few ranges instead of the Unicode tables.
fn direction(character: char) -> Option<bool> {
    if is_right_to_left(character) {
        return Some(true);
    }
    let left_to_right = character.is_ascii_alphabetic()
        || matches!(u32::from(character), 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2B8 | 0x370..=0x373 | 0x376..=0x58A
            | 0x903..=0x1FFE | 0x200E | 0x2C00..=0x2CE4 | 0x3005..=0x3007 | 0x3031..=0xA48F | 0xA4D0..=0xD7FF
            | 0xF900..=0xFB17 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A | 0xFF66..=0xFFDC | 0x20000..=0x3FFFF);
    left_to_right.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_five_letters_and_the_extension() {
        for (name, head, tail) in [
            (
                "Lecture 01 – Introduction and course overview.mp4",
                "Lecture 01 – Introduction and course ove",
                "rview.mp4",
            ),
            ("Office hours 2026-11-12.m4a", "Office hours 2026-", "11-12.m4a"),
            ("Aliasing demo, rotating wheel.mov", "Aliasing demo, rotating ", "wheel.mov"),
            ("Slides 02 – Convolution.pptx", "Slides 02 – Convol", "ution.pptx"),
            ("a.mp4", "a.mp4", ""),
            ("IMG_2040.jpg", "IMG_2040.jpg", ""),
            ("README and other notes", "README and other ", "notes"),
            (".gitignore", ".giti", "gnore"),
            ("Version 2. The end of it", "Version 2. The end ", "of it"),
            ("講義の録画 第十二回目.mp4", "講義の録画 ", "第十二回目.mp4"),
            (
                "Cafe\u{301} and creme bru\u{301}le\u{301}e.mp4",
                "Cafe\u{301} and creme b",
                "ru\u{301}le\u{301}e.mp4",
            ),
            ("A family at the sea 👩‍👩‍👧👍🏽abc.png", "A family at the sea ", "👩‍👩‍👧👍🏽abc.png"),
        ] {
            let shown = file_name(name, 40);
            assert_eq!((shown.head.as_ref(), shown.tail), (head, tail), "{name}");
        }
    }

    #[test]
    fn does_not_split_a_name_that_reads_right_to_left() {
        for (name, shown) in [
            ("הרצאה 01 – מבוא וסקירת הקורס.mp4", "הרצאה 01 – מבוא וסקירת הקורס.mp4"),
            ("לוח 2026-11-09.jpg", "לוח 2026-11-09\u{200e}.jpg"),
            ("שעות קבלה 2026-11-12.m4a", "שעות קבלה 2026-11-12\u{200e}.m4a"),
            ("Gibbs מבוא 01.mp4", "Gibbs מבוא 01.mp4"),
            ("محاضرة 12.mp4", "محاضرة 12\u{200e}.mp4"),
            ("שלום 12", "שלום 12"),
        ] {
            let display = file_name(name, 60);
            assert_eq!((display.head.as_ref(), display.tail), (shown, ""), "{name}");
        }
    }

    #[test]
    fn puts_the_ellipsis_into_a_long_name_of_mixed_direction() {
        let name = "הרצאה 03 – טורי פורייה, תופעת Gibbs ומשוואת החום (הוקלטה שוב לאחר תקלה במיקרופון).mp4";
        let shown = file_name(name, 60);
        assert_eq!(shown.tail, "");
        assert_eq!(shown.head, "הרצאה 03 – טורי פורייה, תופעת … שוב לאחר תקלה במיקרופון).mp4");
    }

    proptest! {
        #[test]
        fn left_to_right_names_lose_nothing(name in "[a-zA-Z0-9 .\u{301}–é講\u{1F468}\u{200D}]{0,40}", fits in 0usize..100) {
            let shown = file_name(&name, fits);
            prop_assert_eq!(format!("{}{}", shown.head, shown.tail), name);
        }

        #[test]
        fn mixed_names_fit_and_keep_their_extension(name in "[א-ת]{1,3}[א-תa-z0-9 ]{0,80}\\.mp4", fits in 12usize..100) {
            let shown = file_name(&name, fits);
            prop_assert!(shown.head.ends_with(".mp4"));
            prop_assert!(shown.head.chars().count() <= fits + 5, "{}", shown.head);
        }

        #[test]
        fn takes_any_name(name in any::<String>(), fits in 0usize..100) {
            let _ = (file_name(&name, fits), whole_name(&name));
        }
    }
}
