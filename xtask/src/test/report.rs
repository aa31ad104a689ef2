//! What the steps of a test run came to.

use std::time::{Duration, Instant};

use super::counts::Counts;
use crate::failure::{Failure, Outcome};

/// The steps so far.
pub(super) struct Report {
    /// The steps asked for; all if none was named.
    only: Vec<String>,
    steps: Vec<Step>,
    begun: Instant,
}

struct Step {
    name: &'static str,
    took: Duration,
    /// Nothing if the step was left out because one before it failed.
    counts: Option<Counts>,
}

impl Report {
    /// A run of these steps, or of all if there are none.
    pub(super) fn new(only: Vec<String>) -> Self {
        Self { only, steps: Vec::new(), begun: Instant::now() }
    }

    /// Takes a step if it was asked for, and says whether the way on is free.
    pub(super) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Outcome<Counts>) -> bool {
        if self.is_wanted(name) { self.always(name, work) } else { true }
    }

    /// Takes a step whether it was asked for or not.
    pub(super) fn always(&mut self, name: &'static str, work: impl FnOnce() -> Outcome<Counts>) -> bool {
        println!("\n== {name}");
        let begun = Instant::now();
        let counts = work().unwrap_or_else(|failure| {
            eprintln!("error: {failure}");
            Counts::failure()
        });
        let took = begun.elapsed();
        println!("== {name}: {}, {}", said(Some(counts)), seconds(took));
        self.steps.push(Step { name, took, counts: Some(counts) });
        counts.failed == 0
    }

    /// Notes that a step could not be taken.
    pub(super) fn skip(&mut self, name: &'static str) {
        if self.is_wanted(name) {
            self.steps.push(Step { name, took: Duration::ZERO, counts: None });
        }
    }

    /// Prints the table and, as the last line, the sums.
    ///
    /// Fails if a step did.
    pub(super) fn finish(self) -> Outcome {
        println!("\n{:<16}{:>10}  result", "step", "time");
        let mut sum = Counts::default();
        let mut failed = Vec::new();
        for Step { name, took, counts } in &self.steps {
            println!("{name:<16}{:>10}  {}", seconds(*took), said(*counts));
            sum += counts.unwrap_or_default();
            if counts.is_none_or(|counts| counts.failed > 0) {
                failed.push(*name);
            }
        }
        println!("{:<16}{:>10}\n", "in all", seconds(self.begun.elapsed()));
        if !failed.is_empty() {
            println!("not well: {}", failed.join(", "));
        }
        println!("{} passed, {} failed", sum.passed, sum.failed);
        if failed.is_empty() { Ok(()) } else { Err(Failure::told()) }
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == name)
    }
}

fn said(counts: Option<Counts>) -> String {
    match counts {
        None => "left out".to_owned(),
        Some(Counts { passed, failed: 0 }) => format!("{passed} passed"),
        Some(Counts { passed, failed }) => format!("{passed} passed, {failed} FAILED"),
    }
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}
