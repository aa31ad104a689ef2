//! What was asked, so that tests can count.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::faults::Party;

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRecord {
    /// Whom it went to.
    pub party: Party,
    /// The method.
    pub method: String,
    /// The path as sent; without `/v1.0` for Graph.
    pub path: String,
    /// The query as sent; left out where it holds secrets (sign-in, downloads).
    pub query: String,
    /// Who called.
    pub account: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// Whether it was a part of a batch.
    pub in_batch: bool,
}

/// All calls since the start or the last [`clear`](Self::clear), preflights left out.
#[derive(Debug, Default)]
pub struct RequestLog(Mutex<Vec<RequestRecord>>);

impl RequestLog {
    /// The calls in the order of their answers.
    pub fn list(&self) -> Vec<RequestRecord> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets all.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// How many calls to that party hold that text in their path.
    pub fn count(&self, party: Party, path: &str) -> usize {
        self.list().iter().filter(|record| record.party == party && record.path.contains(path)).count()
    }

    pub(crate) fn add(&self, record: RequestRecord) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(record);
    }
}
