//! A listing page by page, whatever it is made of. What was read stays read, whatever the next page brings.

#[cfg(test)]
mod folder_tests;
mod hits;
mod links;
#[cfg(test)]
mod tests;

use hits::Hits;
use links::Links;

use super::{GraphClient, TokenSource};
use crate::graph::{
    BATCH_SIZE, Drive, DriveId, DriveType, Entity, FileRef, FolderRef, GraphError, Item, Kql, PageMerger,
};
use crate::picker::ports::{Clock, Entropy, Http};

/// Pages without a row that are read through for one page with one: a handful of requests for one action.
const EMPTY_PAGES: u32 = 3;

/// A listing that is being read.
#[derive(Debug)]
pub struct Pager {
    source: Source,
    keep: Keep,
    /// Whether items that do not say where they lie are asked for it.
    locates: bool,
    merger: PageMerger,
}

#[derive(Debug)]
enum Source {
    /// Pages that name the next one.
    Links(Box<Links>),
    /// Hits of a search across everything, by number.
    Hits(Box<Hits>),
    /// Known files, read again.
    Files(std::vec::IntoIter<FileRef>),
}

impl Default for Pager {
    /// Nothing.
    fn default() -> Self {
        Self::files(Vec::new())
    }
}

/// Which items belong to the listing.
#[derive(Debug)]
enum Keep {
    All,
    /// Items of other people's drives.
    SharedWith(DriveId),
    /// Items that stand for one of another drive.
    Shortcuts,
}

/// What one page adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Items that were not on an earlier page, in Graph's order. May be none.
    pub items: Vec<Item>,
    /// How many items of the page could not be read.
    pub skipped: usize,
    /// Files of [`Pager::files`] that are not there any more.
    pub gone: Vec<FileRef>,
    /// Whether there may be more.
    pub more: bool,
}

impl Pager {
    /// The children of a folder; `count` is how many it has, where that is known before.
    pub fn children(folder: &FolderRef, count: Option<u32>) -> Self {
        Self::of(Source::Links(Box::new(Links::children(folder, count))))
    }

    /// What a folder and the folders below it have for these words; the whole drive for its root.
    pub fn search_folder(folder: &FolderRef, text: &str) -> Self {
        Self { locates: true, ..Self::of(Source::Links(Box::new(Links::search(folder, text)))) }
    }

    /// What everything that the account may read has for these words. For work accounts.
    pub fn search_everywhere(text: &str) -> Self {
        Self::of(match Kql::words(text) {
            Some(query) => Source::Hits(Box::new(Hits::new(Entity::Items, query, 20, 500))),
            None => Source::Files(Vec::new().into_iter()),
        })
    }

    /// The files changed last, of all that the account may read. For work accounts; others have their history.
    pub fn recent() -> Self {
        Self::of(Source::Hits(Box::new(Hits::new(Entity::LatestItems, Kql::files(), 20, 100))))
    }

    /// The files of other people's drives changed last, as far as Microsoft's index knows. For work accounts;
    /// others have [`Pager::shortcuts`].
    pub fn shared(own: &Drive) -> Self {
        let beside = Kql::files_beside(&own.web_url);
        let hits =
            Hits::new(Entity::LatestItems, Kql::files(), 40, 400).rather(beside).outside(own.id.clone());
        Self { keep: Keep::SharedWith(own.id.clone()), ..Self::of(Source::Hits(Box::new(hits))) }
    }

    /// What stands at the top of the account's own drive for an item of another ("Add shortcut to My files").
    pub fn shortcuts() -> Self {
        Self { keep: Keep::Shortcuts, ..Self::children(&FolderRef::MyFiles, None) }
    }

    /// Files known from earlier, in that order; what is gone is told in [`Rows::gone`].
    pub fn files(files: Vec<FileRef>) -> Self {
        Self::of(Source::Files(files.into_iter()))
    }

    /// Asks for each page before the one before it is read: for a listing that is read to its end.
    #[must_use]
    pub fn eagerly(mut self) -> Self {
        if let Source::Links(links) = &mut self.source {
            links.eagerly();
        }
        self
    }

    /// Whether it is the children of a folder, all of them.
    pub fn is_of_folder(&self) -> bool {
        let of_folder = matches!(&self.source, Source::Links(links) if links.is_of_folder());
        of_folder && matches!(self.keep, Keep::All)
    }

