//! A drive: the tree of items of one person's OneDrive or of one document library.

use std::collections::HashMap;

use super::item::Item;
use super::site::Site;

/// What kind of drive it is, as `driveType` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveKind {
    /// A work account's OneDrive.
    Business,
    /// A personal account's OneDrive.
    Personal,
    /// A library of a SharePoint site.
    Library,
}

impl DriveKind {
    /// The value of `driveType`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Personal => "personal",
            Self::Library => "documentLibrary",
        }
    }
}

/// A drive with all its items.
#[derive(Debug)]
pub struct Drive {
    /// Opaque; `b!…` for work, hexadecimal for personal accounts.
    pub id: String,
    /// What kind it is.
    pub kind: DriveKind,
    /// The library's name; `OneDrive` otherwise.
    pub name: String,
    /// The user name of its owner; empty for a library.
    pub owner: String,
    /// The name of its owner, as shown.
    pub owner_name: String,
    /// The site of a library.
    pub site: Option<&'static Site>,
    /// Where a person would see it.
    pub web_url: String,
    pub(super) items: Vec<Item>,
    pub(super) places: HashMap<String, usize>,
}

impl Drive {
    /// The root folder.
    pub fn root(&self) -> Option<&Item> {
        self.items.first()
    }

    /// The item with that id, unless it is gone.
    pub fn item(&self, id: &str) -> Option<&Item> {
        let id = if id == "root" { &self.root()?.id } else { id };
        self.at(*self.places.get(id)?)
    }

    /// The item at that place, unless it is gone.
    pub fn at(&self, place: usize) -> Option<&Item> {
        self.items.get(place).filter(|item| !item.gone)
    }

    /// What lies in the item, in the order of their names.
    pub fn children<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a Item> {
        item.children.iter().filter_map(|&place| self.at(place))
    }

    /// The item at the end of a path of decoded names below `start`. Names are compared without regard to case.
    pub fn descend<'a>(&'a self, start: &'a Item, path: &[String]) -> Option<&'a Item> {
        let mut item = start;
        for name in path {
            item = self.children(item).find(|child| child.name.to_lowercase() == name.to_lowercase())?;
        }
        Some(item)
    }

    /// The item and the folders around it, from the inside out.
    pub fn ancestry<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a Item> {
        std::iter::successors(Some(item), |item| self.at(item.parent?))
    }

    /// The names on the way from the root to the item, without the root's.
    pub fn path<'a>(&'a self, item: &'a Item) -> Vec<&'a str> {
        let mut names: Vec<_> = self
            .ancestry(item)
            .filter(|around| around.parent.is_some())
            .map(|around| around.name.as_str())
            .collect();
        names.reverse();
        names
    }

    /// All the items that are still there, the root too.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.gone)
    }

    /// The item at the end of a path such as `Teaching/Signals and Systems`, to be changed.
    pub fn item_mut(&mut self, path: &str) -> Option<&mut Item> {
        let names: Vec<_> = path.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let id = self.descend(self.root()?, &names)?.id.clone();
        let place = *self.places.get(&id)?;
        self.items.get_mut(place)
    }
}
