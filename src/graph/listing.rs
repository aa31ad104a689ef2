//! The children of a folder: one request per page.

use super::base::GraphBase;
use super::ids::{DriveId, FileRef};
use crate::web::Request;

/// What a listing wants to know of every item, and nothing more.
pub(super) const SELECT: &str = "id,name,size,webUrl,file,folder,package,bundle,root,specialFolder,malware,deleted,\
     pendingOperations,remoteItem,shared,parentReference,lastModifiedDateTime,lastModifiedBy,video,audio,image,photo";

/// The page size of a listing, which is Graph's own default.
pub const PAGE_SIZE: u16 = 200;

/// Which folder to list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FolderRef {
    /// The top of the account's own drive.
    MyFiles,
    /// The top of a drive.
    Root(DriveId),
    /// A folder by its id.
    Folder(FileRef),
}

impl FolderRef {
    /// The drive, where it is known without asking.
    pub fn drive(&self) -> Option<&DriveId> {
        match self {
            Self::MyFiles => None,
            Self::Root(drive) => Some(drive),
            Self::Folder(folder) => Some(&folder.drive),
        }
    }

    /// The folder's path below the Graph base.
    pub fn path(&self) -> String {
        match self {
            Self::MyFiles => String::from("/me/drive/root"),
            Self::Root(drive) => {
                let mut path = String::from("/drives/");
                path.push_str(&drive.segment());
                path.push_str("/root");
                path
            }
            Self::Folder(folder) => folder.path(),
        }
    }
}

/// The first page of a folder's children; the others by [`super::NextLink`]. The answer is read by
/// [`super::parse_page`].
///
/// Sorting is left to the picker: business drives refuse any but `name`. `top` is left out for `None`, since
/// channel folders refuse it.
pub fn build_children(base: &GraphBase, folder: &FolderRef, top: Option<u16>) -> Request {
    let mut url = base.url(&folder.path());
    url.push_str("/children?");
    if let Some(top) = top {
        url.push_str("$top=");
        url.push_str(&top.to_string());
        url.push('&');
    }
    push_selection(&mut url);
    Request::get(url)
}

/// `$select` and the thumbnails, as every list of items asks for them.
pub(super) fn push_selection(url: &mut String) {
    url.push_str("$select=");
    url.push_str(SELECT);
    url.push_str("&$expand=thumbnails");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::base;

    #[test]
    fn asks_once_for_all_a_row_shows() {
        let folder = FolderRef::Folder(FileRef::parse("b!x", "01A!2").unwrap());
        let request = build_children(&base(), &folder, Some(PAGE_SIZE));
        let (address, query) = request.url.split_once('?').unwrap();
        assert_eq!(address, "https://graph.microsoft.com/v1.0/drives/b!x/items/01A!2/children");
        assert!(query.starts_with("$top=200&$select=id,name,size,webUrl,file,folder,"));
        assert!(query.ends_with("&$expand=thumbnails") && !query.contains("orderby"));
        assert!(request.headers.is_empty(), "the client adds the token");
    }

    #[test]
    fn knows_the_roots() {
        for (folder, expected) in [
            (FolderRef::MyFiles, "/me/drive/root/children"),
            (FolderRef::Root(DriveId::new("b!x").unwrap()), "/drives/b!x/root/children"),
        ] {
            let request = build_children(&base(), &folder, None);
            let path = request.url.strip_prefix("https://graph.microsoft.com/v1.0").unwrap();
            assert_eq!(path.split_once('?').unwrap().0, expected);
            assert!(!path.contains("$top"));
        }
    }
}
