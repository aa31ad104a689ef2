//! Graph over HTTP: preflights, the token, faults, the log, and which headers scripts may read.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use super::answer::Answer;
use super::batch::batch;
use super::bearer::authenticate;
use super::call::{Call, Caller};
use super::dispatch::{dispatch, replacement};
use super::error::GraphError;
use crate::drive::{FaultKind, Party, RequestRecord, World, apply_before, guid, reply, slow_down, spoil};

/// `Retry-After` is not among them (microsoft-graph.md section 9).
const EXPOSED: &str = "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, \
                       ReadWriteConsistencyToken, SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant";

/// The origin of Microsoft Graph, base `/v1.0`.
pub fn router(world: Arc<World>) -> Router {
    Router::new().fallback(serve).with_state(world)
}

async fn serve(State(world): State<Arc<World>>, request: Request) -> Response {
    if request.method() == Method::OPTIONS {
        return preflight(request.headers());
    }
    let (parts, body) = request.into_parts();
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let Some(path) = parts.uri.path().strip_prefix("/v1.0") else {
        let error = GraphError::bad_request("Invalid version.");
        return respond(&error.answer(world.now()), text("client-request-id"));
    };
    let call = Call {
        method: parts.method.to_string(),
        path: path.to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        body: to_bytes(body, 4 << 20).await.unwrap_or_default().to_vec(),
        content_type: text("content-type").unwrap_or_default().to_owned(),
        ..Call::default()
    };
    let caller = authenticate(&world, text("authorization"));
    let username = caller.as_ref().ok().map(|caller| caller.account.username.clone());
    let due = world.faults().due(Party::Graph, username.as_deref(), &call.line());
    let switches = world.switches();
    if switches.latency > 0 {
        tokio::time::sleep(Duration::from_millis(switches.latency)).await;
    }
    apply_before(&due).await;

    let answer = caller.and_then(|caller| answer(&world, &caller, &call, &due));
    let answer = answer.unwrap_or_else(|error| error.answer(world.now()));
    world.log().add(RequestRecord {
        party: Party::Graph,
        method: call.method,
        path: call.path,
        query: call.query,
        account: username,
        status: answer.status,
        in_batch: false,
    });
    let bytes = answer.body.to_string();
    let response = match spoil(&due, "application/json", bytes.as_bytes()) {
        Some(spoilt) => open_to_all(spoilt),
        None => respond(&answer, text("client-request-id")),
    };
    match switches.bytes_per_second {
        Some(rate) => slow_down(response, rate).await,
        None => response,
    }
}

fn answer(world: &World, caller: &Caller, call: &Call, due: &[FaultKind]) -> Result<Answer, GraphError> {
    if call.method == "POST" && matches!(call.path.as_str(), "/$batch" | "/%24batch") {
        return replacement(world, due).map_or_else(|| batch(world, caller, call), Err);
    }
    dispatch(world, caller, call, due)
}

/// Any origin may ask, with any header; without credentials, since the origin is `*`.
fn preflight(headers: &HeaderMap) -> Response {
    let asked = headers.get("access-control-request-headers").and_then(|value| value.to_str().ok());
    let more = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET, POST, PATCH, PUT, DELETE"),
        ("access-control-allow-headers", asked.unwrap_or("authorization")),
        ("access-control-max-age", "3600"),
    ];
    reply(200, &more, "")
}

fn respond(answer: &Answer, client_request_id: Option<&str>) -> Response {
    let body = if answer.body.is_null() { String::new() } else { answer.body.to_string() };
    let request_id = guid(&body);
    let mut headers = vec![
        ("cache-control", "private"),
        ("request-id", request_id.as_str()),
        ("client-request-id", client_request_id.unwrap_or(&request_id)),
    ];
    if !answer.body.is_null() {
        headers.push((
            "content-type",
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
        ));
    }
    headers.extend(answer.headers.iter().map(|(name, value)| (*name, value.as_str())));
    open_to_all(reply(answer.status, &headers, body))
}

fn open_to_all(mut response: Response) -> Response {
    for (name, value) in [("access-control-allow-origin", "*"), ("access-control-expose-headers", EXPOSED)] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
