//! The children of a folder: one request per page.

use super::base::GraphBase;
use super::ids::{DriveId, FileRef};
use crate::web::Request;

/// What a row shows, and what order and eligibility go by; nothing more, and no thumbnails, which are asked for where
/// they are seen.
const ROW: &str = "id,name,size,file,folder,package,bundle,malware,deleted,pendingOperations,remoteItem,shared,\
     lastModifiedDateTime,video,audio,image";
/// What a row shows besides whose folder is not the one that is listed.
const PLACE: &str = "webUrl,root,parentReference";

/// Items of the first page of a listing, so that there are rows after one short answer. It is Graph's own default.
pub(crate) const PAGE_SIZE: u16 = 200;
/// Items of a page of a folder that turns out to have more (up to 1,000 are reported to work:
/// <https://github.com/OneDrive/onedrive-api-docs/issues/319>; rclone asks for as many,
/// <https://rclone.org/onedrive/#onedrive-list-chunk>).
pub(crate) const LARGE_PAGE_SIZE: u16 = 1_000;

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
    pub(crate) fn drive(&self) -> Option<&DriveId> {
        match self {
            Self::MyFiles => None,
            Self::Root(drive) => Some(drive),
            Self::Folder(folder) => Some(&folder.drive),
        }
    }

    /// The folder's path below the Graph base.
    pub(crate) fn path(&self) -> String {
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
pub(crate) fn build_children(base: &GraphBase, folder: &FolderRef, top: Option<u16>) -> Request {
    build_page(base, folder, top, true)
}

/// The same in large pages, from the start. What the first page has told of all of them, which is where they lie, is
/// left out if it is known.
pub(crate) fn build_large_pages(base: &GraphBase, folder: &FolderRef, is_place_known: bool) -> Request {
    build_page(base, folder, Some(LARGE_PAGE_SIZE), !is_place_known)
}

fn build_page(base: &GraphBase, folder: &FolderRef, top: Option<u16>, with_place: bool) -> Request {
    let mut url = base.url(&folder.path());
    url.push_str("/children?");
    if let Some(top) = top {
        push_top(&mut url, top);
    }
    url.push_str("$select=");
    url.push_str(ROW);
    if with_place {
        url.push_str(",parentReference");
    }
    Request::get(url)
}

/// `$top`, and what follows it.
pub(super) fn push_top(url: &mut String, top: u16) {
    url.push_str("$top=");
    url.push_str(&top.to_string());
    url.push('&');
}

/// `$select` as every list of items asks for it that do not all lie in one folder.
pub(super) fn push_selection(url: &mut String) {
    url.push_str("$select=");
    url.push_str(ROW);
    url.push(',');
    url.push_str(PLACE);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::base;

    #[test]
    fn asks_once_for_what_a_row_shows_and_for_nothing_else() {
        let folder = FolderRef::Folder(FileRef::parse("b!x", "01A!2").unwrap());
        let request = build_children(&base(), &folder, Some(PAGE_SIZE));
        let (address, query) = request.url.split_once('?').unwrap();
        assert_eq!(address, "https://graph.microsoft.com/v1.0/drives/b!x/items/01A!2/children");
        assert!(query.starts_with("$top=200&$select=id,name,size,file,folder,"));
        for absent in ["$expand", "thumbnails", "orderby", "webUrl", "hashes", "sharepointIds", "downloadUrl"]
        {
            assert!(!query.contains(absent), "{absent}");
        }
        for needed in ["malware", "package", "bundle", "remoteItem", "deleted", "pendingOperations"] {
            assert!(query.contains(needed), "eligibility goes by {needed}");
        }
        assert!(request.headers.is_empty(), "the client adds the token");
    }

    #[test]
    fn large_pages_leave_out_what_is_known_of_all_items() {
        for (is_known, expected) in [(true, false), (false, true)] {
            let request = build_large_pages(&base(), &FolderRef::MyFiles, is_known);
            assert!(request.url.contains("?$top=1000&$select=id,name,"));
            assert_eq!(request.url.contains("parentReference"), expected);
        }
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
