//! Pages that are part of this program, and what is written into them.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A text file that is part of this program, its media type by its name.
pub(crate) fn file(name: &str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type(name)), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// The sign of the site.
pub(crate) async fn icon() -> Response {
    file("icon.svg", include_str!("../pages/icon.svg"))
}

/// A page that nobody may keep.
pub(crate) fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text)
        .into_response()
}

/// The same answer with one more header, if the value can be one.
pub(crate) fn with_header(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Writes JSON into a page as `<script type="application/json" id="…">`, before `</head>` or else first of all.
pub(crate) fn inject(page: &str, id: &str, value: &Value) -> String {
    inject_text(page, id, &value.to_string())
}

/// The same for a text that may be no JSON at all.
pub(crate) fn inject_text(page: &str, id: &str, text: &str) -> String {
    // Within a script element only "<" could end it.
    let text = text.replace('<', "\\u003c");
    let element = format!("<script type=\"application/json\" id=\"{id}\">{text}</script>");
    let place = page.find("</head>").or_else(|| body_start(page)).unwrap_or(0);
    let (before, after) = page.split_at(place);
    format!("{before}{element}{after}")
}

fn body_start(page: &str) -> Option<usize> {
    let start = page.find("<body")?;
    Some(start + page.get(start..)?.find('>')? + 1)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_settings_where_the_page_can_read_them_and_nothing_can_break_out() {
        let value = json!({"a": "</script><script>alert(1)</script>"});
        for (page, before) in [
            ("<head><title>x</title></head><body></body>", "<head><title>x</title>"),
            ("<body class=\"a\"><p>", "<body class=\"a\">"),
            ("plain", ""),
        ] {
            let injected = inject(page, "settings", &value);
            assert!(
                injected
                    .starts_with(&format!("{before}<script type=\"application/json\" id=\"settings\">{{"))
            );
            assert_eq!(injected.matches("</script>").count(), 1, "{injected}");
        }
    }
}
