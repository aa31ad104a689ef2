//! From a call to its action.

use std::sync::Arc;

use serde_json::{Value, json};

use super::error::ApiError;
use super::kaltura::{CallRecord, Kaltura};
use super::request::{ApiRequest, Call};
use super::upload::{self, UploadedFile};
use super::{account, add, assets, category, media, reference};

/// The services that hold entries, and the kind of entry each accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Media,
    BaseEntry,
    Documents,
}

/// Names of response headers, which CORS does not expose (SRV `api_v3/web/index.php` L3).
pub(super) type Headers = Vec<String>;

/// A whole request.
pub(super) struct Request {
    /// Its number, from 1.
    pub(super) number: u64,
    pub(super) api: ApiRequest,
    pub(super) file: Option<UploadedFile>,
}

/// Carries out a whole request, one call after the other: one value, or an array for a multirequest, a failed call leaving the
/// others alone. Who asked may be gone by the end.
pub(super) async fn carry_out(kaltura: Arc<Kaltura>, request: Request) -> (Value, Headers) {
    let (mut results, mut headers) = (Vec::new(), Vec::new());
    let resets = kaltura.resets();
    let answer_delay = kaltura.faults().answer_delay;
    wait(&kaltura, request.number, answer_delay).await;
    for call in &request.api.calls {
        let call_ms = kaltura.switches().call_ms;
        wait(&kaltura, request.number, call_ms).await;
        if resets.has_changed().unwrap_or(true) {
            break;
        }
        let parameters = Value::Object(call.parameters.clone());
        let call = match reference::resolve(&parameters, &results) {
            Value::Object(parameters) => Call { parameters, ..call.clone() },
            _ => call.clone(),
        };
        let mut user_id = None;
        let outcome = run(&kaltura, &call, request.file.as_ref(), &mut user_id, &mut headers);
        let record = CallRecord {
            service: call.service.clone(),
            action: call.action.clone(),
            user_id,
            error: outcome.as_ref().err().map(|error| error.code.clone()),
            at: kaltura.now(),
            request: request.number,
        };
        kaltura.state().calls.push(record);
        results.push(outcome.unwrap_or_else(|error| error.to_value()));
    }
    let value = if request.api.multi { Value::Array(results) } else { results.pop().unwrap_or(Value::Null) };
    (value, headers)
}

/// Lets time pass within a request.
async fn wait(kaltura: &Kaltura, number: u64, milliseconds: u64) {
    if milliseconds == 0 {
        return;
    }
    kaltura.set_waiting(number, true);
    kaltura.clock().sleep(milliseconds).await;
    kaltura.set_waiting(number, false);
}

/// Counts a call, and blocks it if there were too many (SRV `api_v3/lib/KalturaResponseCacher.php` L607-700).
fn admit(kaltura: &Kaltura, call: &Call) -> Result<(), ApiError> {
    let now = kaltura.now();
    let state = &mut *kaltura.state();
    state.counted_calls += 1;
    let (switches, count) = (&state.switches, state.counted_calls);
    if switches.session_ends_after_calls.is_some_and(|limit| count > limit) {
        state.sessions.expire_all();
        state.switches.session_ends_after_calls = None;
    }
    let mut blocked = is_blocked_in_turn(&state.switches, count);
    if let Some(limit) = state.switches.rate_limit {
        if now >= state.window.0 + limit.window_ms {
            state.window = (now, 0);
        }
        state.window.1 += 1;
        blocked |= state.window.1 > limit.calls;
    }
    if blocked {
        return Err(ApiError::new("ACTION_BLOCKED", &[&call.action, &call.service]));
    }
    match state.faults.take_call(&call.service, &call.action) {
        Some(code) => Err(ApiError::new(&code, &[])),
        None => Ok(()),
    }
}

fn is_blocked_in_turn(switches: &super::switches::Switches, count: u64) -> bool {
    switches.block_every.is_some_and(|every| every > 0 && count.is_multiple_of(every))
}

fn run(
    kaltura: &Arc<Kaltura>,
    call: &Call,
    file: Option<&UploadedFile>,
    user_id: &mut Option<String>,
    headers: &mut Headers,
) -> Result<Value, ApiError> {
    if call.service.is_empty() {
        return Err(ApiError::new("SERVICE_NOT_SPECIFIED", &[]));
    }
    if call.action.is_empty() {
        return Err(ApiError::new("ACTION_NOT_SPECIFIED", &[]));
    }
    admit(kaltura, call)?;
    let (service, action) = (call.service.to_ascii_lowercase(), call.action.to_ascii_lowercase());
    match (service.as_str(), action.as_str()) {
        ("system", "ping") => return Ok(json!(true)),
        ("session", "start") => return account::start_session(kaltura, call),
        _ => {}
    }
    let entries = match service.as_str() {
        "media" => Some(Service::Media),
        "baseentry" => Some(Service::BaseEntry),
        "document_documents" => Some(Service::Documents),
        "user"
        | "session"
        | "userrole"
        | "category"
        | "categoryentry"
        | "caption_captionasset"
        | "thumbasset"
        | "uploadtoken"
        | "metadata_metadata"
        | "metadata_metadataprofile" => None,
        _ => return Err(ApiError::new("SERVICE_DOES_NOT_EXISTS", &[&call.service])),
    };
    if call.text("partnerId").is_some_and(|id| id != kaltura.partner_id().to_string() && id != "-1") {
        return Err(ApiError::new("INVALID_PARTNER_ID", &[&call.text("partnerId").unwrap_or_default()]));
    }
    let now = kaltura.now();
    let session = kaltura.state().sessions.judge(call.ks().as_deref(), now)?;
    *user_id = Some(session.user_id.clone());
    let unknown = || ApiError::new("ACTION_DOES_NOT_EXISTS", &[&call.action, &call.service]);
    let Some(entries) = entries else {
        return match (service.as_str(), action.as_str()) {
            ("user", "get") => account::user(kaltura, &session, call),
            ("session", "get") => account::session_info(kaltura, &session),
            ("userrole", "add") => account::add_role(kaltura, &session, call),
            ("category", "list") => Ok(category::list(&session, call)),
            ("categoryentry", "add") => category::add_entry(kaltura, &session, call),
            ("caption_captionasset", "add") => assets::add_caption(kaltura, &session, call),
            ("caption_captionasset", "setcontent") => assets::set_caption(kaltura, &session, call),
            ("thumbasset", "addfromurl") => assets::add_thumbnail(kaltura, &session, call),
            ("uploadtoken", "add") => Ok(upload::add(kaltura, &session, call)),
            ("uploadtoken", "upload") => upload::upload(kaltura, &session, call, file),
            ("metadata_metadata", "add") => assets::add_metadata(kaltura, &session, call),
            ("metadata_metadataprofile", "list") => Ok(assets::list_profiles(call)),
            _ => Err(unknown()),
        };
    };
    match action.as_str() {
        "add" => add::add(kaltura, entries, &session, call, headers),
        "addcontent" => add::add_content(kaltura, entries, &session, call, false),
        "updatecontent" => add::add_content(kaltura, entries, &session, call, true),
        "get" => media::get(kaltura, entries, call),
        "getbyids" if entries == Service::BaseEntry => media::get_by_ids(kaltura, call),
        "list" => Ok(media::list(kaltura, entries, &session, call)),
        "update" => media::update(kaltura, entries, &session, call, headers),
        "delete" => media::delete(kaltura, entries, &session, call),
        _ => Err(unknown()),
    }
}
