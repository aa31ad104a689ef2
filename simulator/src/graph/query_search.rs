//! `POST /search/query` (microsoft-graph.md section 3).

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Call, Caller};
use super::error::GraphError;
use super::kql::Query;
use super::query_hits::{Hit, find_drives, find_items};
use crate::drive::World;

const PAGE: usize = 25;
/// A 2024 page of the documentation says 500, an older one 1,000.
const LARGEST_PAGE: usize = 500;

#[derive(Deserialize)]
struct Document {
    requests: Vec<Request>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    entity_types: Vec<String>,
    query: Option<Text>,
    #[serde(default)]
    from: usize,
    size: Option<usize>,
    #[serde(default)]
    sort_properties: Vec<Sort>,
    region: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Text {
    query_string: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sort {
    name: String,
    #[serde(default)]
    is_descending: bool,
}

/// Finds items and drives. Work accounts only; sites and lists need more than `Files.Read.All`.
pub(super) fn answer(world: &World, caller: &Caller, call: &Call) -> Result<Answer, GraphError> {
    if caller.account.is_personal() {
        return Err(GraphError::bad_request("This API is not supported for MSA accounts."));
    }
    if !caller.has(&["Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"]) {
        return Err(GraphError::new(
            403,
            "Authorization_RequestDenied",
            "Access to Search in Graph API requires the following permissions: Files.Read.All.",
        ));
    }
    if !call.content_type.starts_with("application/json") {
        return Err(GraphError::bad_request("A Content-Type of application/json is needed."));
    }
    let document: Document = serde_json::from_slice(&call.body)
        .map_err(|error| GraphError::bad_request(&format!("Unable to read JSON request payload: {error}")))?;
    let [request] = document.requests.as_slice() else {
        return Err(GraphError::bad_request("Only one search request is supported per call."));
    };
    let text = judge(caller, request)?;
    let query = Query::parse(text).map_err(GraphError::bad_request)?;
    let mut hits = Vec::new();
    for kind in &request.entity_types {
        match kind.as_str() {
            "driveItem" => find_items(world, caller, &query, &mut hits),
            "drive" => find_drives(world, caller, &query, &mut hits),
            _ => {}
        }
    }
    sort(&mut hits, &request.sort_properties);
    Ok(Answer::ok(container(request, &query, &hits)))
}

fn judge<'a>(caller: &Caller, request: &'a Request) -> Result<&'a str, GraphError> {
    for kind in &request.entity_types {
        match kind.as_str() {
            "driveItem" | "drive" => {}
            "site" | "list" | "listItem" if caller.has(&["Sites.Read.All", "Sites.ReadWrite.All"]) => {}
            "site" | "list" | "listItem" => return Err(GraphError::scope_missing()),
            other => return Err(GraphError::bad_request(&format!("Unknown entity type '{other}'."))),
        }
    }
    if request.entity_types.is_empty() {
        return Err(GraphError::bad_request("entityTypes must not be empty."));
    }
    if request.region.is_some() {
        return Err(GraphError::bad_request("region is supported with application permissions only."));
    }
    if request.size.is_some_and(|size| size == 0 || size > LARGEST_PAGE) {
        return Err(GraphError::bad_request(&format!("size must be between 1 and {LARGEST_PAGE}.")));
    }
    if !request.sort_properties.is_empty() && request.entity_types.iter().any(|kind| kind == "drive") {
        return Err(GraphError::bad_request("sortProperties is not supported for the entity type 'drive'."));
    }
    let text = request.query.as_ref().map(|query| query.query_string.as_str());
    text.ok_or_else(|| GraphError::bad_request("query.queryString is missing."))
}

fn sort(hits: &mut [Hit], properties: &[Sort]) {
    hits.sort_by_key(|hit| hit.rank);
    for property in properties.iter().rev() {
        match property.name.to_lowercase().as_str() {
            "lastmodifieddatetime" | "lastmodifiedtime" => hits.sort_by_key(|hit| hit.modified),
            "name" | "filename" => hits.sort_by(|left, right| left.name.cmp(&right.name)),
            "size" => hits.sort_by_key(|hit| hit.size),
            _ => {}
        }
        if property.is_descending {
            hits.reverse();
        }
    }
}

fn container(request: &Request, query: &Query, hits: &[Hit]) -> Value {
    let size = request.size.unwrap_or(PAGE);
    let page = hits.iter().skip(request.from).take(size).enumerate().map(|(place, hit)| {
        let mut one = hit.hit.clone();
        if let Some(fields) = one.as_object_mut() {
            fields.insert("rank".to_owned(), json!(request.from + place + 1));
        }
        one
    });
    let page: Vec<Value> = page.collect();
    let mut container =
        json!({ "total": hits.len(), "moreResultsAvailable": request.from + page.len() < hits.len() });
    if let Some(fields) = container.as_object_mut()
        && !hits.is_empty()
    {
        fields.insert("hits".to_owned(), json!(page));
    }
    json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.searchResponse)",
        "value": [{ "searchTerms": query.words, "hitsContainers": [container] }],
    })
}
