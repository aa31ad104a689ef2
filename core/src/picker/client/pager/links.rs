//! Pages that name the next one: children of a folder, a search within a drive.
//!
//! The first page is short, so that there are rows after one short answer. A list that has more is then read in large
//! pages from its start, since the way from a short page leads to short pages only (`@odata.nextLink` is opaque and
//! followed as it is); what the first page has shown is left out. N items cost at most ⌈N / 1,000⌉ + 1 requests, and
//! one if they fit the first page.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use crate::graph::{
    DriveId, FolderRef, GraphBase, GraphError, Item, ItemReader, Next, NextLink, PAGE_SIZE, PageMerger,
    Parent, SEARCH_PAGE_SIZE, build_children, build_drive_search, build_large_pages, parse_page,
};
use crate::picker::client::page_sizes::PageSize;
use crate::picker::client::pending::Pending;
use crate::picker::client::{GraphClient, Rows, TokenSource};
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::{Request, Response, TransportError};

/// Where in such a list the reading stands.
#[derive(Debug)]
pub(super) struct Links {
    list: List,
    /// The drive of items that do not say.
    home: Option<DriveId>,
    /// Where all of them lie, once that is known.
    around: Option<Arc<Parent>>,
    position: Position,
    /// The page at the position, if it was asked for before the one before it was read.
    ahead: Option<Pending>,
    /// Whether pages are asked for before they are wanted: all of them will be.
    eager: bool,
    /// How many items of the short page could not be read; they come again.
    skipped: usize,
    restarted: bool,
}

/// What is listed.
#[derive(Debug)]
enum List {
    /// The children of a folder, and how many it has where that is known.
    Children { folder: FolderRef, count: Option<u32> },
    /// What a folder and those below it have for these words.
    Search { folder: FolderRef, text: String },
}

#[derive(Debug)]
enum Position {
    First,
    /// The large pages begin; where they are refused, what follows the short page is read.
    Large(Box<Position>),
    After(NextLink),
    Broken(GraphError),
    End,
}

impl Links {
    /// Whether it is the children of a folder.
    pub(super) fn is_of_folder(&self) -> bool {
        matches!(self.list, List::Children { .. })
    }

    /// The children of a folder. If it is known to have more than the first page holds, both kinds of pages are asked
    /// for at once.
    pub(super) fn children(folder: &FolderRef, count: Option<u32>) -> Self {
        Self::new(folder.drive().cloned(), List::Children { folder: folder.clone(), count })
    }

    /// A search within a folder.
    pub(super) fn search(folder: &FolderRef, text: &str) -> Self {
        let list = List::Search { folder: folder.clone(), text: text.to_owned() };
        Self::new(folder.drive().cloned(), list)
    }

    fn new(home: Option<DriveId>, list: List) -> Self {
        Self {
            list,
            home,
            around: None,
            position: Position::First,
            ahead: None,
            eager: false,
            skipped: 0,
            restarted: false,
        }
    }

    /// Asks for pages before they are wanted.
    pub(super) fn eagerly(&mut self) {
        self.eager = true;
    }

    pub(super) fn is_at_end(&self) -> bool {
        matches!(self.position, Position::End)
    }

    /// The folder whose drive decides on page sizes.
    fn folder(&self) -> &FolderRef {
        match &self.list {
            List::Children { folder, .. } | List::Search { folder, .. } => folder,
        }
    }

    fn first(&self, base: &GraphBase, size: PageSize) -> Request {
        match &self.list {
            List::Children { folder, .. } => {
                build_children(base, folder, (size != PageSize::Unset).then_some(PAGE_SIZE))
            }
            List::Search { folder, text } => build_drive_search(base, folder, text, SEARCH_PAGE_SIZE),
        }
    }

    fn large(&self, base: &GraphBase) -> Request {
        match &self.list {
            List::Children { folder, .. } => build_large_pages(base, folder, self.around.is_some()),
            List::Search { folder, text } => build_drive_search(base, folder, text, PAGE_SIZE),
        }
    }

    /// The items of a short page, beyond which large pages make sense.
    fn short(&self) -> usize {
        usize::from(match self.list {
            List::Children { .. } => PAGE_SIZE,
            List::Search { .. } => SEARCH_PAGE_SIZE,
        })
    }

    /// Whether the folder is known to have more items than the first page holds.
    fn is_known_to_be_long(&self) -> bool {
        matches!(&self.list, List::Children { count: Some(count), .. } if *count > u32::from(PAGE_SIZE))
    }

    /// Learns from the items of the first page where all of them lie.
    fn learn_place(&mut self, items: &[Item]) {
        if matches!(self.list, List::Children { .. })
            && let Some(item) = items.iter().find(|item| !item.shortcut && item.parent.is_some())
        {
            self.home = Some(item.file.drive.clone());
            self.around = item.parent.clone();
        }
    }

    /// Some drives search only as a whole. Whether there is such a way to ask, now taken.
    fn widens(&mut self) -> bool {
        if let List::Search { folder, .. } = &mut self.list
            && let FolderRef::Folder(file) = folder
        {
            *folder = FolderRef::Root(file.drive.clone());
            return true;
        }
        false
    }
}

