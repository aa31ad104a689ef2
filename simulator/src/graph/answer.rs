//! What is answered.

use serde_json::Value;

/// An answer of Graph: on its own or as a part of a batch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    /// `Null` for no body.
    pub(super) body: Value,
}

impl Answer {
    /// 200 with a body.
    pub(super) const fn ok(body: Value) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }

    /// 302 without a body.
    pub(super) fn redirect(location: String) -> Self {
        Self { status: 302, headers: vec![("Location", location)], body: Value::Null }
    }
}
