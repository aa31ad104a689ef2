//! Reading a location page by page. What was read stays, whatever the next page brings.

use super::App;
use super::loading::Task;
use super::reading_ahead::{Ahead, read_ahead};
use super::source::Source;
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use crate::ui::later::Later;
use onedrive_picker_core::graph::{GraphError, Item};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::client::{Pager, Rows};
use onedrive_picker_core::picker::listing::{Listing, Phase};
use onedrive_picker_core::picker::place::Location;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;

impl App {
    /// Reads the location from its first page.
    pub(super) fn read(self) {
        self.read_from(None);
    }

    /// Reads the location from where the pager stands.
    fn read_from(self, pager: Option<Pager>) {
        let Some(services) = self.services() else { return };
        let location = self.location.get_untracked();
        let ahead = self.take_ahead(&location);
        *services.loads.paused.borrow_mut() = None;
        let task = Task::spawn(async move { self.read_pages(&location, pager, ahead).await });
        *services.loads.listing.borrow_mut() = Some(task);
    }

    async fn read_pages(self, location: &Location, pager: Option<Pager>, ahead: Option<Ahead>) {
        let visit = self.visit.get_untracked();
        let begun = match pager {
            Some(pager) => Some((pager, None)),
            None => read_ahead(ahead).await.map(|(pager, rows)| (pager, Some(rows))),
        };
        let (mut pager, mut page) = match begun {
            Some(begun) => begun,
            None => match self.source(location).await {
                Ok(Source::Pages(pager)) => (pager.eagerly(), None),
                Ok(Source::Rows(rows)) => {
                    return self.received(rows, false);
                }
                Err(error) => return self.later(Later::ListingFailed(visit, error, None)),
            },
        };
        loop {
            let next = if page.as_ref().is_some_and(|page| !page.more) {
                Ok(None)
            } else {
                let mut next = pin!(self.next_page(&mut pager));
                poll_fn(|context| {
                    // The next page is asked for before the rows of this one take their places.
                    let polled = next.as_mut().poll(context);
                    self.received_page(page.take());
                    polled
                })
                .await
            };
            self.received_page(page.take());
            match next {
                Ok(Some(rows)) => {
                    page = Some(rows);
                }
                Ok(None) => {
                    self.listing.update(|listing| listing.cut(pager.is_cut()));
                    self.remember_length(location);
                    break;
                }
                Err(error) => {
                    let can_continue =
                        !matches!(error, GraphError::ForeignNextLink | GraphError::RepeatedNextLink);
                    return self.later(Later::ListingFailed(visit, error, can_continue.then_some(pager)));
                }
            }
        }
    }

    /// Whether the listing could not be had to its end.
    pub(super) fn has_failed(self) -> bool {
        self.listing.with_untracked(|listing| matches!(listing.phase(), Phase::Failed(_)))
    }

    fn received_page(self, page: Option<Rows>) {
        if let Some(page) = page {
            self.received(page.items, page.more);
        }
    }

    fn received(self, items: Vec<Item>, more: bool) {
        let first = self.listing.with_untracked(|listing| matches!(listing.phase(), Phase::Loading));
        self.without_moving(|| {
            self.collation(|collation| {
                self.listing.update(|listing| {
                    listing.receive(items, more, Some(collation));
                });
            });
        });
        if first {
            self.after_first_rows();
            self.keep_focus();
        } else if !more {
            self.announce_listing();
        }
    }

    /// Does something that may move rows. Focus, anchor and what is in sight stay with the files they were at.
    fn without_moving(self, change: impl FnOnce()) {
        let (anchor, files) = (self.anchor(), self.selected_files());
        change();
        self.follow_files(&files);
        self.hold(anchor);
    }

    /// Shows why a listing could not be read to its end, and keeps from where it can be read on.
    pub(in crate::ui) fn listing_failed(self, error: GraphError, pager: Option<Pager>) {
        let has_rows = self.listing.with_untracked(|listing| listing.total() > 0);
        // The rows that are here stay, and the banner says why there are no more.
        let notice = has_rows.then(|| self.not_all_loaded(&error, move || self.try_again()));
        self.listing.update(|listing| listing.fail(Rc::new(error)));
        if let Some(notice) = notice {
            self.notice.set(Some(notice));
        }
        if let Some(services) = self.services().filter(|_| self.has_failed()) {
            *services.loads.paused.borrow_mut() = pager;
        }
    }

    /// Says why a folder could not be read to its end, with a way to read it again.
    pub(super) fn not_all_loaded(self, error: &GraphError, again: impl Fn() + 'static) -> Notice {
        let look = crate::ui::troubles::look(error);
        let text = [self.speech.say(look.title), String::from(". "), self.speech.say(Message::MoreFailed)];
        // A banner with a calm tone tells what happened, not what went wrong.
        let tone = if look.tone == Tone::Calm { Tone::Warn } else { look.tone };
        Notice::new(tone, text.concat()).with(self.speech.say(Message::TryAgain), again)
    }

    /// Reads on where it failed, keeping the rows.
    pub fn try_again(self) {
        self.notice.set(None);
        self.listing.update(Listing::retry);
        let paused = self.services().and_then(|services| services.loads.paused.borrow_mut().take());
        self.read_from(paused);
        self.focus_rows();
    }

    pub(super) fn announce_listing(self) {
        let (count, complete) = self
            .listing
            .with_untracked(|listing| (listing.len() as u64, *listing.phase() == Phase::Complete));
        let message = if complete { Message::NowShowing } else { Message::NowShowingMore };
        self.announce(self.speech.count(message, count, &[("place", &self.listing_name_now())]));
    }
}
