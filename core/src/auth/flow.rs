//! The two ways to sign in.

/// How the sign-in is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// The tokens come in the fragment (RFC 6749 section 4.2, OpenID Connect Core 1.0 section 3.2). What
    /// registrations made from Kaltura's article allow.
    #[default]
    Implicit,
    /// A code comes in the fragment and is redeemed with PKCE (RFC 7636). Needs the platform "single-page
    /// application" in the registration.
    Code,
}

impl Flow {
    /// The names in the settings.
    pub(crate) const NAMES: [&'static str; 2] = ["implicit", "code"];

    /// The flow of that exact name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "implicit" => Some(Self::Implicit),
            "code" => Some(Self::Code),
            _ => None,
        }
    }
}
