//! The small picture of a row: Graph's thumbnail, or an icon of the kind.

use super::element::{Built, Ready, element, until_cleanup};
use super::icon::{Shape, icon};
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::*;
use onedrive_picker_core::graph::{Item, ItemKind, MediaKind, extension};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, window};

/// The attribute that says what is drawn where a picture does not load.
const INSTEAD: &str = "data-instead";

/// A thumbnail, or the icon of the kind if there is none or it does not load. The picture's address is sent neither token nor
/// referrer. `part` is what a press on it does, for the grid; it is a cell then.
pub fn thumbnail(picture: Option<&str>, shape: Shape, part: Option<&str>) -> Built {
    let folder = matches!(shape, Shape::Folder | Shape::FolderShared);
    let frame = element("span", if folder { "thumb folder" } else { "thumb" })
        .set_some("role", part.map(|_| "gridcell"))
        .set_some("data-part", part)
        .set_some("aria-hidden", part.is_none().then_some("true"));
    let Some(picture) = picture else { return frame.with(&icon(shape, "")) };
    let place = Shape::OF_ITEMS.iter().position(|other| *other == shape).unwrap_or_default();
    frame.with(
        &element("img", "")
            .set("alt", "")
            .set("loading", "lazy")
            .set("decoding", "async")
            .set("referrerpolicy", "no-referrer")
            .set("draggable", "false")
            .set(INSTEAD, &place.to_string())
            .set("src", picture),
    )
}

/// Draws icons where pictures do not load, from now on, until the current reactive owner ends.
pub fn replace_broken_pictures() {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    let draw = |event: &Event| {
        let picture = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
        let place: usize = picture.get_attribute(INSTEAD)?.parse().ok()?;
        picture.replace_with_with_node_1(&icon(*Shape::OF_ITEMS.get(place)?, "")).ok()
    };
    // `error` does not bubble.
    let capture = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    until_cleanup(EventListener::new_with_options(&document, "error", capture, move |event| {
        let _ = draw(event);
    }));
}

/// A thumbnail in a view.
#[component]
pub fn Thumbnail(
    /// The address of the picture.
    picture: Option<String>,
    /// What is drawn without it.
    shape: Shape,
) -> impl IntoView {
    Ready::from(thumbnail(picture.as_deref(), shape, None))
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
