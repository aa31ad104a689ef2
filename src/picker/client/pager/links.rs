//! Pages that name the next one: children of a folder, a search within a drive.

use crate::graph::{DriveId, GraphError, NextLink, PageMerger, parse_page};
use crate::picker::client::{GraphClient, Rows, TokenSource};
use crate::picker::ports::{Clock, Entropy, Http};
use crate::web::Request;

/// Where in such a list the reading stands.
#[derive(Debug)]
pub(super) struct Links {
    first: Request,
    fallback: Option<Request>,
    home: Option<DriveId>,
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

impl Links {
    /// A list from its first page; `home` is the drive of items that do not say.
    pub(super) fn new(first: Request, home: Option<DriveId>) -> Self {
        Self { first, fallback: None, home, position: Position::First, restarted: false }
    }

    /// What to ask instead if Graph refuses the first request as such.
    pub(super) fn or_else(self, fallback: Request) -> Self {
        Self { fallback: Some(fallback), ..self }
    }

    pub(super) fn is_at_end(&self) -> bool {
        matches!(self.position, Position::End)
    }

    /// Whether there is another way to ask after this failure, now taken.
    fn takes_another_way(&mut self, error: &GraphError) -> bool {
        match (&self.position, error) {
            (Position::First, GraphError::BadRequest(_) | GraphError::NotSupported(_)) => {
                self.fallback.take().map(|fallback| self.first = fallback).is_some()
            }
            // The way to the next page is too old. From the start, then, once; what is known is not shown twice.
            (Position::After(_), GraphError::ResyncRequired(_)) if !self.restarted => {
                self.restarted = true;
                self.position = Position::First;
                true
            }
            _ => false,
        }
    }
}

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    pub(super) async fn next_link(
        &self,
        links: &mut Links,
        merger: &mut PageMerger,
    ) -> Result<Option<Rows>, GraphError> {
        loop {
            let request = match &links.position {
                Position::First => links.first.clone(),
                Position::After(link) => link.request(),
                Position::Broken(error) => return Err(error.clone()),
                Position::End => return Ok(None),
            };
            let response = match self.send(&request).await {
                Ok(response) => response,
                Err(error) if links.takes_another_way(&error) => {
                    merger.forget_links();
                    continue;
                }
                Err(error) => return Err(error),
            };
            let page = parse_page(&self.base, &response, links.home.as_ref())?;
            let skipped = page.skipped;
            let (items, next) = merger.merge(page);
            links.position = match next {
                Ok(Some(link)) => Position::After(link),
                Ok(None) => Position::End,
                Err(error) => Position::Broken(error),
            };
            return Ok(Some(Rows { items, skipped, ..Rows::default() }));
        }
    }
}
