//! Kaltura's routes, and the headers that browsers judge by (SRV `api_v3/web/index.php`).

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde_json::Value;

use super::faults::Fate;
use super::kaltura::Kaltura;
use super::request::{ApiRequest, form, read, read_parts};
use super::service::{Headers, Request, carry_out};
use super::upload::UploadedFile;
use super::{delivery, xml};
use crate::drive::ByteStream;

/// Nobody sends more.
const LIMIT: usize = 4 << 20;

/// Kaltura's API and its delivery of thumbnails and media.
pub fn router(kaltura: Arc<Kaltura>) -> Router {
    Router::new()
        .route("/api_v3/{*path}", any(call))
        .route("/p/{partner}/thumbnail/entry_id/{id}", get(delivery::thumbnail))
        .route("/p/{partner}/thumbnail/entry_id/{id}/{*rest}", get(delivery::thumbnail_with_options))
        .route("/p/{partner}/playManifest/entryId/{id}/{*rest}", get(delivery::content))
        .layer(DefaultBodyLimit::disable())
        .with_state(kaltura)
}

async fn call(State(kaltura): State<Arc<Kaltura>>, request: HttpRequest) -> Response {
    if request.method() == Method::OPTIONS {
        return preflight();
    }
    let Some((api, file)) = read_request(request).await else { return dropped() };
    let mut resets = kaltura.resets();
    let open = kaltura.open_request();
    let fate = kaltura.fate_of(&api);
    let json = api.json;
    if fate.is_some_and(|fate| !fate.is_carried_out()) {
        return match fate {
            Some(Fate::Page(status)) => page_of(status),
            Some(Fate::Hang) => {
                kaltura.set_waiting(open.number, true);
                let _ = resets.changed().await;
                dropped()
            }
            _ => dropped(),
        };
    }
    let request = Request { number: open.number, api, file };
    // A task of its own: a client that gives up stops nothing.
    let task = kaltura.clock().spawn(carry_out(Arc::clone(&kaltura), request));
    let (value, headers) = tokio::select! {
        done = task => match done {
            Ok(done) => done,
            Err(_) => return dropped(),
        },
        _ = resets.changed() => return dropped(),
    };
    match fate {
        Some(Fate::Lost) => dropped(),
        Some(Fate::LostHang) => {
            kaltura.set_waiting(open.number, true);
            let _ = resets.changed().await;
            dropped()
        }
        Some(Fate::Garbage) => {
            allow_everybody(([(header::CONTENT_TYPE, "application/json")], "[{\"id\":\"1_").into_response())
        }
        _ => answer(&value, json, headers),
    }
}

/// The calls of a request, and the file that came with it. Nothing if the body broke off.
async fn read_request(request: HttpRequest) -> Option<(ApiRequest, Option<UploadedFile>)> {
    let path = request.uri().path().strip_prefix("/api_v3/").unwrap_or_default().to_owned();
    let path = path.strip_prefix("index.php").unwrap_or(&path).to_owned();
    let query = form(request.uri().query().unwrap_or_default());
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    if !content_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        let body = to_bytes(request.into_body(), LIMIT).await.ok()?;
        return Some((read(&path, &query, &content_type, &String::from_utf8_lossy(&body)), None));
    }
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let (mut fields, mut file) = (Vec::new(), None);
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file_name) => {
                file = Some(UploadedFile { name: file_name, bytes: part.bytes().await.ok()? });
            }
            None => fields.push((name, part.text().await.ok()?)),
        }
    }
    Some((read_parts(&path, &query, fields), file))
}

fn answer(value: &Value, json: bool, headers: Headers) -> Response {
    let (media_type, text) =
        if json { ("application/json", value.to_string()) } else { ("text/xml", xml::render(value)) };
    let mut response =
        ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")], text).into_response();
    for name in headers {
        if let Ok(name) = HeaderName::try_from(name) {
            let reason = HeaderValue::from_static("PROPERTY_VALIDATION_NO_INSERT_PERMISSION");
            response.headers_mut().insert(name, reason);
        }
    }
    allow_everybody(response)
}

/// A page of what stands before the servers; it knows nothing of CORS, so a browser's script cannot even read the status.
fn page_of(status: u16) -> Response {
    let html = ([(header::CONTENT_TYPE, "text/html")], "<html><body><h1>Kaltura</h1></body></html>");
    (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), html).into_response()
}

/// The connection ends without an answer.
fn dropped() -> Response {
    ByteStream::broken(Vec::new(), 1).respond(200, "application/json")
}

/// A request that is not yet answered; it is no longer known once this is dropped, be it answered or given up.
struct OpenRequest {
    kaltura: Arc<Kaltura>,
    number: u64,
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.kaltura.state().open_requests.remove(&self.number);
    }
}

impl Kaltura {
    fn open_request(self: &Arc<Self>) -> OpenRequest {
        let number = {
            let mut state = self.state();
            state.requests += 1;
            let number = state.requests;
            state.open_requests.insert(number, false);
            number
        };
        OpenRequest { kaltura: Arc::clone(self), number }
    }

    /// Notes whether a request waits for the clock, if somebody still waits for the request.
    pub(super) fn set_waiting(&self, number: u64, waits: bool) {
        if let Some(waiting) = self.state().open_requests.get_mut(&number) {
            *waiting = waits;
        }
    }

    /// What befalls a request, by the faults and by the switch `lose_every`.
    fn fate_of(&self, request: &ApiRequest) -> Option<Fate> {
        let state = &mut *self.state();
        state.counted_requests += 1;
        let calls = request.calls.iter().map(|call| (call.service.as_str(), call.action.as_str()));
        let lost = state.switches.lose_every.filter(|every| *every > 0);
        state.faults.take_fate(calls).or_else(|| {
            lost.filter(|every| state.counted_requests.is_multiple_of(*every)).map(|_| Fate::Lost)
        })
    }
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
