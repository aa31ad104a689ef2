//! Where the user is: a place, the folders opened from it, and a search laid over them.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::search::{Query, Scope};
use crate::graph::{DriveId, FileRef, FolderRef};
use crate::web::Members;

/// An entry of the navigation "Places".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The account's own OneDrive.
    #[default]
    MyFiles,
    /// What was changed or picked last.
    Recent,
    /// What others share with the account.
    Shared,
    /// SharePoint libraries.
    Sites,
}

impl Place {
    /// All places in the order shown.
    pub const ALL: [Self; 4] = [Self::MyFiles, Self::Recent, Self::Shared, Self::Sites];

    /// A stable name for storage and tests.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::MyFiles => "my-files",
            Self::Recent => "recent",
            Self::Shared => "shared",
            Self::Sites => "sites",
        }
    }

    /// The place of that code.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }
}

/// A folder of the breadcrumb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Which folder or library.
    pub folder: FolderRef,
    /// Its name.
    pub name: Arc<str>,
}

/// What is listed at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// The place itself: the root of My files, the recent files, the libraries.
    Place(Place),
    /// A folder.
    Folder(&'a Crumb),
    /// What a search found; `within` is the folder it is limited to, if it is.
    Results {
        /// What was searched.
        query: &'a Query,
        /// The folder that is searched; `None` for the whole place, or for everything.
        within: Option<&'a Crumb>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Search {
    query: Query,
    /// How many crumbs were there when the search began; those after were opened from its results.
    below: usize,
}

/// Where the user is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    place: Place,
    crumbs: Vec<Crumb>,
    search: Option<Search>,
}

impl Location {
    /// A place, at its top.
    pub fn new(place: Place) -> Self {
        Self { place, ..Self::default() }
    }

    /// The place.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The folders opened, the current one last.
    pub fn crumbs(&self) -> &[Crumb] {
        &self.crumbs
    }

    /// The search in force, also while a folder of its results is open.
    pub fn query(&self) -> Option<&Query> {
        self.search.as_ref().map(|search| &search.query)
    }

    /// What is listed.
    pub fn shown(&self) -> Shown<'_> {
        match &self.search {
            Some(search) if self.crumbs.len() == search.below => {
                let within = match search.query.scope() {
                    Scope::Here => self.crumbs.last(),
                    Scope::Everywhere => None,
                };
                Shown::Results { query: &search.query, within }
            }
            _ => self.crumbs.last().map_or(Shown::Place(self.place), Shown::Folder),
        }
    }

    /// Opens a folder or library.
    pub fn open(&mut self, crumb: Crumb) {
        self.crumbs.push(crumb);
    }

    /// Whether there is a way up.
    pub fn can_go_up(&self) -> bool {
        !self.crumbs.is_empty() || self.search.is_some()
    }

    /// Goes up one step: to the parent folder, from a folder of the results back to them, from the results
    /// back to where the search began. Answers the folder left, to put the focus on it.
    pub fn up(&mut self) -> Option<Crumb> {
        match &self.search {
            Some(search) if self.crumbs.len() <= search.below => {
                self.search = None;
                None
            }
            _ => self.crumbs.pop(),
        }
    }

    /// Goes to a folder of the breadcrumb; `None` is the place itself. A search that began below it ends.
    pub fn jump(&mut self, index: Option<usize>) {
        let length = index.map_or(0, |index| index.saturating_add(1)).min(self.crumbs.len());
        self.crumbs.truncate(length);
        if self.search.as_ref().is_some_and(|search| search.below >= length) {
            self.search = None;
        }
    }

    /// Shows the results of a search, in the place of the results shown.
    pub fn search(&mut self, query: Query) {
        let below = self.search.as_ref().map_or(self.crumbs.len(), |search| search.below);
        self.crumbs.truncate(below);
        self.search = Some(Search { query, below });
    }

    /// Ends the search; a folder opened from its results is left with it.
    pub fn end_search(&mut self) {
        if let Some(search) = self.search.take() {
            self.crumbs.truncate(search.below);
        }
    }

    /// Whether the search began in a folder, which shows at once what is new in it. My files are one.
    pub fn searches_from_a_folder(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.below > 0 || self.place == Place::MyFiles)
    }

    /// The location as a small text, to come back to it another day. A search is not kept.
    pub fn to_text(&self) -> String {
        let length = self.search.as_ref().map_or(self.crumbs.len(), |search| search.below);
        let trail = self.crumbs.iter().take(length).map(|crumb| {
            let (drive, item) = match &crumb.folder {
                FolderRef::MyFiles => (None, None),
                FolderRef::Root(drive) => (Some(drive.as_str().to_owned()), None),
                FolderRef::Folder(file) => {
                    (Some(file.drive.as_str().to_owned()), Some(file.item.as_str().to_owned()))
                }
            };
            StoredCrumb { drive, item, name: crumb.name.to_string() }
        });
        let stored = StoredLocation { place: self.place.code().to_owned(), trail: trail.collect() };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads a stored location. `None` for a text that is none, from another version or tampered with.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.len() > Self::LONGEST_TEXT {
            return None;
        }
        let mut stored = Members::parse(text).ok()?;
        let trail = stored.list("trail").ok()??;
        let crumbs = trail.into_iter().map(Crumb::read).collect::<Option<Vec<Crumb>>>()?;
        Some(Self { place: Place::parse(&stored.text("place").ok()??)?, crumbs, search: None })
    }

    /// The longest stored text that is read, in bytes.
    pub(crate) const LONGEST_TEXT: usize = 32_768;
}

#[derive(Serialize)]
struct StoredLocation {
    place: String,
    trail: Vec<StoredCrumb>,
}

#[derive(Serialize)]
struct StoredCrumb {
    #[serde(skip_serializing_if = "Option::is_none")]
    drive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: String,
}

impl Crumb {
    fn read(stored: Value) -> Option<Self> {
        let mut stored = Members::of(stored).ok()?;
        let folder = match (stored.text("drive").ok()?, stored.text("item").ok()?) {
            (Some(drive), Some(item)) => FolderRef::Folder(FileRef::parse(&drive, &item)?),
            (Some(drive), None) => FolderRef::Root(DriveId::new(&drive)?),
            (None, None) => FolderRef::MyFiles,
            (None, Some(_)) => return None,
        };
        Some(Self { folder, name: Arc::from(stored.text("name").ok()??) })
    }
}

#[cfg(test)]
mod tests;
