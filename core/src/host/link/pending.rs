//! The commands that wait for the host.

use super::RequestId;
use crate::host::item::PickedItem;
use crate::host::message::{AuthenticateRequest, AuthenticateType};

/// One command on its way.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) request: RequestId,
    /// The id on the wire.
    pub(super) id: String,
    pub(super) command: Command,
    pub(super) stage: Stage,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Authenticate {
        ask: AuthenticateRequest,
        kind: AuthenticateType,
    },
    /// The items are let go once posted.
    Pick(Vec<PickedItem>),
    Close,
}

/// How far a command is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Waits for `activate`, not posted yet.
    Queued,
    /// Posted.
    Sent { until: u64 },
    /// Acknowledged.
    Acknowledged { until: u64 },
    /// Its time has passed and nothing waits for it any more, but a late answer still says something.
    Overdue,
}

impl Stage {
    pub(super) fn deadline(self) -> Option<u64> {
        match self {
            Self::Sent { until } | Self::Acknowledged { until } => Some(until),
            Self::Queued | Self::Overdue => None,
        }
    }
}

/// At most so many commands wait for a late answer; the oldest are forgotten first.
pub(super) const MOST_LATE: usize = 8;
