//! Settings that are one of a few words.

/// The look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the browser prefers.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

impl Theme {
    /// The names in the settings.
    pub(crate) const NAMES: [&'static str; 4] = ["auto", "light", "dark", "contrast"];

    /// The look of that exact name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark, Self::Contrast].into_iter().find(|theme| theme.name() == name)
    }

    /// The name in the settings.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

/// Where the token is kept between two loads of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenStorage {
    /// Nowhere: in memory only.
    #[default]
    Memory,
    /// In the tab's session storage.
    Session,
}

impl TokenStorage {
    /// The names in the settings.
    pub(crate) const NAMES: [&'static str; 2] = ["memory", "session"];

    /// The storage of that exact name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "memory" => Some(Self::Memory),
            "session" => Some(Self::Session),
            _ => None,
        }
    }
}
