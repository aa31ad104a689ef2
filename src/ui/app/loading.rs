//! Requests under way: at most one listing at a time; a superseded one is aborted.

use super::App;
use super::reading_ahead::Ahead;
use super::thumbnails::Pictures;
use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::picker::cache::Cache;
use onedrive_picker_core::picker::client::Pager;
use onedrive_picker_core::picker::listing::Listing;
use onedrive_picker_core::picker::place::Location;
use onedrive_picker_core::picker::prefetch::Prefetch;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

/// Listings kept to show them again at once.
const KEPT: usize = 24;
/// Rows of all kept listings together.
const KEPT_ROWS: usize = 10_000;

/// A task that ends when this value is dropped.
pub(super) struct Task(AbortHandle);

impl Task {
    /// Starts a task.
    pub(super) fn spawn(work: impl Future<Output = ()> + 'static) -> Self {
        // One kind of task for all futures: each kind has its code.
        fn start(work: LocalBoxFuture<'static, ()>) -> Task {
            let (work, handle) = abortable(work);
            spawn_local(async move {
                let _ = work.await;
            });
            Task(handle)
        }
        start(Box::pin(work))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A listing that was left, and how far it was scrolled.
pub(super) struct Left {
    pub listing: Listing<Rc<onedrive_picker_core::graph::GraphError>>,
    pub scroll_top: i32,
    pub focus: usize,
}

/// The tasks under way, and the listings left.
pub(super) struct Loads {
    /// Reads the listing shown.
    pub listing: RefCell<Option<Task>>,
    /// Counts folders, each until it is done or the folder is taken back.
    pub counts: RefCell<Vec<(onedrive_picker_core::graph::FileRef, Task)>>,
    /// Gets what a preview shows.
    pub preview: RefCell<Option<Task>>,
    /// Looks for what is behind a link.
    pub link: RefCell<Option<Task>>,
    /// Hands over.
    pub hand_over: RefCell<Option<Task>>,
    /// Chooses again what was chosen before.
    pub restoring: RefCell<Option<Task>>,
    /// The account's own drive, once asked for.
    pub drive: RefCell<Option<onedrive_picker_core::graph::Drive>>,
    /// Sorts a long listing in steps.
    pub sort: RefCell<Option<Task>>,
    /// Where a listing that failed goes on.
    pub paused: RefCell<Option<Pager>>,
    /// Folders that are likely to be opened next.
    pub ahead: RefCell<Prefetch<Ahead>>,
    /// Ends when the pointer or the focus has rested on a row for long enough.
    pub dwell: RefCell<Option<(usize, Timeout)>>,
    /// Tell where the pointer and the focus are.
    pub listeners: RefCell<Vec<EventListener>>,
    /// The thumbnails of the rows in view.
    pub pictures: Pictures,
    /// What was left.
    pub left: RefCell<Cache<String, Left>>,
}

impl Default for Loads {
    fn default() -> Self {
        Self {
            listing: RefCell::default(),
            counts: RefCell::default(),
            preview: RefCell::default(),
            link: RefCell::default(),
            hand_over: RefCell::default(),
            restoring: RefCell::default(),
            drive: RefCell::default(),
            sort: RefCell::default(),
            paused: RefCell::default(),
            ahead: RefCell::default(),
            dwell: RefCell::default(),
            listeners: RefCell::default(),
            pictures: Pictures::default(),
            left: RefCell::new(Cache::new(KEPT, KEPT_ROWS)),
        }
    }
}

impl App {
    /// Keeps the listing shown under a location that is about to be left.
    pub(super) fn keep_listing(self, location: &Location) {
        let Some(services) = self.services() else { return };
        let listing = self.listing.update_untracked(|listing| std::mem::replace(listing, Listing::folder()));
        let rows = listing.total();
        if rows > 0 {
            let left = Left {
                listing,
                scroll_top: self.scroll_top.get_untracked(),
                focus: self.focused_row.get_untracked(),
            };
            services.loads.left.borrow_mut().put(key(location), left, rows);
        }
    }

    /// The listing kept under a location.
    pub(super) fn kept_listing(self, location: &Location) -> Option<Left> {
        self.services()?.loads.left.borrow_mut().take(&key(location))
    }
}

/// A text that names what is listed at a location.
pub(super) fn key(location: &Location) -> String {
    let mut key = location.to_text();
    if let Some(query) = location.query() {
        key.push_str(if query.scope() == onedrive_picker_core::picker::search::Scope::Here {
            "\nhere "
        } else {
            "\nall "
        });
        key.push_str(query.text());
        key.push_str(&location.crumbs().len().to_string());
    }
    key
}
