//! Signing in: the host's token first, then our own sign-in in a window of its own, silently where that works.

use super::elsewhere::Reach;
use super::{App, Screen, SignIn};
use crate::browser::{Answers, Browser, SignInWindow, StorageAccess};
use crate::ui::later::Later;
use futures_channel::oneshot;
use futures_util::future::join;
use gloo_timers::callback::Timeout;
use leptos::task::spawn_local;
use onedrive_picker_core::auth::{Hints, Prompt, SignInError};
use onedrive_picker_core::picker::ports::{Clock, Store};
use onedrive_picker_core::picker::sign_in::{Pending, SignIn as Protocol};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// After how long the user is told that a token is being looked for. Most are there by then.
const TOKEN_NOTICE_AFTER_MS: u32 = 700;
/// How long the user waits for the host's token before they are offered to sign in themselves.
const HOST_TOKEN_LIMIT_MS: u32 = 5_000;
/// How long a window that seems closed may still answer: Microsoft's pages cut it off, so that it always seems closed.
const GRACE: u32 = 10 * 60 * 1000;
/// The key of the remembered account: its name, for `login_hint`. Never a token.
pub(super) const ACCOUNT_KEY: &str = "onedrive-picker.account";

/// Why a sign-in did not work, and when.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// What happened.
    pub error: SignInError,
    /// Milliseconds since 1970.
    pub at: u64,
}

/// The sign-in under way.
pub(super) struct SignInWork {
    pub protocol: Protocol,
    /// Hints of the host.
    pub hints: Hints,
    /// Access to the site's own channels, once a frame of another site was given it.
    pub access: RefCell<Option<StorageAccess>>,
    /// Whether discovery and keys have been asked for.
    prepared: Cell<bool>,
    /// Tells the user after a while that a silent sign-in is under way.
    notice: RefCell<Option<Timeout>>,
    window: RefCell<Option<SignInWindow>>,
    attempt: RefCell<Option<Attempt>>,
    /// The screen that the card covers, to go back to.
    covered: RefCell<Option<Screen>>,
    /// Who waits for a silent renewal; one is under way as long as somebody does.
    pub renewing_silently: RefCell<Vec<oneshot::Sender<bool>>>,
    /// Who waits for the person to sign in again.
    pub renewing: RefCell<Vec<oneshot::Sender<bool>>>,
    /// Whether the one silent try of this need was in vain.
    pub silent_failed: Cell<bool>,
    /// Whether the person has signed out here.
    pub signed_out: Cell<bool>,
    /// What a challenge of Graph demanded, for the next sign-in in a window.
    pub claims: RefCell<Option<String>>,
}

/// What waits for one answer. Dropping it stops listening.
struct Attempt {
    pending: Option<Pending>,
    answers: Answers,
    _limit: Timeout,
}

impl SignInWork {
    /// No sign-in under way.
    pub(super) fn new(protocol: Protocol, hints: Hints) -> Self {
        Self {
            protocol,
            hints,
            access: RefCell::default(),
            prepared: Cell::default(),
            notice: RefCell::default(),
            window: RefCell::default(),
            attempt: RefCell::default(),
            covered: RefCell::default(),
            renewing_silently: RefCell::default(),
            renewing: RefCell::default(),
            silent_failed: Cell::default(),
            signed_out: Cell::default(),
            claims: RefCell::default(),
        }
    }

    /// Whether an answer of Microsoft is waited for.
    pub(super) fn is_under_way(&self) -> bool {
        self.attempt.borrow().is_some()
    }

    /// Opens Microsoft's window for the sign-in under way. False if the browser blocks it.
    fn open(&self) -> bool {
        if let Some(window) = self.window.borrow_mut().take() {
            window.close();
        }
        let attempt = self.attempt.borrow();
        let Some(Attempt { pending: Some(pending), answers, .. }) = &*attempt else { return false };
        let opened = SignInWindow::open(pending.url());
        if let Some(window) = &opened {
            answers.expect(window.window());
        }
        *self.window.borrow_mut() = opened;
        self.window.borrow().is_some()
    }
}

