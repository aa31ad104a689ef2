//! `$select` on drive items, with its surprises (microsoft-graph.md section 4).

use serde_json::{Map, Value};

use super::error::GraphError;
use super::options::Options;

/// Properties of a driveItem that exist.
const PROPERTIES: [&str; 46] = [
    "id",
    "name",
    "size",
    "webUrl",
    "webDavUrl",
    "createdBy",
    "createdDateTime",
    "lastModifiedBy",
    "lastModifiedDateTime",
    "createdByUser",
    "lastModifiedByUser",
    "cTag",
    "eTag",
    "file",
    "folder",
    "audio",
    "video",
    "image",
    "photo",
    "package",
    "bundle",
    "root",
    "deleted",
    "malware",
    "pendingOperations",
    "publication",
    "specialFolder",
    "location",
    "fileSystemInfo",
    "sharepointIds",
    "retentionLabel",
    "shared",
    "searchResult",
    "remoteItem",
    "parentReference",
    "description",
    "content",
    "analytics",
    "children",
    "listItem",
    "permissions",
    "subscriptions",
    "thumbnails",
    "versions",
    "workbook",
    "media",
];

/// Only returned if they are named.
const ON_REQUEST: [&str; 2] = ["sharepointIds", "webDavUrl"];

/// The annotation that carries the pre-authenticated link.
pub(super) const DOWNLOAD_URL: &str = "@microsoft.graph.downloadUrl";

/// Fails if `$select` names what a driveItem does not have.
pub(super) fn check(options: &Options) -> Result<(), GraphError> {
    let unknown = options.select.iter().flatten().find(|name| {
        let base = name.split(['.', '/']).next().unwrap_or_default();
        !name.starts_with('@') && !PROPERTIES.contains(&base)
    });
    match unknown {
        None => Ok(()),
        Some(name) => Err(GraphError::bad_request(&format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.driveItem'."
        ))),
    }
}

/// Whether the link is part of the answer: without a selection; with `select=` (no `$`) naming it; with the selection
/// `content.downloadUrl`. `$select=@microsoft.graph.downloadUrl` drops it.
pub(super) fn wants_download_url(options: &Options) -> bool {
    match options.select {
        None => true,
        Some(_) => {
            options.selects("content.downloadUrl") || (!options.dollar && options.selects(DOWNLOAD_URL))
        }
    }
}

/// Leaves what was selected, or the default properties.
pub(super) fn project(mut item: Map<String, Value>, options: &Options) -> Map<String, Value> {
    let link = item.remove(DOWNLOAD_URL).filter(|_| wants_download_url(options));
    match &options.select {
        None => {
            for name in ON_REQUEST {
                item.remove(name);
            }
        }
        Some(names) => item.retain(|key, _| {
            key == "@odata.etag"
                || names.iter().any(|name| name.split(['.', '/']).next() == Some(key.as_str()))
        }),
    }
    if let Some(link) = link {
        item.insert(DOWNLOAD_URL.to_owned(), link);
    }
    item
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(query: &str) -> Vec<String> {
        let item = json!({ "id": 1, "name": 2, "sharepointIds": 3, DOWNLOAD_URL: 4, "@odata.etag": 5 });
        let item = item.as_object().cloned().unwrap();
        let options = Options::parse(query).unwrap();
        let mut keys: Vec<String> =
            project(item, &options).keys().filter(|key| *key != "@odata.etag").cloned().collect();
        // Their order depends on features of serde_json that other crates switch on.
        keys.sort();
        keys
    }

    #[test]
    fn gives_the_link_only_in_the_ways_that_work() {
        assert_eq!(keys(""), [DOWNLOAD_URL, "id", "name"]);
        assert_eq!(keys("$select=id"), ["id"]);
        assert_eq!(keys("$select=id,@microsoft.graph.downloadUrl"), ["id"]);
        assert_eq!(keys("select=id,@microsoft.graph.downloadUrl"), [DOWNLOAD_URL, "id"]);
        assert_eq!(keys("$select=id,content.downloadUrl"), [DOWNLOAD_URL, "id"]);
        assert_eq!(keys("$select=id,sharepointIds"), ["id", "sharepointIds"]);
    }

    #[test]
    fn refuses_properties_that_do_not_exist() {
        let check = |query| check(&Options::parse(query).unwrap()).is_ok();
        assert!(check("$select=id,video/duration,content.downloadUrl"));
        assert!(!check("$select=id,filename"));
    }
}
