//! Small pictures of files, asked for where they are seen (`driveItem`, "List thumbnails").
//!
//! `$expand=thumbnails` in a listing is refused by some drives
//! (<https://github.com/spencerwooo/onedrive-vercel-index/pull/387>) and makes its answer several times as large.

use serde_json::Value;

use super::base::GraphBase;
use super::error::GraphError;
use super::ids::FileRef;
use super::item::Item;
use super::json;
use super::media::{MediaKind, extension};
use crate::web::{Request, Response};

/// A size that Graph keeps ready (`thumbnailSet`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThumbnailSize {
    /// 96 pixels on the longer side.
    Small,
    /// 176 pixels on the longer side.
    Medium,
}

/// The shorter side of a small thumbnail of a picture of 16:9, in pixels.
const SMALL_SHORT_SIDE: f64 = 54.0;

impl ThumbnailSize {
    /// The size that fills a box whose shorter side has so many CSS pixels, on a screen with so many pixels in each.
    pub fn filling(side: u32, device_pixel_ratio: f64) -> Self {
        if f64::from(side) * device_pixel_ratio <= SMALL_SHORT_SIDE { Self::Small } else { Self::Medium }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
        }
    }
}

/// Whether Graph makes thumbnails of such a file. A folder has none, nor have sounds, archives and plain texts.
pub fn may_have_thumbnail(item: &Item) -> bool {
    let is_text = || {
        let extension = extension(&item.name).unwrap_or_default();
        ["txt", "csv"].iter().any(|text| extension.eq_ignore_ascii_case(text))
    };
    match item.media() {
        Some(MediaKind::Video | MediaKind::Image) => true,
        Some(MediaKind::Document) => !is_text(),
        Some(MediaKind::Audio) | None => false,
    }
}

/// The path below the Graph base that gives the thumbnail of a file, for a batch.
pub(crate) fn thumbnail_path(file: &FileRef, size: ThumbnailSize) -> String {
    let mut path = file.path();
    path.push_str("/thumbnails?$select=");
    path.push_str(size.name());
    path
}

/// Asks for the thumbnail of one file.
pub(crate) fn build_thumbnail(base: &GraphBase, file: &FileRef, size: ThumbnailSize) -> Request {
    Request::get(base.url(&thumbnail_path(file, size)))
}

/// The address of the thumbnail, which is sent neither token nor referrer; `None` if there is none, which is normal.
///
/// # Errors
/// What the status says.
pub(crate) fn parse_thumbnail(
    response: &Response,
    size: ThumbnailSize,
) -> Result<Option<String>, GraphError> {
    Ok(read_thumbnail(&json::body(response)?, size))
}

/// The same of one part of a batch. The first set is that of the current content.
pub(crate) fn read_thumbnail(body: &Value, size: ThumbnailSize) -> Option<String> {
    let set = json::list(body, "value").first()?;
    let sizes = [size.name(), "medium", "small", "large"];
    let url = sizes.into_iter().find_map(|size| json::text(set, &[size, "url"]))?;
    (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::DriveId;
    use crate::graph::item::{ItemKind, ItemReader};
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    fn item(name: &str) -> Item {
        ItemReader::new(DriveId::new("d")).read(&json!({"id": name, "name": name, "file": {}})).unwrap()
    }

    #[test]
    fn is_as_large_as_the_screen_needs() {
        for (side, ratio, expected) in [
            (32, 1.0, ThumbnailSize::Small),
            (32, 1.5, ThumbnailSize::Small),
            (32, 2.0, ThumbnailSize::Medium),
            (110, 1.0, ThumbnailSize::Medium),
        ] {
            assert_eq!(ThumbnailSize::filling(side, ratio), expected, "{side} at {ratio}");
        }
    }

    #[test]
    fn is_asked_for_where_there_may_be_one() {
        for (name, expected) in [
            ("a.mp4", true),
            ("a.jpg", true),
            ("a.pdf", true),
            ("a.pptx", true),
            ("a.txt", false),
            ("a.CSV", false),
            ("a.mp3", false),
            ("a.zip", false),
        ] {
            assert_eq!(may_have_thumbnail(&item(name)), expected, "{name}");
        }
        let folder = Item { kind: ItemKind::Folder { children: None }, ..item("a.mp4") };
        assert!(!may_have_thumbnail(&folder));
    }

    #[test]
    fn names_one_size() {
        let file = FileRef::parse("b!x", "01").unwrap();
        let request = build_thumbnail(&base(), &file, ThumbnailSize::Small);
        assert!(request.url.ends_with("/v1.0/drives/b!x/items/01/thumbnails?$select=small"));
    }

    #[test]
    fn takes_the_size_that_was_asked_for_or_another_and_no_script() {
        for (set, expected) in [
            (json!({"small": {"url": "https://t/s"}, "medium": {"url": "https://t/m"}}), Some("https://t/s")),
            (json!({"large": {"url": "https://t/l"}}), Some("https://t/l")),
            (json!({"small": {"url": "javascript:alert(1)"}}), None),
            (json!({"small": {"url": "data:text/html,x"}}), None),
            (json!({}), None),
        ] {
            let body = json!({"value": [set]});
            let read = parse_thumbnail(&answer(200, &body), ThumbnailSize::Small).unwrap();
            assert_eq!(read.as_deref(), expected, "{body}");
        }
        assert_eq!(read_thumbnail(&json!({"value": []}), ThumbnailSize::Medium), None);
    }

    proptest! {
        #[test]
        fn reads_any_body_without_panic(body in any_json()) {
            let _ = read_thumbnail(&body, ThumbnailSize::Small);
        }
    }
}
