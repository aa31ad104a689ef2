//! Microsoft Graph as data: requests to make and answers parsed, no browser in it.
//!
//! Every step is a pair: `build_…` gives a [`Request`](crate::web::Request) without authorization (the client in
//! `picker` adds it), `parse_…` judges the [`Response`](crate::web::Response) or says why not by [`GraphError`].

mod base;
mod error;
mod ids;
mod item;
mod json;
mod listing;
mod media;
mod page;
mod time;

#[cfg(test)]
pub(crate) mod testing;

pub use base::{GraphBase, GraphBaseError};
pub use error::{GraphError, Trace};
pub use ids::{DriveId, FileRef, ItemId, SiteId};
pub use item::{DriveType, Item, ItemKind, ItemReader, Obstacle, Parent};
pub use listing::{FolderRef, PAGE_SIZE, build_children};
pub use media::{MediaKind, extension, kaltura_media_type, stem};
pub use page::{Next, NextLink, Page, PageMerger, parse_page};
pub use time::parse_timestamp;
