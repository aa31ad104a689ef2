//! Microsoft Graph as data: requests to make and answers parsed, no browser in it.
//!
//! Every step is a pair: `build_…` gives a [`Request`](crate::web::Request) without authorization (the client in
//! `picker` adds it), `parse_…` judges the [`Response`](crate::web::Response) or says why not by [`GraphError`].

mod account;
mod backoff;
mod base;
mod batch;
mod by_path;
mod confirm;
mod error;
mod ids;
mod item;
mod json;
mod kql;
mod library;
mod link;
mod listing;
mod media;
mod node;
mod page;
mod preview;
mod reread;
mod search;
mod sharing;
mod thumbnails;
mod time;

#[cfg(test)]
pub(crate) mod testing;

pub use account::{Drive, Person, build_drive, build_me, missing_drive, parse_drive, parse_me};
pub use backoff::Backoff;
pub use base::{GraphBase, GraphBaseError};
pub use batch::{BATCH_SIZE, build_batch, parse_batch};
pub use by_path::{site_drives_at, trail_paths};
pub use confirm::{Chosen, ConfirmRules, ConfirmedItem, ItemProblem, judge_chosen, judge_link};
pub use error::{GraphError, Trace};
pub use ids::{DriveId, FileRef, ItemId, SiteId};
pub use item::{DriveType, Item, ItemKind, ItemReader, Obstacle, Parent};
pub use kql::Kql;
pub use library::{Library, read_site_drives, site_drives_path, site_name, sites_of};
pub use link::{CONTENT_DOWNLOAD_URL, DownloadUrl, GRAPH_DOWNLOAD_URL};
pub use listing::{FolderRef, LARGE_PAGE_SIZE, PAGE_SIZE, build_children, build_large_pages};
pub use media::{MediaKind, extension, kaltura_media_type, stem};
pub use page::{Next, NextLink, Page, PageMerger, parse_page};
pub use preview::{Preview, build_preview, build_thumbnails, parse_preview, parse_thumbnails};
pub use reread::{Reread, Round, Selection, Settled};
pub use search::{
    Entity, Hits, ItemHit, SEARCH_PAGE_SIZE, build_drive_search, build_search, parse_drive_hits,
    parse_item_hits,
};
pub use sharing::{PastedLink, build_own_item, build_shared_item, parse_item};
pub use thumbnails::{
    ThumbnailSize, build_thumbnail, may_have_thumbnail, parse_thumbnail, read_thumbnail, thumbnail_path,
};
pub use time::parse_timestamp;
