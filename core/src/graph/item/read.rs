//! From Graph's driveItem to [`Item`]: the one place that knows its members (reference: section "driveItem").

use std::sync::Arc;

use serde_json::Value;

use super::{DriveType, Item, ItemKind, Obstacle, Parent};
use crate::graph::ids::{DriveId, FileRef, ItemId, SiteId};
use crate::graph::media::MediaKind;
use crate::graph::node::Node;
use crate::graph::time::parse_timestamp;
use crate::web::decode_component;

/// How many different texts are remembered: MIME types, people, drives of one listing.
const SHARED_TEXTS: usize = 24;

/// Reads the items of one listing; what siblings have in common is stored once.
#[derive(Debug, Default)]
pub struct ItemReader {
    home: Option<DriveId>,
    texts: Vec<Arc<str>>,
    drives: Vec<DriveId>,
    parent: Option<Arc<Parent>>,
    /// Where the items lie that do not say.
    around: Option<Arc<Parent>>,
}

/// A driveItem and the `remoteItem` in it, if it stands for one.
struct Source<'a> {
    outer: &'a Node<'a>,
    remote: Option<&'a Node<'a>>,
}

impl ItemReader {
    /// A reader for the listing of a drive, if it is one drive's.
    pub fn new(home: Option<DriveId>) -> Self {
        Self { home, ..Self::default() }
    }

    /// Takes this for the place of items that do not say where they lie.
    #[must_use]
    pub(crate) fn within(self, around: Option<Arc<Parent>>) -> Self {
        Self { around, ..self }
    }

    /// Reads one driveItem that was asked for in a drive; see [`Self::read`].
    pub fn read_from(&mut self, value: &Value, drive: &DriveId) -> Option<Item> {
        self.home = Some(drive.clone());
        self.read(value)
    }

    /// Reads one driveItem. `None` if it has no id, no drive or no name: it could be neither shown nor opened.
    pub(crate) fn read(&mut self, value: &Value) -> Option<Item> {
        self.read_node(&Node::of(value))
    }

    /// The same, of an answer that was not made a tree of values.
    pub(in crate::graph) fn read_node(&mut self, node: &Node<'_>) -> Option<Item> {
        let source =
            Source { outer: node, remote: node.get("remoteItem").filter(|remote| remote.is_object()) };
        let file = self.file_of(&source)?;
        let name = node.text(&["name"]).or_else(|| source.text(&["name"]))?;
        let kind = self.kind_of(&source, name);
        let size = source.number(&["size"]);
        let text = |path: &[&str]| node.text(path).or_else(|| source.text(path));
        let modified_by = ["user", "group", "application"]
            .into_iter()
            .find_map(|who| text(&["lastModifiedBy", who, "displayName"]));
        let shared_by =
            ["sharedBy", "owner"].into_iter().find_map(|who| text(&["shared", who, "user", "displayName"]));
        Some(Item {
            obstacle: obstacle_of(&source, &kind, size),
            shared: source.inner().has("shared"),
            shared_by: shared_by.map(|name| self.share(name)),
            shortcut: source.remote.is_some(),
            modified: text(&["lastModifiedDateTime"]).and_then(parse_timestamp),
            modified_by: modified_by.map(|name| self.share(name)),
            duration: source.number(&["video", "duration"]).or_else(|| source.number(&["audio", "duration"])),
            dimensions: source.dimensions("video").or_else(|| source.dimensions("image")),
            thumbnail: None,
            web_url: text(&["webUrl"]).filter(|url| url.starts_with("http")).map(Arc::from),
            parent: self.parent_of(&source, &file.drive),
            name: Arc::from(name),
            size,
            kind,
            file,
        })
    }

    fn file_of(&mut self, source: &Source<'_>) -> Option<FileRef> {
        let inner = source.inner();
        let item = ItemId::new(inner.text(&["id"])?)?;
        let drive = match inner.text(&["parentReference", "driveId"]) {
            Some(drive) => self.drive(drive)?,
            // The outer drive is not the one of a remote item: with the wrong one every call answers 404.
            None if source.remote.is_some() => return None,
            None => self.home.clone()?,
        };
        Some(FileRef { drive, item })
    }

