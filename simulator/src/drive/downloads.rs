//! The host of pre-authenticated links and thumbnails.

use std::sync::{Arc, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use super::faults::{FaultKind, Party, apply_before};
use super::item::{Body, Item, Thumbnail};
use super::library::Drive;
use super::link::Link;
use super::picture::png;
use super::request_log::RequestRecord;
use super::stream::{ByteStream, reply};
use super::test_link;
use super::text::{encode, fingerprint, parse_query};
use super::world::World;

/// The origin of pre-authenticated links: `…/_layouts/15/download.aspx` and `/transform/thumbnail`.
///
/// A link answers `GET` and `HEAD`, understands `Range`, is refused with 401 once it has expired and with 401 too if
/// the request carries an `Authorization` header (microsoft-graph.md section 4).
pub fn downloads_router(world: Arc<World>) -> Router {
    Router::new().fallback(answer).with_state(world)
}

async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let query = parse_query(request.uri().query().unwrap_or_default());
    let value =
        |name: &str| query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let link = world.open_link(value("tempauth"));
    let owner = link.as_ref().and_then(|link| owner(&world, link));
    let due = world.faults().due(Party::Downloads, owner.as_deref(), &format!("{method} {path}"));
    apply_before(&due).await;

    if let Some(response) = test_link::answer(&path, &query, request.headers(), world.clock().now()) {
        return response;
    }
    let mut response = match link {
        _ if method == Method::OPTIONS => reply(405, &[("allow", "GET, HEAD")], ""),
        _ if method != Method::GET && method != Method::HEAD => reply(405, &[("allow", "GET, HEAD")], ""),
        None => refuse("The link is not valid."),
        Some(link) if path == "/transform/thumbnail" => thumbnail(
            &world,
            &link,
            value("width").parse().unwrap_or(96),
            value("height").parse().unwrap_or(54),
        ),
        Some(_) if !path.ends_with("/_layouts/15/download.aspx") => reply(404, &[], ""),
        Some(_) if request.headers().contains_key("authorization") => {
            refuse("The link is its own authorization.")
        }
        Some(link) if link.expires <= world.now() => refuse("The link has expired."),
        Some(link) => file(&world, &link, request.headers(), &due),
    };
    if world.switches().downloads_readable
        && let Ok(any) = "*".parse()
    {
        response.headers_mut().insert("access-control-allow-origin", any);
    }
    world.log().add(RequestRecord {
        party: Party::Downloads,
        method: method.to_string(),
        path,
        query: String::new(),
        account: owner,
        status: response.status().as_u16(),
        in_batch: false,
    });
    response
}

fn owner(world: &World, link: &Link) -> Option<String> {
    let drive = world.drive(&link.drive)?.read().unwrap_or_else(PoisonError::into_inner);
    Some(drive.owner.clone())
}

pub(super) fn refuse(why: &str) -> Response {
    reply(
        401,
        &[("content-type", "text/plain"), ("x-ms-diagnostics", why)],
        format!("401 UNAUTHORIZED. {why}"),
    )
}

fn with_item(world: &World, link: &Link, answer: impl FnOnce(&Drive, &Item) -> Response) -> Response {
    let Some(drive) = world.drive(&link.drive) else { return reply(404, &[], "") };
    let drive = drive.read().unwrap_or_else(PoisonError::into_inner);
    match drive.item(&link.item) {
        Some(item) => answer(&drive, item),
        None => reply(404, &[("content-type", "text/plain")], "404 FILE NOT FOUND"),
    }
}

