//! Numbers made ready for words: lengths, waiting times and percentages as integers that `Intl` prints.

/// The length of a recording as a clock shows it: `0:48`, `52:14`, `1:14:52`, from milliseconds.
pub fn clock(milliseconds: u64) -> String {
    let seconds = rounded(milliseconds, 1000, 1);
    let mut text = String::with_capacity(8);
    let hours = seconds / 3600;
    let minutes = seconds / 60 % 60;
    if hours > 0 {
        text.push_str(&hours.to_string());
        text.push(':');
        push_two(&mut text, minutes);
    } else {
        text.push_str(&minutes.to_string());
    }
    text.push(':');
    push_two(&mut text, seconds % 60);
    text
}

/// A length in words: "2 h 43 min". A part that is zero is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// Whole hours.
    pub hours: u32,
    /// Whole minutes, 0 to 59.
    pub minutes: u32,
    /// Whole seconds, 0 to 59.
    pub seconds: u32,
}

/// The exact length, to the second: "1 h 9 min 37 s".
pub fn span(milliseconds: u64) -> Span {
    parts(rounded(milliseconds, 1000, 1))
}

/// The length in round figures: without seconds from one minute on, "2 h 43 min".
pub fn rough_span(milliseconds: u64) -> Span {
    if milliseconds < 59_500 { span(milliseconds) } else { parts(rounded(milliseconds, 60_000, 1) * 60) }
}

/// A percentage, 0 to 100, that says 100 only when everything is done.
pub(crate) fn percent(done: u64, total: u64) -> u8 {
    if total == 0 {
        return 0;
    }
    let done = done.min(total);
    let percent = if total > u64::MAX / 100 { done / (total / 100) } else { done * 100 / total };
    if done < total { u8::try_from(percent.min(99)).unwrap_or(99) } else { 100 }
}

fn parts(seconds: u64) -> Span {
    Span { hours: small(seconds / 3600), minutes: small(seconds / 60 % 60), seconds: small(seconds % 60) }
}

/// `value * times / divisor`, rounded half up; absurdly large values saturate.
fn rounded(value: u64, divisor: u64, times: u64) -> u64 {
    value.saturating_mul(times).saturating_add(divisor / 2) / divisor
}

fn small(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn push_two(text: &mut String, value: u64) {
    if value < 10 {
        text.push('0');
    }
    text.push_str(&value.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_lengths_as_a_clock_does() {
        for (milliseconds, expected) in [
            (0, "0:00"),
            (499, "0:00"),
            (48_000, "0:48"),
            (59_600, "1:00"),
            (3_134_000, "52:14"),
            (4_492_000, "1:14:52"),
            (360_000_000, "100:00:00"),
        ] {
            assert_eq!(clock(milliseconds), expected);
        }
    }

    #[test]
    fn says_lengths_in_words() {
        assert_eq!(span(4_177_000), Span { hours: 1, minutes: 9, seconds: 37 });
        assert_eq!(rough_span(9_778_000), Span { hours: 2, minutes: 43, seconds: 0 });
        assert_eq!(rough_span(59_900), Span { hours: 0, minutes: 1, seconds: 0 });
        assert_eq!(rough_span(42_000), Span { hours: 0, minutes: 0, seconds: 42 });
    }

    #[test]
    fn says_a_hundred_per_cent_only_when_done() {
        for (done, total, expected) in [(0, 0, 0), (999, 1000, 99), (1000, 1000, 100), (7, 5, 100)] {
            assert_eq!(percent(done, total), expected);
        }
    }

    proptest! {
        #[test]
        fn takes_any_number(value in any::<u64>(), other in any::<u64>()) {
            let text = clock(value);
            prop_assert!(text.contains(':'));
            let _ = (span(value), rough_span(value));
            prop_assert!(percent(value, other) <= 100);
        }
    }
}