    fn kind_of(&mut self, source: &Source<'_>, name: &str) -> ItemKind {
        if source.has("package") || source.has("bundle") {
            ItemKind::Package
        } else if source.has("folder") || source.has("root") {
            let children = source.number(&["folder", "childCount"]);
            ItemKind::Folder { children: children.and_then(|count| u32::try_from(count).ok()) }
        } else if source.has("file") {
            let mime = source.text(&["file", "mimeType"]);
            let media = MediaKind::of_file(name, mime, facet_of(source));
            ItemKind::File { mime: mime.map(|mime| self.share(mime)), media }
        } else {
            ItemKind::Unknown
        }
    }

    fn parent_of(&mut self, source: &Source<'_>, drive: &DriveId) -> Option<Arc<Parent>> {
        let Some(reference) = source.inner().get("parentReference") else {
            return self.around.clone().filter(|_| source.remote.is_none());
        };
        let path = reference.text(&["path"]).unwrap_or_default();
        let folder = reference.text(&["id"]).and_then(ItemId::new);
        let parent = Parent {
            folder: folder.map(|item| FileRef { drive: drive.clone(), item }),
            path: path_within_drive(path).into_boxed_str(),
            drive_type: reference.text(&["driveType"]).map_or(DriveType::Unknown, DriveType::parse),
            site: reference.text(&["siteId"]).and_then(SiteId::new),
        };
        if self.parent.as_deref() != Some(&parent) {
            self.parent = Some(Arc::new(parent));
        }
        self.parent.clone()
    }

    fn drive(&mut self, id: &str) -> Option<DriveId> {
        let known = self.home.iter().chain(&self.drives).find(|drive| drive.as_str() == id);
        if let Some(drive) = known {
            return Some(drive.clone());
        }
        let drive = DriveId::new(id)?;
        if self.drives.len() < SHARED_TEXTS {
            self.drives.push(drive.clone());
        }
        Some(drive)
    }

    fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.iter().find(|known| known.as_ref() == text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = Arc::from(text);
        if self.texts.len() < SHARED_TEXTS {
            self.texts.push(Arc::clone(&shared));
        }
        shared
    }
}

impl<'a> Source<'a> {
    /// The item that is meant.
    fn inner(&self) -> &'a Node<'a> {
        self.remote.unwrap_or(self.outer)
    }

    fn text(&self, path: &[&str]) -> Option<&'a str> {
        self.inner().text(path).or_else(|| self.outer.text(path))
    }

    fn number(&self, path: &[&str]) -> Option<u64> {
        self.inner().number(path).or_else(|| self.outer.number(path))
    }

    fn has(&self, facet: &str) -> bool {
        self.inner().has(facet) || self.outer.has(facet)
    }

    /// Absent or zero in either direction means unknown: ODB gives empty facets.
    fn dimensions(&self, facet: &str) -> Option<(u32, u32)> {
        let side = |name| {
            let pixels = self.number(&[facet, name]).and_then(|pixels| u32::try_from(pixels).ok());
            pixels.filter(|pixels| *pixels > 0)
        };
        Some((side("width")?, side("height")?))
    }
}

fn facet_of(source: &Source<'_>) -> Option<MediaKind> {
    if source.has("video") {
        Some(MediaKind::Video)
    } else if source.has("audio") {
        Some(MediaKind::Audio)
    } else if source.has("image") || source.has("photo") {
        Some(MediaKind::Image)
    } else {
        None
    }
}

fn obstacle_of(source: &Source<'_>, kind: &ItemKind, size: Option<u64>) -> Option<Obstacle> {
    if source.has("malware") {
        Some(Obstacle::Malware)
    } else if source.has("deleted") {
        Some(Obstacle::Deleted)
    } else if source.has("pendingOperations") {
        Some(Obstacle::Pending)
    } else {
        match kind {
            ItemKind::Folder { .. } => None,
            ItemKind::File { .. } => (size == Some(0)).then_some(Obstacle::Empty),
            ItemKind::Package | ItemKind::Unknown => Some(Obstacle::NotAFile),
        }
    }
}

/// What follows the drive's root in `/drives/{id}/root:/A%20folder` or `/drive/root:/A folder`.
fn path_within_drive(path: &str) -> String {
    let of_root = |(at, _): (usize, &str)| {
        path.get(..at).is_some_and(|before| before.ends_with("root")).then_some(at + 1)
    };
    let within = path.match_indices(':').find_map(of_root).and_then(|start| path.get(start..));
    let Some(within) = within else { return String::new() };
    // `+` is itself in a path, and a name may hold a lone percent sign.
    let decoded = decode_component(&within.replace('+', "%2B")).unwrap_or_else(|| within.to_owned());
    if decoded.is_empty() { String::from("/") } else { decoded }
}
