//! Thumbnails and media of entries, as the content delivery network gives them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::entry::{Entry, EntryKind, EntryStatus};
use super::kaltura::Kaltura;
use crate::page;

/// The most bytes in one partial answer; players ask on.
const PART: u64 = 4 << 20;
/// The most bytes in an answer to somebody who asks for no range.
const WHOLE: u64 = 64 << 20;

pub(super) async fn thumbnail(
    State(kaltura): State<Arc<Kaltura>>,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    match kaltura.entry(&id) {
        Some(entry) => picture_of(&entry),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn thumbnail_with_options(
    state: State<Arc<Kaltura>>,
    Path((partner, id, _)): Path<(String, String, String)>,
) -> Response {
    thumbnail(state, Path((partner, id))).await
}

/// The bytes of an entry; ranges are answered, players ask for them.
pub(super) async fn content(
    State(kaltura): State<Arc<Kaltura>>,
    Path((_, id, _)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let entry = kaltura.entry(&id).filter(|entry| entry.status == EntryStatus::Ready);
    let Some(content) = entry.and_then(|entry| entry.content) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let (status, start, end) = match range.and_then(|text| part(text, content.length)) {
        None if content.length > WHOLE => {
            return (StatusCode::BAD_REQUEST, "Ask for ranges.").into_response();
        }
        None => (StatusCode::OK, 0, content.length),
        Some((start, end)) => (StatusCode::PARTIAL_CONTENT, start, end.min(start + PART)),
    };
    let bytes = content.slice(start, end);
    let response = (status, [(header::CONTENT_TYPE, content.media_type)], bytes).into_response();
    let response = page::with_header(response, header::ACCEPT_RANGES, "bytes");
    let response = page::with_header(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if status == StatusCode::OK {
        return response;
    }
    page::with_header(
        response,
        header::CONTENT_RANGE,
        &format!("bytes {start}-{}/{}", end - 1, content.length),
    )
}

/// `bytes=a-b` as a half-open range that fits; anything else is answered whole.
fn part(text: &str, length: u64) -> Option<(u64, u64)> {
    let (start, end) = text.strip_prefix("bytes=")?.split_once('-')?;
    let start: u64 = start.parse().ok()?;
    let end = if end.is_empty() { length } else { end.parse::<u64>().ok()?.saturating_add(1).min(length) };
    (start < end).then_some((start, end))
}

fn picture_of(entry: &Entry) -> Response {
    let cache = if entry.status.is_final() { "public, max-age=60" } else { "no-store" };
    let image = entry.content.as_ref().filter(|_| entry.kind == EntryKind::Media(2));
    let response = match (image, &entry.thumbnail) {
        (Some(image), _) => {
            ([(header::CONTENT_TYPE, image.media_type.as_str())], image.slice(0, image.length))
                .into_response()
        }
        (None, Some(address)) => Redirect::temporary(address).into_response(),
        (None, None) => ([(header::CONTENT_TYPE, "image/svg+xml")], drawing(entry)).into_response(),
    };
    page::with_header(response, header::CACHE_CONTROL, cache)
}

/// The picture of an entry whose import failed.
const BROKEN: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><path fill="silver" d="M0 0h160v90H0z"/><path d="M80 30v22M80 60v1" fill="none" stroke="dimgray" stroke-width="5" stroke-linecap="round"/></svg>"#;

/// A picture for what has none: a field in a colour of its own with the sign of its kind.
fn drawing(entry: &Entry) -> String {
    let hue =
        entry.id.bytes().fold(200_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 360;
    let sign = match entry.kind {
        EntryKind::Media(5) => {
            r#"<path d="M52 38v14M61 30v30M70 22v46M79 34v22M88 26v38M97 38v14M106 42v6" fill="none" stroke="white" stroke-width="4" stroke-linecap="round"/>"#
        }
        EntryKind::Media(2) => {
            r#"<path d="M56 62l16-20 11 13 7-8 14 15z" fill="white"/><circle cx="94" cy="33" r="6" fill="white"/>"#
        }
        EntryKind::Media(_) => {
            r#"<path d="M70 28v34l28-17z" fill="white" stroke="white" stroke-width="4" stroke-linejoin="round"/>"#
        }
        EntryKind::Document(_) => {
            r#"<path d="M64 22h22l12 12v34H64z" fill="none" stroke="white" stroke-width="4" stroke-linejoin="round"/>"#
        }
    };
    // Blue to violet to teal; muddy yellows and greens are nobody's brand.
    let hue = 170 + hue % 130;
    if matches!(entry.status, EntryStatus::ErrorImporting | EntryStatus::ErrorConverting) {
        return BROKEN.to_owned();
    }
    let (light, opacity) = if entry.status == EntryStatus::Ready { (46, 1.0) } else { (62, 0.7) };
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl({hue} 42% {light}%)"/><stop offset="1" stop-color="hsl({} 46% {}%)"/></linearGradient></defs><path fill="url(#g)" d="M0 0h160v90H0z"/><g opacity="{opacity}">{sign}</g></svg>"##,
        (hue + 40) % 360,
        light - 18,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        for (text, expected) in [
            ("bytes=0-", Some((0, 10))),
            ("bytes=2-3", Some((2, 4))),
            ("bytes=2-99", Some((2, 10))),
            ("bytes=10-", None),
            ("bytes=5-2", None),
            ("bytes=-5", None),
            ("x", None),
        ] {
            assert_eq!(part(text, 10), expected, "{text}");
        }
    }
}
