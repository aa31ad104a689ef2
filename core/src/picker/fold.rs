//! Letters made comparable: case, accents, invisible marks and look-alike punctuation taken away.
//!
//! A few ranges instead of the Unicode tables, which would weigh more than the picker's whole listing. What
//! is not in them compares by code point, which is a sane order within one script.

/// What one character of a name means to search, type-ahead and the built-in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folded {
    /// Invisible: combining and direction marks. File systems write `é` as one or as two characters.
    Nothing,
    /// A decimal digit of any script, 0 to 9.
    Digit(u8),
    /// A lower-case letter without accents, or anything else as it is.
    One(char),
    /// A ligature: `ß` is `ss`, `æ` is `ae`.
    Two(char, char),
}

/// The letters of U+00C0 to U+017F without their accents, in lower case. `*` marks what [`ligature`] answers.
const LATIN: &[u8; 192] = b"aaaaaa*ceeeeiiiidnooooo*ouuuuyt*aaaaaa*ceeeeiiiidnooooo*ouuuuytyaaaaaacccccccc\
ddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Folds one character.
pub(crate) fn fold(character: char) -> Folded {
    let code = u32::from(character);
    match code {
        0x30..=0x39 => digit(code, 0x30),
        0x41..=0x5A => Folded::One(character.to_ascii_lowercase()),
        0..=0x9F => Folded::One(character),
        0xA0 | 0x2000..=0x200A | 0x202F | 0x3000 => Folded::One(' '),
        0xAD | 0x0300..=0x036F | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7 => {
            Folded::Nothing
        }
        0xD7 | 0xF7 => Folded::One(character),
        0xC0..=0x17F => latin(code),
        0x0386 | 0x03AC => Folded::One('α'),
        0x0388 | 0x03AD => Folded::One('ε'),
        0x0389 | 0x03AE => Folded::One('η'),
        0x038A | 0x03AF => Folded::One('ι'),
        0x038C | 0x03CC => Folded::One('ο'),
        0x038E | 0x03CD => Folded::One('υ'),
        0x038F | 0x03CE => Folded::One('ω'),
        0x0419 | 0x0439 => Folded::One('и'),
        0x03C2 => Folded::One('σ'),
        0x0391..=0x03AB | 0x0410..=0x042F => shifted(code, 0x20),
        0x0400..=0x040F => shifted(code, 0x50),
        0x0451 => Folded::One('е'),
        0x0531..=0x0556 => shifted(code, 0x30),
        0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC => Folded::Nothing,
        0x0622 | 0x0623 | 0x0625 | 0x0671 => Folded::One('ا'),
        0x0660..=0x0669 => digit(code, 0x0660),
        0x06F0..=0x06F9 => digit(code, 0x06F0),
        0x0966..=0x096F => digit(code, 0x0966),
        0x1E00..=0x1EFF => vietnamese(code),
        0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF => Folded::Nothing,
        0x2010..=0x2015 | 0x2212 => Folded::One('-'),
        0x2018..=0x201B | 0x05F3 => Folded::One('\''),
        0x201C..=0x201F | 0x05F4 => Folded::One('"'),
        0x2024..=0x2026 => Folded::One('.'),
        0xFF10..=0xFF19 => digit(code, 0xFF10),
        0xFF21..=0xFF3A => char::from_u32(code - 0xFF21 + 0x61).map_or(Folded::Nothing, Folded::One),
        0xFF01..=0xFF5E => char::from_u32(code - 0xFF01 + 0x21).map_or(Folded::Nothing, Folded::One),
        _ => Folded::One(character),
    }
}

/// The folded characters of a text, each with the byte range of the character it came from.
pub(crate) fn fold_text(text: &str) -> Vec<(char, usize, usize)> {
    let mut folded = Vec::with_capacity(text.len());
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        match fold(character) {
            Folded::Nothing => {}
            Folded::Digit(value) => folded.push((char::from(b'0' + value), start, end)),
            Folded::One(one) => folded.push((one, start, end)),
            Folded::Two(first, second) => {
                folded.push((first, start, end));
                folded.push((second, start, end));
            }
        }
    }
    folded
}

fn digit(code: u32, zero: u32) -> Folded {
    u8::try_from(code - zero).map_or(Folded::Nothing, Folded::Digit)
}

