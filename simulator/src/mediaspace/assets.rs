//! The picker's files and the host kit.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::services::ServeDir;

use super::site::Site;

/// Everything in `dist/`: precompressed if it is there and the browser takes it, for ever if its name has a hash.
pub(super) fn dist(site: &Site) -> Router {
    folder(&site.dist)
}

/// Everything in a folder, as [`dist`] serves it.
fn folder(folder: &Path) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br().precompressed_gzip())
        .layer(middleware::from_fn(cache))
}

/// The host kit, for pages of every origin.
pub(crate) fn kit(site: &Site) -> Router {
    Router::new().fallback_service(ServeDir::new(&site.host)).layer(middleware::from_fn(cache))
}

async fn cache(request: Request, next: Next) -> Response {
    let policy =
        if has_hash(request.uri().path()) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Whether a file's name holds a hash: a run of at least eight hexadecimal digits between `-`, `.` or `_`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_hash_in_a_name() {
        for (path, expected) in [
            ("/onedrive-picker-6a7d69b48ce0e4ba_bg.wasm", true),
            ("/style-1a2b3c4d.css", true),
            ("/index.html", false),
            ("/defaced-facade.js", false),
            ("/onedrive-settings.json", false),
        ] {
            assert_eq!(has_hash(path), expected, "{path}");
        }
    }
}
