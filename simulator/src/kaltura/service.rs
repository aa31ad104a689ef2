//! From a call to its action.

use std::sync::Arc;

use serde_json::{Value, json};

use super::error::ApiError;
use super::kaltura::{CallRecord, Kaltura};
use super::media;
use super::reference;
use super::request::{ApiRequest, Call};

/// The services that hold entries, and the kind of entry each accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Media,
    BaseEntry,
    Documents,
}

/// Answers a whole request: one value, or an array for a multirequest, a failed call leaving the others alone.
pub(super) fn answer(kaltura: &Arc<Kaltura>, request: &ApiRequest) -> Value {
    let mut results = Vec::new();
    for call in &request.calls {
        let parameters = Value::Object(call.parameters.clone());
        let resolved = reference::resolve(&parameters, &results, request.first);
        let call = Call {
            parameters: match resolved {
                Value::Object(members) => members,
                _ => call.parameters.clone(),
            },
            ..call.clone()
        };
        let outcome = run(kaltura, &call);
        kaltura.state().calls.push(CallRecord {
            service: call.service.clone(),
            action: call.action.clone(),
            error: outcome.as_ref().err().map(|error| error.code.clone()),
        });
        results.push(outcome.unwrap_or_else(|error| error.to_value()));
    }
    if request.multi { Value::Array(results) } else { results.pop().unwrap_or(Value::Null) }
}

fn run(kaltura: &Arc<Kaltura>, call: &Call) -> Result<Value, ApiError> {
    if call.service.is_empty() {
        return Err(ApiError::new("SERVICE_NOT_SPECIFIED", &[]));
    }
    if call.action.is_empty() {
        return Err(ApiError::new("ACTION_NOT_SPECIFIED", &[]));
    }
    if let Some(code) = kaltura.state().faults.take_call(&call.service, &call.action) {
        return Err(ApiError::new(&code, &[]));
    }
    if call.service.eq_ignore_ascii_case("system") && call.action.eq_ignore_ascii_case("ping") {
        return Ok(json!(true));
    }
    let service = match call.service.to_ascii_lowercase().as_str() {
        "media" => Service::Media,
        "baseentry" => Service::BaseEntry,
        "document_documents" => Service::Documents,
        _ => return Err(ApiError::new("SERVICE_DOES_NOT_EXISTS", &[&call.service])),
    };
    if call.text("partnerId").is_some_and(|id| id != kaltura.partner_id().to_string() && id != "-1") {
        return Err(ApiError::new("INVALID_PARTNER_ID", &[&call.text("partnerId").unwrap_or_default()]));
    }
    let session = kaltura.state().sessions.judge(call.ks().as_deref())?.clone();
    match call.action.to_ascii_lowercase().as_str() {
        "add" => media::add(kaltura, service, &session, call),
        "addcontent" => media::add_content(kaltura, service, &session, call, false),
        "updatecontent" => media::add_content(kaltura, service, &session, call, true),
        "get" => media::get(kaltura, service, &session, call),
        "list" => Ok(media::list(kaltura, service, &session, call)),
        "update" => media::update(kaltura, service, &session, call),
        "delete" => media::delete(kaltura, service, &session, call),
        _ => Err(ApiError::new("ACTION_DOES_NOT_EXISTS", &[&call.action, &call.service])),
    }
}