fn file(world: &World, link: &Link, headers: &HeaderMap, due: &[FaultKind]) -> Response {
    with_item(world, link, |_, item| {
        let Body::File(file) = &item.body else { return reply(404, &[], "") };
        let size = file.content.size();
        for kind in due {
            match kind {
                FaultKind::Truncated | FaultKind::Dropped => {
                    let head = file.content.head();
                    let half = head.get(..head.len() / 2).unwrap_or_default().to_vec();
                    let missing = size - half.len() as u64;
                    return ByteStream::broken(half, missing).respond(200, file.mime_type);
                }
                FaultKind::Unauthorized => return refuse("The link has expired."),
                FaultKind::Forbidden => return reply(403, &[], ""),
                FaultKind::NotFound => return reply(404, &[], ""),
                FaultKind::Throttled { retry_after } => {
                    return reply(429, &[("retry-after", &retry_after.to_string())], "");
                }
                FaultKind::Unavailable { retry_after } => {
                    return reply(503, &[("retry-after", &retry_after.to_string())], "");
                }
                FaultKind::ServerError => return reply(500, &[], ""),
                _ => {}
            }
        }
        let range = headers.get("range").and_then(|value| value.to_str().ok());
        let (status, start, length) = match range.map(|range| parse_range(range, size)) {
            None | Some(Range::Ignored) => (200, 0, size),
            Some(Range::Part { start, end }) => (206, start, end - start + 1),
            Some(Range::Unsatisfiable) => {
                return reply(416, &[("content-range", &format!("bytes */{size}"))], "");
            }
        };
        let part = ByteStream::part(file.content.head().into_owned(), start, length);
        let mut response = part.respond(status, file.mime_type);
        let name = format!("attachment; filename*=UTF-8''{}", encode(&item.name));
        let place = format!("bytes {start}-{}/{size}", (start + length).saturating_sub(1));
        let tag = format!("\"{{{}}},1\"", item.id);
        let mut more =
            vec![("content-disposition", name), ("accept-ranges", "bytes".to_owned()), ("etag", tag)];
        more.push(("cache-control", "private, max-age=0".to_owned()));
        more.push(("x-content-type-options", "nosniff".to_owned()));
        if status == 206 {
            more.push(("content-range", place));
        }
        for (name, value) in more {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
        response
    })
}

fn thumbnail(world: &World, link: &Link, width: u32, height: u32) -> Response {
    with_item(world, link, |_, item| {
        let Body::File(file) = &item.body else { return reply(404, &[], "") };
        let caching = ("cache-control", "private, max-age=86400");
        match file.thumbnail {
            None => reply(404, &[], ""),
            // One drawing serves all sizes; the browser scales it down.
            Some(Thumbnail::Drawn(number)) => {
                let picture = DRAWN.get(number).copied().unwrap_or_default();
                reply(200, &[("content-type", "image/jpeg"), caching], picture)
            }
            Some(Thumbnail::Painted) => {
                let picture = png(fingerprint(&[&item.id]), width.clamp(1, 800), height.clamp(1, 800));
                reply(200, &[("content-type", "image/png"), caching], picture)
            }
        }
    })
}

/// The thumbnails of the showcase.
static DRAWN: [&[u8]; 7] = [
    include_bytes!("../../media/thumbnails/wheel.jpg"),
    include_bytes!("../../media/thumbnails/hall.jpg"),
    include_bytes!("../../media/thumbnails/blackboard.jpg"),
    include_bytes!("../../media/thumbnails/chart.jpg"),
    include_bytes!("../../media/thumbnails/portrait.jpg"),
    include_bytes!("../../media/thumbnails/spectrogram.jpg"),
    include_bytes!("../../media/thumbnails/whiteboard.jpg"),
];

/// What a `Range` header asks for (RFC 9110 section 14).
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Range {
    Part { start: u64, end: u64 },
    Unsatisfiable,
    Ignored,
}

/// Reads a single range; several at once are ignored, as the specification allows.
pub(super) fn parse_range(header: &str, size: u64) -> Range {
    let Some((first, last)) = header.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Range::Ignored;
    };
    match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(start), _) if start >= size => Range::Unsatisfiable,
        (Ok(start), Ok(end)) if end < start => Range::Ignored,
        (Ok(start), Ok(end)) => Range::Part { start, end: end.min(size - 1) },
        (Ok(start), Err(_)) if last.trim().is_empty() => Range::Part { start, end: size - 1 },
        (Err(_), Ok(0)) => Range::Unsatisfiable,
        (Err(_), Ok(count)) if first.trim().is_empty() && size > 0 => {
            Range::Part { start: size.saturating_sub(count), end: size - 1 }
        }
        (Err(_), Ok(_)) if first.trim().is_empty() => Range::Unsatisfiable,
        _ => Range::Ignored,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        for (header, size, expected) in [
            ("bytes=0-9", 100, Range::Part { start: 0, end: 9 }),
            ("bytes=90-", 100, Range::Part { start: 90, end: 99 }),
            ("bytes=-10", 100, Range::Part { start: 90, end: 99 }),
            ("bytes=50-500", 100, Range::Part { start: 50, end: 99 }),
            ("bytes=100-", 100, Range::Unsatisfiable),
            ("bytes=0-", 0, Range::Unsatisfiable),
            ("bytes=-0", 100, Range::Unsatisfiable),
            ("bytes=-5", 0, Range::Unsatisfiable),
            ("bytes=9-1", 100, Range::Ignored),
            ("bytes=0-1,5-6", 100, Range::Ignored),
            ("lines=0-1", 100, Range::Ignored),
        ] {
            assert_eq!(parse_range(header, size), expected, "{header}");
        }
    }
}
