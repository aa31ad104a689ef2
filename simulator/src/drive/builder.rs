//! Builds a drive.

use std::collections::HashMap;

use super::content::{Clip, Content};
use super::item::{Body, File, Item, Target, Thumbnail};
use super::library::{Drive, DriveKind};
use super::moment::Moment;
use super::text::{fingerprint, mix};

const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A drive under construction. Places are those of [`Drive::at`]; the root is at 0.
pub(super) struct Builder {
    drive: Drive,
    seed: u64,
}

impl Builder {
    pub(super) fn new(drive: Drive, made: Moment) -> Self {
        let seed = fingerprint(&["items", &drive.id]);
        let mut builder = Self { drive, seed };
        builder.add(None, "root", made, Body::Folder);
        builder
    }

    /// A folder in a folder.
    pub(super) fn folder(&mut self, parent: usize, name: &str, modified: Moment) -> usize {
        self.add(Some(parent), name, modified, Body::Folder)
    }

    /// A file whose type, bytes and thumbnail follow from its name, of at least that many bytes.
    pub(super) fn file(&mut self, parent: usize, name: &str, modified: Moment, size: u64) -> usize {
        let (_, clip) = Clip::for_name(name);
        self.file_of(parent, name, modified, Content::sized(clip, size))
    }

    /// A file of those bytes.
    pub(super) fn file_of(&mut self, parent: usize, name: &str, modified: Moment, content: Content) -> usize {
        let (mime_type, _) = Clip::for_name(name);
        let visible = ["video/", "image/", "application/pdf"].iter().any(|kind| mime_type.starts_with(kind));
        let thumbnail = (visible && content.size() > 0).then_some(Thumbnail::Painted);
        self.add(Some(parent), name, modified, Body::File(File { mime_type, content, thumbnail }))
    }

    /// A shortcut to an item of another drive.
    pub(super) fn shortcut(&mut self, parent: usize, name: &str, modified: Moment, target: Target) -> usize {
        self.add(Some(parent), name, modified, Body::Remote(target))
    }

    /// Any item.
    pub(super) fn add(&mut self, parent: Option<usize>, name: &str, modified: Moment, body: Body) -> usize {
        let place = self.drive.items.len();
        let id = self.id(place);
        self.drive.places.insert(id.clone(), place);
        self.drive.items.push(Item {
            id,
            name: name.to_owned(),
            parent,
            children: Vec::new(),
            created: modified,
            modified,
            body,
            shared: None,
            malware: false,
            deleted: false,
            pending: false,
            gone: false,
        });
        if let Some(folder) = parent.and_then(|parent| self.drive.items.get_mut(parent)) {
            folder.children.push(place);
        }
        place
    }

    /// Changes an item that was added.
    pub(super) fn change(&mut self, place: usize, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.drive.items.get_mut(place) {
            change(item);
        }
    }

    /// The drive, with every folder in the order of the names.
    pub(super) fn finish(mut self) -> Drive {
        let keys: Vec<String> = self.drive.items.iter().map(|item| item.name.to_lowercase()).collect();
        for item in &mut self.drive.items {
            item.children.sort_by(|left, right| keys.get(*left).cmp(&keys.get(*right)));
        }
        self.drive
    }

    /// Ids look as the documentation says (microsoft-graph.md section 6): `01ABC…`, or `1312abc!1231`.
    fn id(&self, place: usize) -> String {
        if self.drive.kind == DriveKind::Personal {
            return format!("{}!{}", self.drive.id, 101 + place);
        }
        let mut id = String::from("01");
        for round in 0..3_u64 {
            let mut bits = mix(self.seed ^ mix(place as u64 * 4 + round));
            for _ in 0..11 {
                id.push(char::from(*DIGITS.get((bits % 32) as usize).unwrap_or(&b'A')));
                bits /= 32;
            }
        }
        id.truncate(34);
        id
    }
}

/// An empty drive.
pub(super) fn bare(id: String, kind: DriveKind, name: &str, web_url: String) -> Drive {
    Drive {
        id,
        kind,
        name: name.to_owned(),
        owner: String::new(),
        owner_name: String::new(),
        site: None,
        web_url,
        items: Vec::new(),
        places: HashMap::new(),
    }
}
