//! Calls into the deferred chunks.

use super::App;
use crate::browser::after_paint;
use crate::ui::chunk::ChunkState;
use crate::ui::element::Built;
use crate::ui::later::{Later, Part};
use crate::ui::sign_in_step::SignInStep;
use futures_channel::oneshot;
use leptos::task::spawn_local;

/// What is said of chunks that are not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkNotice {
    /// Nothing.
    None,
    /// The user has pressed something whose code is on its way.
    Loading,
    /// Something is missing whose code could not be fetched.
    Failed,
}

impl App {
    /// Carries out what the deferred chunk does, now or as soon as it is there.
    pub(super) fn later(self, call: Later) {
        if self.later_calls.call(self, call) {
            self.load_later();
        }
    }

    /// The same for what the user has asked for, who sees that it is being loaded.
    pub fn press_later(self, call: Later) {
        if self.later_calls.call(self, call) {
            self.later_calls.is_awaited_now();
            self.load_later();
        }
    }

    /// Fetches the deferred chunk once the sign-in card is painted, and gets ready for the sign-in while the user reads the card.
    pub(in crate::ui) fn prepare_behind_card(self) {
        self.later_calls.call(self, Later::PrepareSignIn);
        after_paint(move || self.load_later());
    }

    /// Carries out a step of the picker's own sign-in, now or as soon as its chunk is there.
    pub fn sign_in_step(self, step: SignInStep) {
        if self.sign_in_calls.call(self, step) {
            self.sign_in_calls.is_awaited_now();
            self.load_sign_in();
        }
    }

    /// Fills an element with a part of the page whose code is in the deferred chunk, once that is there. What is in it until then stays
    /// until then.
    pub fn show_later(self, slot: &Built, part: Part) {
        self.later_calls.call(self, Later::Show(part, slot.clone()));
    }

    /// Has the deferred chunk find something out. `None` if nobody wants to know any more.
    pub(super) async fn ask_later<T>(self, call: impl FnOnce(oneshot::Sender<T>) -> Later) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.later(call(reply));
        answer.await.ok()
    }

    /// Has the deferred chunk begin, once it is there, with what the first rows did not need.
    pub(super) fn settle(self) {
        self.later_calls.call(self, Later::Settle);
    }

    /// Begins with what the first rows did not need.
    pub(in crate::ui) fn settle_in(self) {
        if !self.settled.replace(true) {
            self.watch_dwelling();
        }
        self.restore_choice();
    }

    /// Has a list watched for choosing by touch.
    pub fn watch_touch(self, list: &Built) {
        self.later_calls.call(self, Later::Touch(list.clone()));
    }

    /// The same for a part that somebody waits for.
    pub fn open_later(self, slot: &Built, part: Part) {
        self.press_later(Later::Show(part, slot.clone()));
    }

    /// Whether the deferred chunk is there. Reactive.
    pub fn has_later(self) -> bool {
        self.chunk_notice.track();
        self.later_calls.state() == ChunkState::Loaded
    }

    /// Fetches the deferred chunk, unless it is there or on its way.
    pub(super) fn load_later(self) {
        spawn_local(async move {
            self.later_calls.load(self).await;
            self.tell_of_chunks();
        });
        self.tell_of_chunks();
    }

    /// Fetches the chunk of the sign-in, unless it is there or on its way.
    pub(super) fn load_sign_in(self) {
        spawn_local(async move {
            self.sign_in_calls.load(self).await;
            self.tell_of_chunks();
        });
        self.tell_of_chunks();
    }

    /// Tries again to fetch what could not be fetched.
    pub fn load_again(self) {
        if self.later_calls.has_failed() {
            self.later_calls.is_awaited_now();
            self.load_later();
        }
        if self.sign_in_calls.has_failed() {
            self.sign_in_calls.is_awaited_now();
            self.load_sign_in();
        }
    }

    fn tell_of_chunks(self) {
        let (later, sign_in) = (&self.later_calls, &self.sign_in_calls);
        self.chunk_notice.set(if later.has_failed() || sign_in.has_failed() {
            ChunkNotice::Failed
        } else if later.is_awaited() || sign_in.is_awaited() {
            ChunkNotice::Loading
        } else {
            ChunkNotice::None
        });
    }
}
