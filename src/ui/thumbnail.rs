//! The small picture of a row: Graph's thumbnail, or an icon of the kind.

use super::icon::{Icon, Shape};
use crate::graph::{Item, ItemKind, MediaKind, extension};
use leptos::prelude::*;

/// A thumbnail, or the icon of the kind if there is none or it does not load.
#[component]
pub fn Thumbnail(
    /// The address of the picture. It is sent neither token nor referrer.
    picture: Option<String>,
    /// What is drawn without it.
    shape: Shape,
    /// What a press on it does, for the grid; it is a cell then.
    #[prop(optional)]
    part: Option<&'static str>,
) -> impl IntoView {
    let broken = RwSignal::new(picture.is_none());
    let folder = matches!(shape, Shape::Folder | Shape::FolderShared);
    view! {
        <span
            class=if folder { "thumb folder" } else { "thumb" }
            role=part.map(|_| "gridcell")
            data-part=part
            aria-hidden=part.is_none().then_some("true")
        >
            {move || {
                if broken.get() {
                    view! { <Icon shape /> }.into_any()
                } else {
                    view! {
                        <img
                            src=picture.clone()
                            alt=""
                            loading="lazy"
                            decoding="async"
                            referrerpolicy="no-referrer"
                            draggable="false"
                            on:error=move |_| broken.set(true)
                        />
                    }
                        .into_any()
                }
            }}
        </span>
    }
}

/// The icon of an item.
pub fn shape_of(item: &Item) -> Shape {
    match &item.kind {
        ItemKind::Folder { .. } if item.shared || item.shortcut => Shape::FolderShared,
        ItemKind::Folder { .. } => Shape::Folder,
        ItemKind::Package => Shape::Package,
        ItemKind::Unknown => Shape::File,
        ItemKind::File { media: Some(media), .. } => match media {
            MediaKind::Video => Shape::Video,
            MediaKind::Audio => Shape::Audio,
            MediaKind::Image => Shape::Image,
            MediaKind::Document => shape_of_document(&item.name),
        },
        ItemKind::File { media: None, .. } => shape_of_document(&item.name),
    }
}

fn shape_of_document(name: &str) -> Shape {
    match extension(name).map(str::to_ascii_lowercase).unwrap_or_default().as_str() {
        "ppt" | "pptx" | "odp" | "key" => Shape::Presentation,
        "xls" | "xlsx" | "ods" | "csv" => Shape::Spreadsheet,
        "zip" | "7z" | "rar" | "gz" | "tar" => Shape::Archive,
        "doc" | "docx" | "pdf" | "txt" | "odt" | "rtf" | "md" => Shape::Document,
        _ => Shape::File,
    }
}
