//! Points in time.

use std::fmt;

/// A moment in whole seconds since 1970-01-01 UTC. Shown as Graph writes it: `2026-11-12T08:00:00Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// That minute of that day, UTC.
    pub const fn at(year: u64, month: u64, day: u64, hour: u64, minute: u64) -> Self {
        // Days from civil, with the year starting in March (Howard Hinnant, "chrono-compatible date algorithms").
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted / 400;
        let year_of_era = shifted % 400;
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        Self(days * 86_400 + hour * 3_600 + minute * 60)
    }

    /// That many seconds later.
    pub const fn plus(self, seconds: u64) -> Self {
        Self(self.0 + seconds)
    }

    const fn civil(self) -> (u64, u64, u64) {
        let days = self.0 / 86_400 + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        let (hour, minute, second) = (self.0 / 3_600 % 24, self.0 / 60 % 60, self.0 % 60);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_was_put_in() {
        for (moment, text) in [
            (Moment(0), "1970-01-01T00:00:00Z"),
            (Moment::at(2026, 11, 12, 8, 5), "2026-11-12T08:05:00Z"),
            (Moment::at(2024, 2, 29, 23, 59).plus(61), "2024-03-01T00:00:01Z"),
            (Moment::at(2000, 1, 1, 0, 0), "2000-01-01T00:00:00Z"),
        ] {
            assert_eq!(moment.to_string(), text);
        }
    }
}
