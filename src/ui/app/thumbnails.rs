//! Thumbnails of the rows in view, once scrolling has rested.

use super::App;
use super::loading::Task;
use crate::browser::Browser;
use crate::ui::later::Later;
use gloo_timers::callback::Timeout;
use onedrive_picker_core::graph::{Item, ThumbnailSize};
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::picker::thumbnails::{REST_MS, ThumbnailRequest, Thumbnails};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

/// The thumbnails, and the rows whose are asked for next.
#[derive(Default)]
pub(super) struct Pictures {
    thumbnails: RefCell<Thumbnails<Task>>,
    view: Cell<Option<InView>>,
    rest: RefCell<Option<Timeout>>,
}

/// The rows in view.
#[derive(Clone, Copy, PartialEq, Eq)]
struct InView {
    visit: u32,
    start: usize,
    end: usize,
    /// The shorter side of the box that a thumbnail fills, in CSS pixels.
    side: u32,
}

impl Pictures {
    /// Forgets everything, as for another account.
    pub(super) fn clear(&self) {
        self.rest.take();
        self.thumbnails.borrow_mut().clear();
    }
}

impl App {
    /// The address of a file's thumbnail, if it is known.
    pub fn picture_of(self, item: &Item) -> Option<Arc<str>> {
        self.services()?.loads.pictures.thumbnails.borrow().address(item)
    }

    /// Notes which rows are in view; `side` is the shorter side of the box that a thumbnail fills, in CSS pixels.
    pub fn rows_came_into_view(self, rows: Range<usize>, side: u32) {
        let Some(services) = self.services() else { return };
        let pictures = &services.loads.pictures;
        let view = InView { visit: self.visit.get_untracked(), start: rows.start, end: rows.end, side };
        let is_same = pictures.view.replace(Some(view)) == Some(view);
        let mut rest = pictures.rest.borrow_mut();
        if !is_same || rest.is_none() {
            *rest = Some(Timeout::new(REST_MS, move || {
                self.later_calls.call(self, Later::Thumbnails);
            }));
        }
    }

    pub(in crate::ui) fn ask_for_thumbnails(self) {
        let Some(services) = self.services() else { return };
        let pictures = &services.loads.pictures;
        pictures.rest.take();
        let Some(InView { visit, start, end, side }) = pictures.view.get() else { return };
        if visit != self.visit.get_untracked() {
            return;
        }
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let size = ThumbnailSize::filling(side, ratio);
        let requests = self.listing.with_untracked(|listing| {
            let rows = (start..end).filter_map(|row| listing.get(row));
            pictures.thumbnails.borrow_mut().requests(rows, size, Browser.now())
        });
        for request in requests {
            let number = request.number;
            let task = Task::spawn(self.ask_for(request, size));
            pictures.thumbnails.borrow_mut().sent(number, task);
        }
    }

    async fn ask_for(self, request: ThumbnailRequest, size: ThumbnailSize) {
        let Some(services) = self.services() else { return };
        // Nobody waits for a picture: what does not come at once is left.
        let graph = services.graph.quiet();
        let answers = match request.files.as_slice() {
            [file] if !request.as_batch => Ok(vec![graph.thumbnail(file, size).await]),
            files => graph.thumbnails(files, size).await,
        };
        services.loads.pictures.thumbnails.borrow_mut().finish(request.number, answers, Browser.now());
        self.pictures.update(|pictures| *pictures = pictures.wrapping_add(1));
        self.ask_for_thumbnails();
    }
}
