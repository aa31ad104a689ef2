//! How many tests passed and failed, read from what the runners print.

use std::ops::AddAssign;

/// Tests that passed and tests that failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Those that passed.
    pub(super) passed: u64,
    /// Those that failed.
    pub(super) failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Counts {
    /// A check that held.
    pub(super) const fn one() -> Self {
        Self { passed: 1, failed: 0 }
    }

    /// A check that did not hold.
    pub(super) const fn failure() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// Adds what a line of a runner's output says, if it is one that counts: the last line of Rust's test harness, or
    /// one of the two in the summary of Node's test runner (as TAP).
    pub(super) fn read(&mut self, line: &str) {
        if let Some(result) = line.trim_start().strip_prefix("test result: ") {
            self.passed += before(result, " passed");
            self.failed += before(result, " failed");
        } else if let Some(passed) = line.strip_prefix("# pass ") {
            self.passed += passed.parse().unwrap_or(0);
        } else if let Some(failed) = line.strip_prefix("# fail ") {
            self.failed += failed.parse().unwrap_or(0);
        }
    }

    /// The counts of a runner that has ended: one that fails without naming a failed test, for example because
    /// something does not compile, counts as one failure.
    pub(super) fn ended(mut self, with_success: bool) -> Self {
        if !with_success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

/// The number that stands before some words.
fn before(text: &str, words: &str) -> u64 {
    let Some((front, _)) = text.split_once(words) else { return 0 };
    front
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_summaries_of_both_runners() {
        let mut counts = Counts::default();
        for line in [
            "test settings::refuses_an_unknown_role ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out",
            "# tests 5",
            "# pass 4",
            "# fail 1",
        ] {
            counts.read(line);
        }
        assert_eq!(counts, Counts { passed: 19, failed: 3 });
    }

    #[test]
    fn counts_a_run_that_broke_off_as_a_failure() {
        assert_eq!(Counts::default().ended(false), Counts::failure());
        assert_eq!(Counts { passed: 2, failed: 1 }.ended(false), Counts { passed: 2, failed: 1 });
        assert_eq!(Counts::one().ended(true), Counts::one());
    }
}
