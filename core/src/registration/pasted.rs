//! What comes along when a value is copied from a page, a message or a document.

/// The text without blanks, quotation marks, brackets of an address, and the invisible marks of pages written from right
/// to left, on either side.
pub(super) fn without_surroundings(text: &str) -> &str {
    text.trim_matches(|letter: char| {
        letter.is_whitespace()
            || matches!(letter, '"' | '\'' | '`' | '<' | '>' | ',' | ';')
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    })
}
