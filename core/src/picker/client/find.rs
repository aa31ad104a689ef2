//! Libraries, single items and what is behind a link.

use super::{GraphClient, TokenSource};
use crate::graph::{
    BATCH_SIZE, Drive, DriveType, Entity, FileRef, GraphError, Item, ItemHit, Kql, Library, PastedLink,
    Preview, SiteId, build_batch, build_own_item, build_preview, build_search, build_shared_item,
    build_thumbnails, parse_batch, parse_drive_hits, parse_item, parse_item_hits, parse_preview,
    parse_thumbnails, read_site_drives, site_drives_path, sites_of,
};
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::decode_component;

/// The name that most libraries have; a search for libraries needs a word.
const USUAL_NAME: &str = "Documents";
/// How many files are looked at for the sites that they lie in.
const LOOKED_AT: u16 = 200;
/// How many sites are asked for their libraries, in two batches.
const MOST_SITES: usize = 2 * BATCH_SIZE;

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    /// The document libraries that can be found, by site and name: those of the sites whose files the account can
    /// see, and those with the usual name. The list may be incomplete. For work accounts; at most four requests.
    ///
    /// # Errors
    /// [`GraphError`] if neither search could be made.
    pub async fn libraries(&self) -> Result<Vec<Library>, GraphError> {
        let named = self.find_libraries(USUAL_NAME).await;
        let of_sites = self.libraries_of_sites().await;
        let found = match (named, of_sites) {
            (Ok(named), Ok(mut of_sites)) => {
                of_sites.extend(named);
                of_sites
            }
            (Ok(found), Err(_)) | (Err(_), Ok(found)) => found,
            (Err(error), Err(_)) => return Err(error),
        };
        let mut libraries: Vec<Library> = Vec::with_capacity(found.len());
        for library in found {
            if !libraries.iter().any(|known| known.drive.id == library.drive.id) {
                libraries.push(library);
            }
        }
        libraries.sort_by(|one, other| {
            (&one.site_name, &one.drive.name).cmp(&(&other.site_name, &other.drive.name))
        });
        Ok(libraries)
    }

    /// The document libraries with these words in their names. For work accounts.
    ///
    /// # Errors
    /// [`GraphError`] of the request.
    pub async fn find_libraries(&self, text: &str) -> Result<Vec<Library>, GraphError> {
        let Some(query) = Kql::words(text) else { return Ok(Vec::new()) };
        let request = build_search(&self.base, Entity::Drives, &query, 0, LOOKED_AT);
        let found = parse_drive_hits(&self.send(&request).await?)?;
        Ok(found.hits.into_iter().filter_map(Library::of_drive).collect())
    }

    async fn libraries_of_sites(&self) -> Result<Vec<Library>, GraphError> {
        let request = build_search(&self.base, Entity::LatestItems, &Kql::files(), 0, LOOKED_AT);
        let hits: Vec<ItemHit> = parse_item_hits(&self.send(&request).await?)?.hits;
        let mut sites = sites_of(&hits);
        sites.truncate(MOST_SITES);
        self.libraries_of(&sites).await
    }

    /// The document libraries of these sites, in batches.
    pub(super) async fn libraries_of(&self, sites: &[SiteId]) -> Result<Vec<Library>, GraphError> {
        let mut libraries = Vec::new();
        for sites in sites.chunks(BATCH_SIZE) {
            let paths: Vec<String> = sites.iter().map(site_drives_path).collect();
            let response = self.send(&build_batch(&self.base, &paths)).await?;
            // A site that refuses is one that the account has nothing to do with.
            let answers = parse_batch(&response, paths.len())?.into_iter().flatten();
            libraries.extend(answers.flat_map(|body| read_site_drives(&body)));
        }
        Ok(libraries)
    }

    /// The item behind a pasted link: by the id or path that the address has, as if the link was opened, or, where the
    /// scopes forbid that, by searching for its address on a work account's drives.
    ///
    /// # Errors
    /// [`GraphError`] of the first way; [`GraphError::Forbidden`] says that this account or registration cannot
    /// open links.
    pub async fn item_by_link(&self, link: &PastedLink, own: &Drive) -> Result<Item, GraphError> {
        if let Some(file) = link.item() {
            return Ok(self.preview(&file).await?.item);
        }
        let address = link.address();
        if let Some(request) = build_own_item(&self.base, own, &address) {
            return parse_item(&self.send(&request).await?);
        }
        let error = match self.send(&build_shared_item(&self.base, link)).await {
            Ok(response) => return parse_item(&response),
            Err(error @ (GraphError::Forbidden(_) | GraphError::NotSupported(_))) => error,
            Err(error) => return Err(error),
        };
        let query = Kql::at_address(&address).filter(|_| own.drive_type != DriveType::Personal);
        let Some(query) = query else { return Err(error) };
        let found = self.send(&build_search(&self.base, Entity::Items, &query, 0, 20)).await;
        let hits = found.and_then(|response| parse_item_hits(&response)).map(|found| found.hits);
        let Some(hit) = hits.unwrap_or_default().into_iter().find(|hit| is_at(hit, &address)) else {
            return Err(error);
        };
        let file = match (hit.file(), &hit.site) {
            (None, Some(site)) => hit.file_in(&self.libraries_of(std::slice::from_ref(site)).await?),
            (file, _) => file,
        };
        match file {
            Some(file) => Ok(self.preview(&file).await?.item),
            None => Err(error),
        }
    }

    /// A file as it is now, with an address to play it from.
    ///
    /// # Errors
    /// [`GraphError`] of the request.
    pub async fn preview(&self, file: &FileRef) -> Result<Preview, GraphError> {
        parse_preview(&self.send(&build_preview(&self.base, file)).await?, file)
    }

    /// The address of a large picture of the file, about 800 pixels; `None` if there is none.
    ///
    /// # Errors
    /// [`GraphError`] of the request.
    pub async fn picture(&self, file: &FileRef) -> Result<Option<String>, GraphError> {
        parse_thumbnails(&self.send(&build_thumbnails(&self.base, file)).await?)
    }
}

/// Whether the hit is what the address means and not merely below it.
fn is_at(hit: &ItemHit, address: &str) -> bool {
    let without_query = hit.web_url.split(['?', '#']).next().unwrap_or_default();
    // The same letters may be encoded in one and not in the other.
    let plain = |url: &str| decode_component(url).unwrap_or_else(|| url.to_owned());
    plain(without_query.trim_end_matches('/')).eq_ignore_ascii_case(&plain(address))
}
