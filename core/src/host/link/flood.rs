//! How much of a flood is let through.

/// A token bucket: `capacity` at once, `per_second` in the long run.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    capacity: u64,
    per_second: u64,
    left: u64,
    refilled_at: u64,
}

impl Allowance {
    pub(super) fn new(capacity: u64, per_second: u64) -> Self {
        Self { capacity, per_second, left: capacity, refilled_at: 0 }
    }

    /// Takes that much if it is there. `now` in milliseconds; a clock that goes backwards refills nothing.
    pub(super) fn take(&mut self, amount: u64, now: u64) -> bool {
        let elapsed = now.saturating_sub(self.refilled_at);
        let refill = elapsed.saturating_mul(self.per_second) / 1_000;
        if refill > 0 {
            self.left = self.left.saturating_add(refill).min(self.capacity);
            self.refilled_at = now;
        }
        let is_there = amount <= self.left;
        if is_there {
            self.left -= amount;
        }
        is_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_a_burst_through_and_then_a_trickle() {
        let mut allowance = Allowance::new(3, 1);
        let taken: Vec<bool> = [0, 0, 0, 0, 999, 1_000, 1_500, 9_000, 9_000, 9_000, 9_000]
            .map(|now| allowance.take(1, now))
            .into();
        assert_eq!(taken, [true, true, true, false, false, true, false, true, true, true, false]);
    }

    #[test]
    fn a_clock_that_jumps_breaks_nothing() {
        let mut allowance = Allowance::new(1, u64::MAX);
        assert!(allowance.take(1, u64::MAX));
        assert!(!allowance.take(1, 0));
        assert!(!allowance.take(u64::MAX, u64::MAX));
    }
}
