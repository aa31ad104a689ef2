//! Searching: within a drive (`search(q='…')`), and across everything (`POST /search/query`, work accounts only).

use serde_json::Value;

use super::account::{Drive, read_drive};
use super::base::GraphBase;
use super::error::GraphError;
use super::ids::{DriveId, FileRef, ItemId, SiteId};
use super::item::DriveType;
use super::json;
use super::kql::Kql;
use super::library::Library;
use super::listing::{FolderRef, push_selection, push_top};
use crate::web::{Request, Response, encode_component};

/// Hits of the first page of a drive search: searching takes Graph longer than listing.
pub(crate) const SEARCH_PAGE_SIZE: u16 = 50;

/// Searches a drive or a folder and what lies below it. Pages as a listing does: [`super::parse_page`].
pub(crate) fn build_drive_search(base: &GraphBase, folder: &FolderRef, text: &str, top: u16) -> Request {
    let mut url = base.url(&folder.path());
    url.push_str("/search(q='");
    // A quote within the text is doubled (OData URL conventions, 5.1.1.6.1).
    url.push_str(&encode_component(&text.replace('\'', "''")));
    url.push_str("')?");
    push_top(&mut url, top);
    push_selection(&mut url);
    Request::get(url)
}

/// What `POST /search/query` looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entity {
    /// Files and folders, by relevance.
    Items,
    /// Files and folders, the last changed first.
    LatestItems,
    /// Document libraries. The query needs a word of the library's name.
    Drives,
}

/// Searches everything that the account may read. Not for personal accounts.
pub(crate) fn build_search(base: &GraphBase, entity: Entity, query: &Kql, from: u32, size: u16) -> Request {
    let mut body = String::from("{\"requests\":[{\"entityTypes\":[\"");
    body.push_str(if entity == Entity::Drives { "drive" } else { "driveItem" });
    body.push_str("\"],\"query\":{\"queryString\":");
    body.push_str(&Value::from(query.as_str()).to_string());
    body.push_str("},\"from\":");
    body.push_str(&from.to_string());
    body.push_str(",\"size\":");
    body.push_str(&size.to_string());
    if entity == Entity::LatestItems {
        body.push_str(",\"sortProperties\":[{\"name\":\"lastModifiedDateTime\",\"isDescending\":true}]");
    }
    body.push_str("}]}");
    Request::post(base.url("/search/query"), "application/json", body)
}

/// The hits of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits<H> {
    /// The hits, in Graph's order.
    pub hits: Vec<H>,
    /// How many hits could not be read.
    pub skipped: usize,
    /// How many hits Graph sent, readable or not: where the next page begins.
    pub received: u32,
    /// Whether there are more.
    pub(crate) more: bool,
}

/// A file or folder that was found. What else a hit says is not enough to show or to use it: it is read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemHit {
    /// Its id in its drive.
    pub(crate) item: ItemId,
    /// Its drive; some hits name only the site.
    pub(crate) drive: Option<DriveId>,
    /// Its site.
    pub(crate) site: Option<SiteId>,
    /// Its page at Microsoft.
    pub(crate) web_url: String,
}

impl ItemHit {
    /// Which item it is, as far as the hit says.
    pub(crate) fn file(&self) -> Option<FileRef> {
        Some(FileRef { drive: self.drive.clone()?, item: self.item.clone() })
    }

    /// Which item it is, if it lies in one of these libraries.
    pub(crate) fn file_in(&self, libraries: &[Library]) -> Option<FileRef> {
        let holds = |library: &&Library| {
            let rest = self.web_url.strip_prefix(library.drive.web_url.trim_end_matches('/'));
            !library.drive.web_url.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
        };
        // The longest address wins: a library may lie within another one's address.
        let library = libraries.iter().filter(holds).max_by_key(|library| library.drive.web_url.len())?;
        Some(FileRef { drive: library.drive.id.clone(), item: self.item.clone() })
    }
}

