//! The properties of an item. Each is made only if it is wanted: a page has hundreds of items.

use serde_json::{Map, Value, json};

use crate::drive::{Audience, Body, Drive, DriveKind, File, Item, encode, fingerprint, guid};

/// Properties being gathered.
pub(super) struct Properties<'a> {
    wanted: Option<&'a [String]>,
    all: Map<String, Value>,
}

impl<'a> Properties<'a> {
    /// The properties of an item that are wanted, or all of them; neither the link nor thumbnails.
    pub(super) fn of(drive: &Drive, item: &Item, wanted: Option<&'a [String]>) -> Map<String, Value> {
        let mut properties = Self { wanted, all: Map::new() };
        properties.add_common(drive, item);
        properties.add_states(drive, item);
        match &item.body {
            Body::Folder => {
                properties.put("folder", || json!({ "childCount": drive.children(item).count() }));
                if drive.kind == DriveKind::Personal {
                    properties.put("cTag", || json!(format!("adDo{}", item.id)));
                }
            }
            Body::Package(kind) => properties.put("package", || json!({ "type": kind })),
            Body::File(file) => {
                properties.put("cTag", || json!(format!("\"c:{{{}}},1\"", guid(&item.id).to_uppercase())));
                properties.add_facets(drive, file);
            }
            Body::Remote(_) | Body::Neither => {}
        }
        properties.all
    }

    fn put(&mut self, name: &str, value: impl FnOnce() -> Value) {
        let wanted = self
            .wanted
            .is_none_or(|names| names.iter().any(|one| one.split(['.', '/']).next() == Some(name)));
        if wanted {
            self.all.insert(name.to_owned(), value());
        }
    }

    fn add_common(&mut self, drive: &Drive, item: &Item) {
        let changes = item.modified.0 % 97 + 1;
        let tag = json!(format!("\"{{{}}},{changes}\"", guid(&item.id).to_uppercase()));
        self.all.insert("@odata.etag".to_owned(), tag.clone());
        self.put("eTag", || tag);
        self.put("id", || json!(item.id));
        self.put("name", || json!(item.name));
        self.put("webUrl", || json!(web_url(drive, item)));
        self.put("createdDateTime", || json!(item.created.to_string()));
        self.put("lastModifiedDateTime", || json!(item.modified.to_string()));
        self.put("createdBy", || person(drive));
        self.put("lastModifiedBy", || person(drive));
        self.put("size", || json!(size(drive, item)));
        self.put("fileSystemInfo", || {
            let (created, modified) = (item.created.to_string(), item.modified.to_string());
            json!({ "createdDateTime": created, "lastModifiedDateTime": modified })
        });
        self.put("parentReference", || parent_reference(drive, item));
        if item.parent.is_none() {
            self.put("root", || json!({}));
        }
        if drive.kind != DriveKind::Personal {
            self.put("sharepointIds", || sharepoint_ids(drive, item));
            self.put("webDavUrl", || json!(web_url(drive, item)));
        }
    }

    fn add_states(&mut self, drive: &Drive, item: &Item) {
        if let Some(shared) = &item.shared {
            let scope = match shared.audience {
                Audience::Organization => "organization",
                Audience::Users(_) => "users",
            };
            self.put("shared", || json!({ "scope": scope, "owner": person(drive) }));
        }
        if item.malware {
            self.put("malware", || json!({ "description": "EICAR-Test-File" }));
        }
        if item.deleted {
            self.put("deleted", || json!({ "state": "deleted" }));
        }
        if item.pending {
            let queued = item.modified.to_string();
            self.put("pendingOperations", || json!({ "pendingContentUpdate": { "queuedDateTime": queued } }));
        }
    }

    /// What only files have. Work drives: `quickXorHash` only, `image` empty, `photo` with the time alone, no `audio`.
    /// Personal ones: full facets, and no `quickXorHash`, which is not stated there.
    fn add_facets(&mut self, drive: &Drive, file: &File) {
        let personal = drive.kind == DriveKind::Personal;
        self.put("file", || {
            let hashes = if personal {
                json!({ "sha256Hash": file.content.sha_256() })
            } else {
                json!({ "quickXorHash": file.content.quick_xor_hash() })
            };
            json!({ "mimeType": file.mime_type, "hashes": hashes })
        });
        let (duration, dimensions) = (file.content.duration(), file.content.clip.dimensions());
        match (file.mime_type.split('/').next(), duration, dimensions) {
            (Some("video"), Some(duration), Some((width, height))) => self.put("video", || {
                json!({
                    "duration": duration, "width": width, "height": height, "fourCC": "H264", "frameRate": 12.0,
                    "bitrate": file.content.size() * 8_000 / u64::from(duration.max(1)),
                    "audioBitsPerSample": 0, "audioChannels": 1, "audioFormat": "AAC", "audioSamplesPerSecond": 22_050,
                })
            }),
            (Some("audio"), Some(duration), _) if personal => self.put(
                "audio",
                || json!({ "duration": duration, "title": "Tone", "artist": "Sine", "bitrate": 16, "hasDrm": false }),
            ),
            (Some("image"), _, Some((width, height))) if personal => {
                self.put("image", || json!({ "width": width, "height": height }));
                self.put("photo", || json!({ "cameraMake": "Example", "cameraModel": "One", "iso": 100 }));
            }
            (Some("image"), _, Some(_)) => {
                self.put("image", || json!({}));
                self.put("photo", || json!({ "takenDateTime": "2026-10-01T08:00:00Z" }));
            }
            _ => {}
        }
    }
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
