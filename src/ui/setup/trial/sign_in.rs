//! The sign-in of the live check: the picker's own, with the values entered.

use super::super::state::{Run, Setup};
use crate::browser::{Answers, Browser, Embedding, LocalStore, SignInWindow};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::auth::{Hints, Prompt, SignInError};
use onedrive_picker_core::i18n::{Message, SetupMessage};
use onedrive_picker_core::picker::ports::Store;
use onedrive_picker_core::picker::sign_in::{Pending, SignIn};
use onedrive_picker_core::registration::{CheckName, CheckState, Mend};
use onedrive_picker_core::settings::Settings;
use std::cell::{Cell, RefCell};

/// After how long without an answer something is likely to be wrong, in milliseconds. A later answer still counts.
const SILENCE: u32 = 60_000;

/// After how long nobody waits any more, in milliseconds.
const GRACE: u32 = 15 * 60 * 1000;

/// What is under way.
#[derive(Default)]
pub struct Work {
    turn: Cell<u32>,
    window: RefCell<Option<SignInWindow>>,
    attempt: RefCell<Option<Attempt>>,
    error: RefCell<Option<SignInError>>,
}

/// A sign-in that waits for its answer. Dropping it stops listening.
struct Attempt {
    protocol: SignIn,
    settings: Settings,
    pending: Option<Pending>,
    _answers: Answers,
    _timers: [Timeout; 2],
}

impl Work {
    /// Begins another look at the page; those before do not count any more.
    pub(super) fn next_turn(&self) -> u32 {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.turn.get()
    }

    /// Whether no other look at the page was begun since.
    pub(super) fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// Adds what Microsoft said about the last refusal: codes, ids and a time.
    pub(super) fn push_details(&self, report: &mut String) {
        let Some(error) = &*self.error.borrow() else { return };
        for detail in error.details() {
            for part in [detail.name, ": ", &detail.value, "\n"] {
                report.push_str(part);
            }
        }
    }
}

impl Setup {
    /// Opens Microsoft's window. To be called within a click, or the browser blocks it.
    pub fn begin_sign_in(self) {
        self.give_up();
        self.check_browser();
        let (Some(settings), Some(module)) = (self.trial_settings(), self.module.get_untracked()) else {
            return self.open(super::super::step::Step::Try);
        };
        if self.step.get_untracked() != super::super::step::Step::Try {
            self.open(super::super::step::Step::Try);
        }
        let is_here = self.site.with_untracked(|site| {
            site.as_ref().is_ok_and(|read| *read.site.origin() == self.place().own_origin)
        });
        if !is_here {
            self.diagnosis.update(|diagnosis| diagnosis.note_silence());
            return self.fail_check(CheckName::RedirectUri, Mend::OpenOnSite, "other_origin");
        }
        let protocol = SignIn::new(&settings, &module.application_id, module.files);
        let hints = Hints { prompt: Some(Prompt::SelectAccount), ..Hints::default() };
        let pending = match protocol.begin(&hints, &Browser) {
            Ok(pending) => pending,
            Err(error) => return self.sign_in_failed(error),
        };
        let answers =
            Answers::listen(pending.state().secret(), None, move |fragment| self.answered(fragment));
        let Some(window) = SignInWindow::open(pending.url()) else {
            self.fail_check(CheckName::Popups, Mend::AllowPopups, "blocked");
            return self.run.set(Run::Blocked);
        };
        answers.expect(window.window());
        self.set_check(CheckName::Popups, CheckState::Passed);
        self.diagnosis.update(|diagnosis| diagnosis.begin_sign_in());
        let work = self.work();
        *work.window.borrow_mut() = Some(window);
        *work.attempt.borrow_mut() = Some(Attempt {
            protocol,
            settings,
            pending: Some(pending),
            _answers: answers,
            _timers: [
                Timeout::new(SILENCE, move || self.diagnosis.update(|diagnosis| diagnosis.note_silence())),
                Timeout::new(GRACE, move || self.give_up()),
            ],
        });
        self.run.set(Run::Waiting);
    }

    /// Brings Microsoft's window to the front.
    pub fn show_window(self) {
        if let Some(window) = &*self.work().window.borrow() {
            window.focus();
        }
    }

    /// Stops waiting for Microsoft.
    pub fn give_up(self) {
        let work = self.work();
        let was_waiting = work.attempt.borrow_mut().take().is_some();
        if let Some(window) = work.window.borrow_mut().take() {
            window.close();
        }
        *work.error.borrow_mut() = None;
        if was_waiting {
            self.diagnosis.update(|diagnosis| diagnosis.note_silence());
        }
        self.run.set(Run::Idle);
    }

    /// Takes the code that Microsoft's window shows.
    pub fn note_stuck(self, code: u32) {
        self.give_up();
        self.diagnosis.update(|diagnosis| diagnosis.note_stuck(code));
        self.announcement.set(self.speech.say(Message::Done));
    }

    fn answered(self, fragment: String) {
        let work = self.work();
        let attempt = work.attempt.borrow_mut().take();
        let Some(Attempt { protocol, settings, pending: Some(pending), .. }) = attempt else { return };
        if let Some(window) = work.window.borrow_mut().take() {
            window.close();
        }
        self.run.set(Run::Checking);
        self.announce(SetupMessage::CheckingRest);
        spawn_local(async move {
            match protocol.complete(&Browser, pending, &fragment).await {
                Ok(session) => {
                    self.diagnosis.update(|diagnosis| diagnosis.note_sign_in());
                    self.check_graph(session, &settings).await;
                    self.run.set(Run::Idle);
                }
                Err(error) => self.sign_in_failed(error),
            }
        });
    }

    fn sign_in_failed(self, error: SignInError) {
        self.diagnosis.update(|diagnosis| diagnosis.note_sign_in_error(&error));
        *self.work().error.borrow_mut() = Some(error);
        self.run.set(Run::Idle);
    }

    /// What this browser lets the picker do.
    pub fn check_browser(self) {
        // Whoever runs this runs WebAssembly.
        self.set_check(CheckName::WebAssembly, CheckState::Passed);
        if Embedding::of_this_page().is_cross_origin() {
            return self.fail_check(CheckName::ThirdPartyStorage, Mend::LeaveFrame, "framed");
        }
        const KEY: &str = "onedrive-picker.probe";
        LocalStore.set(KEY, "1");
        let keeps = LocalStore.get(KEY).is_some();
        LocalStore.remove(KEY);
        if keeps {
            self.set_check(CheckName::ThirdPartyStorage, CheckState::Passed);
        } else {
            self.fail_check(CheckName::ThirdPartyStorage, Mend::AllowStorage, "denied");
        }
    }
}
