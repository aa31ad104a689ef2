//! The national clouds of Microsoft 365 (reference `entra-sign-in`, section 11).

/// A cloud: where people sign in and where Microsoft Graph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cloud {
    /// The global cloud, GCC included.
    #[default]
    Global,
    /// GCC High (L4).
    GccHigh,
    /// DoD (L5).
    Dod,
    /// China, operated by 21Vianet.
    China,
}

impl Cloud {
    /// The names of the clouds in the settings.
    pub const NAMES: [&'static str; 4] = ["global", "gcc-high", "dod", "china"];

    /// The cloud of that exact name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Global, Self::GccHigh, Self::Dod, Self::China].into_iter().find(|cloud| cloud.name() == name)
    }

    /// The cloud's name in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::GccHigh => "gcc-high",
            Self::Dod => "dod",
            Self::China => "china",
        }
    }

    /// Where people sign in, without a trailing slash.
    pub fn login_base_url(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::GccHigh | Self::Dod => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }

    /// The Graph resource, which is the prefix of its scopes, without a trailing slash.
    pub fn graph_resource(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::GccHigh => "https://graph.microsoft.us",
            Self::Dod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }
}
