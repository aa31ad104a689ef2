//! Why the options of a host are refused.

use crate::web::{Origin, OriginError};

/// Why the picker does not start with these options. Nothing is posted to anybody then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// Over [`LONGEST_OPTIONS`](super::LONGEST_OPTIONS).
    #[error("the options are {length} bytes long, at most 65536 are allowed")]
    TooLarge {
        /// Bytes of JSON.
        length: usize,
    },
    /// Not JSON, or nested deeper than 128 levels.
    #[error("the options are not JSON")]
    NotJson,
    /// JSON, but not an object.
    #[error("the options are not a JSON object")]
    NotAnObject,
    /// `messaging` is there but not an object.
    #[error("messaging is not an object")]
    Messaging,
    /// `messaging.channelId` is missing, empty, over 256 bytes or neither a text nor a whole number.
    #[error("messaging.channelId is missing or malformed")]
    ChannelId,
    /// `messaging.origin` is missing or not a text.
    #[error("messaging.origin is missing")]
    OriginMissing,
    /// `messaging.origin` is not an exact origin.
    #[error("messaging.origin is malformed: {0}")]
    OriginMalformed(OriginError),
    /// `messaging.origin` is not one of the settings' `hostOrigins`.
    #[error("{0} is not an allowed host")]
    OriginNotAllowed(Origin),
}

impl OptionsError {
    /// A stable name for logs, messages and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "options_too_large",
            Self::NotJson => "options_not_json",
            Self::NotAnObject => "options_not_an_object",
            Self::Messaging => "messaging_malformed",
            Self::ChannelId => "channel_id_malformed",
            Self::OriginMissing => "origin_missing",
            Self::OriginMalformed(_) => "origin_malformed",
            Self::OriginNotAllowed(_) => "origin_not_allowed",
        }
    }
}
