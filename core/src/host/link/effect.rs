//! What a [`HostLink`](super::HostLink) wants done.

use crate::host::message::HostError;
use crate::host::options::HostOptions;
use crate::host::progress::ImportItem;
use crate::host::refresh::{HostCommandId, ItemReference};
use crate::host::token::HostToken;
use crate::web::Origin;
use std::fmt;

/// Names one request of the picker to the host, whatever commands it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(pub(super) u32);

/// To be done by the adapter, in order.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make a message channel, post this text (as an object) with one port to the host's window at exactly this origin,
    /// and listen on the other port.
    PostInitialize {
        /// JSON.
        text: String,
        /// The only origin that may receive it.
        origin: Origin,
    },
    /// Post this text (as an object) on the port.
    Post(String),
    /// Post this text (as an object) to the parent window at exactly this origin.
    PostToParent {
        /// JSON.
        text: String,
        /// The only origin that may receive it.
        origin: Origin,
    },
    /// Tell the picker.
    Deliver(HostEvent),
    /// Close the port; nothing comes after it.
    ClosePort,
}

impl fmt::Debug for Effect {
    /// Shows no posted text: picks and answers hold links that open files without a sign-in.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PostInitialize { origin, .. } => {
                formatter.debug_tuple("PostInitialize").field(origin).finish()
            }
            Self::Post(_) => formatter.write_str("Post(…)"),
            Self::PostToParent { origin, .. } => formatter.debug_tuple("PostToParent").field(origin).finish(),
            Self::Deliver(event) => formatter.debug_tuple("Deliver").field(event).finish(),
            Self::ClosePort => formatter.write_str("ClosePort"),
        }
    }
}

/// What the picker learns. Every request is answered by exactly one of `Token`, `NoToken`, `PickAccepted`,
/// `PickFailed`, `CloseAccepted`, `CloseFailed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// The host takes part.
    Activated {
        /// Whether to wait for [`Configured`](Self::Configured) or [`NotConfigured`](Self::NotConfigured) before
        /// showing anything.
        awaits_configuration: bool,
    },
    /// The host did not take part in time. The picker stays usable, but nothing can be handed over yet; an
    /// [`Activated`](Self::Activated) may still come.
    NotActivated,
    /// The options that were waited for, or new ones.
    Configured(Box<HostOptions>),
    /// The announced options did not come in time; those of the address count.
    NotConfigured,
    /// The host supplied a token.
    Token {
        /// Whose answer it is.
        request: RequestId,
        /// Unproven: Graph may refuse it, which leads to our own sign-in.
        token: HostToken,
    },
    /// The host supplied none: sign in ourselves.
    NoToken {
        /// Whose answer it is.
        request: RequestId,
        /// Why.
        failure: CommandFailure,
    },
    /// A token came after its request had failed by time. It may be used if there is no other.
    LateToken(HostToken),
    /// The host took the choice.
    PickAccepted {
        /// Whose answer it is.
        request: RequestId,
    },
    /// The host did not take the choice, which is to be kept.
    PickFailed {
        /// Whose answer it is.
        request: RequestId,
        /// Why.
        failure: CommandFailure,
    },
    /// The host took the choice after all, after the request had failed by time. Do not hand it over again.
    LatePickAccepted {
        /// The pick that had failed.
        request: RequestId,
    },
    /// The host closes the picker.
    CloseAccepted {
        /// Whose answer it is.
        request: RequestId,
    },
    /// The host does not close the picker: say how to leave, or close the window if it is our own.
    CloseFailed {
        /// Whose answer it is.
        request: RequestId,
        /// Why.
        failure: CommandFailure,
    },
    /// How the import of picked files stands.
    ImportProgress(Vec<ImportItem>),
    /// The host wants fresh links; answer with `HostLink::answer_refresh`.
    RefreshLinks {
        /// To answer it.
        command: HostCommandId,
        /// The items.
        items: Vec<ItemReference>,
    },
    /// The host sends more than anybody can read; some of it was dropped. Said once.
    Flooded,
    /// The connection is over.
    Closed,
}

/// Why a request to the host failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandFailure {
    /// The host said no. Code and message are the host's words.
    #[error("the host refused: {} {}", .0.code, .0.message)]
    Refused(HostError),
    /// The host never took part.
    #[error("the host did not activate the picker")]
    NotActivated,
    /// The command was not acknowledged in time.
    #[error("the host did not acknowledge the command")]
    NotAcknowledged,
    /// The command was acknowledged, but not answered in time.
    #[error("the host did not answer the command")]
    NotAnswered,
    /// The connection is over.
    #[error("the connection to the host is closed")]
    Closed,
}

impl CommandFailure {
    /// Whether nothing was heard, so that an answer may still come.
    pub(super) fn is_by_time(&self) -> bool {
        matches!(self, Self::NotAcknowledged | Self::NotAnswered)
    }
}
