//! One call: on its own or a part of a batch.

use crate::drive::{Account, decode};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Call {
    /// `GET`, `POST`, …
    pub(super) method: String,
    /// Without the version: `/me/drive`.
    pub(super) path: String,
    /// As sent.
    pub(super) query: String,
    /// The body.
    pub(super) body: Vec<u8>,
    /// The type of the body.
    pub(super) content_type: String,
    /// Whether it is a part of a batch.
    pub(super) in_batch: bool,
    /// How many items of a page the next one brings again; a fault.
    pub(super) repeated_items: usize,
}

impl Call {
    /// The decoded segments of the path. A trailing colon stays; it ends or begins addressing by path.
    pub(super) fn segments(&self) -> Vec<String> {
        self.path.trim_matches('/').split('/').map(decode).collect()
    }

    /// Method, path and query as faults match them.
    pub(super) fn line(&self) -> String {
        format!("{} {}?{}", self.method, self.path, self.query)
    }
}

/// Who asks, and with which permissions.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) account: Account,
    pub(super) scopes: Vec<String>,
}

impl Caller {
    /// Whether one of the scopes was granted.
    pub(super) fn has(&self, scopes: &[&str]) -> bool {
        self.scopes.iter().any(|scope| scopes.contains(&scope.as_str()))
    }
}
