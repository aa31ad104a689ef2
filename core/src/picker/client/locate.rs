//! Folders and libraries that a host names by path: found, with the way to them.

use std::sync::Arc;

use super::{GraphClient, TokenSource};
use crate::graph::{
    BATCH_SIZE, FolderRef, GraphError, ItemReader, Library, build_batch, parse_batch, read_site_drives,
    site_drives_at, trail_paths,
};
use crate::host::options::{PlaceAddress, split};
use crate::picker::place::Crumb;
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::Request;

/// The names that SharePoint gives to the library that every site has.
const USUAL_LIBRARIES: [&str; 2] = ["documents", "shared documents"];

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    /// The folders from a top down by their names, each as a step of the breadcrumb. One request, whatever the depth.
    ///
    /// # Errors
    /// [`GraphError`] of the first folder that is missing, forbidden or no folder; [`GraphError::Malformed`] for more
    /// than [`BATCH_SIZE`] names.
    pub async fn trail(&self, top: &FolderRef, names: &[&str]) -> Result<Vec<Crumb>, GraphError> {
        if names.len() > BATCH_SIZE {
            return Err(GraphError::Malformed(Default::default()));
        }
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let response = self.send(&build_batch(&self.base, &trail_paths(top, names))).await?;
        let mut reader = ItemReader::new(top.drive().cloned());
        parse_batch(&response, names.len())?
            .into_iter()
            .map(|body| {
                let item = reader.read(&body?).filter(|item| item.is_folder());
                let item = item.ok_or(GraphError::Malformed(Default::default()))?;
                Ok(Crumb { folder: FolderRef::Folder(item.file), name: item.name })
            })
            .collect()
    }

    /// The library that an address lies in, and the folders of it on the way to the address: the library first. An address
    /// of a site means its usual library. For work accounts; two requests, or six where the site refuses to be asked.
    ///
    /// # Errors
    /// [`GraphError`] if there is no such library or folder for this account.
    pub async fn place_at(&self, address: &PlaceAddress) -> Result<Vec<Crumb>, GraphError> {
        let site: Vec<&str> = address.site.iter().map(String::as_str).collect();
        let of_site = Request::get(self.base.url(&site_drives_at(&address.server, &site)));
        let libraries = match self.send(&of_site).await {
            Ok(response) => serde_json::from_str(&response.body).map(|body| read_site_drives(&body)),
            Err(GraphError::SignedOut) => return Err(GraphError::SignedOut),
            // Where a site may not be asked by its path, what can be found otherwise counts.
            Err(_) => Ok(self.libraries().await?),
        };
        let libraries = libraries.unwrap_or_default();
        let (library, below) =
            library_of(&libraries, address).ok_or(GraphError::NotFound(Default::default()))?;
        let top = FolderRef::Root(library.drive.id.clone());
        let mut crumbs = vec![Crumb { folder: top.clone(), name: Arc::from(library.drive.name.as_str()) }];
        let below: Vec<&str> = below.iter().map(String::as_str).collect();
        crumbs.extend(self.trail(&top, &below).await?);
        Ok(crumbs)
    }
}

/// The library that the address lies in, with the names below it.
fn library_of<'a>(libraries: &'a [Library], address: &PlaceAddress) -> Option<(&'a Library, Vec<String>)> {
    let with_names = libraries.iter().filter_map(|library| {
        let (server, names) = split(&library.drive.web_url)?;
        (server == address.server).then_some((library, names))
    });
    if address.names.len() > address.site.len() {
        // The longest address wins: a library may lie within another one's address.
        return with_names
            .filter(|(_, names)| is_within(&address.names, names))
            .max_by_key(|(_, names)| names.len())
            .map(|(library, names)| (library, address.names.iter().skip(names.len()).cloned().collect()));
    }
    let of_site: Vec<&Library> =
        with_names.filter(|(_, names)| is_within(names, &address.site)).map(|(library, _)| library).collect();
    let usual = of_site.iter().find(|library| is_usual(library)).or(of_site.first());
    usual.map(|library| (*library, Vec::new()))
}

fn is_usual(library: &Library) -> bool {
    USUAL_LIBRARIES.contains(&library.drive.name.to_lowercase().as_str())
}

/// Whether names begin with those of an outer place. SharePoint does not tell capitals apart.
fn is_within(names: &[String], outer: &[String]) -> bool {
    names.len() >= outer.len()
        && names.iter().zip(outer).all(|(name, outer)| name.to_lowercase() == outer.to_lowercase())
}
