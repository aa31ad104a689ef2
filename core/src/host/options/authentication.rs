//! `authentication`: whether the host supplies tokens; and hints for our own sign-in.

use crate::host::json;
use serde_json::Value;

/// Who signs the user in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Authentication {
    /// Whether to ask the host with `authenticate` first. Its refusal or silence leads to our own sign-in.
    pub host_supplies_tokens: bool,
    /// Whether the host can handle a claims challenge.
    pub claims_challenge: bool,
}

impl Authentication {
    /// The object's presence, even empty, says that the host supplies tokens; `enabled: false` or
    /// `tokens.graph: false` says that it has none for us.
    pub(super) fn read(authentication: Option<&Value>) -> Self {
        let Some(authentication) = authentication.filter(|value| value.is_object()) else {
            return Self::default();
        };
        let is_on = |value: Option<&Value>, key| value.and_then(|value| json::flag(value, key));
        Self {
            host_supplies_tokens: is_on(Some(authentication), "enabled").unwrap_or(true)
                && is_on(authentication.get("tokens"), "graph").unwrap_or(true),
            claims_challenge: is_on(authentication.get("claimsChallenge"), "enabled").unwrap_or(false),
        }
    }
}

/// `signIn`: hints that shorten our own sign-in. They choose nothing by themselves: Microsoft's page decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInHints {
    /// `loginHint`: the account's name.
    pub login_hint: Option<String>,
    /// `domainHint`: `organizations`, `consumers` or a domain.
    pub domain_hint: Option<String>,
}

impl SignInHints {
    pub(super) fn read(hints: &Value) -> Self {
        let hint = |key| json::plain(hints, key, 256).map(str::to_owned);
        Self { login_hint: hint("loginHint"), domain_hint: hint("domainHint") }
    }
}