impl App {
    /// Gets a session: an earlier one of this tab, the host's token, or by the picker's own sign-in.
    pub(super) async fn first_sign_in(self) {
        let Some(services) = self.services() else { return };
        if services.tokens.may_be_stored() {
            let _ = self.ask_later(Later::RestoreSession).await;
        }
        if let Some(account) =
            services.tokens.with(|session| session.and_then(|session| session.account().cloned()))
        {
            self.account.set(Some(Rc::new(account)));
            return self.begin_browsing();
        }
        if services.launch.returned.is_some() {
            return self.later(Later::ComeBack);
        }
        if services.options().authentication.host_supplies_tokens && self.has_host() {
            // The host may take its time: an empty page would look broken.
            let notice = Timeout::new(TOKEN_NOTICE_AFTER_MS, move || self.show_checking());
            let offered = Rc::new(Cell::new(false));
            let offer = Timeout::new(HOST_TOKEN_LIMIT_MS, {
                let offered = Rc::clone(&offered);
                move || {
                    offered.set(true);
                    self.ask_to_sign_in();
                }
            });
            let token = self.ask_token(None).await;
            drop((notice, offer));
            if token.is_some_and(|token| self.take_token(&token)) {
                return;
            }
            // Who was offered to sign in is not signed in behind that card.
            if offered.get() {
                return;
            }
        }
        if Browser.get(ACCOUNT_KEY).is_some() {
            // Microsoft may take its time, too.
            let notice = Timeout::new(TOKEN_NOTICE_AFTER_MS, move || self.show_checking());
            *services.sign_in.notice.borrow_mut() = Some(notice);
            self.later(Later::SignIn);
        } else {
            self.ask_to_sign_in();
        }
    }

    fn show_checking(self) {
        self.sign_in.set(SignIn::Checking);
        self.screen.set(Screen::SigningIn);
    }

    /// Fetches discovery and keys while the user reads the card.
    pub(in crate::ui) fn prepare_sign_in(self) {
        spawn_local(async move {
            let Some(services) = self.services() else { return };
            if !services.sign_in.prepared.replace(true) {
                services.sign_in.protocol.prefetch(&Browser).await;
            }
        });
    }

    /// Signs in silently as the remembered account, or by the card.
    pub(in crate::ui) fn start_sign_in(self) {
        spawn_local(async move {
            let Some(services) = self.services() else { return };
            services.sign_in.prepared.set(true);
            let silent = async {
                self.find_storage_access().await;
                let signed_in = self.try_silently(Browser.get(ACCOUNT_KEY), None).await;
                services.sign_in.notice.take();
                if signed_in {
                    self.begin_browsing();
                } else {
                    self.ask_to_sign_in();
                }
            };
            join(services.sign_in.protocol.prefetch(&Browser), silent).await;
        });
    }

    /// Shows the card with the button.
    pub(super) fn ask_to_sign_in(self) {
        self.sign_in.set(SignIn::Ask);
        self.screen.set(Screen::SigningIn);
    }

    /// Opens Microsoft's window. To be called within a click, or the browser blocks it.
    pub fn begin_sign_in(self) {
        // After an explicit sign-out Microsoft would let the same account in without a question.
        let ask = self.services().is_some_and(|services| services.sign_in.signed_out.get());
        self.open_window(ask.then_some(Prompt::SelectAccount));
    }

    /// The same, with Microsoft's list of accounts.
    pub fn use_another_account(self) {
        self.open_window(Some(Prompt::SelectAccount));
    }

