//! The icons: one 20 px grid, one stroke (shared drawing: lines only, so each is a single path).

use super::element::{Built, Ready, drawn};
use leptos::prelude::*;

/// The shape of an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `folder`
    Folder,
    /// `folder-shared`
    FolderShared,
    /// `video`
    Video,
    /// `audio`
    Audio,
    /// `image`
    Image,
    /// `document`
    Document,
    /// `presentation`
    Presentation,
    /// `spreadsheet`
    Spreadsheet,
    /// `archive`
    Archive,
    /// `file`
    File,
    /// `package`
    Package,
    /// `cloud`
    Cloud,
    /// `clock`
    Clock,
    /// `people`
    People,
    /// `site`
    Site,
    /// `search`
    Search,
    /// `sort-asc`
    SortAsc,
    /// `sort-desc`
    SortDesc,
    /// `list`
    List,
    /// `tiles`
    Tiles,
    /// `check`
    Check,
    /// `minus`
    Minus,
    /// `chevron`
    Chevron,
    /// `close`
    Close,
    /// `warning`
    Warning,
    /// `info`
    Info,
    /// `lock`
    Lock,
    /// `offline`
    Offline,
    /// `account`
    Account,
    /// `sign-out`
    SignOut,
    /// `window`
    Window,
    /// `play`
    Play,
    /// A link of a chain, in the manner of the others.
    Link,
}

impl Shape {
    /// Those of items.
    pub const OF_ITEMS: [Self; 11] = [
        Self::Folder,
        Self::FolderShared,
        Self::Video,
        Self::Audio,
        Self::Image,
        Self::Document,
        Self::Presentation,
        Self::Spreadsheet,
        Self::Archive,
        Self::File,
        Self::Package,
    ];