impl<P: Http + Clock + Entropy + 'static, T: TokenSource + 'static> GraphClient<P, T> {
    pub(super) async fn next_link(
        &self,
        links: &mut Links,
        merger: &mut PageMerger,
    ) -> Result<Option<Rows>, GraphError> {
        loop {
            let is_first = matches!(links.position, Position::First);
            let is_large = matches!(links.position, Position::Large(_));
            let size = self.page_sizes.of(links.folder().drive());
            let ahead = links.ahead.take();
            let answer = match (&links.position, ahead) {
                (Position::Broken(error), _) => return Err(error.clone()),
                (Position::End, _) => return Ok(None),
                (Position::First, _) => self.first_page(links, size).await,
                (Position::Large(_) | Position::After(_), Some(ahead)) => ahead.answer().await,
                (Position::Large(_), None) => self.send(&links.large(&self.base)).await,
                (Position::After(link), None) => self.send(&link.request()).await,
            };
            let response = match answer {
                Ok(response) => response,
                Err(error) if self.takes_another_way(links, size, &error) => {
                    merger.forget_links();
                    continue;
                }
                Err(error) => return Err(error),
            };
            // After the short page large ones begin anew.
            let is_followed = !(is_first && size == PageSize::Large);
            let next = if is_followed { self.ask_ahead(links, merger, &response).await } else { None };
            let reader = ItemReader::new(links.home.clone()).within(links.around.clone());
            let page = parse_page(&self.base, &response, reader)?;
            let count = page.items.len() + page.skipped;
            let mut skipped = page.skipped;
            let goes_on = page.next != Next::End;
            if is_first {
                links.learn_place(&page.items);
                links.skipped = skipped;
            }
            if is_large {
                // They are read from the start: the short page comes again.
                merger.forget_links();
                skipped = skipped.saturating_sub(links.skipped);
                if goes_on && count <= links.short() {
                    // Larger pages are not refused here, but not given either.
                    self.learn_page_size(links, PageSize::Usual);
                }
            }
            let (items, following) = merger.merge(page);
            let position = match following {
                Ok(Some(link)) => {
                    if let Some((_, pending)) = next.filter(|(asked, _)| *asked == link) {
                        links.ahead = Some(pending);
                    }
                    Position::After(link)
                }
                Ok(None) => Position::End,
                Err(error) => Position::Broken(error),
            };
            links.position = if is_first && goes_on && size == PageSize::Large {
                Position::Large(Box::new(position))
            } else {
                position
            };
            if links.is_at_end() {
                // A folder that is shorter than it was known to be.
                links.ahead = None;
            }
            return Ok(Some(Rows { items, skipped, ..Rows::default() }));
        }
    }

    /// Asks for the page that follows an answer before that is read, where all pages are wanted.
    async fn ask_ahead(
        &self,
        links: &Links,
        merger: &PageMerger,
        response: &Response,
    ) -> Option<(NextLink, Pending)> {
        if !links.eager || self.quiet {
            return None;
        }
        let link = NextLink::peek(&self.base, response).filter(|link| !merger.knows(link))?;
        let mut pending = self.start(link.request());
        poll_fn(|context| {
            pending.advance(context);
            Poll::Ready(())
        })
        .await;
        Some((link, pending))
    }

    /// The short page; together with the first of the large ones, if that is needed in any case.
    async fn first_page(&self, links: &mut Links, size: PageSize) -> Result<Response, GraphError> {
        let request = links.first(&self.base, size);
        if self.quiet || size != PageSize::Large || !links.is_known_to_be_long() {
            return self.send(&request).await;
        }
        let mut ahead = self.start(links.large(&self.base));
        let mut first = pin!(self.send(&request));
        let answer = poll_fn(|context| {
            let polled = first.as_mut().poll(context);
            ahead.advance(context);
            polled
        })
        .await;
        // Where the short page is not to be had, the other is given up with it.
        links.ahead = answer.is_ok().then_some(ahead);
        answer
    }

    /// Notes what the folders of a drive are to be asked for from now on. Searches tell nothing of that: false.
    fn learn_page_size(&self, links: &Links, size: PageSize) -> bool {
        let is_folder = matches!(links.list, List::Children { .. });
        if is_folder {
            self.page_sizes.learn(links.folder().drive(), size);
        }
        is_folder
    }

    /// Whether there is another way to ask after this failure, now taken.
    fn takes_another_way(&self, links: &mut Links, size: PageSize, error: &GraphError) -> bool {
        let is_refused = matches!(error, GraphError::BadRequest(_) | GraphError::NotSupported(_));
        if matches!(links.position, Position::First) && is_refused && links.widens() {
            return true;
        }
        match &mut links.position {
            Position::First if is_refused && size != PageSize::Unset => {
                self.learn_page_size(links, PageSize::Unset)
            }
            // A large page may also be too much for a slow drive or line.
            Position::Large(short)
                if is_refused || *error == GraphError::Transport(TransportError::TimedOut) =>
            {
                links.position = std::mem::replace(short, Position::End);
                self.learn_page_size(links, PageSize::Usual);
                true
            }
            // The way to the next page is too old. From the start, then, once; what is known is not shown twice.
            Position::After(_) if matches!(error, GraphError::ResyncRequired(_)) && !links.restarted => {
                links.restarted = true;
                links.position = Position::First;
                true
            }
            _ => false,
        }
    }
}
