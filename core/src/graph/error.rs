//! What can go wrong with a request to Graph, judged from the whole answer.

mod challenge;
mod judge;
#[cfg(test)]
mod tests;

use crate::web::TransportError;

/// What Microsoft's support asks for. Holds no token, no address and none of Graph's free text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The status code; 0 if there was no answer.
    pub status: u16,
    /// Graph's own code, the deepest known one; empty if it gave none.
    pub service_code: String,
    /// Graph's `request-id`; empty if it gave none.
    pub request_id: String,
    /// Graph's `date` of the failure; empty if it gave none.
    pub date: String,
}

/// Why a request to Graph failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// 401, or 403 with a claims challenge: a new token is needed.
    #[error("graph wants another access token")]
    Unauthorized {
        /// The challenge to repeat in the authorization request (`claims`), as JSON.
        claims: Option<String>,
        /// For support.
        trace: Trace,
    },
    /// 403: this account, or this application for this account, may not.
    #[error("graph denies access")]
    Forbidden(Trace),
    /// 404, 410: there is nothing of that name, or nothing any more.
    #[error("the item was not found")]
    NotFound(Trace),
    /// The account has no OneDrive yet ("User's mysite not found.").
    #[error("the onedrive of this account is not set up")]
    NotProvisioned(Trace),
    /// The organisation has no SharePoint ("Tenant does not have a SPO license.").
    #[error("the organisation has no sharepoint licence")]
    NoLicence(Trace),
    /// 429, 509: too many requests.
    #[error("graph is busy")]
    Throttled {
        /// Seconds to wait, where Graph says so and the browser may see it.
        retry_after: Option<u32>,
        /// For support.
        trace: Trace,
    },
    /// 5xx: Graph is not well.
    #[error("graph is not available")]
    Unavailable {
        /// Seconds to wait, where Graph says so and the browser may see it.
        retry_after: Option<u32>,
        /// For support.
        trace: Trace,
    },
    /// 423: somebody holds the item.
    #[error("the item is locked")]
    Locked(Trace),
    /// The item is flagged as malware.
    #[error("the item is flagged as malware")]
    Malware(Trace),
    /// 410 `resyncRequired`: the paging or change token is too old, start again.
    #[error("the listing has to start again")]
    ResyncRequired(Trace),
    /// `notSupported`, 405, 501: this account or drive cannot do it.
    #[error("graph does not support this here")]
    NotSupported(Trace),
    /// Any other 4xx: the request itself.
    #[error("graph refuses the request")]
    BadRequest(Trace),
    /// A success without a readable answer: a page of HTML, JSON cut off, a missing member.
    #[error("graph's answer cannot be read")]
    Malformed(Trace),
    /// The next page lies outside the Graph base; it was not asked for.
    #[error("the next page is at a foreign address")]
    ForeignNextLink,
    /// The next page is one that was already read; following it would never end.
    #[error("the next page repeats")]
    RepeatedNextLink,
    /// The request's address lies outside the Graph base; it was not sent.
    #[error("the address is not graph's")]
    ForeignAddress,
    /// There is no access token, and none could be had.
    #[error("nobody is signed in")]
    SignedOut,
    /// No answer at all.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

impl GraphError {
    /// A stable name for logs, messages and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized { .. } => "unauthorized",
            Self::Forbidden(_) => "forbidden",
            Self::NotFound(_) => "not_found",
            Self::NotProvisioned(_) => "not_provisioned",
            Self::NoLicence(_) => "no_licence",
            Self::Throttled { .. } => "throttled",
            Self::Unavailable { .. } => "unavailable",
            Self::Locked(_) => "locked",
            Self::Malware(_) => "malware",
            Self::ResyncRequired(_) => "resync_required",
            Self::NotSupported(_) => "not_supported",
            Self::BadRequest(_) => "bad_request",
            Self::Malformed(_) => "malformed",
            Self::ForeignNextLink => "foreign_next_link",
            Self::RepeatedNextLink => "repeated_next_link",
            Self::ForeignAddress => "foreign_address",
            Self::SignedOut => "signed_out",
            Self::Transport(error) => error.code(),
        }
    }

    /// What support asks for; `None` if Graph had no part in the failure.
    pub fn trace(&self) -> Option<&Trace> {
        match self {
            Self::Unauthorized { trace, .. }
            | Self::Forbidden(trace)
            | Self::NotFound(trace)
            | Self::NotProvisioned(trace)
            | Self::NoLicence(trace)
            | Self::Throttled { trace, .. }
            | Self::Unavailable { trace, .. }
            | Self::Locked(trace)
            | Self::Malware(trace)
            | Self::ResyncRequired(trace)
            | Self::NotSupported(trace)
            | Self::BadRequest(trace)
            | Self::Malformed(trace) => Some(trace),
            Self::ForeignNextLink
            | Self::RepeatedNextLink
            | Self::ForeignAddress
            | Self::SignedOut
            | Self::Transport(_) => None,
        }
    }

    /// Seconds that Graph asked to wait, if it did.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Throttled { retry_after, .. } | Self::Unavailable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether the same request may well succeed a little later.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Throttled { .. }
                | Self::Unavailable { .. }
                | Self::Transport(TransportError::Unreachable | TransportError::TimedOut)
        )
    }
}
