//! How long to wait before asking again.

/// Exponential back-off with jitter. `Retry-After` is honoured where it is visible, which in a browser is only
/// inside `$batch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Backoff {
    /// How often a request is sent in all.
    pub(crate) tries: u32,
    /// The middle of the first wait, in milliseconds; each further one is twice as long.
    pub(crate) first: u32,
    /// The longest wait, in milliseconds. A longer `Retry-After` is not waited for but reported.
    pub(crate) patience: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { tries: 4, first: 1_500, patience: 60_000 }
    }
}

impl Backoff {
    /// Milliseconds to wait after that many tries have failed, or `None` to give up. `random` is spread over the
    /// whole range of `u32`.
    pub(crate) fn wait(&self, failed: u32, retry_after: Option<u32>, random: u32) -> Option<u32> {
        if failed >= self.tries {
            return None;
        }
        if let Some(seconds) = retry_after {
            let wait = seconds.checked_mul(1_000)?;
            return (wait <= self.patience).then(|| wait.saturating_add(share(1_000, random)));
        }
        let doublings = failed.saturating_sub(1).min(16);
        let middle = u64::from(self.first) << doublings;
        let middle = u32::try_from(middle.min(u64::from(self.patience))).unwrap_or(self.patience);
        Some(middle / 2 + share(middle, random))
    }
}

/// `range` scaled by `random`.
fn share(range: u32, random: u32) -> u32 {
    u32::try_from((u64::from(range) * u64::from(random)) >> 32).unwrap_or(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn doubles_and_gives_up() {
        let backoff = Backoff::default();
        let waits: Vec<Option<u32>> = (1..=4).map(|failed| backoff.wait(failed, None, 1 << 31)).collect();
        assert_eq!(waits, [Some(1_500), Some(3_000), Some(6_000), None]);
    }

    #[test]
    fn honours_retry_after_up_to_its_patience() {
        let backoff = Backoff::default();
        assert_eq!(backoff.wait(1, Some(7), 0), Some(7_000));
        assert_eq!(backoff.wait(1, Some(0), 0), Some(0));
        assert_eq!(backoff.wait(1, Some(61), 0), None);
        assert_eq!(backoff.wait(1, Some(u32::MAX), 0), None);
    }

    proptest! {
        #[test]
        fn waits_between_half_and_one_and_a_half(failed in 1u32..4, random in any::<u32>()) {
            let middle = 1_500 << (failed - 1);
            let wait = Backoff::default().wait(failed, None, random).unwrap();
            prop_assert!((middle / 2..=middle * 3 / 2).contains(&wait));
        }

        #[test]
        fn never_overflows(tries in any::<u32>(), first in any::<u32>(), patience in any::<u32>(), failed in any::<u32>(), retry in any::<Option<u32>>(), random in any::<u32>()) {
            let _ = Backoff { tries, first, patience: patience / 2 }.wait(failed, retry, random);
        }
    }
}