/// Reads hits of files and folders. Hits without an id, or with neither drive nor site, are counted and left out.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if there is no `value`.
pub fn parse_item_hits(response: &Response) -> Result<Hits<ItemHit>, GraphError> {
    parse(response, |hit| {
        let resource = hit.get("resource")?;
        let remote = resource.get("remoteItem").unwrap_or(resource);
        let hit = ItemHit {
            item: json::text(remote, &["id"])
                .or_else(|| json::text(hit, &["hitId"]))
                .and_then(ItemId::new)?,
            drive: json::text(remote, &["parentReference", "driveId"]).and_then(DriveId::new),
            site: json::text(remote, &["parentReference", "siteId"]).and_then(SiteId::new),
            web_url: json::text(resource, &["webUrl"]).unwrap_or_default().to_owned(),
        };
        (hit.drive.is_some() || hit.site.is_some()).then_some(hit)
    })
}

/// Reads hits of document libraries.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if there is no `value`.
pub fn parse_drive_hits(response: &Response) -> Result<Hits<Drive>, GraphError> {
    parse(response, |hit| {
        let resource = hit.get("resource")?;
        let mut drive = read_drive(resource).or_else(|| {
            let id = json::text(hit, &["hitId"]).and_then(DriveId::new)?;
            Some(Drive { id, drive_type: DriveType::Unknown, name: String::new(), web_url: String::new() })
        })?;
        if drive.web_url.is_empty() {
            drive.web_url = json::text(resource, &["webUrl"]).unwrap_or_default().to_owned();
        }
        Some(drive)
    })
}

