//! Links to files that are in no drive, for tests that need only links: `…/test-links/{id}/_layouts/15/download.aspx`.

use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::downloads::{Range, parse_range, refuse};
use super::stream::{ByteStream, reply};
use super::text::{decode, encode};

const FOLDER: &str = "/test-links/";

/// What a link leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TestFileKind {
    /// A film, as far as its first bytes tell.
    #[default]
    Video,
    /// A sound.
    Audio,
    /// A picture.
    Image,
    /// A PDF.
    Document,
    /// A page where a film should be.
    Page,
    /// A film whose download breaks off in the middle; the rest can be had.
    Interrupted,
    /// 404.
    Gone,
    /// 503.
    Unavailable,
}

/// A file to make a link to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestFile {
    /// Any name for it.
    pub(crate) id: String,
    /// In bytes; the first ones are real, all others zero.
    #[serde(default = "usual_size")]
    pub(crate) size: u64,
    /// What it is.
    #[serde(default)]
    pub(crate) kind: TestFileKind,
}

fn usual_size() -> u64 {
    1_000
}

impl TestFileKind {
    fn name(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Image => "image",
            Self::Document => "document",
            Self::Page => "page",
            Self::Interrupted => "interrupted",
            Self::Gone => "gone",
            Self::Unavailable => "unavailable",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Video | Self::Interrupted | Self::Gone | Self::Unavailable => "video/mp4",
            Self::Audio => "audio/mpeg",
            Self::Image => "image/png",
            Self::Document => "application/pdf",
            Self::Page => "text/html",
        }
    }

    fn head(self) -> &'static [u8] {
        match self {
            Self::Video | Self::Interrupted | Self::Gone | Self::Unavailable => {
                b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2mp41"
            }
            Self::Audio => b"ID3\x04\0\0\0\0\0\0",
            Self::Image => b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            Self::Document => b"%PDF-1.7\n",
            Self::Page => b"<!doctype html><title>Sign in</title>",
        }
    }
}

/// A link that ends at that time, in milliseconds since 1970.
pub(crate) fn test_link(origin: &str, file: &TestFile, expires: u64) -> String {
    format!(
        "{origin}{FOLDER}{}/_layouts/15/download.aspx?kind={}&size={}&tempauth={expires}",
        encode(&file.id),
        file.kind.name(),
        file.size
    )
}

/// The id of the file that a link leads to, if it is one of these.
pub(crate) fn file_of(path: &str) -> Option<String> {
    let (_, rest) = path.split_once(FOLDER)?;
    Some(decode(rest.split('/').next()?))
}

/// Answers such a link; nothing if the path is none.
pub(super) fn answer(
    path: &str,
    query: &[(String, String)],
    headers: &HeaderMap,
    now: u64,
) -> Option<Response> {
    file_of(path)?;
    let value =
        |name: &str| query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let expires: u64 = value("tempauth").parse().unwrap_or_default();
    let size: u64 = value("size").parse().unwrap_or_default();
    let kind =
        serde_json::from_value(serde_json::Value::String(value("kind").to_owned())).unwrap_or_default();
    Some(match kind {
        _ if expires <= now => refuse("The link has expired."),
        TestFileKind::Gone => reply(404, &[], ""),
        TestFileKind::Unavailable => reply(503, &[("retry-after", "5")], ""),
        _ => file(kind, size, headers),
    })
}

fn file(kind: TestFileKind, size: u64, headers: &HeaderMap) -> Response {
    let head = kind.head();
    let head = head.get(..usize::try_from(size).unwrap_or(usize::MAX).min(head.len())).unwrap_or_default();
    let range = headers.get("range").and_then(|value| value.to_str().ok());
    match range.map(|range| parse_range(range, size)) {
        Some(Range::Part { start, end }) => {
            ByteStream::part(head.to_vec(), start, end - start + 1).respond(206, kind.media_type())
        }
        Some(Range::Unsatisfiable) => reply(416, &[], ""),
        _ if kind == TestFileKind::Interrupted => {
            ByteStream::interrupted(head.to_vec(), size - head.len() as u64).respond(200, kind.media_type())
        }
        _ => ByteStream::part(head.to_vec(), 0, size).respond(200, kind.media_type()),
    }
}
