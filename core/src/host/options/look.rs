//! How the picker looks and what it is called: `theme`, `list.layout`, `commands`, `accessibility`, locales.

use crate::host::json;
use serde_json::Value;

/// `theme`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Light or dark.
    pub appearance: Appearance,
    /// The accent (`palette.themePrimary`): a CSS colour, hexadecimal, by name or by a colour function.
    pub accent: Option<String>,
}

/// The four appearances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// As the system has it.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// High contrast.
    Contrast,
}

impl Theme {
    /// A name, or a custom theme object of Fluent's shape: `{isInverted?, palette: {themePrimary}}`.
    pub(super) fn read(theme: &Value) -> Option<Self> {
        if let Some(name) = theme.as_str() {
            let appearance = match name {
                "default" | "lists" | "light" => Appearance::Light,
                "dark" => Appearance::Dark,
                "contrast" => Appearance::Contrast,
                "auto" => Appearance::Auto,
                _ => return None,
            };
            return Some(Self { appearance, accent: None });
        }
        let palette = theme.as_object().map(|_| json::object(theme, "palette").unwrap_or(theme))?;
        let accent = ["themePrimary", "accent"].iter().find_map(|key| colour(json::text(palette, key)?));
        let appearance = match json::flag(theme, "isInverted") {
            Some(true) => Appearance::Dark,
            Some(false) => Appearance::Light,
            None => Appearance::Auto,
        };
        Some(Self { appearance, accent })
    }
}

/// Only what is a colour by its shape: the text ends up in a style, where `url()` or `var()` would do other things.
fn colour(text: &str) -> Option<String> {
    const FUNCTIONS: [&str; 9] =
        ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
    let is_argument = |b: u8| b.is_ascii_alphanumeric() || b" .,%+-/".contains(&b);
    let text = text.trim();
    let fits = if let Some(digits) = text.strip_prefix('#') {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    } else if let Some(function) = FUNCTIONS.iter().find_map(|name| text.strip_prefix(name)) {
        function.strip_suffix(')').is_some_and(|arguments| arguments.bytes().all(is_argument))
    } else {
        text.len() > 2 && text.bytes().all(|b| b.is_ascii_alphabetic())
    };
    (fits && text.len() <= 64).then(|| text.to_owned())
}

/// `list.layout.type`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `details`, `compact-details`
    List,
    /// `tiles`
    Tiles,
}

impl Layout {
    pub(super) fn read(layout: &Value) -> Option<Self> {
        match json::text(layout, "type")? {
            "details" | "compact-details" => Some(Self::List),
            "tiles" => Some(Self::Tiles),
            _ => None,
        }
    }
}

/// `commands`: words of the host for the buttons, cleaned and at most 80 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands {
    /// `pick.label`, for the button that hands over.
    pub pick_label: Option<String>,
    /// `close.label`, for the button that cancels.
    pub close_label: Option<String>,
}

impl Commands {
    pub(super) fn read(commands: &Value) -> Self {
        let label = |name| commands.get(name).and_then(|command| json::label(command, "label"));
        Self { pick_label: label("pick"), close_label: label("close") }
    }
}

/// `accessibility`: where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accessibility {
    /// `enableFocusTrap`: whether Tab goes round within the picker.
    pub traps_focus: bool,
    /// `trapFocusOnLoad`: whether the picker takes the focus once it is loaded.
    pub takes_focus: bool,
    /// `showFocusOnLoad`: whether the focus ring shows at once, as after opening by keyboard.
    pub shows_focus: bool,
}

impl Default for Accessibility {
    fn default() -> Self {
        Self { traps_focus: false, takes_focus: true, shows_focus: false }
    }
}

impl Accessibility {
    /// Older SDKs have `focusTrap: "initial" | "always" | "none"` instead.
    pub(super) fn read(accessibility: &Value) -> Self {
        let (trap, take) = match json::text(accessibility, "focusTrap") {
            Some("always") => (true, true),
            Some("none") => (false, false),
            _ => (false, true),
        };
        Self {
            traps_focus: json::flag(accessibility, "enableFocusTrap").unwrap_or(trap),
            takes_focus: json::flag(accessibility, "trapFocusOnLoad").unwrap_or(take),
            shows_focus: json::flag(accessibility, "showFocusOnLoad").unwrap_or(false),
        }
    }
}

/// A text as a language tag (BCP 47 in its shape only), fit for `lang` and for `Intl`. `None` if it is none; `_` is
/// forgiven for `-`.
pub(crate) fn locale_tag(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let fits = tag.len() <= 35
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag
            .split('-')
            .next()
            .is_some_and(|part| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    fits.then_some(tag)
}
