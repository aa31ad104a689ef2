//! What lies in a drive.

use super::content::Content;
use super::moment::Moment;

/// One item of a drive. Children and parents are named by their place in the drive.
#[derive(Clone, Debug)]
pub struct Item {
    /// Opaque, unique in its drive only.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The folder it lies in; `None` for the root.
    pub parent: Option<usize>,
    /// What lies in it, if it is a folder or a package.
    pub children: Vec<usize>,
    /// When it was made.
    pub created: Moment,
    /// When it was last changed.
    pub modified: Moment,
    /// What it is.
    pub body: Body,
    /// Set if others than the owner may read it and everything in it.
    pub shared: Option<Shared>,
    /// Found to be infected.
    pub malware: bool,
    /// Still listed although it lies in the recycle bin.
    pub deleted: bool,
    /// An operation on its content has not ended yet.
    pub pending: bool,
    /// No longer there; an item is never taken out of the drive, so that places stay.
    pub gone: bool,
}

impl Item {
    /// In bytes; a folder's is not kept up and is the sum of its files only in real life.
    pub fn size(&self) -> u64 {
        match &self.body {
            Body::File(file) => file.content.size(),
            _ => 0,
        }
    }

    /// Whether it is a folder or a package, that is, can have children.
    pub const fn holds_items(&self) -> bool {
        matches!(self.body, Body::Folder | Body::Package(_))
    }
}

/// What an item is.
#[derive(Clone, Debug)]
pub enum Body {
    /// A folder.
    Folder,
    /// A file.
    File(File),
    /// A package, such as a `oneNote` notebook.
    Package(&'static str),
    /// A shortcut to an item of another drive.
    Remote(Target),
    /// Neither file nor folder; real listings have such items.
    Neither,
}

/// What only files have.
#[derive(Clone, Debug)]
pub struct File {
    /// As `file.mimeType`.
    pub mime_type: &'static str,
    /// The bytes.
    pub content: Content,
    /// The picture of its thumbnails, if it has any.
    pub thumbnail: Option<Thumbnail>,
}

/// A picture for thumbnails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thumbnail {
    /// One drawn for the showcase (`simulator/media/thumbnails`), by its number.
    Drawn(usize),
    /// One painted from the item's fingerprint.
    Painted,
}

/// What a shortcut leads to.
#[derive(Clone, Debug)]
pub struct Target {
    /// The other drive's id.
    pub drive: String,
    /// The item's id there.
    pub item: String,
}

/// How an item is shared.
#[derive(Clone, Debug)]
pub struct Shared {
    /// With whom.
    pub audience: Audience,
}

/// Who may read a shared item.
#[derive(Clone, Debug)]
pub enum Audience {
    /// Everybody of the owner's tenant.
    Organization,
    /// These user names.
    Users(Vec<&'static str>),
}