fn parse<H>(response: &Response, read: impl Fn(&Value) -> Option<H>) -> Result<Hits<H>, GraphError> {
    let body = json::body(response)?;
    if !body.get("value").is_some_and(Value::is_array) {
        return Err(GraphError::malformed(response));
    }
    let mut found = Hits { hits: Vec::new(), skipped: 0, received: 0, more: false };
    for container in json::list(&body, "value").iter().flat_map(|part| json::list(part, "hitsContainers")) {
        for hit in json::list(container, "hits") {
            found.received += 1;
            match read(hit) {
                Some(hit) => found.hits.push(hit),
                None => found.skipped += 1,
            }
        }
        found.more |= container.get("moreResultsAvailable").and_then(Value::as_bool).unwrap_or(false);
    }
    // An empty page that promises more would be asked for without end.
    found.more &= found.received > 0;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn doubles_the_quotes_of_the_text() {
        let request = build_drive_search(&base(), &FolderRef::MyFiles, "d'Alembert & co/1", SEARCH_PAGE_SIZE);
        let start =
            "https://graph.microsoft.com/v1.0/me/drive/root/search(q='d%27%27Alembert%20%26%20co%2F1')?";
        assert!(request.url.starts_with(start), "{}", request.url);
        assert!(base().owns(&request.url));
    }

    #[test]
    fn asks_as_the_reference_shows() {
        let query = Kql::words("contoso").unwrap().only_files();
        let body = |entity| -> Value {
            serde_json::from_str(&build_search(&base(), entity, &query, 0, 25).body.unwrap()).unwrap()
        };
        assert_eq!(
            body(Entity::LatestItems),
            json!({"requests":[{"entityTypes":["driveItem"],"query":{"queryString":"contoso isDocument=true"},"from":0,
                "size":25,"sortProperties":[{"name":"lastModifiedDateTime","isDescending":true}]}]})
        );
        assert_eq!(body(Entity::Drives)["requests"][0]["entityTypes"], json!(["drive"]));
        assert_eq!(body(Entity::Drives)["requests"][0].get("sortProperties"), None);
    }

    #[test]
    fn reads_the_hits_of_the_reference() {
        let body = json!({"value":[{"searchTerms":["contoso"],"hitsContainers":[{"total":3,"moreResultsAvailable":true,"hits":[
            {"hitId":"01FILE","rank":1,"summary":"<c0>Contoso</c0>","resource":{"@odata.type":"#microsoft.graph.driveItem",
                "id":"01FILE","webUrl":"https://contoso.sharepoint.com/a.docx",
                "parentReference":{"siteId":"contoso.sharepoint.com,1,2","driveId":"b!x"}}},
            {"hitId":"01OTHER","resource":{"parentReference":{"driveId":"b!x"}}},
            {"hitId":"01SITE","resource":{"parentReference":{"siteId":"s"},"webUrl":"https://c.example/sites/T/D/a.mp4"}},
            {"hitId":"01NONE","resource":{"parentReference":{}}}]}]}]});
        let found = parse_item_hits(&answer(200, body)).unwrap();
        assert_eq!((found.hits.len(), found.skipped, found.received, found.more), (3, 1, 4, true));
        assert_eq!(found.hits[0].file(), FileRef::parse("b!x", "01FILE"));
        assert_eq!(found.hits[0].site.as_ref().unwrap().as_str(), "contoso.sharepoint.com,1,2");
        assert_eq!(found.hits[1].file(), FileRef::parse("b!x", "01OTHER"));
        assert_eq!(found.hits[2].file(), None);
        let library = |id: &str, web_url: &str| {
            let drive = Drive {
                id: DriveId::new(id).unwrap(),
                drive_type: DriveType::DocumentLibrary,
                name: String::new(),
                web_url: web_url.to_owned(),
            };
            Library::of_drive(drive).unwrap()
        };
        let libraries = [
            "https://c.example/sites/T",
            "https://c.example/sites/T/D/",
            "https://c.example/sites/T/D/a",
            "",
        ];
        let libraries: Vec<Library> =
            libraries.iter().map(|url| library(&format!("d{}", url.len()), url)).collect();
        assert_eq!(found.hits[2].file_in(&libraries), FileRef::parse("d28", "01SITE"));
        assert_eq!(found.hits[2].file_in(&[]), None);
    }

    #[test]
    fn reads_no_hits_and_no_containers() {
        for body in [
            json!({"value":[]}),
            json!({"value":[{"hitsContainers":[{"total":0,"moreResultsAvailable":false}]}]}),
            json!({"value":[{"hitsContainers":[{"moreResultsAvailable":true,"hits":[]}]}]}),
        ] {
            let found = parse_item_hits(&answer(200, &body)).unwrap();
            assert_eq!((found.received, found.more), (0, false), "{body}");
        }
        assert_eq!(parse_item_hits(&answer(200, "{}")).unwrap_err().code(), "malformed");
    }

    #[test]
    fn reads_libraries() {
        let body = json!({"value":[{"hitsContainers":[{"hits":[{"hitId":"b!y","resource":{
            "@odata.type":"#microsoft.graph.drive","id":"b!y","name":"Documents","driveType":"documentLibrary",
            "webUrl":"https://contoso.sharepoint.com/sites/Team/Shared%20Documents"}},
            {"hitId":"b!z","resource":{"webUrl":"https://contoso.sharepoint.com/sites/B/Docs"}}]}]}]});
        let found = parse_drive_hits(&answer(200, body)).unwrap();
        assert_eq!(found.hits[0].name, "Documents");
        assert_eq!(found.hits[1].id.as_str(), "b!z");
        assert_eq!(found.hits[1].web_url, "https://contoso.sharepoint.com/sites/B/Docs");
    }

    proptest! {
        #[test]
        fn reads_any_hits_without_panic(hits in proptest::collection::vec(any_json(), 0..5), body in any_json()) {
            let response = answer(200, json!({"value": [{"hitsContainers": [{"hits": hits, "moreResultsAvailable": true}]}]}));
            let found = parse_item_hits(&response).unwrap();
            prop_assert_eq!(found.hits.len() + found.skipped, hits.len());
            let _ = parse_drive_hits(&response);
            let _ = parse_drive_hits(&answer(200, body));
        }
    }
}
