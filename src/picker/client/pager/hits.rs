//! Hits of a search across everything. A hit says too little to be shown or used, so each is read again, 20 in
//! one request.

use crate::graph::{
    DriveId, Entity, FileRef, GraphError, Item, ItemReader, Kql, PageMerger, Reread, Selection, Settled,
    build_search, parse_item_hits,
};
use crate::picker::client::{GraphClient, Rows, TokenSource};
use crate::picker::ports::{Clock, Entropy, Http};

/// Where in the hits the reading stands.
#[derive(Debug)]
pub(super) struct Hits {
    entity: Entity,
    query: Kql,
    size: u16,
    from: Option<u32>,
    not_in: Option<DriveId>,
}

impl Hits {
    pub(super) fn new(entity: Entity, query: Kql, size: u16) -> Self {
        Self { entity, query, size, from: Some(0), not_in: None }
    }

    /// The same without hits in that drive.
    pub(super) fn outside(self, drive: DriveId) -> Self {
        Self { not_in: Some(drive), ..self }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.from.is_none()
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
        let found = parse_item_hits(&self.send(&request).await?)?;
        let fits = |file: &FileRef| hits.not_in.as_ref() != Some(&file.drive);
        let files: Vec<FileRef> = found.hits.into_iter().map(|hit| hit.file).filter(fits).collect();
        let mut rows = self.read_rows(&files).await?;
        rows.items = merger.merge_items(rows.items);
        rows.skipped += found.skipped + rows.gone.len();
        // The index knows files that were deleted since; that is no news to anybody.
        rows.gone.clear();
        hits.from = found.more.then(|| from.saturating_add(found.received));
        Ok(Some(rows))
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