    /// Opens Microsoft's window for a new sign-in, in a way whose answer arrives here.
    pub(super) fn open_window(self, prompt: Option<Prompt>) {
        match self.reach.get_untracked() {
            Reach::Here => {
                if self.begin_attempt(prompt) {
                    self.show_attempt(prompt.is_some());
                }
            }
            Reach::Askable => spawn_local(async move {
                if self.gain_access().await {
                    self.open_window(prompt);
                } else {
                    self.ask_to_sign_in();
                }
            }),
            Reach::Elsewhere => self.press_later(Later::ContinueInWindow),
        }
    }

    /// Begins a sign-in that waits for its answer. False if there is no randomness.
    fn begin_attempt(self, prompt: Option<Prompt>) -> bool {
        // The card offers this only once the code for it is there (`can_sign_in`).
        if self.services().is_some_and(|services| !services.sign_in.protocol.is_implicit()) {
            self.press_later(Later::BeginByCode(prompt));
            return false;
        }
        self.begin_by(prompt, |protocol, hints| protocol.begin_implicit(hints, &Browser))
    }

    /// Whether a click can open Microsoft's window now: it is known how far its answer reaches, and the code for it is there. Reactive.
    pub fn can_sign_in(self) -> bool {
        let is_implicit = self.services().is_none_or(|services| services.sign_in.protocol.is_implicit());
        self.access_known.get() && (is_implicit || self.has_later())
    }

    /// Opens Microsoft's window for a sign-in by a code, which hashes its verifier.
    pub(in crate::ui) fn begin_by_code(self, prompt: Option<Prompt>) {
        if self.begin_by(prompt, |protocol, hints| protocol.begin(hints, &Browser)) {
            self.show_attempt(prompt.is_some());
        }
    }

    fn begin_by(
        self,
        prompt: Option<Prompt>,
        begin: fn(&Protocol, &Hints) -> Result<Pending, SignInError>,
    ) -> bool {
        let Some(services) = self.services() else { return false };
        let work = &services.sign_in;
        let mut hints = work.hints.clone();
        hints.prompt = prompt;
        hints.claims = work.claims.borrow_mut().take();
        // "Use another account" means another one than the host or the last visit would hint at.
        if prompt == Some(Prompt::SelectAccount) {
            hints.login_hint = None;
        } else if let Some(hint) = self.known_login_hint() {
            hints.login_hint = Some(hint);
        }
        let pending = match begin(&work.protocol, &hints) {
            Ok(pending) => pending,
            Err(error) => {
                self.sign_in_failed(error);
                return false;
            }
        };
        let access = work.access.borrow();
        let answers = Answers::listen(pending.state().secret(), access.as_ref(), move |fragment| {
            self.later(Later::SignInAnswered(fragment));
        });
        let limit = Timeout::new(GRACE, move || self.cancel_sign_in());
        *work.attempt.borrow_mut() = Some(Attempt { pending: Some(pending), answers, _limit: limit });
        true
    }

    /// Who is meant: who is signed in, else whom the host names, else who was here last.
    fn known_login_hint(self) -> Option<String> {
        let signed_in =
            self.account.get_untracked().and_then(|account| account.login_hint().map(str::to_owned));
        let of_host = || self.services().and_then(|services| services.sign_in.hints.login_hint.clone());
        signed_in.or_else(of_host).or_else(|| Browser.get(ACCOUNT_KEY))
    }

    /// Opens the window of the sign-in under way, and says so: in the card, or while files are shown in the banner that
    /// is there already.
    fn show_attempt(self, in_card: bool) {
        let Some(services) = self.services() else { return };
        let opened = services.sign_in.open();
        self.trouble.set(None);
        self.sign_in.set(if opened { SignIn::Waiting } else { SignIn::Blocked });
        let screen = self.screen.get_untracked();
        let shows_files = matches!(screen, Screen::Browsing | Screen::Importing);
        if shows_files && (in_card || !opened) {
            *services.sign_in.covered.borrow_mut() = Some(screen);
        }
        if !shows_files || in_card || !opened {
            self.screen.set(Screen::SigningIn);
        }
    }

