//! Items for the tests of this room.

use std::sync::Arc;

use crate::graph::{FileRef, Item, ItemKind, MediaKind, extension};

/// The reference of the item with that id in the one drive of the tests.
pub(crate) fn file_ref(id: &str) -> FileRef {
    FileRef::parse("b!drive", id).unwrap()
}

/// A file of 1,000 bytes whose id is its name and whose kind its extension says.
pub(crate) fn file(name: &str) -> Item {
    let media = MediaKind::of_file(name, None, None);
    debug_assert!(extension(name).is_some(), "a file of the tests has an extension");
    item(name, ItemKind::File { mime: None, media })
}

/// A folder whose id is its name.
pub(crate) fn folder(name: &str) -> Item {
    item(name, ItemKind::Folder { children: Some(3) })
}

/// An item of that kind whose id is its name.
pub(crate) fn item(name: &str, kind: ItemKind) -> Item {
    Item { size: Some(1000), ..Item::new(file_ref(name), Arc::from(name), kind) }
}

/// The names of items, for comparing.
pub(crate) fn names<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<&'a str> {
    items.into_iter().map(|item| &*item.name).collect()
}
