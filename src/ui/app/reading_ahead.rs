//! Reading a folder's first page while the pointer or the focus rests on it. Nothing of this runs before the first listing.

use super::browsing::crumb_of;
use super::loading::{Task, key};
use super::{App, Screen};
use crate::browser::{Browser, listen, saves_data};
use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use onedrive_picker_core::picker::client::{Pager, Rows};
use onedrive_picker_core::picker::listing::Phase;
use onedrive_picker_core::picker::place::{Location, Shown};
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::picker::prefetch::{Circumstances, DWELL};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

/// The first page of a folder, there or on its way, and what is needed to read on.
pub(super) struct Ahead {
    page: oneshot::Receiver<(Pager, Rows)>,
    _task: Task,
}

/// What was read ahead, as soon as it is there; `None` if nothing was, or it could not be read.
pub(super) async fn read_ahead(ahead: Option<Ahead>) -> Option<(Pager, Rows)> {
    let Ahead { page, _task } = ahead?;
    page.await.ok()
}

impl App {
    /// What was read of a folder that is being opened. Everything else that was being read ahead is given up.
    pub(super) fn take_ahead(self, location: &Location) -> Option<Ahead> {
        let services = self.services()?;
        services.loads.dwell.borrow_mut().take();
        services.loads.ahead.borrow_mut().take(&key(location), Browser.now())
    }

    /// Watches on which folder the pointer or the focus rests, from the first rows on.
    pub(super) fn watch_dwelling(self) {
        let Some(services) = self.services() else { return };
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let mut listeners = services.loads.listeners.borrow_mut();
        if listeners.is_empty() {
            let mut last = None;
            listeners.push(listen(&document, "pointerover", move |event| {
                let at = pointer_of(event);
                // Where the pointer is at rest, rows moved under it by themselves: nobody points at them.
                let moved = std::mem::replace(&mut last, at) != at;
                self.dwell_on(row_of(event).filter(|_| moved && at.is_some()));
            }));
            listeners.push(listen(&document, "keyup", move |event| {
                self.dwell_on(row_of(event).filter(|_| moves_focus(event)));
            }));
        }
    }

    fn dwell_on(self, row: Option<usize>) {
        let Some(services) = self.services() else { return };
        let mut dwell = services.loads.dwell.borrow_mut();
        if dwell.as_ref().map(|(row, _)| *row) != row {
            *dwell = row.map(|row| (row, Timeout::new(DWELL, move || self.read_row_ahead(row))));
        }
    }

    /// Reads the first page of the folder in a row, if that costs nobody anything.
    fn read_row_ahead(self, row: usize) {
        let Some(services) = self.services() else { return };
        let Some(item) = self.item(row).filter(onedrive_picker_core::graph::Item::is_folder) else { return };
        let mut location = self.location.get_untracked();
        location.open(crumb_of(&item));
        let key = key(&location);
        let circumstances = Circumstances {
            is_busy: self.is_busy(),
            saves_data: saves_data(),
            throttled_until: services.graph.throttled_until(),
        };
        let is_kept = services.loads.left.borrow().get(&key).is_some();
        let may_begin = services.loads.ahead.borrow().may_begin(&key, Browser.now(), circumstances);
        let Shown::Folder(crumb) = location.shown() else { return };
        if is_kept || !may_begin {
            return;
        }
        let mut pager = Pager::children(&crumb.folder, None).eagerly();
        let (tell, page) = oneshot::channel();
        let task = Task::spawn({
            let key = key.clone();
            async move {
                let Some(services) = self.services() else { return };
                let read = services.graph.quiet().next_page(&mut pager).await;
                let mut ahead = services.loads.ahead.borrow_mut();
                match read.ok().flatten() {
                    Some(rows) => {
                        ahead.finish(&key);
                        let _ = tell.send((pager, rows));
                    }
                    None => ahead.fail(&key, Browser.now()),
                }
            }
        });
        services.loads.ahead.borrow_mut().begin(key, Browser.now(), Ahead { page, _task: task });
    }

    /// Whether a request of the user's own is under way, or something else than the files is on screen.
    fn is_busy(self) -> bool {
        let Some(services) = self.services() else { return true };
        !matches!(self.screen.get_untracked(), Screen::Browsing)
            || self.previewed.with_untracked(Option::is_some)
            || self.waiting.with_untracked(Option::is_some)
            || !services.loads.counts.borrow().is_empty()
            || self.listing.with_untracked(|listing| {
                listing.is_refreshing() || !matches!(listing.phase(), Phase::Complete)
            })
    }
}

/// The row at which an event happened.
fn row_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-index]").ok()??.get_attribute("data-index")?.parse().ok()
}

/// Where the pointer is. A finger that scrolls over rows points at none.
fn pointer_of(event: &Event) -> Option<(i32, i32)> {
    let event = event.dyn_ref::<PointerEvent>().filter(|event| event.pointer_type() != "touch")?;
    Some((event.client_x(), event.client_y()))
}

/// Whether a key moves the focus from row to row: letters lead to names.
fn moves_focus(event: &Event) -> bool {
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
    let is_letter = key.chars().count() == 1 && key != " ";
    is_letter || ["Arrow", "Page", "Home", "End"].iter().any(|name| key.starts_with(name))
}
