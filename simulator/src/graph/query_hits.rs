//! What `/search/query` finds (microsoft-graph.md section 3).

use serde_json::{Value, json};

use super::call::Caller;
use super::kql::{Candidate, Query};
use super::locate::{check, open};
use super::properties::{Properties, web_url};
use crate::drive::{Body, Drive, Item, World, fingerprint};

/// One thing found, and what it can be sorted by.
pub(super) struct Hit {
    pub(super) rank: u64,
    pub(super) modified: u64,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) hit: Value,
}

/// Items that the caller may read.
pub(super) fn find_items(world: &World, caller: &Caller, query: &Query, hits: &mut Vec<Hit>) {
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
pub(super) fn find_drives(world: &World, caller: &Caller, query: &Query, hits: &mut Vec<Hit>) {
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
