//! `POST /search/query` (microsoft-graph.md section 3).

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Call, Caller};
use super::error::GraphError;
use super::kql::{Candidate, Query};
use super::locate::{check, open};
use super::properties::{Properties, web_url};
use crate::drive::{Body, Drive, Item, World, fingerprint};

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

struct Hit {
    rank: u64,
    modified: u64,
    name: String,
    size: u64,
    hit: Value,
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

fn find_items(world: &World, caller: &Caller, query: &Query, hits: &mut Vec<Hit>) {
    for id in world.drive_ids() {
        let Ok(drive) = open(world, id) else { continue };
        if foreign(&drive, caller) {
            continue;
        }
        for item in drive.items() {
            if item.parent.is_none() || matches!(item.body, Body::Remote(_) | Body::Neither) || item.deleted {
                continue;
            }
            let address = || web_url(&drive, item);
            let is_document = matches!(item.body, Body::File(_));
            let candidate =
                Candidate { name: &item.name, web_url: &address, author: &drive.owner_name, is_document };
            if query.finds(&candidate) && check(caller, &drive, item).is_ok() {
                hits.push(Hit {
                    rank: fingerprint(&[&item.id]),
                    modified: item.modified.0,
                    name: item.name.clone(),
                    size: item.size(),
                    hit: item_hit(&drive, item, query),
                });
            }
        }
    }
}

/// A drive that cannot hold anything for the caller; spares looking through all of it.
fn foreign(drive: &Drive, caller: &Caller) -> bool {
    match drive.site {
        Some(site) => !site.admits(&caller.account.username),
        None => drive.owner != caller.account.username && !drive.items().any(|item| item.shared.is_some()),
    }
}

/// A hit has neither facets nor a link. Some lack the id or the drive's id, as the samples in the documentation do.
fn item_hit(drive: &Drive, item: &Item, query: &Query) -> Value {
    let mut all = Properties::of(drive, item, None);
    all.retain(|key, _| {
        matches!(
            key.as_str(),
            "id" | "name"
                | "size"
                | "webUrl"
                | "createdDateTime"
                | "lastModifiedDateTime"
                | "createdBy"
                | "lastModifiedBy"
                | "fileSystemInfo"
                | "parentReference"
        )
    });
    let chance = fingerprint(&["hit", &item.id]) % 16;
    if let Some(Value::Object(reference)) = all.get_mut("parentReference") {
        reference.remove("path");
        reference.remove("name");
        reference.remove("driveType");
        if chance == 0 && drive.site.is_some() {
            reference.remove("driveId");
            reference.remove("id");
        }
    }
    if chance == 1 {
        all.remove("id");
    }
    all.insert("@odata.type".to_owned(), json!("#microsoft.graph.driveItem"));
    json!({ "hitId": item.id, "summary": summary(&item.name, query), "resource": all })
}

/// The name with the words found between `<c0>` and `</c0>`, and an ellipsis.
fn summary(name: &str, query: &Query) -> String {
    let mut parts = Vec::new();
    for word in name.split(' ') {
        let lower = word.to_lowercase();
        let found = query.words.iter().any(|wanted| {
            let wanted = wanted.trim_end_matches('*').to_lowercase();
            !wanted.is_empty() && wanted.split_whitespace().any(|one| lower.starts_with(one))
        });
        parts.push(if found { format!("<c0>{word}</c0>") } else { word.to_owned() });
    }
    format!("{} <ddd/>", parts.join(" "))
}

/// Libraries by a word of their name or their site's; `*` is not supported here.
fn find_drives(world: &World, caller: &Caller, query: &Query, hits: &mut Vec<Hit>) {
    if query.words.iter().any(|word| word.contains('*')) {
        return;
    }
    for id in world.drive_ids() {
        let Ok(drive) = open(world, id) else { continue };
        let Some(site) = drive.site.filter(|site| site.admits(&caller.account.username)) else { continue };
        let name = format!("{} {}", drive.name, site.name);
        let candidate =
            Candidate { name: &name, web_url: &|| drive.web_url.clone(), author: "", is_document: false };
        if query.finds(&candidate) {
            let resource = json!({
                "@odata.type": "#microsoft.graph.drive",
                "id": drive.id,
                "name": drive.name,
                "description": "",
                "webUrl": drive.web_url,
                "createdDateTime": drive.root().map(|root| root.created.to_string()),
                "lastModifiedDateTime": "2026-11-20T08:00:00Z",
                "createdBy": { "user": { "displayName": "System Account" } },
                "parentReference": { "siteId": site.id, "id": drive.root().map(|root| root.id.clone()) },
            });
            hits.push(Hit {
                rank: fingerprint(&[&drive.id]),
                modified: 0,
                name: drive.name.clone(),
                size: 0,
                hit: json!({ "hitId": drive.id, "summary": "", "resource": resource }),
            });
        }
    }
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
