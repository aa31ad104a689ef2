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

pub use account::{Drive, Person, parse_drive, parse_me};
pub(crate) use account::{build_drive, build_me, missing_drive};
pub(crate) use backoff::Backoff;
pub use base::GraphBase;
pub(crate) use batch::build_batch;
pub use batch::{BATCH_SIZE, parse_batch};
pub(crate) use by_path::{site_drives_at, trail_paths};
pub use confirm::{Chosen, ConfirmRules, ItemProblem};
pub(crate) use confirm::{ConfirmedItem, judge_chosen, judge_link};
pub use error::{GraphError, Trace};
pub(crate) use ids::SiteId;
pub use ids::{DriveId, FileRef};
pub use item::{DriveType, Item, ItemKind, ItemReader, Obstacle, Parent};
pub(crate) use kql::Kql;
pub use library::{Library, site_name};
pub(crate) use library::{read_site_drives, site_drives_path, sites_of};
pub(crate) use link::DownloadUrl;
pub use listing::FolderRef;
pub(crate) use listing::{PAGE_SIZE, build_children, build_large_pages};
pub(crate) use media::stem;
pub use media::{MediaKind, extension};
pub(crate) use page::NextLink;
pub use page::{Next, Page, PageMerger, parse_page};
pub use preview::{Preview, parse_thumbnails};
pub(crate) use preview::{build_preview, build_thumbnails, parse_preview};
pub use reread::Selection;
pub(crate) use reread::{Reread, Settled};
pub(crate) use search::{Entity, ItemHit, SEARCH_PAGE_SIZE, build_drive_search, build_search};
pub use search::{parse_drive_hits, parse_item_hits};
pub use sharing::{PastedLink, parse_item};
pub(crate) use sharing::{build_own_item, build_shared_item};
pub use thumbnails::{ThumbnailSize, may_have_thumbnail};
pub(crate) use thumbnails::{build_thumbnail, parse_thumbnail, read_thumbnail, thumbnail_path};
pub(crate) use time::parse_timestamp;