    /// Whether Graph would have had more than was asked for, so that the listing is not all there is.
    pub fn is_cut(&self) -> bool {
        matches!(&self.source, Source::Hits(hits) if hits.is_cut())
    }

    fn of(source: Source) -> Self {
        Self { source, keep: Keep::All, locates: false, merger: PageMerger::new() }
    }

    /// Whether everything has been read.
    pub(crate) fn is_at_end(&self) -> bool {
        match &self.source {
            Source::Links(links) => links.is_at_end(),
            Source::Hits(hits) => hits.is_at_end(),
            Source::Files(files) => files.as_slice().is_empty(),
        }
    }
}

impl Keep {
    fn fits(&self, item: &Item) -> bool {
        match self {
            Self::All => true,
            Self::SharedWith(own) => {
                let in_library = item
                    .parent
                    .as_ref()
                    .is_some_and(|parent| parent.drive_type == DriveType::DocumentLibrary);
                item.file.drive != *own && !in_library
            }
            Self::Shortcuts => item.shortcut,
        }
    }
}

impl<P: Http + Clock + Entropy + 'static, T: TokenSource + 'static> GraphClient<P, T> {
    /// Reads the next page; `None` after the last. Pages on which nothing belongs to the listing are read through,
    /// but not for ever: [`Rows::items`] may be empty while there is more.
    ///
    /// # Errors
    /// [`GraphError`] of the request; the pager stays where it is, so that calling again tries again.
    /// [`GraphError::ForeignNextLink`] and [`GraphError::RepeatedNextLink`] stay for good.
    pub async fn next_page(&self, pager: &mut Pager) -> Result<Option<Rows>, GraphError> {
        let mut rows = Rows::default();
        for _ in 0..EMPTY_PAGES {
            let read = match &mut pager.source {
                Source::Links(links) => self.next_link(links, &mut pager.merger).await,
                Source::Hits(hits) => self.next_hits(hits, &mut pager.merger).await,
                Source::Files(files) => self.next_files(files).await,
            };
            let Some(mut page) = read? else { return Ok(None) };
            page.items.retain(|item| pager.keep.fits(item));
            if pager.locates {
                self.locate(&mut page.items).await;
            }
            rows.skipped += page.skipped;
            rows.gone.append(&mut page.gone);
            rows.items = page.items;
            rows.more = !pager.is_at_end();
            if !rows.items.is_empty() || !rows.more {
                break;
            }
        }
        Ok(Some(rows))
    }

    /// The same for the children of a folder ([`Pager::is_of_folder`]), without the code that reads other listings.
    ///
    /// # Errors
    /// As of [`Self::next_page`].
    pub async fn next_folder_page(&self, pager: &mut Pager) -> Result<Option<Rows>, GraphError> {
        let Source::Links(links) = &mut pager.source else { return Ok(None) };
        let mut rows = Rows::default();
        for _ in 0..EMPTY_PAGES {
            let Some(page) = self.next_link(links, &mut pager.merger).await? else { return Ok(None) };
            rows.skipped += page.skipped;
            rows.items = page.items;
            rows.more = !links.is_at_end();
            if !rows.items.is_empty() || !rows.more {
                break;
            }
        }
        Ok(Some(rows))
    }

    /// Hits of some drives do not say where they lie, so they are read again. What cannot be read stays as it is.
    async fn locate(&self, hits: &mut [Item]) {
        let lost = hits.iter().filter(|hit| hit.parent.is_none());
        let lost: Vec<FileRef> = lost.map(|hit| hit.file.clone()).collect();
        if lost.is_empty() {
            return;
        }
        let read = self.read_rows(&lost).await.unwrap_or_default().items;
        for hit in hits.iter_mut().filter(|hit| hit.parent.is_none()) {
            hit.parent = read.iter().find(|item| item.file == hit.file).and_then(|item| item.parent.clone());
        }
    }

    async fn next_files(&self, files: &mut std::vec::IntoIter<FileRef>) -> Result<Option<Rows>, GraphError> {
        let batch: Vec<FileRef> = files.as_slice().iter().take(BATCH_SIZE).cloned().collect();
        if batch.is_empty() {
            return Ok(None);
        }
        let rows = self.read_rows(&batch).await?;
        files.nth(batch.len() - 1);
        Ok(Some(rows))
    }
}
