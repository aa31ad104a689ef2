//! A driveItem as the picker sees it: small, neutral, with `remoteItem` followed. 20,000 of them are held at once.

mod read;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::ids::{FileRef, SiteId};
use super::media::MediaKind;

pub use read::ItemReader;

/// One entry of a listing or a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which item it is; for a shortcut or a shared item the one that it leads to.
    pub file: FileRef,
    /// The name as shown in this place.
    pub name: Arc<str>,
    /// Folder, file or neither.
    pub kind: ItemKind,
    /// Size in bytes; of a folder that of its content.
    pub size: Option<u64>,
    /// When it was last changed, in milliseconds since 1970-01-01 UTC.
    pub modified: Option<u64>,
    /// Who last changed it.
    pub modified_by: Option<Arc<str>>,
    /// How long it plays, in milliseconds.
    pub duration: Option<u64>,
    /// Width and height in pixels.
    pub dimensions: Option<(u32, u32)>,
    /// The address of a thumbnail, where one was asked for. It needs no token and must get none.
    pub thumbnail: Option<Arc<str>>,
    /// The address of the item's page at Microsoft.
    pub web_url: Option<Arc<str>>,
    /// Where it lies.
    pub parent: Option<Arc<Parent>>,
    /// Whether it is shared with others.
    pub shared: bool,
    /// Who shares it: the name of who did, or else of its owner.
    pub shared_by: Option<Arc<str>>,
    /// Whether it stands here for an item of another drive (`remoteItem`).
    pub shortcut: bool,
    /// What forbids choosing it whatever the settings say.
    pub obstacle: Option<Obstacle>,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A folder; can be opened.
    Folder {
        /// How many items it has, where Graph says so.
        children: Option<u32>,
    },
    /// A file.
    File {
        /// Its MIME type, where Graph says so.
        mime: Option<Arc<str>>,
        /// What it is for Kaltura; `None` for anything else.
        media: Option<MediaKind>,
    },
    /// A thing that is both, such as a OneNote notebook; neither opened nor chosen.
    Package,
    /// Neither facet is there.
    Unknown,
}

/// Why an item cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Microsoft flagged it as malware; its download would fail.
    Malware,
    /// It lies in the recycle bin.
    Deleted,
    /// An upload or another operation on its content is not finished.
    Pending,
    /// It has no bytes.
    Empty,
    /// It is a package or of no known kind.
    NotAFile,
}

impl Obstacle {
    /// A stable name for logs, messages and tests.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Malware => "malware",
            Self::Deleted => "deleted",
            Self::Pending => "pending",
            Self::Empty => "empty",
            Self::NotAFile => "not_a_file",
        }
    }
}

/// Where an item lies. Siblings share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// The folder, where Graph names it; a search hit may have none.
    pub folder: Option<FileRef>,
    /// The folder's path within its drive, decoded, from `/`; empty if unknown.
    pub path: Box<str>,
    /// Whose drive it is.
    pub drive_type: DriveType,
    /// The site of the drive.
    pub site: Option<SiteId>,
}

/// What kind of drive (`driveType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveType {
    /// A personal OneDrive.
    Personal,
    /// A work or school account's OneDrive.
    Business,
    /// A SharePoint document library.
    DocumentLibrary,
    /// Not said.
    Unknown,
}

impl DriveType {
    /// Reads Graph's word.
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "personal" => Self::Personal,
            "business" => Self::Business,
            "documentLibrary" => Self::DocumentLibrary,
            _ => Self::Unknown,
        }
    }
}

impl Item {
    /// An item of which nothing else is known.
    pub fn new(file: FileRef, name: Arc<str>, kind: ItemKind) -> Self {
        Self {
            file,
            name,
            kind,
            size: None,
            modified: None,
            modified_by: None,
            duration: None,
            dimensions: None,
            thumbnail: None,
            web_url: None,
            parent: None,
            shared: false,
            shared_by: None,
            shortcut: false,
            obstacle: None,
        }
    }

    /// Whether it can be opened. Folders can be whatever the filter.
    pub fn is_folder(&self) -> bool {
        matches!(self.kind, ItemKind::Folder { .. })
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, ItemKind::File { .. })
    }

    /// What the file is for Kaltura.
    pub fn media(&self) -> Option<MediaKind> {
        match self.kind {
            ItemKind::File { media, .. } => media,
            ItemKind::Folder { .. } | ItemKind::Package | ItemKind::Unknown => None,
        }
    }
}
