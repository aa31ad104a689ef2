//! `messaging`: who the host is and how long to wait for it.

use super::OptionsError;
use crate::host::json;
use crate::web::Origin;
use serde_json::Value;

/// Whether there is a host to talk to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Host {
    /// No `messaging`: the page was opened by itself. It can be looked at, nothing can be handed over.
    #[default]
    Absent,
    /// A host of an allowed origin.
    Present(Messaging),
}

/// How to talk to the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messaging {
    /// Told back in `initialize`, so that the host knows which picker speaks.
    pub channel_id: ChannelId,
    /// The only origin that anything is posted to; found in the settings' `hostOrigins`.
    pub origin: Origin,
    /// Whether to wait for a `configure` message before showing anything.
    pub wait_for_configuration: bool,
    /// How long to wait for what.
    pub limits: Limits,
}

/// The host's name for this picker: a text, or a number as some hosts have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelId(String);

impl ChannelId {
    fn read(messaging: &Value) -> Option<Self> {
        const LONGEST: usize = 256;
        match messaging.get("channelId")? {
            Value::String(id) if !id.is_empty() && id.len() <= LONGEST => Some(Self(json::quoted(id))),
            // Hosts compare with ===, so a number goes back as a number.
            Value::Number(id) => id.as_u64().map(|id| Self(id.to_string())),
            _ => None,
        }
    }

    /// The id as JSON.
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

/// Time limits in milliseconds. Microsoft documents the names but no defaults; see `docs/host-protocol.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From `initialize` to `activate`; also how long `configure` is waited for.
    pub initialize: u64,
    /// From a command to its `acknowledge`.
    pub(crate) acknowledge: u64,
    /// From the acknowledge of `authenticate` to its `result`, for each of the two tries.
    pub token: u64,
    /// From the acknowledge of `pick` to its `result`.
    pub(crate) pick: u64,
    /// From the acknowledge of `close` to its `result`; many hosts send none and just close.
    pub(crate) close: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { initialize: 10_000, acknowledge: 5_000, token: 15_000, pick: 120_000, close: 3_000 }
    }
}

impl Limits {
    fn read(messaging: &Value) -> Self {
        let limits = Self::default();
        let within =
            |key, least, most| json::whole(messaging, key).map(|limit: u64| limit.clamp(least, most));
        let result = within("resultTimeout", 500, 600_000);
        Self {
            initialize: within("initializeTimeout", 500, 120_000).unwrap_or(limits.initialize),
            acknowledge: within("acknowledgeTimeout", 100, 60_000).unwrap_or(limits.acknowledge),
            token: result.unwrap_or(limits.token),
            pick: result.unwrap_or(limits.pick),
            close: result.map_or(limits.close, |result| result.min(limits.close)),
        }
    }
}

impl Messaging {
    /// Reads `messaging`. Here nothing is guessed: a pick posted to the wrong window would leak file references.
    pub(super) fn read(messaging: &Value, allowed: &[Origin]) -> Result<Self, OptionsError> {
        if !messaging.is_object() {
            return Err(OptionsError::Messaging);
        }
        let origin = json::text(messaging, "origin").ok_or(OptionsError::OriginMissing)?;
        let origin = Origin::parse(origin).map_err(OptionsError::OriginMalformed)?;
        if !allowed.contains(&origin) {
            return Err(OptionsError::OriginNotAllowed(origin));
        }
        Ok(Self {
            channel_id: ChannelId::read(messaging).ok_or(OptionsError::ChannelId)?,
            origin,
            wait_for_configuration: json::flag(messaging, "waitForConfiguration").unwrap_or(false),
            limits: Limits::read(messaging),
        })
    }
}
