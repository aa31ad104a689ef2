//! The last resort where no second window can open: this very window goes to Microsoft and comes back, with the place and
//! the choice kept. Only where there is no host to lose: Microsoft's pages cut a window off from its opener for good, and
//! they refuse frames.

use super::App;
use crate::browser::{Browser, Embedding, Returned, leave_for};
use crate::picker::basket::Kept;
use crate::picker::place::Location;
use crate::picker::ports::Clock;
use crate::picker::sign_in::Left;
use leptos::prelude::*;
use leptos::task::spawn_local;

impl App {
    /// Whether this window may go to Microsoft itself.
    pub fn may_leave(self) -> bool {
        self.services().is_some_and(|services| match services.embedding {
            Embedding::Alone => true,
            Embedding::Popup(_) => services.host.is_none(),
            Embedding::Framed(_) => false,
        })
    }

    /// Whether another page is around this one.
    pub fn is_framed(self) -> bool {
        self.services().is_some_and(|services| matches!(services.embedding, Embedding::Framed(_)))
    }

    /// Signs in in this window.
    pub fn leave_for_microsoft(self) {
        if !self.may_leave() {
            return;
        }
        let Some(pending) = self.take_pending() else { return self.begin_sign_in() };
        let account = self.account.get_untracked();
        let kept = self.location.with_untracked(|location| {
            self.basket.with_untracked(|basket| {
                Left::to_text(&pending, account.as_deref(), location, basket, Browser.now())
            })
        });
        if !leave_for(pending.url(), pending.state().secret(), &kept) {
            self.cancel_sign_in();
        }
    }

    /// Takes up what was left, if the answer holds.
    pub(super) async fn come_back(self, returned: &Returned) {
        let Some(services) = self.services() else { return };
        let Some((pending, left)) = Left::from_text(&returned.kept, Browser.now()) else {
            return self.ask_to_sign_in();
        };
        match services.sign_in.protocol.complete(&Browser, pending, &returned.fragment).await {
            Ok(session) => {
                let is_same = left.belongs_to(session.account());
                self.signed_in(session);
                if is_same {
                    self.take_up(left.location, left.chosen);
                }
            }
            Err(error) => self.sign_in_failed(error),
        }
    }

    fn take_up(self, location: Location, chosen: Vec<Kept>) {
        if self.location.with_untracked(|shown| *shown != location) {
            self.travel(|shown| *shown = location);
        }
        if !chosen.is_empty() {
            let files = chosen.into_iter().map(|kept| kept.file).collect();
            spawn_local(self.choose_again(files, self.choice_head()));
        }
    }
}
