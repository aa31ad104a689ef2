//! Why settings cannot be used.

use std::fmt;

/// Why the settings cannot be used. The texts are for developers; the words for people are in `text`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The text is not JSON, or is JSON but no object.
    #[error("the settings are not a JSON object")]
    Malformed,
    /// A key without a default is missing.
    #[error("the setting {key} is missing: {allowed} is needed")]
    Missing {
        /// The key.
        key: &'static str,
        /// What it may be.
        allowed: Allowed,
    },
    /// A key has a value that it may not have.
    #[error("the setting {key} cannot be {value}: {allowed} is needed")]
    Wrong {
        /// The key.
        key: &'static str,
        /// The value as it was given, shortened; blanked if it looks like a secret.
        value: String,
        /// What it may be.
        allowed: Allowed,
    },
}

impl SettingsError {
    /// A stable name for logs, messages and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "settings_malformed",
            Self::Missing { .. } => "setting_missing",
            Self::Wrong { .. } => "setting_wrong",
        }
    }

    /// The key that is missing or wrong.
    pub fn key(&self) -> Option<&'static str> {
        match self {
            Self::Malformed => None,
            Self::Missing { key, .. } | Self::Wrong { key, .. } => Some(key),
        }
    }

    /// What is allowed instead.
    pub fn allowed(&self) -> Option<Allowed> {
        match self {
            Self::Malformed => None,
            Self::Missing { allowed, .. } | Self::Wrong { allowed, .. } => Some(*allowed),
        }
    }
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Allowed {
    /// `true`, `false`, `"Yes"`, `"No"`, `1` or `0`.
    YesOrNo,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A list of at least one of these texts.
    SomeOf(&'static [&'static str]),
    /// A GUID such as `3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046`.
    Guid,
    /// `organizations`, `common`, `consumers`, a GUID or a domain.
    Tenant,
    /// An `https` address, or an `http` one on this very computer.
    BaseUrl,
    /// The same with the version of Microsoft Graph at its end.
    GraphBaseUrl,
    /// An address of the site that serves the picker, without query and fragment.
    OwnUrl,
    /// A list of origins, each `https://host` or `https://host:port`.
    Origins,
    /// A whole number from 1 on.
    PositiveNumber,
    /// A language tag such as `he` or `en-GB` (BCP 47).
    LanguageTag,
    /// A text.
    Text,
}

impl fmt::Display for Allowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::YesOrNo => "true, false, \"Yes\", \"No\", 1 or 0",
            Self::OneOf(names) => return write_names(formatter, "one of ", names),
            Self::SomeOf(names) => return write_names(formatter, "a list with some of ", names),
            Self::Guid => "a GUID (8-4-4-4-12 hexadecimal digits)",
            Self::Tenant => "organizations, common, consumers, a GUID or a domain",
            Self::BaseUrl => "an https address (http only on localhost, 127.0.0.1 or [::1])",
            Self::GraphBaseUrl => {
                "an https address (http only on localhost, 127.0.0.1 or [::1]) that ends in /v1.0 or /beta"
            }
            Self::OwnUrl => "an address on the picker's own origin without query and fragment",
            Self::Origins => "a list of origins (https://host or https://host:port)",
            Self::PositiveNumber => "a whole number from 1 on",
            Self::LanguageTag => "a language tag such as he or en-GB",
            Self::Text => "a text",
        })
    }
}

fn write_names(formatter: &mut fmt::Formatter<'_>, intro: &str, names: &[&str]) -> fmt::Result {
    formatter.write_str(intro)?;
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            formatter.write_str(", ")?;
        }
        formatter.write_str(name)?;
    }
    Ok(())
}