    /// What is drawn. Those of the first screens are here.
    fn path(self) -> &'static str {
        match self {
            Self::Folder => {
                "M2.75 5.75c0-.83.67-1.5 1.5-1.5h3.1c.4 0 .78.16 1.06.44L9.75 6h6c.83 0 1.5.67 1.5 1.5v6.75c0 .83-.67 1.5-1.5 1.5H4.25c-.83 0-1.5-.67-1.5-1.5z"
            }
            Self::FolderShared => {
                "M2.75 5.75c0-.83.67-1.5 1.5-1.5h3.1c.4 0 .78.16 1.06.44L9.75 6h6c.83 0 1.5.67 1.5 1.5v6.75c0 .83-.67 1.5-1.5 1.5H4.25c-.83 0-1.5-.67-1.5-1.5zM8.9 9a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0M7.25 13.25c.3-1.05 1.4-1.6 2.75-1.6s2.45.55 2.75 1.6"
            }
            Self::Video => {
                "M4.25 4.75h7a2 2 0 0 1 2 2v6.5a2 2 0 0 1 -2 2h-7a2 2 0 0 1 -2 -2v-6.5a2 2 0 0 1 2 -2zM13.25 8.75l3.7-2.1c.35-.2.8.05.8.45v5.8c0 .4-.45.65-.8.45l-3.7-2.1z"
            }
            Self::Audio => "M3.5 8.75v2.5M6.75 6v8M10 3.5v13M13.25 6.5v7M16.5 8.75v2.5",
            Self::Image => {
                "M4.75 3.75h10.5a2 2 0 0 1 2 2v8.5a2 2 0 0 1 -2 2h-10.5a2 2 0 0 1 -2 -2v-8.5a2 2 0 0 1 2 -2zM5.75 7.75a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0 -2.5 0M3.5 15.25l4.1-4.1a1.25 1.25 0 0 1 1.8 0l2 2.05 1.2-1.2a1.25 1.25 0 0 1 1.8 0l2.5 2.5"
            }
            Self::Document => {
                "M4.75 4.25c0-.83.67-1.5 1.5-1.5h5l4 4v9c0 .83-.67 1.5-1.5 1.5h-7.5c-.83 0-1.5-.67-1.5-1.5zM11.25 2.75v4h4M7.75 10.25h4.5M7.75 13.25h4.5"
            }
            Self::Presentation => {
                "M2.25 3.75h15.5M3.75 3.75v8c0 .83.67 1.5 1.5 1.5h9.5c.83 0 1.5-.67 1.5-1.5v-8M10 13.25v1.5M6.75 17.25 10 14.75l3.25 2.5M7.25 10v-1M10 10V7M12.75 10V8"
            }
            Self::Spreadsheet => {
                "M4.75 3.75h10.5a2 2 0 0 1 2 2v8.5a2 2 0 0 1 -2 2h-10.5a2 2 0 0 1 -2 -2v-8.5a2 2 0 0 1 2 -2zM2.75 8h14.5M2.75 12h14.5M7.75 8v8.25"
            }
            Self::Archive => {
                "M5.25 2.75h9.5a1.5 1.5 0 0 1 1.5 1.5v11.5a1.5 1.5 0 0 1 -1.5 1.5h-9.5a1.5 1.5 0 0 1 -1.5 -1.5v-11.5a1.5 1.5 0 0 1 1.5 -1.5zM10 2.75v1.5M10 6.25v.5M10 8.75v.5M9.25 11.25h1.5a0.75 0.75 0 0 1 0.75 0.75v1.75a0.75 0.75 0 0 1 -0.75 0.75h-1.5a0.75 0.75 0 0 1 -0.75 -0.75v-1.75a0.75 0.75 0 0 1 0.75 -0.75z"
            }
            Self::File => {
                "M4.75 4.25c0-.83.67-1.5 1.5-1.5h5l4 4v9c0 .83-.67 1.5-1.5 1.5h-7.5c-.83 0-1.5-.67-1.5-1.5zM11.25 2.75v4h4"
            }
            Self::Package => {
                "M5.25 2.75h8a1.5 1.5 0 0 1 1.5 1.5v11.5a1.5 1.5 0 0 1 -1.5 1.5h-8a1.5 1.5 0 0 1 -1.5 -1.5v-11.5a1.5 1.5 0 0 1 1.5 -1.5zM7.25 2.75v14.5M14.75 6h2M14.75 10h2M14.75 14h2"
            }
            Self::Cloud => "M5.75 15.75a3.5 3.5 0 0 1-.6-6.95 5 5 0 0 1 9.55-.9 3.95 3.95 0 0 1-.2 7.85z",
            Self::Check => "M4.25 10.5l3.75 3.75 7.75-8.5",
            Self::Info => "M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0M10 9.25v4.25M10 6.5h.01",
            Self::Lock => {
                "M5.25 8.75h9.5a1.5 1.5 0 0 1 1.5 1.5v5.5a1.5 1.5 0 0 1 -1.5 1.5h-9.5a1.5 1.5 0 0 1 -1.5 -1.5v-5.5a1.5 1.5 0 0 1 1.5 -1.5zM6.5 8.75V6.25a3.5 3.5 0 0 1 7 0v2.5M10 12.25v1.5"
            }
            Self::Window => {
                "M8.25 4.25h-3c-.83 0-1.5.67-1.5 1.5v9c0 .83.67 1.5 1.5 1.5h9c.83 0 1.5-.67 1.5-1.5v-3M11.75 3.25h5v5M16.5 3.5l-6.25 6.25"
            }
            _ => self.later_path(),
        }
    }

    /// What is drawn around the rows and on later screens.
    #[inline(never)]
    fn later_path(self) -> &'static str {
        match self {
            Self::Clock => "M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0M10 5.75V10l2.75 1.75",
            Self::People => {
                "M4.75 6.75a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0 -5.5 0M2.25 15.75c0-2.6 2.35-4 5.25-4s5.25 1.4 5.25 4M12.75 4.25a2.6 2.6 0 0 1 0 5M14.75 12.1c1.8.5 3 1.75 3 3.65"
            }
            Self::Site => {
                "M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0M2.75 10h14.5M10 2.75c-4.35 4.5-4.35 10 0 14.5M10 2.75c4.35 4.5 4.35 10 0 14.5"
            }
            Self::Search => "M3.25 8.75a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0M12.75 12.75l4.5 4.5",
            Self::SortAsc => "M5.5 15.75V4.25M2.5 7.25l3-3 3 3M11.75 5.25h2.5M11.75 10h4M11.75 14.75h5.5",
            Self::SortDesc => "M5.5 4.25v11.5M2.5 12.75l3 3 3-3M11.75 5.25h5.5M11.75 10h4M11.75 14.75h2.5",
            Self::List => "M7 5.25h10M7 10h10M7 14.75h10M3.25 5.25h.01M3.25 10h.01M3.25 14.75h.01",
            Self::Tiles => {
                "M4.25 3.25h3.25a1 1 0 0 1 1 1v3.25a1 1 0 0 1 -1 1h-3.25a1 1 0 0 1 -1 -1v-3.25a1 1 0 0 1 1 -1zM12.5 3.25h3.25a1 1 0 0 1 1 1v3.25a1 1 0 0 1 -1 1h-3.25a1 1 0 0 1 -1 -1v-3.25a1 1 0 0 1 1 -1zM4.25 11.5h3.25a1 1 0 0 1 1 1v3.25a1 1 0 0 1 -1 1h-3.25a1 1 0 0 1 -1 -1v-3.25a1 1 0 0 1 1 -1zM12.5 11.5h3.25a1 1 0 0 1 1 1v3.25a1 1 0 0 1 -1 1h-3.25a1 1 0 0 1 -1 -1v-3.25a1 1 0 0 1 1 -1z"
            }
            Self::Minus => "M5 10h10",
            Self::Chevron => "M7.5 4.75 12.75 10 7.5 15.25",
            Self::Close => "M5 5l10 10M15 5 5 15",
            Self::Warning => {
                "M8.7 3.5a1.5 1.5 0 0 1 2.6 0l6.1 10.75a1.5 1.5 0 0 1-1.3 2.25H3.9a1.5 1.5 0 0 1-1.3-2.25zM10 7.5v4M10 13.75h.01"
            }
            Self::Offline => {
                "M8.1 5.2a5 5 0 0 1 6.6 2.7 3.95 3.95 0 0 1 2.2 6.75M14 15.75H5.75a3.5 3.5 0 0 1-.6-6.95c.1-.45.25-.87.45-1.27M3 3l14 14"
            }
            Self::Account => {
                "M6.75 6.5a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0 -6.5 0M3.75 17c0-3.1 2.8-4.75 6.25-4.75S16.25 13.9 16.25 17"
            }
            Self::SignOut => {
                "M8.25 3.75h-3c-.83 0-1.5.67-1.5 1.5v9.5c0 .83.67 1.5 1.5 1.5h3M13 6.5l3.5 3.5-3.5 3.5M16.25 10H8"
            }
            Self::Link => {
                "M8.5 11.5a3.25 3.25 0 0 0 4.6 0l3-3a3.25 3.25 0 0 0-4.6-4.6l-1 1M11.5 8.5a3.25 3.25 0 0 0-4.6 0l-3 3a3.25 3.25 0 0 0 4.6 4.6l1-1"
            }
            Self::Play => {
                "M6.25 4.35c0-.6.65-.95 1.15-.65l8.3 5.2a.75.75 0 0 1 0 1.28l-8.3 5.2a.75.75 0 0 1-1.15-.65z"
            }
            _ => "",
        }
    }
}

/// An icon beside a text that says the same: hidden from assistive technology. Further classes: `small`, `flip` (mirrored
/// in right-to-left).
pub fn icon(shape: Shape, class: &str) -> Built {
    drawn("svg")
        .set("class", &["icon ", class].concat())
        .set("viewBox", "0 0 20 20")
        .set("aria-hidden", "true")
        .with(&drawn("path").set("d", shape.path()))
}

/// The same, in a view.
#[component]
pub fn Icon(
    /// What is drawn.
    shape: Shape,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    Ready::from(icon(shape, class))
}
