//! Kaltura's routes, and the headers that browsers judge by (SRV `api_v3/web/index.php`).

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use super::kaltura::Kaltura;
use super::request::{ApiRequest, form, read};
use super::{delivery, service, xml};

/// Nobody sends more.
const LIMIT: usize = 4 << 20;

/// Kaltura's API and its delivery of thumbnails and media.
pub fn router(kaltura: Arc<Kaltura>) -> Router {
    Router::new()
        .route("/api_v3/{*path}", any(call))
        .route("/p/{partner}/thumbnail/entry_id/{id}", get(delivery::thumbnail))
        .route("/p/{partner}/thumbnail/entry_id/{id}/{*rest}", get(delivery::thumbnail_with_options))
        .route("/p/{partner}/playManifest/entryId/{id}/{*rest}", get(delivery::content))
        .with_state(kaltura)
}

async fn call(State(kaltura): State<Arc<Kaltura>>, request: Request) -> Response {
    if request.method() == Method::OPTIONS {
        return preflight();
    }
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().strip_prefix("/api_v3/").unwrap_or_default().to_owned();
    let path = path.strip_prefix("index.php").unwrap_or(&path);
    let content_type =
        parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = to_bytes(body, LIMIT).await.unwrap_or_default();
    let query = form(parts.uri.query().unwrap_or_default());
    let request = read(path, &query, content_type, &String::from_utf8_lossy(&body));
    let delay = kaltura.faults().answer_delay;
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    if let Some(answer) = broken_answer(&kaltura, &request).await {
        return answer;
    }
    let result = service::answer(&kaltura, &request);
    let (media_type, text) = if request.json {
        ("application/json", result.to_string())
    } else {
        ("text/xml", xml::render(&result))
    };
    allow_everybody(
        ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")], text).into_response(),
    )
}

/// The faults that befall a whole answer, not a call.
async fn broken_answer(kaltura: &Kaltura, request: &ApiRequest) -> Option<Response> {
    let whole = |answer: &str| {
        answer == "html" || answer == "garbage" || answer == "hang" || answer.starts_with("http_")
    };
    let answer = {
        let faults = &mut kaltura.state().faults;
        let (mut broken, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut faults.calls).into_iter().partition(|rule| whole(&rule.answer));
        std::mem::swap(&mut faults.calls, &mut broken);
        let found = request.calls.iter().find_map(|call| faults.take_call(&call.service, &call.action));
        faults.calls.extend(kept);
        found
    }?;
    let html = ([(header::CONTENT_TYPE, "text/html")], "<html><body><h1>Kaltura</h1></body></html>");
    let response = match answer.as_str() {
        "hang" => std::future::pending().await,
        "garbage" => ([(header::CONTENT_TYPE, "application/json")], "[{\"id\":\"1_").into_response(),
        other => {
            let status = other.strip_prefix("http_").and_then(|number| number.parse().ok()).unwrap_or(200);
            (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), html).into_response()
        }
    };
    Some(allow_everybody(response))
}

fn allow_everybody(mut response: Response) -> Response {
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// The allow-list has neither Authorization nor anything of one's own.
fn preflight() -> Response {
    allow_everybody(
        (
            [
                (
                    header::ACCESS_CONTROL_ALLOW_HEADERS,
                    "Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control",
                ),
                (header::ACCESS_CONTROL_ALLOW_METHODS, "POST, GET, HEAD, OPTIONS"),
                (header::ACCESS_CONTROL_MAX_AGE, "86400"),
            ],
            Body::empty(),
        )
            .into_response(),
    )
}
