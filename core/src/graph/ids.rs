//! The names that Microsoft Graph gives to things. All of them are opaque (`driveItem` resource, "id").

use std::fmt;
use std::sync::Arc;

use crate::web::encode_component;

macro_rules! opaque_id {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        ///
        /// A copy shares the text.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as Graph wrote it; `None` for an empty one, which names nothing.
            pub fn new(text: &str) -> Option<Self> {
                if text.is_empty() { None } else { Some(Self(Arc::from(text))) }
            }

            /// The id as Graph wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as one segment of a path.
            pub fn segment(&self) -> String {
                encode_component(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

opaque_id! {
    /// A drive: a person's OneDrive or a SharePoint document library.
    DriveId
}
opaque_id! {
    /// An item within one drive. It means nothing without that drive.
    ItemId
}
opaque_id! {
    /// A SharePoint site.
    SiteId
}

/// Which item: its drive and its id there, `remoteItem` already followed.
///
/// An item id with another drive's id is answered by 404 "ObjectHandle is Invalid", so the two stay together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileRef {
    /// The item's id in its drive. It stands first, since it tells more apart when two are compared.
    pub item: ItemId,
    /// The drive that holds the item.
    pub drive: DriveId,
}

impl FileRef {
    /// Reads the two as a host message has them; `None` if one is empty.
    pub fn parse(drive: &str, item: &str) -> Option<Self> {
        Some(Self { drive: DriveId::new(drive)?, item: ItemId::new(item)? })
    }

    /// The item's path below the Graph base: `/drives/{drive}/items/{item}`.
    pub fn path(&self) -> String {
        let mut path = String::from("/drives/");
        path.push_str(&self.drive.segment());
        path.push_str("/items/");
        path.push_str(&self.item.segment());
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_ids_in_paths() {
        let file = FileRef::parse("b!x/y", "1312abc!1231").unwrap();
        assert_eq!(file.path(), "/drives/b!x%2Fy/items/1312abc!1231");
    }

    #[test]
    fn refuses_an_empty_id() {
        assert_eq!(FileRef::parse("", "01A"), None);
        assert_eq!(FileRef::parse("b!x", ""), None);
    }
}
