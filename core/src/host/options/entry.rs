//! `entry`: where the picker begins.

use crate::host::json;
use serde_json::Value;

/// Longer paths count as absent.
const LONGEST_PATH: usize = 2_048;

/// The place to begin at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// Not said: the last place of this account, or My files.
    #[default]
    Anywhere,
    /// `oneDrive.files`, with the folder if one is named.
    MyFiles {
        /// A path within the drive (`Pictures/2026`) or server-relative (`/personal/…/Documents/Pictures`).
        folder: Option<String>,
        /// Whether to begin at the root if there is no such folder. Without it the picker says what is missing.
        fallback_to_root: bool,
    },
    /// `oneDrive.recent`
    Recent,
    /// `oneDrive.sharedWithMe`
    Shared,
    /// `oneDrive.photos` (personal accounts): My files, as Graph has no such place.
    Photos,
    /// `site`, `myOrganization`, or `sharePoint` without a path.
    Sites,
    /// `sharePoint.byPath`
    SharePoint(PlacePath),
    /// `sharePoint.byId`, of older SDKs.
    SharePointById {
        /// The web's id.
        web: Option<String>,
        /// The list's id.
        list: Option<String>,
        /// The item's unique id.
        item: Option<String>,
    },
}

/// A place in SharePoint by path. At least one part is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacePath {
    /// The web: full address, server-relative or a name.
    pub(crate) web: Option<String>,
    /// The library: full address, server-relative, or a name within the web.
    pub(crate) list: Option<String>,
    /// The folder within the library, or server-relative.
    pub(crate) folder: Option<String>,
    /// Whether to begin at the root if there is no such folder.
    pub(crate) fallback_to_root: bool,
}

impl PlacePath {
    /// `None` if no part is there.
    pub(super) fn read(path: &Value) -> Option<Self> {
        let part = |key| json::plain(path, key, LONGEST_PATH).map(str::to_owned);
        let path = Self {
            web: part("web"),
            list: part("list"),
            folder: part("folder"),
            fallback_to_root: json::flag(path, "fallbackToRoot").unwrap_or(false),
        };
        let is_there = path.web.is_some() || path.list.is_some() || path.folder.is_some();
        is_there.then_some(path)
    }
}

impl Entry {
    /// Paths come first, as Microsoft's picker has it.
    pub(super) fn read(entry: &Value) -> Self {
        let share_point = json::object(entry, "sharePoint");
        if let Some(share_point) = share_point {
            if let Some(path) = share_point.get("byPath").and_then(PlacePath::read) {
                return Self::SharePoint(path);
            }
            if let Some(by_id) = share_point.get("byId").and_then(Self::read_id) {
                return by_id;
            }
        }
        let one_drive = entry.get("oneDrive").unwrap_or(&Value::Null);
        if let Some(files) = json::object(one_drive, "files") {
            return Self::MyFiles {
                folder: json::plain(files, "folder", LONGEST_PATH).map(str::to_owned),
                fallback_to_root: json::flag(files, "fallbackToRoot").unwrap_or(false),
            };
        }
        for (key, place) in
            [("recent", Self::Recent), ("sharedWithMe", Self::Shared), ("photos", Self::Photos)]
        {
            if json::object(one_drive, key).is_some() {
                return place;
            }
        }
        if one_drive.is_object() {
            return Self::MyFiles { folder: None, fallback_to_root: true };
        }
        let sites = share_point.or(json::object(entry, "site")).or(json::object(entry, "myOrganization"));
        if sites.is_some() { Self::Sites } else { Self::Anywhere }
    }

    fn read_id(id: &Value) -> Option<Self> {
        let part = |key| json::plain(id, key, 256).map(str::to_owned);
        let (web, list, item) = (part("webId"), part("listId"), part("uniqueId"));
        let is_there = web.is_some() || list.is_some() || item.is_some();
        is_there.then_some(Self::SharePointById { web, list, item })
    }
}

/// `entry.sortBy`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub field: SortField,
    /// Smallest, oldest, first letter first.
    pub ascending: bool,
}

/// The columns that a host can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortField {
    /// The file's name.
    Name,
    /// The time of the last change.
    Modified,
    /// The size in bytes.
    Size,
}

impl Sort {
    /// The names are SharePoint's fields, or Graph's.
    pub(super) fn read(entry: &Value) -> Option<Self> {
        let sort = json::object(entry, "sortBy")?;
        let field = match json::text(sort, "fieldName")? {
            "FileLeafRef" | "LinkFilename" | "Name" | "name" | "Title" => SortField::Name,
            "Modified" | "modified" | "lastModifiedDateTime" => SortField::Modified,
            "FileSizeDisplay" | "File_x0020_Size" | "SMTotalFileStreamSize" | "Size" | "size" => {
                SortField::Size
            }
            _ => return None,
        };
        Some(Self { field, ascending: json::flag(sort, "isAscending").unwrap_or(true) })
    }
}
