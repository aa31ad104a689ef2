//! The commands of the host that wait for the picker.

use crate::host::refresh::HostCommandId;

/// How long the picker may take for `refresh-links`, in milliseconds.
const SERVING_LIMIT: u64 = 60_000;

/// At most so many commands of the host are served at a time.
const MOST_SERVED: usize = 16;

/// What is being done for the host.
#[derive(Clone, Debug, Default)]
pub(super) struct Served(Vec<(HostCommandId, u64)>);

/// Whether a command is taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// Yes.
    Admitted,
    /// It is being done already.
    Duplicate,
    /// Too many at a time.
    Busy,
}

impl Served {
    pub(super) fn admit(&mut self, id: &HostCommandId, now: u64) -> Admission {
        if self.0.iter().any(|(known, _)| known == id) {
            Admission::Duplicate
        } else if self.0.len() >= MOST_SERVED {
            Admission::Busy
        } else {
            self.0.push((id.clone(), now.saturating_add(SERVING_LIMIT)));
            Admission::Admitted
        }
    }

    /// Takes a command off the list; `false` if it was answered or given up before.
    pub(super) fn finish(&mut self, id: &HostCommandId) -> bool {
        let before = self.0.len();
        self.0.retain(|(known, _)| known != id);
        self.0.len() < before
    }

    /// Takes one command off the list whose time has passed.
    pub(super) fn take_overdue(&mut self, now: u64) -> Option<HostCommandId> {
        let index = self.0.iter().position(|(_, until)| *until <= now)?;
        Some(self.0.remove(index).0)
    }

    pub(super) fn deadline(&self) -> Option<u64> {
        self.0.iter().map(|(_, until)| *until).min()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
