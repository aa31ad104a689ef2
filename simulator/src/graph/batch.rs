//! `POST /$batch` (microsoft-graph.md section 8).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::call::{Call, Caller};
use super::dispatch::dispatch;
use super::error::GraphError;
use crate::drive::{Party, RequestRecord, World};

const MOST: usize = 20;

#[derive(Deserialize)]
struct Document {
    requests: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: HashMap<String, String>,
    body: Option<Value>,
    #[serde(default)]
    depends_on: Vec<String>,
}

/// Answers every part on its own. Fails as a whole on a malformed document, more than 20 parts, ids that come twice in
/// any case, addresses that are not relative, and bodies without a type.
pub(super) fn batch(world: &World, caller: &Caller, call: &Call) -> Result<Answer, GraphError> {
    if world.switches().batch_refused {
        return Err(GraphError::new(405, "Request_BadRequest", "Specified HTTP method is not allowed."));
    }
    if !call.content_type.starts_with("application/json") {
        return Err(GraphError::bad_request("A Content-Type of application/json is needed."));
    }
    let document: Document = serde_json::from_slice(&call.body)
        .map_err(|error| GraphError::bad_request(&format!("Unable to read JSON request payload: {error}")))?;
    check(&document.requests)?;
    let mut statuses: HashMap<String, u16> = HashMap::new();
    let mut responses: Vec<Value> = Vec::new();
    for part in &document.requests {
        let failed = part
            .depends_on
            .iter()
            .any(|id| statuses.get(&id.to_lowercase()).is_none_or(|status| *status >= 400));
        let answer = if failed {
            GraphError::new(424, "FailedDependency", "A request that this one depends on failed.")
                .answer(world.now())
        } else {
            one(world, caller, part)
        };
        statuses.insert(part.id.to_lowercase(), answer.status);
        responses.push(response(part, answer));
    }
    // Answers come in any order.
    responses.reverse();
    if responses.len() > 2 {
        responses.rotate_left(1);
    }
    Ok(Answer::ok(json!({ "responses": responses })))
}

fn check(parts: &[Part]) -> Result<(), GraphError> {
    if parts.is_empty() {
        return Err(GraphError::bad_request("The batch holds no requests."));
    }
    if parts.len() > MOST {
        return Err(GraphError::bad_request(&format!(
            "Number of batch request steps exceeds the maximum value of {MOST}."
        )));
    }
    let mut seen: Vec<String> = Vec::new();
    for part in parts {
        let id = part.id.to_lowercase();
        if id.is_empty() || seen.contains(&id) {
            return Err(GraphError::bad_request(&format!("Request id '{}' is not unique.", part.id)));
        }
        if !part.url.starts_with('/') {
            return Err(GraphError::bad_request("Invalid batch payload format: the url must be relative."));
        }
        let typed = part.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"));
        if part.body.is_some() && !typed {
            return Err(GraphError::bad_request(&format!(
                "Request {} has a body but no Content-Type.",
                part.id
            )));
        }
        if part.depends_on.iter().any(|other| !seen.contains(&other.to_lowercase())) {
            return Err(GraphError::bad_request(&format!(
                "Request {} depends on an unknown request.",
                part.id
            )));
        }
        seen.push(id);
    }
    Ok(())
}

fn one(world: &World, caller: &Caller, part: &Part) -> Answer {
    let (path, query) = part.url.split_once('?').unwrap_or((&part.url, ""));
    let content_type = part.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let call = Call {
        method: part.method.to_ascii_uppercase(),
        path: path.to_owned(),
        query: query.to_owned(),
        body: part.body.as_ref().map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        content_type: content_type.map(|(_, value)| value.clone()).unwrap_or_default(),
        in_batch: true,
        ..Call::default()
    };
    let due = world.faults().due(Party::Graph, Some(&caller.account.username), &call.line());
    let answer = if path == "/$batch" {
        Err(GraphError::bad_request("Batches must not be nested."))
    } else {
        dispatch(world, caller, &call, &due)
    };
    let answer = answer.unwrap_or_else(|error| error.answer(world.now()));
    world.log().add(RequestRecord {
        party: Party::Graph,
        method: call.method,
        path: call.path,
        query: call.query,
        account: Some(caller.account.username.clone()),
        status: answer.status,
        in_batch: call.in_batch,
    });
    answer
}

fn response(part: &Part, answer: Answer) -> Value {
    let mut headers: Map<String, Value> =
        answer.headers.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    headers.insert("Cache-Control".to_owned(), "no-cache".into());
    let mut response = json!({ "id": part.id, "status": answer.status });
    if !answer.body.is_null() {
        headers.insert("Content-Type".to_owned(), "application/json;odata.metadata=minimal".into());
    }
    if let Some(fields) = response.as_object_mut() {
        fields.insert("headers".to_owned(), headers.into());
        if !answer.body.is_null() {
            fields.insert("body".to_owned(), answer.body);
        }
    }
    response
}
