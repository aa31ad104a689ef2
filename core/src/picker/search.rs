//! What is searched, where, and which letters of a hit to mark.

use std::ops::Range;

use super::fold::fold_text;

/// Where a search looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The folder or place that is open.
    #[default]
    Here,
    /// Everything that the account may read.
    Everywhere,
}

/// A search worth asking for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    text: String,
    scope: Scope,
}

impl Query {
    /// The longest text that is asked for, in characters.
    pub(crate) const LONGEST: usize = 200;

    /// Makes what was typed a query: spaces put in order, control characters out. `None` if nothing is left to
    /// look for.
    pub fn parse(typed: &str, scope: Scope) -> Option<Self> {
        let mut text = String::with_capacity(typed.len());
        for word in typed.split(|character: char| character.is_whitespace() || character.is_control()) {
            if word.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if let Some((end, _)) = text.char_indices().nth(Self::LONGEST) {
            text.truncate(end);
        }
        let text = text.trim_end().to_owned();
        (!fold_text(&text).is_empty()).then_some(Self { text, scope })
    }

    /// What to look for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where to look.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The same search elsewhere.
    #[must_use]
    pub fn within(&self, scope: Scope) -> Self {
        Self { text: self.text.clone(), scope }
    }

    /// The byte ranges of a name that match a word of the query, case and accents aside, in order and apart.
    pub fn hits(&self, name: &str) -> Vec<Range<usize>> {
        let name = fold_text(name);
        let mut hits: Vec<Range<usize>> = Vec::new();
        for word in self.text.split(' ') {
            let word: Vec<char> =
                fold_text(word.trim_matches('"')).into_iter().map(|(letter, _, _)| letter).collect();
            if word.is_empty() {
                continue;
            }
            for place in name.windows(word.len()) {
                let matches = place.iter().zip(&word).all(|((letter, _, _), wanted)| letter == wanted);
                if let (true, Some((_, start, _)), Some((_, _, end))) = (matches, place.first(), place.last())
                {
                    hits.push(*start..*end);
                }
            }
        }
        joined(hits)
    }
}

/// A stretch of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub(crate) text: String,
    /// Whether it matched the search.
    pub hit: bool,
}

/// Cuts the part of a name that lies in `part` (bytes) into marked and unmarked pieces.
pub fn pieces(name: &str, part: Range<usize>, hits: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = part.start;
    let mut push = |range: Range<usize>, hit: bool| {
        if let Some(text) = name.get(range).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), hit });
        }
    };
    for hit in hits {
        let (start, end) = (hit.start.clamp(from, part.end.max(from)), hit.end.min(part.end));
        if end <= start {
            continue;
        }
        push(from..start, false);
        push(start..end, true);
        from = end;
    }
    push(from..part.end.max(from), false);
    pieces
}

/// Puts overlapping and touching ranges together.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn query(text: &str) -> Query {
        Query::parse(text, Scope::Here).unwrap()
    }

    fn told(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    fn marked(name: &str, text: &str) -> String {
        told(&pieces(name, 0..name.len(), &query(text).hits(name)))
    }

    #[test]
    fn puts_what_was_typed_in_order() {
        for (typed, expected) in [
            ("  fourier \t series ", Some("fourier series")),
            ("a\u{0}b", Some("a b")),
            ("   ", None),
            ("", None),
            ("\u{200f}", None),
            ("講", Some("講")),
        ] {
            assert_eq!(Query::parse(typed, Scope::Here).as_ref().map(Query::text), expected, "{typed:?}");
        }
        assert_eq!(query(&"x".repeat(500)).text().len(), 200);
        assert_eq!(query("x").within(Scope::Everywhere).scope(), Scope::Everywhere);
    }

    #[test]
    fn marks_every_word_without_regard_to_case_and_accents() {
        for (name, text, expected) in [
            ("Lecture 03 – Fourier series.mp4", "fourier", "Lecture 03 – [Fourier] series.mp4"),
            ("Lecture 03 – Fourier series.mp4", "series LECT", "[Lect]ure 03 – Fourier [series].mp4"),
            ("Éclair eclair", "éclair", "[Éclair] [eclair]"),
            ("banana", "ana", "b[anana]"),
            ("Straße 1", "strasse", "[Straße] 1"),
            ("הרצאה 03", "הרצאה", "[הרצאה] 03"),
            ("a.mp4", "\"a\"", "[a].mp4"),
            ("a.mp4", "x", "a.mp4"),
            ("", "x", ""),
        ] {
            assert_eq!(marked(name, text), expected, "{name} {text}");
        }
    }

    #[test]
    fn marks_a_match_across_the_cut_of_a_name() {
        let name = "Lecture hall.mp4";
        let hits = query("hall").hits(name);
        assert_eq!(told(&pieces(name, 0..10, &hits)), "Lecture [ha]");
        assert_eq!(told(&pieces(name, 10..name.len(), &hits)), "[ll].mp4");
    }

    proptest! {
        #[test]
        fn loses_no_letter(name in any::<String>(), text in any::<String>(), cut in 0usize..40) {
            let Some(query) = Query::parse(&text, Scope::Here) else { return Ok(()) };
            let hits = query.hits(&name);
            let cut = (0..=cut.min(name.len())).rev().find(|cut| name.is_char_boundary(*cut)).unwrap();
            let whole: String = pieces(&name, 0..cut, &hits).into_iter().chain(pieces(&name, cut..name.len(), &hits)).map(|piece| piece.text).collect();
            prop_assert_eq!(whole, name);
        }

        #[test]
        fn finds_a_name_by_itself(name in "[a-zA-Zé0-9א-ת.]{1,20}") {
            let hits = query(&name).hits(&name);
            prop_assert_eq!(hits, vec![0..name.len()]);
        }
    }
}
