//! Drives and items as JSON (microsoft-graph.md section 6).

use serde_json::{Map, Value, json};

use super::options::Options;
use super::select::{DOWNLOAD_URL, project};
use super::thumbnails;
use crate::drive::{Audience, Body, Drive, DriveKind, File, Item, Target, World, encode, fingerprint, guid};

/// An item with the properties that the options ask for.
pub(super) fn item(world: &World, drive: &Drive, item: &Item, options: &Options) -> Value {
    let mut all = match &item.body {
        Body::Remote(target) => shortcut(world, drive, item, target),
        _ => whole(drive, item),
    };
    let expansion = options.expand.iter().find(|name| name.starts_with("thumbnails"));
    if super::select::wants_download_url(options)
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

/// All properties but the link and thumbnails.
pub(super) fn whole(drive: &Drive, item: &Item) -> Map<String, Value> {
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| {
        all.insert(name.to_owned(), value);
    };
    let tag = format!("\"{{{}}},{}\"", guid(&item.id).to_uppercase(), item.modified.0 % 97 + 1);
    put("@odata.etag", json!(tag));
    put("eTag", json!(tag));
    put("id", json!(item.id));
    put("name", json!(item.name));
    put("webUrl", json!(web_url(drive, item)));
    put("createdDateTime", json!(item.created.to_string()));
    put("lastModifiedDateTime", json!(item.modified.to_string()));
    put("createdBy", person(drive));
    put("lastModifiedBy", person(drive));
    put("size", json!(size(drive, item)));
    put(
        "fileSystemInfo",
        json!({ "createdDateTime": item.created.to_string(), "lastModifiedDateTime": item.modified.to_string() }),
    );
    put("parentReference", parent_reference(drive, item));
    match &item.body {
        Body::Folder => {
            put("folder", json!({ "childCount": drive.children(item).count() }));
            if drive.kind == DriveKind::Personal {
                put("cTag", json!(format!("adDo{}", item.id)));
            }
        }
        Body::Package(kind) => put("package", json!({ "type": kind })),
        Body::File(file) => {
            put("cTag", json!(format!("\"c:{{{}}},1\"", guid(&item.id).to_uppercase())));
            facets(drive, file, &mut put);
        }
        Body::Remote(_) | Body::Neither => {}
    }
    if item.parent.is_none() {
        put("root", json!({}));
    }
    if let Some(shared) = &item.shared {
        let scope = match shared.audience {
            Audience::Organization => "organization",
            Audience::Users(_) => "users",
        };
        put("shared", json!({ "scope": scope, "owner": person(drive) }));
    }
    if item.malware {
        put("malware", json!({ "description": "EICAR-Test-File" }));
    }
    if item.deleted {
        put("deleted", json!({ "state": "deleted" }));
    }
    if item.pending {
        let queued = json!({ "queuedDateTime": item.modified.to_string() });
        put("pendingOperations", json!({ "pendingContentUpdate": queued }));
    }
    if drive.kind != DriveKind::Personal {
        put("sharepointIds", sharepoint_ids(drive, item));
        put("webDavUrl", json!(web_url(drive, item)));
    }
    all
}

/// What only files have. On work drives `image` is empty and `photo` has the time alone; `audio` is personal only.
fn facets(drive: &Drive, file: &File, put: &mut impl FnMut(&str, Value)) {
    let personal = drive.kind == DriveKind::Personal;
    let mut hashes = Map::new();
    if personal {
        hashes.insert(
            "sha1Hash".to_owned(),
            json!(format!("{:040X}", fingerprint(&[file.content.quick_xor_hash()]))),
        );
    }
    hashes.insert("quickXorHash".to_owned(), json!(file.content.quick_xor_hash()));
    put("file", json!({ "mimeType": file.mime_type, "hashes": hashes }));
    let (duration, dimensions) = (file.content.duration(), file.content.clip.dimensions());
    let kind = file.mime_type.split('/').next().unwrap_or_default();
    match (kind, duration, dimensions) {
        ("video", Some(duration), Some((width, height))) => put(
            "video",
            json!({
                "duration": duration, "width": width, "height": height, "fourCC": "H264", "frameRate": 12.0,
                "bitrate": file.content.size() * 8_000 / u64::from(duration.max(1)),
                "audioBitsPerSample": 0, "audioChannels": 1, "audioFormat": "AAC", "audioSamplesPerSecond": 22_050,
            }),
        ),
        ("audio", Some(duration), _) if personal => put(
            "audio",
            json!({ "duration": duration, "title": "Tone", "artist": "Sine", "bitrate": 16, "hasDrm": false }),
        ),
        ("image", _, Some((width, height))) if personal => {
            put("image", json!({ "width": width, "height": height }));
            put("photo", json!({ "cameraMake": "Example", "cameraModel": "One", "iso": 100 }));
        }
        ("image", _, Some(_)) => {
            put("image", json!({}));
            put("photo", json!({ "takenDateTime": "2026-10-01T08:00:00Z" }));
        }
        _ => {}
    }
}

/// A shortcut. One to a file is as bare as in the samples: an id and what it leads to, not even a name.
fn shortcut(world: &World, drive: &Drive, item: &Item, target: &Target) -> Map<String, Value> {
    let remote = remote_item(target, world);
    let mut all = whole(drive, item);
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
    let mut all = whole(drive, item);
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

/// Where an item lies.
fn parent_reference(drive: &Drive, item: &Item) -> Value {
    let mut reference = json!({ "driveType": drive.kind.name(), "driveId": drive.id });
    let Some(fields) = reference.as_object_mut() else { return reference };
    if let Some(site) = drive.site {
        fields.insert("siteId".to_owned(), json!(site.id));
    } else if drive.kind == DriveKind::Business {
        fields.insert("siteId".to_owned(), json!(guid(&format!("site {}", drive.owner))));
    }
    if let Some(parent) = item.parent.and_then(|place| drive.at(place)) {
        let path: Vec<_> = drive.path(parent).into_iter().map(encode).collect();
        let path = if path.is_empty() { String::new() } else { format!("/{}", path.join("/")) };
        fields.insert("id".to_owned(), json!(parent.id));
        fields.insert("name".to_owned(), json!(parent.name));
        fields.insert("path".to_owned(), json!(format!("/drives/{}/root:{path}", drive.id)));
    }
    reference
}

/// Where a person would see an item.
pub(super) fn web_url(drive: &Drive, item: &Item) -> String {
    if drive.kind == DriveKind::Personal {
        return format!("{}&id={}", drive.web_url, encode(&item.id));
    }
    let path: Vec<_> = drive.path(item).into_iter().map(encode).collect();
    if path.is_empty() { drive.web_url.clone() } else { format!("{}/{}", drive.web_url, path.join("/")) }
}

/// The owner of a drive.
pub(super) fn person(drive: &Drive) -> Value {
    match drive.site {
        Some(site) => json!({ "group": { "displayName": format!("{} Owners", site.name) } }),
        None => {
            json!({ "user": { "displayName": drive.owner_name, "email": drive.owner, "id": guid(&drive.owner) } })
        }
    }
}

fn sharepoint_ids(drive: &Drive, item: &Item) -> Value {
    json!({
        "listId": guid(&format!("list {}", drive.id)),
        "listItemId": (fingerprint(&[&item.id]) % 100_000).to_string(),
        "listItemUniqueId": guid(&item.id),
        "siteId": guid(&format!("site {}", drive.web_url)),
        "siteUrl": drive.web_url.rsplit_once('/').map(|(site, _)| site),
        "tenantId": crate::drive::Tenant::find("openu.example").map(|tenant| tenant.id),
        "webId": guid(&format!("web {}", drive.web_url)),
    })
}

/// A folder's size is that of the files directly and indirectly in it.
fn size(drive: &Drive, item: &Item) -> u64 {
    match &item.body {
        Body::File(file) => file.content.size(),
        _ => drive.children(item).map(|child| size(drive, child)).sum(),
    }
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
