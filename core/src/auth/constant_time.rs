//! Comparing what must not be guessed letter by letter.

/// Whether both are equal, in a time that depends on the lengths only.
pub(super) fn equal(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && std::hint::black_box(left.bytes().zip(right.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b))) == 0
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn compares_whole_texts() {
        for (left, right, expected) in [
            ("", "", true),
            ("abc", "abc", true),
            ("abc", "abd", false),
            ("abc", "ab", false),
            ("", "a", false),
        ] {
            assert_eq!(equal(left, right), expected, "{left} {right}");
        }
    }
}