fn shifted(code: u32, by: u32) -> Folded {
    match char::from_u32(code + by) {
        Some('ё') => Folded::One('е'),
        Some(lower) => Folded::One(lower),
        None => Folded::Nothing,
    }
}

fn latin(code: u32) -> Folded {
    let index = usize::try_from(code - 0xC0).unwrap_or(usize::MAX);
    match LATIN.get(index) {
        Some(b'*') | None => ligature(code),
        Some(letter) => Folded::One(char::from(*letter)),
    }
}

fn ligature(code: u32) -> Folded {
    match code {
        0xC6 | 0xE6 => Folded::Two('a', 'e'),
        0xDF => Folded::Two('s', 's'),
        0x132 | 0x133 => Folded::Two('i', 'j'),
        0x152 | 0x153 => Folded::Two('o', 'e'),
        _ => Folded::One(char::from_u32(code).unwrap_or(' ')),
    }
}

/// Latin Extended Additional: the letters of Vietnamese and some of Welsh, Turkish transliteration and German.
fn vietnamese(code: u32) -> Folded {
    const RUNS: [(u32, char); 32] = [
        (0x1E02, 'a'),
        (0x1E08, 'b'),
        (0x1E0A, 'c'),
        (0x1E14, 'd'),
        (0x1E1E, 'e'),
        (0x1E20, 'f'),
        (0x1E22, 'g'),
        (0x1E2C, 'h'),
        (0x1E30, 'i'),
        (0x1E36, 'k'),
        (0x1E3E, 'l'),
        (0x1E44, 'm'),
        (0x1E4C, 'n'),
        (0x1E54, 'o'),
        (0x1E58, 'p'),
        (0x1E60, 'r'),
        (0x1E6A, 's'),
        (0x1E72, 't'),
        (0x1E7C, 'u'),
        (0x1E80, 'v'),
        (0x1E8A, 'w'),
        (0x1E8E, 'x'),
        (0x1E90, 'y'),
        (0x1E96, 'z'),
        (0x1EA0, 's'),
        (0x1EB8, 'a'),
        (0x1EC8, 'e'),
        (0x1ECC, 'i'),
        (0x1EE4, 'o'),
        (0x1EF2, 'u'),
        (0x1EFA, 'y'),
        (0x1F00, 'l'),
    ];
    if code == 0x1E9E {
        return Folded::Two('s', 's');
    }
    RUNS.iter().find(|(end, _)| code < *end).map_or(Folded::Nothing, |(_, letter)| Folded::One(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        fold_text(text).into_iter().map(|(character, _, _)| character).collect()
    }

    #[test]
    fn takes_case_accents_and_look_alikes_away() {
        for (text, expected) in [
            ("Lecture 01.MP4", "lecture 01.mp4"),
            ("Café ÉCLAIR Ñandú", "cafe eclair nandu"),
            ("Cafe\u{301}", "cafe"),
            ("Straße ÆSIR Œuvre", "strasse aesir oeuvre"),
            ("Łódź Žižek Şık ŷ ſ", "lodz zizek sik y s"),
            ("Đặng Thị Ngọc", "dang thi ngoc"),
            ("ВИДЕО Ёлка Ђ", "видео елка ђ"),
            ("Ελλάς ΆΛΦΑ", "ελλασ αλφα"),
            ("שִׁעוּר", "שעור"),
            ("مُحاضَرة أ", "محاضرة ا"),
            ("a – b — c\u{a0}d…", "a - b - c d."),
            ("٠١٢ ۳ ４５", "012 3 45"),
            ("ＡＢｃ！", "abc!"),
            ("\u{202b}x\u{200f}", "x"),
            ("講義 第1回", "講義 第1回"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn agrees_with_unicode_about_latin_case() {
        for code in 0xC0..0x180 {
            let letter = char::from_u32(code).unwrap();
            if letter == 'İ' || letter == 'ı' || letter == 'ŉ' {
                continue;
            }
            let lower: String = letter.to_lowercase().collect();
            assert_eq!(folded(&letter.to_string()), folded(&lower), "{letter}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn ranges_are_those_of_whole_characters(text in any::<String>()) {
            for (_, start, end) in fold_text(&text) {
                prop_assert!(text.get(start..end).is_some_and(|piece| piece.chars().count() == 1));
            }
        }
    }
}
