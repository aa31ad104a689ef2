//! The last resort where no second window can open: this very window goes to Microsoft and comes back. The place is kept
//! here, the choice as at every reload. Only where there is no host to lose: Microsoft's pages cut a window off from its
//! opener for good, and they refuse frames.

use super::App;
use crate::browser::{Browser, Embedding, Returned, leave_for};
use leptos::task::spawn_local;
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::picker::sign_in::Left;

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
        let kept = self
            .location
            .with_untracked(|location| Left::to_text(&pending, account.as_deref(), location, Browser.now()));
        if !leave_for(pending.url(), pending.state().secret(), &kept) {
            self.cancel_sign_in();
        }
    }

    /// Takes up what was left, if the answer holds.
    pub(in crate::ui) fn come_back(self) {
        spawn_local(async move {
            let Some(services) = self.services() else { return };
            if let Some(returned) = &services.launch.returned {
                self.take_up(returned).await;
            }
        });
    }

    async fn take_up(self, returned: &Returned) {
        let Some(services) = self.services() else { return };
        let Some((pending, left)) = Left::from_text(&returned.kept, Browser.now()) else {
            return self.ask_to_sign_in();
        };
        match services.sign_in.protocol.complete(&Browser, pending, &returned.fragment).await {
            Ok(session) => {
                let is_same = left.belongs_to(session.account());
                self.signed_in(session);
                if is_same && self.location.with_untracked(|shown| *shown != left.location) {
                    self.travel(|shown| *shown = left.location);
                }
            }
            Err(error) => self.sign_in_failed(error),
        }
    }
}
