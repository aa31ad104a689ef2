//! The time stamps of Graph: ISO 8601 with a zone, as milliseconds.

/// Reads `2026-10-01T08:00:00Z`, with a fraction or an offset if there is one, as milliseconds since
/// 1970-01-01 UTC. `None` for anything else, and for times before 1970 (Graph's "never" is the year 1).
pub(crate) fn parse_timestamp(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let year = digits(bytes, 0, 4)?;
    let month = digits(bytes, 5, 2).filter(|month| (1..=12).contains(month))?;
    let day = digits(bytes, 8, 2).filter(|day| (1..=days_in(year, month)).contains(day))?;
    let hour = digits(bytes, 11, 2).filter(|hour| *hour < 24)?;
    let minute = digits(bytes, 14, 2).filter(|minute| *minute < 60)?;
    let second = digits(bytes, 17, 2).filter(|second| *second <= 60)?;
    for (index, mark) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')] {
        if bytes.get(index) != Some(&mark) {
            return None;
        }
    }
    let (fraction, zone) = split_fraction(bytes.get(19..)?)?;
    let offset = offset_minutes(zone)?;
    let minutes = (days_before(year, month, day) * 24 + hour) * 60 + minute - offset;
    u64::try_from((minutes * 60 + second) * 1000 + fraction).ok()
}

fn digits(bytes: &[u8], start: usize, count: usize) -> Option<i64> {
    bytes.get(start..start + count)?.iter().try_fold(0, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        Some(number * 10 + digit)
    })
}

/// The fraction in whole milliseconds, and what follows it.
fn split_fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some(fraction) = rest.strip_prefix(b".") else { return Some((0, rest)) };
    let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 {
        return None;
    }
    let mut milliseconds = 0;
    for index in 0..3 {
        let digit = fraction.get(index).filter(|_| index < length).map_or(0, |byte| i64::from(byte - b'0'));
        milliseconds = milliseconds * 10 + digit;
    }
    Some((milliseconds, fraction.get(length..)?))
}

fn offset_minutes(zone: &[u8]) -> Option<i64> {
    let sign = match zone.first()? {
        b'Z' if zone.len() == 1 => return Some(0),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = digits(zone, 1, 2).filter(|hours| *hours < 24)?;
    let minutes = digits(zone, 4, 2).filter(|minutes| *minutes < 60)?;
    (zone.len() == 6 && zone.get(3) == Some(&b':')).then_some(sign * (hours * 60 + minutes))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "days_from_civil").
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_stamps_of_graph() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-10-01T08:00:00Z", Some(1_790_841_600_000)),
            ("2026-10-01T08:00:00.5Z", Some(1_790_841_600_500)),
            ("2026-10-01T08:00:00.1234567Z", Some(1_790_841_600_123)),
            ("2026-10-01T10:30:00+02:30", Some(1_790_841_600_000)),
            ("2026-10-01T05:00:00-03:00", Some(1_790_841_600_000)),
            ("2024-02-29T23:59:59Z", Some(1_709_251_199_000)),
            ("2000-03-01T00:00:00Z", Some(951_868_800_000)),
            ("0001-01-01T00:00:00Z", None),
            ("2023-02-29T00:00:00Z", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-10-01T24:00:00Z", None),
            ("2026-10-01T08:00:00", None),
            ("2026-10-01T08:00:00.Z", None),
            ("2026-10-01T08:00:00+0200", None),
            ("2026-10-01T08:00:00Zulu", None),
            ("2026-10-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_timestamp(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_any_text_without_panic(text in any::<String>(), tail in "[0-9TZ:.+-]{0,30}") {
            let _ = parse_timestamp(&text);
            let _ = parse_timestamp(&tail);
        }

        #[test]
        fn later_stamps_are_greater(day in 1u64..=28, month in 1u64..=12, year in 1970u64..9999) {
            let stamp = |year: u64| format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
            prop_assert!(parse_timestamp(&stamp(year)) < parse_timestamp(&stamp(year + 1)) || year == 9999);
        }
    }
}
