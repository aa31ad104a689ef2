//! The time of everything: the real one, or one that stands still until it is moved.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Mutex as AsyncMutex, oneshot, watch};
use tokio::task::JoinHandle;

/// How time passes in a simulator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Time {
    /// As it does outside, and besides by what the clock is advanced.
    #[default]
    Real,
    /// Only when the clock is advanced; hours pass in milliseconds.
    Manual,
}

/// A clock in milliseconds since 1970-01-01 UTC.
///
/// With [`Time::Manual`] it knows all tasks that it [spawned](Self::spawn): [`advance_to`](Self::advance_to) wakes them one by one, in the
/// order in which they are due, and waits after each until nothing runs, so that the same steps always give the same outcome.
#[derive(Debug)]
pub struct Clock {
    time: Time,
    /// With real time what it is ahead, else the time itself.
    milliseconds: AtomicU64,
    sleepers: Mutex<Sleepers>,
    /// How many spawned tasks run, that is do not sleep.
    running: watch::Sender<usize>,
    /// Counts how often the clock was moved.
    moved: watch::Sender<u64>,
    advancing: AsyncMutex<()>,
}

#[derive(Debug, Default)]
struct Sleepers {
    count: u64,
    /// By the time at which they are due, and the order in which they fell asleep.
    due: BTreeMap<(u64, u64), oneshot::Sender<()>>,
}

impl Clock {
    /// A clock that starts at the real time.
    pub fn new(time: Time) -> Arc<Self> {
        let milliseconds = if time == Time::Manual { real() } else { 0 };
        Arc::new(Self {
            time,
            milliseconds: AtomicU64::new(milliseconds),
            sleepers: Mutex::default(),
            running: watch::Sender::new(0),
            moved: watch::Sender::new(0),
            advancing: AsyncMutex::new(()),
        })
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn now(&self) -> u64 {
        let milliseconds = self.milliseconds.load(Ordering::Relaxed);
        if self.time == Time::Real { real() + milliseconds } else { milliseconds }
    }

    /// Moves the clock without waiting for what is due by then.
    pub fn skip(&self, milliseconds: u64) {
        self.milliseconds.fetch_add(milliseconds, Ordering::Relaxed);
        self.moved.send_modify(|times| *times += 1);
    }

    /// Moves the clock to a time, and on the way does all that is due by then, in order. A time in the past changes nothing.
    pub async fn advance_to(&self, target: u64) {
        let _alone = self.advancing.lock().await;
        if self.time == Time::Real {
            self.skip(target.saturating_sub(self.now()));
            return;
        }
        loop {
            self.idle().await;
            let next = {
                let mut sleepers = self.sleepers();
                match sleepers.due.first_entry() {
                    Some(entry) if entry.key().0 <= target => Some(entry.remove_entry()),
                    _ => None,
                }
            };
            let Some(((due, _), sleeper)) = next else { break };
            self.milliseconds.fetch_max(due, Ordering::Relaxed);
            self.running.send_modify(|running| *running += 1);
            if sleeper.send(()).is_err() {
                self.running.send_modify(|running| *running = running.saturating_sub(1));
            }
        }
        self.milliseconds.fetch_max(target, Ordering::Relaxed);
    }

    /// Waits until every spawned task sleeps or has ended. With real time there is nothing to wait for.
    pub async fn idle(&self) {
        if self.time == Time::Manual {
            let _ = self.running.subscribe().wait_for(|running| *running == 0).await;
        }
    }

    /// When the next sleeping task is due; nothing with real time.
    pub fn next_due(&self) -> Option<u64> {
        self.sleepers().due.keys().next().map(|(due, _)| *due)
    }

    /// Runs a task that may [sleep](Self::sleep).
    pub fn spawn<T: Send + 'static>(
        self: &Arc<Self>,
        task: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        struct Run(Arc<Clock>);
        impl Drop for Run {
            fn drop(&mut self) {
                self.0.running.send_modify(|running| *running = running.saturating_sub(1));
            }
        }
        self.running.send_modify(|running| *running += 1);
        let run = Run(Arc::clone(self));
        tokio::spawn(async move {
            let _run = run;
            task.await
        })
    }

    /// Sleeps that long; only within a [spawned](Self::spawn) task.
    pub async fn sleep(&self, milliseconds: u64) {
        self.sleep_until(self.now() + milliseconds).await;
    }

    async fn sleep_until(&self, due: u64) {
        if self.time == Time::Real {
            let mut moved = self.moved.subscribe();
            while self.now() < due {
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_millis(due - self.now().min(due))) => {}
                    _ = moved.changed() => {}
                }
            }
            return;
        }
        if due <= self.now() {
            return;
        }
        let (sender, woken) = oneshot::channel();
        {
            let mut sleepers = self.sleepers();
            sleepers.count += 1;
            let order = sleepers.count;
            sleepers.due.insert((due, order), sender);
        }
        self.running.send_modify(|running| *running = running.saturating_sub(1));
        let _ = woken.await;
    }

    fn sleepers(&self) -> MutexGuard<'_, Sleepers> {
        self.sleepers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn real() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn hours_pass_at_once_and_tasks_wake_in_the_order_in_which_they_are_due() {
        let clock = Clock::new(Time::Manual);
        let start = clock.now();
        let seen = Arc::new(Mutex::new(Vec::new()));
        for (name, seconds) in [("last", 7_200), ("first", 1), ("middle", 3_600)] {
            let (clock, seen) = (Arc::clone(&clock), Arc::clone(&seen));
            Arc::clone(&clock).spawn(async move {
                clock.sleep(seconds * 1_000).await;
                seen.lock().unwrap().push((name, clock.now() - start));
            });
        }
        clock.idle().await;
        assert_eq!(clock.next_due(), Some(start + 1_000));
        clock.advance_to(start + 7_199_999).await;
        assert_eq!(*seen.lock().unwrap(), [("first", 1_000), ("middle", 3_600_000)]);
        clock.advance_to(start + 7_200_000).await;
        assert_eq!(seen.lock().unwrap().len(), 3);
        assert_eq!(clock.next_due(), None);
    }

    #[tokio::test]
    async fn a_task_that_sleeps_again_is_woken_again_within_one_advance() {
        let clock = Clock::new(Time::Manual);
        let start = clock.now();
        let task = clock.spawn({
            let clock = Arc::clone(&clock);
            async move {
                for _ in 0..100 {
                    clock.sleep(10).await;
                }
                clock.now() - start
            }
        });
        clock.advance_to(start + 5_000).await;
        assert_eq!(task.await.unwrap(), 1_000);
    }

    #[tokio::test]
    async fn with_real_time_an_advance_wakes_those_whose_time_has_come() {
        let clock = Clock::new(Time::Real);
        let task = clock.spawn({
            let clock = Arc::clone(&clock);
            async move { clock.sleep(3_600_000).await }
        });
        tokio::task::yield_now().await;
        clock.advance_to(clock.now() + 3_600_000).await;
        task.await.unwrap();
    }
}
