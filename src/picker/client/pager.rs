//! A listing page by page. What was read stays read, whatever the next page brings.

use super::{GraphClient, TokenSource};
use crate::graph::{
    DriveId, FolderRef, GraphBase, GraphError, Item, NextLink, PAGE_SIZE, PageMerger, build_children,
    parse_page,
};
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::Request;

/// A listing that is being read.
#[derive(Debug)]
pub struct Pager {
    first: Request,
    /// The first request without a page size, for folders that refuse one.
    plain: Option<Request>,
    home: Option<DriveId>,
    merger: PageMerger,
    position: Position,
    restarted: bool,
}

#[derive(Debug)]
enum Position {
    First,
    After(NextLink),
    Broken(GraphError),
    End,
}

/// What one page adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Items that were not on an earlier page, in Graph's order. May be none.
    pub items: Vec<Item>,
    /// How many items of the page could not be read.
    pub skipped: usize,
    /// Whether there may be more.
    pub more: bool,
}

impl Pager {
    /// The children of a folder.
    pub fn children(base: &GraphBase, folder: &FolderRef) -> Self {
        Self {
            plain: Some(build_children(base, folder, None)),
            ..Self::of(build_children(base, folder, Some(PAGE_SIZE)), folder.drive().cloned())
        }
    }

    /// Any other list of driveItems; `home` is the drive of items that do not say.
    pub fn of(first: Request, home: Option<DriveId>) -> Self {
        Self {
            first,
            plain: None,
            home,
            merger: PageMerger::new(),
            position: Position::First,
            restarted: false,
        }
    }

    /// Whether everything has been read.
    pub fn is_at_end(&self) -> bool {
        matches!(self.position, Position::End)
    }
}

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    /// Reads the next page; `None` after the last.
    ///
    /// # Errors
    /// [`GraphError`] of the request; the pager stays where it is, so that calling again tries again.
    /// [`GraphError::ForeignNextLink`] and [`GraphError::RepeatedNextLink`] stay for good.
    pub async fn next_page(&self, pager: &mut Pager) -> Result<Option<Rows>, GraphError> {
        loop {
            let request = match &pager.position {
                Position::First => pager.first.clone(),
                Position::After(link) => link.request(),
                Position::Broken(error) => return Err(error.clone()),
                Position::End => return Ok(None),
            };
            let answer = self.send(&request).await;
            let page = match (answer, &pager.position) {
                (Ok(response), _) => parse_page(&self.base, &response, pager.home.as_ref())?,
                (Err(GraphError::BadRequest(_) | GraphError::NotSupported(_)), Position::First)
                    if pager.plain.is_some() =>
                {
                    // Channel folders refuse a page size.
                    pager.first = pager.plain.take().unwrap_or(request);
                    continue;
                }
                (Err(GraphError::ResyncRequired(_)), Position::After(_)) if !pager.restarted => {
                    // The way to the next page is too old. From the start, then; what is known is not shown twice.
                    pager.restarted = true;
                    pager.merger.forget_links();
                    pager.position = Position::First;
                    continue;
                }
                (Err(error), _) => return Err(error),
            };
            let skipped = page.skipped;
            let (items, next) = pager.merger.merge(page);
            pager.position = match next {
                Ok(Some(link)) => Position::After(link),
                Ok(None) => Position::End,
                Err(error) => Position::Broken(error),
            };
            return Ok(Some(Rows { items, skipped, more: !pager.is_at_end() }));
        }
    }
}
