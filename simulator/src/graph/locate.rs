//! Finds the item that a path names: by id, by path, or the root.

use std::sync::{PoisonError, RwLockReadGuard};

use super::call::Caller;
use super::error::GraphError;
use crate::drive::{Access, Body, Drive, DrivePlan, Item, World};

/// Where in a drive, and what is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location<'a> {
    /// The item's id; `root` for the root.
    pub(super) id: String,
    /// Names below it, when addressed by path.
    pub(super) path: Vec<String>,
    /// What follows: `children`, `content`, …
    pub(super) rest: &'a [String],
}

/// Reads `root…` or `items/{id}…`, with addressing by path between colons: `root:/{path}:/children`.
pub(super) fn location(segments: &[String]) -> Option<Location<'_>> {
    let (first, rest) = match segments {
        [items, id, rest @ ..] if items == "items" => (id, rest),
        [root, rest @ ..] if root == "root" || root == "root:" => (root, rest),
        _ => return None,
    };
    let Some(id) = first.strip_suffix(':') else {
        return Some(Location { id: first.clone(), path: Vec::new(), rest });
    };
    let end = rest.iter().position(|segment| segment.ends_with(':'));
    let (named, rest) = match end {
        Some(end) => (rest.get(..=end)?, rest.get(end + 1..)?),
        None => (rest, Default::default()),
    };
    let path = named.iter().map(|name| name.trim_end_matches(':').to_owned()).filter(|name| !name.is_empty());
    Some(Location { id: id.to_owned(), path: path.collect(), rest })
}

/// The id of the caller's own drive; fails if there is none.
pub(super) fn own_drive(world: &World, caller: &Caller) -> Result<String, GraphError> {
    match caller.account.drive {
        DrivePlan::NotProvisioned => {
            Err(GraphError::new(404, "ResourceNotFound", "User's mysite not found."))
        }
        DrivePlan::Unlicensed => Err(GraphError::bad_request("Tenant does not have a SPO license.")),
        _ => Ok(world.drive_id_of(&caller.account)),
    }
}

/// Opens a drive to read; fails if there is none with that id.
pub(super) fn open<'a>(world: &'a World, id: &str) -> Result<RwLockReadGuard<'a, Drive>, GraphError> {
    let drive = world.drive(id).ok_or_else(|| {
        GraphError::new(
            404,
            "itemNotFound",
            "The provided drive id appears to be malformed, or does not represent a valid drive.",
        )
    })?;
    Ok(drive.read().unwrap_or_else(PoisonError::into_inner))
}

/// The item at a location, if the caller may read it. A shortcut's own id is of no use (microsoft-graph.md section 6).
pub(super) fn find<'a>(
    world: &World,
    caller: &Caller,
    drive: &'a Drive,
    location: &Location<'_>,
) -> Result<&'a Item, GraphError> {
    let Some(base) = drive.item(&location.id) else {
        let elsewhere = world.drive_ids().filter(|id| *id != drive.id).any(|id| {
            let other = world.drive(id).and_then(|other| other.try_read().ok());
            other.is_some_and(|other| other.item(&location.id).is_some())
        });
        return Err(if elsewhere { GraphError::wrong_drive() } else { GraphError::not_found() });
    };
    check(caller, drive, base)?;
    let item = drive.descend(base, &location.path).ok_or_else(GraphError::not_found)?;
    match item.body {
        Body::Remote(_) => Err(GraphError::not_found()),
        _ => Ok(item),
    }
}

/// Fails if the caller may not read the item, by itself or by its scopes.
pub(super) fn check(caller: &Caller, drive: &Drive, item: &Item) -> Result<(), GraphError> {
    // With Files.Read alone only the own drive can be opened (microsoft-graph.md section 1).
    let everywhere =
        caller.has(&["Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"]);
    match Access::of(&caller.account, drive, item) {
        Access::Own => Ok(()),
        Access::Shared if everywhere => Ok(()),
        Access::Shared | Access::Denied => Err(GraphError::access_denied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<(String, String, String)> {
        let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        location(&segments).map(|found| (found.id.clone(), found.path.join("|"), found.rest.join("|")))
    }

    #[test]
    fn reads_every_way_of_addressing() {
        for (path, id, names, rest) in [
            ("root", "root", "", ""),
            ("root/children", "root", "", "children"),
            ("items/01A/thumbnails/0/small", "01A", "", "thumbnails|0|small"),
            ("root:/A/B:/children", "root", "A|B", "children"),
            ("root:/A/B", "root", "A|B", ""),
            ("items/01A:/B:/content", "01A", "B", "content"),
            ("root:/A:", "root", "A", ""),
        ] {
            assert_eq!(read(path), Some((id.to_owned(), names.to_owned(), rest.to_owned())), "{path}");
        }
        assert_eq!(read("elements/1"), None);
    }
}
