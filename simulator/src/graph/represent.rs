//! Drives and items as JSON (microsoft-graph.md section 6).

use serde_json::{Map, Value, json};

use super::options::Options;
use super::properties::{Properties, person};
use super::select::{DOWNLOAD_URL, project, wants_download_url};
use super::thumbnails;
use crate::drive::{Body, Drive, Item, Target, World};

/// An item with the properties that the options ask for.
pub(super) fn item(world: &World, drive: &Drive, item: &Item, options: &Options) -> Value {
    let mut all = match &item.body {
        Body::Remote(target) => shortcut(world, drive, item, target),
        _ => Properties::of(drive, item, options.select.as_deref()),
    };
    let expansion = options.expand.iter().find(|name| name.starts_with("thumbnails"));
    if wants_download_url(options)
        && let Some(url) = world.download_url(drive, item)
    {
        all.insert(DOWNLOAD_URL.to_owned(), url.into());
    }
    let mut chosen = project(all, options);
    if let Some(expansion) = expansion {
        chosen.insert("thumbnails".to_owned(), thumbnails::sets(world, drive, item, expansion));
    }
    Value::Object(chosen)
}

/// A shortcut. One to a file is as bare as in the samples: an id and what it leads to, not even a name.
fn shortcut(world: &World, drive: &Drive, item: &Item, target: &Target) -> Map<String, Value> {
    let remote = remote_item(target, world);
    let mut all = Properties::of(drive, item, None);
    all.remove("size");
    if remote.as_ref().is_some_and(|remote| remote.get("file").is_some()) {
        all.retain(|key, _| key == "id");
    }
    all.insert("remoteItem".to_owned(), remote.unwrap_or_else(|| json!({ "id": target.item })));
    all
}

/// What a shortcut says about the item that it leads to.
fn remote_item(target: &Target, world: &World) -> Option<Value> {
    let drive = world.drive(&target.drive)?.read().ok()?;
    Some(remote(&drive, drive.item(&target.item)?))
}

/// An item as another drive shows it.
pub(super) fn remote(drive: &Drive, item: &Item) -> Value {
    let mut all = Properties::of(drive, item, None);
    all.retain(|key, _| {
        !matches!(
            key.as_str(),
            "@odata.etag" | "eTag" | "cTag" | "root" | "photo" | "audio" | "video" | "image"
        )
    });
    if let Some(Value::Object(reference)) = all.get_mut("parentReference") {
        reference.remove("path");
        reference.remove("name");
    }
    all.insert("shared".to_owned(), json!({ "scope": "users", "owner": person(drive) }));
    Value::Object(all)
}

/// A drive.
pub(super) fn drive(drive: &Drive) -> Value {
    json!({
        "id": drive.id,
        "driveType": drive.kind.name(),
        "name": drive.name,
        "description": "",
        "webUrl": drive.web_url,
        "createdDateTime": drive.root().map(|root| root.created.to_string()),
        "lastModifiedDateTime": "2026-11-20T08:00:00Z",
        "owner": person(drive),
        "quota": { "deleted": 0, "remaining": 1_099_217_021_300_u64, "state": "normal", "total": 1_099_511_627_776_u64, "used": 294_606_476 },
    })
}
