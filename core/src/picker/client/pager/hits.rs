//! Hits of a search across everything. A hit says too little to be shown or used, so each is read again, 20 in
//! one request.

use crate::graph::{
    BATCH_SIZE, DriveId, Entity, FileRef, GraphError, Item, ItemHit, ItemReader, Kql, Library, PageMerger,
    Reread, Selection, Settled, SiteId, build_search, parse_item_hits, sites_of,
};
use crate::picker::client::{GraphClient, Rows, TokenSource};
use crate::picker::ports::{Clock, Entropy, Http};

/// Where in the hits the reading stands.
#[derive(Debug)]
pub(super) struct Hits {
    entity: Entity,
    query: Kql,
    /// What to ask instead if nothing at all is found.
    fallback: Option<Kql>,
    size: u16,
    from: Option<u32>,
    /// Hits beyond this are not asked for.
    most: u32,
    is_cut: bool,
    not_in: Option<DriveId>,
    /// Sites that were asked for their libraries.
    sites: Vec<SiteId>,
    libraries: Vec<Library>,
}

impl Hits {
    pub(super) fn new(entity: Entity, query: Kql, size: u16, most: u32) -> Self {
        Self {
            entity,
            query,
            fallback: None,
            size,
            from: Some(0),
            most,
            is_cut: false,
            not_in: None,
            sites: Vec::new(),
            libraries: Vec::new(),
        }
    }

    /// Asks this first, if there is something to ask, and the rest only if it finds nothing.
    pub(super) fn rather(self, query: Option<Kql>) -> Self {
        match query {
            Some(query) => Self { fallback: Some(self.query), query, ..self },
            None => self,
        }
    }

    /// Leaves out hits in that drive and in libraries.
    pub(super) fn outside(self, drive: DriveId) -> Self {
        Self { not_in: Some(drive), ..self }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.from.is_none()
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The items of the hits that belong here, and how many of the others cannot be told.
    fn files(&self, hits: &[ItemHit]) -> (Vec<FileRef>, usize) {
        let Some(not_in) = &self.not_in else {
            let file = |hit: &ItemHit| hit.file().or_else(|| hit.file_in(&self.libraries));
            let files: Vec<FileRef> = hits.iter().filter_map(file).collect();
            let unknown = hits.len() - files.len();
            return (files, unknown);
        };
        (hits.iter().filter_map(ItemHit::file).filter(|file| file.drive != *not_in).collect(), 0)
    }
}

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    pub(super) async fn next_hits(
        &self,
        hits: &mut Hits,
        merger: &mut PageMerger,
    ) -> Result<Option<Rows>, GraphError> {
        let Some(from) = hits.from else { return Ok(None) };
        let request = build_search(&self.base, hits.entity, &hits.query, from, hits.size);
        let mut found = parse_item_hits(&self.send(&request).await?)?;
        if found.received == 0
            && from == 0
            && let Some(fallback) = hits.fallback.take()
        {
            hits.query = fallback;
            let request = build_search(&self.base, hits.entity, &hits.query, from, hits.size);
            found = parse_item_hits(&self.send(&request).await?)?;
        }
        if hits.not_in.is_none() {
            self.learn_libraries(hits, &found.hits).await?;
        }
        let (files, unknown) = hits.files(&found.hits);
        let mut rows = self.read_rows(&files).await?;
        rows.items = merger.merge_items(rows.items);
        rows.skipped += found.skipped + unknown;
        // The index knows files that were deleted since; that is no news to anybody.
        rows.gone.clear();
        let next = from.saturating_add(found.received);
        hits.is_cut = found.more && next >= hits.most;
        hits.from = (found.more && next < hits.most).then_some(next);
        Ok(Some(rows))
    }

    /// Some hits name only their site: asks each such site, once, which libraries it has.
    async fn learn_libraries(&self, hits: &mut Hits, found: &[ItemHit]) -> Result<(), GraphError> {
        let homeless: Vec<ItemHit> = found.iter().filter(|hit| hit.drive.is_none()).cloned().collect();
        let mut sites = sites_of(&homeless);
        sites.retain(|site| !hits.sites.contains(site));
        sites.truncate(BATCH_SIZE);
        hits.libraries.extend(self.libraries_of(&sites).await?);
        hits.sites.append(&mut sites);
        Ok(())
    }

    /// Reads items by their ids as a listing would show them, in that order.
    pub(super) async fn read_rows(&self, files: &[FileRef]) -> Result<Rows, GraphError> {
        let mut rows: Vec<Option<Item>> = vec![None; files.len()];
        let (mut skipped, mut gone) = (0, Vec::new());
        let mut reader = ItemReader::new(None);
        let mut place = |settled: Settled| match settled.answer {
            Ok(value) => match (reader.read_from(&value, &settled.file.drive), rows.get_mut(settled.place)) {
                (Some(item), Some(row)) => *row = Some(item),
                _ => skipped += 1,
            },
            Err(GraphError::NotFound(_)) => gone.extend(files.get(settled.place).cloned()),
            Err(_) => skipped += 1,
        };
        self.reread(Reread::new(files.iter().cloned(), Selection::Row), &mut place).await?;
        Ok(Rows { items: rows.into_iter().flatten().collect(), skipped, gone, more: false })
    }
}