    /// Opens the window of the sign-in under way once more: it was closed, blocked, or cannot be found. An answer of the
    /// one before still counts.
    pub fn open_window_again(self) {
        let waits = self.services().is_some_and(|services| services.sign_in.is_under_way());
        if waits { self.show_attempt(true) } else { self.begin_sign_in() }
    }

    /// Brings Microsoft's window to the front, or opens it again where it is out of reach: Microsoft's pages cut it off.
    pub fn show_sign_in_window(self) {
        let Some(services) = self.services() else { return };
        let in_reach = match &*services.sign_in.window.borrow() {
            Some(window) if !window.seems_closed() => {
                window.focus();
                true
            }
            _ => false,
        };
        if !in_reach {
            self.open_window_again();
        }
    }

    /// The request of the sign-in under way, which is given up here.
    pub(super) fn take_pending(self) -> Option<Pending> {
        let services = self.services()?;
        let attempt = services.sign_in.attempt.borrow_mut().take();
        attempt.and_then(|attempt| attempt.pending)
    }

    /// Goes back to the screen that the card covered. False if there was none.
    pub(super) fn uncover(self) -> bool {
        let covered = self.services().and_then(|services| services.sign_in.covered.borrow_mut().take());
        let covers = matches!(self.screen.get_untracked(), Screen::SigningIn);
        match covered {
            Some(screen) if covers => {
                self.screen.set(screen);
                true
            }
            _ => false,
        }
    }

    /// Gives up waiting for Microsoft.
    pub fn cancel_sign_in(self) {
        let Some(services) = self.services() else { return };
        *services.sign_in.attempt.borrow_mut() = None;
        if let Some(window) = services.sign_in.window.borrow_mut().take() {
            window.close();
        }
        self.settle_renewals(false);
        if services.tokens.with(|session| session.is_some()) {
            self.uncover();
        } else {
            self.ask_to_sign_in();
        }
    }

    /// Does not wait any longer: back to the files that the card covers, or out of the picker.
    pub fn leave_sign_in(self) {
        if !self.uncover() {
            self.cancel();
        }
    }

    /// Completes the sign-in under way with what its window brought back.
    pub(in crate::ui) fn complete_sign_in(self, fragment: String) {
        let Some(services) = self.services() else { return };
        let pending =
            services.sign_in.attempt.borrow_mut().as_mut().and_then(|attempt| attempt.pending.take());
        let Some(pending) = pending else { return };
        if matches!(self.screen.get_untracked(), Screen::SigningIn) {
            self.sign_in.set(SignIn::Checking);
        }
        spawn_local(async move {
            let judged = services.sign_in.protocol.complete(&Browser, pending, &fragment).await;
            *services.sign_in.attempt.borrow_mut() = None;
            // The window closes itself; where it cannot, this one may.
            if let Some(window) = services.sign_in.window.borrow_mut().take() {
                window.close();
            }
            match judged {
                Ok(session) => self.signed_in(session),
                Err(error) => self.sign_in_failed(error),
            }
        });
    }

    pub(super) fn sign_in_failed(self, error: SignInError) {
        self.settle_renewals(false);
        self.trouble.set(Some(Rc::new(Trouble { error, at: Browser.now() })));
        self.ask_to_sign_in();
    }

    /// Opens Microsoft's window, which asks again whether this site may read files.
    pub fn consent_again(self) {
        self.open_window(Some(Prompt::Consent));
    }

    /// The redirect URI, for the administrator.
    pub fn sign_in_places(self) -> String {
        self.services().map(|services| services.settings.redirect_uri.clone()).unwrap_or_default()
    }

    /// The link with which an administrator consents for everybody.
    pub fn admin_consent_url(self) -> Option<String> {
        let services = self.services()?;
        Some(services.sign_in.protocol.admin_consent_url())
    }
}
