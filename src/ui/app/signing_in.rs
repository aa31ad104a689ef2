//! Signing in: the host's token first, then our own sign-in in a window of its own, silently where that works.

use super::loading::Task;
use super::{App, Screen, SignIn};
use crate::auth::{AccessToken, Hints, Prompt, Session, SignInError};
use crate::browser::{Answers, Browser, HiddenFrame, SignInWindow};
use crate::host::HostToken;
use crate::picker::ports::{Clock, Store};
use crate::picker::sign_in::{Pending, Renewal, SignIn as Protocol};
use crate::text::Message;
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How long a hidden frame may take to answer, in milliseconds.
const SILENT_LIMIT: u32 = 10_000;
/// How long a window that seems closed may still answer: Microsoft's pages cut it off, so that it always seems closed.
const GRACE: u32 = 10 * 60 * 1000;
/// The key of the remembered account: its name, for `login_hint`. Never a token.
const ACCOUNT_KEY: &str = "onedrive-picker.account";

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
    window: RefCell<Option<SignInWindow>>,
    attempt: RefCell<Option<Attempt>>,
    renewal: RefCell<Option<Task>>,
    renewing: RefCell<Vec<oneshot::Sender<bool>>>,
    silent_failed: Cell<bool>,
    signed_out: Cell<bool>,
    /// What a challenge of Graph demanded, for the next sign-in in a window.
    claims: RefCell<Option<String>>,
}

/// What waits for one answer. Dropping it stops listening.
struct Attempt {
    pending: Option<Pending>,
    _answers: Answers,
    _limit: Timeout,
}

impl SignInWork {
    /// No sign-in under way.
    pub(super) fn new(protocol: Protocol, hints: Hints) -> Self {
        Self {
            protocol,
            hints,
            window: RefCell::default(),
            attempt: RefCell::default(),
            renewal: RefCell::default(),
            renewing: RefCell::default(),
            silent_failed: Cell::default(),
            signed_out: Cell::default(),
            claims: RefCell::default(),
        }
    }
}

impl App {
    /// Gets a session: from the host, silently for a remembered account, or by the card.
    pub(super) async fn first_sign_in(self) {
        let Some(services) = self.services() else { return };
        if let Some(account) =
            services.tokens.with(|session| session.and_then(|session| session.account().cloned()))
        {
            self.account.set(Some(Rc::new(account)));
            return self.begin_browsing();
        }
        if services.options().authentication.host_supplies_tokens
            && self.has_host()
            && let Some(token) = self.ask_token(None).await
            && let Some(token) = AccessToken::new(token.expose().to_owned())
        {
            self.signed_in(Session::from_host(token));
            return;
        }
        if let Some(account) = Browser.get(ACCOUNT_KEY)
            && self.try_silently(Some(account), None).await
        {
            self.begin_browsing();
            return;
        }
        self.ask_to_sign_in();
        // Discovery and keys come while the person reads the card.
        services.sign_in.protocol.prefetch(&Browser).await;
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

    fn open_window(self, prompt: Option<Prompt>) {
        let claims = self.services().and_then(|services| services.sign_in.claims.borrow_mut().take());
        let Some(services) = self.services() else { return };
        let work = &services.sign_in;
        let mut hints = work.hints.clone();
        hints.prompt = prompt;
        hints.claims = claims;
        if prompt.is_none() && hints.login_hint.is_none() {
            hints.login_hint = self
                .account
                .get_untracked()
                .and_then(|account| account.login_hint().map(str::to_owned))
                .or_else(|| Browser.get(ACCOUNT_KEY));
        }
        let pending = match work.protocol.begin(&hints, &Browser) {
            Ok(pending) => pending,
            Err(error) => return self.sign_in_failed(error),
        };
        if let Some(window) = work.window.borrow_mut().take() {
            window.close();
        }
        let answers = Answers::listen(pending.state().secret(), move |fragment| self.answered(&fragment));
        let opened = SignInWindow::open(pending.url());
        let blocked = opened.is_none();
        *work.window.borrow_mut() = opened;
        let limit = Timeout::new(GRACE, move || self.cancel_sign_in());
        *work.attempt.borrow_mut() =
            Some(Attempt { pending: Some(pending), _answers: answers, _limit: limit });
        self.trouble.set(None);
        self.sign_in.set(if blocked { SignIn::Blocked } else { SignIn::Waiting });
        // While files are shown they stay: the banner waits instead of the card.
        let shows_files = matches!(self.screen.get_untracked(), Screen::Browsing | Screen::Importing);
        if !shows_files || blocked || prompt.is_some() {
            self.screen.set(Screen::SigningIn);
        }
    }

    /// Brings Microsoft's window to the front.
    pub fn show_sign_in_window(self) {
        if let Some(services) = self.services()
            && let Some(window) = &*services.sign_in.window.borrow()
        {
            window.focus();
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
            self.screen.set(Screen::Browsing);
        } else {
            self.ask_to_sign_in();
        }
    }

    fn answered(self, fragment: &str) {
        let Some(services) = self.services() else { return };
        let pending =
            services.sign_in.attempt.borrow_mut().as_mut().and_then(|attempt| attempt.pending.take());
        let Some(pending) = pending else { return };
        if matches!(self.screen.get_untracked(), Screen::SigningIn) {
            self.sign_in.set(SignIn::Checking);
        }
        let fragment = fragment.to_owned();
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

    fn sign_in_failed(self, error: SignInError) {
        self.settle_renewals(false);
        self.trouble.set(Some(Rc::new(Trouble { error, at: Browser.now() })));
        self.ask_to_sign_in();
    }

    /// Takes a session. Whoever waited for a token goes on; another account starts anew.
    fn signed_in(self, session: Session) {
        let Some(services) = self.services() else { return };
        let before = self.account.get_untracked();
        let account = session.account().cloned().map(Rc::new);
        let is_other = match (&before, &account) {
            (Some(before), Some(account)) => !before.is_same(account),
            _ => false,
        };
        if let Some(hint) = account.as_ref().and_then(|account| account.login_hint()) {
            Browser.set(ACCOUNT_KEY, hint);
        }
        services.sign_in.silent_failed.set(false);
        services.sign_in.signed_out.set(false);
        services.tokens.replace(Some(session));
        self.trouble.set(None);
        self.account.set(account);
        self.notice.set(None);
        self.settle_renewals(true);
        let browsing = before.is_some() || !self.listing.with_untracked(|listing| listing.total() == 0);
        if browsing && !is_other {
            if matches!(self.screen.get_untracked(), Screen::SigningIn) {
                self.screen.set(Screen::Browsing);
            }
            let failed = self.listing.with_untracked(|listing| {
                matches!(listing.phase(), crate::picker::listing::Phase::Failed(_))
            });
            if failed {
                self.try_again();
            }
            return;
        }
        if is_other {
            self.forget_work();
        }
        self.begin_browsing();
    }

    /// Forgets what belonged to the account before.
    fn forget_work(self) {
        if let Some(services) = self.services() {
            services.loads.left.borrow_mut().clear();
            *services.loads.drive.borrow_mut() = None;
        }
        self.basket.update(crate::picker::basket::Basket::clear);
        self.listing.set(crate::picker::listing::Listing::folder());
        self.search_text.set(String::new());
    }

    /// Ends the session here. Microsoft's own session in the browser stays: other pages use it.
    pub fn sign_out(self) {
        let Some(services) = self.services() else { return };
        services.tokens.replace(None);
        services.sign_in.signed_out.set(true);
        Browser.remove(ACCOUNT_KEY);
        *services.loads.listing.borrow_mut() = None;
        self.account.set(None);
        self.forget_work();
        self.trouble.set(None);
        self.ask_to_sign_in();
        self.announce(self.speech.say(Message::SignedOut));
    }

    /// A token that ends soon is renewed while the old one is still good.
    pub(super) fn renew_behind(self) {
        let Some(services) = self.services() else { return };
        if services.sign_in.renewal.borrow().is_some() || services.sign_in.silent_failed.get() {
            return;
        }
        let task = Task::spawn(async move {
            let _ = self.renew_quietly(None).await;
            if let Some(services) = self.services() {
                services.sign_in.renewal.borrow_mut().take();
            }
        });
        *services.sign_in.renewal.borrow_mut() = Some(task);
    }

    /// Another token because Graph refused the one in use: silently, or with one click in the banner.
    pub(super) async fn renew_session(self, claims: Option<&str>) -> bool {
        if self.renew_quietly(claims).await {
            return true;
        }
        let Some(services) = self.services() else { return false };
        *services.sign_in.claims.borrow_mut() = claims.map(str::to_owned);
        let (sender, receiver) = oneshot::channel();
        services.sign_in.renewing.borrow_mut().push(sender);
        self.notice.set(Some(
            Notice::new(Tone::Warn, self.speech.say(Message::SessionEnded))
                .with(self.speech.say(Message::SignInShort), move || self.begin_sign_in())
                .staying(),
        ));
        receiver.await.unwrap_or(false)
    }

    fn settle_renewals(self, renewed: bool) {
        if let Some(services) = self.services() {
            for waiting in services.sign_in.renewing.borrow_mut().drain(..) {
                let _ = waiting.send(renewed);
            }
        }
    }

    async fn renew_quietly(self, claims: Option<&str>) -> bool {
        let Some(services) = self.services() else { return false };
        let from_host = services.tokens.with(|session| session.is_some_and(Session::is_from_host));
        if from_host {
            let Some(token) = self.ask_token(claims.map(str::to_owned)).await else { return false };
            let Some(token) = AccessToken::new(token.expose().to_owned()) else { return false };
            // The same token again would be refused again.
            let is_new = services.tokens.with(|session| {
                session.is_none_or(|session| session.access_token().secret() != token.secret())
            });
            if is_new {
                services.tokens.replace(Some(Session::from_host(token)));
            }
            return is_new;
        }
        // One silent try for one need: loops earn AADSTS50196.
        if services.sign_in.silent_failed.get() {
            return false;
        }
        let hint = self.account.get_untracked().and_then(|account| account.login_hint().map(str::to_owned));
        let renewed = self.try_silently(hint, claims.map(str::to_owned)).await;
        services.sign_in.silent_failed.set(!renewed);
        renewed
    }

    /// A sign-in in a hidden frame (`prompt=none`). True if there is a session now.
    async fn try_silently(self, login_hint: Option<String>, claims: Option<String>) -> bool {
        let Some(services) = self.services() else { return false };
        let protocol = &services.sign_in.protocol;
        let pending = services.tokens.with(|session| match session {
            // Another account must not slip in unseen: a renewal is of the same one.
            Some(session) => protocol.begin_renewal(session, Renewal::Silent, claims.clone(), &Browser),
            None => {
                let mut hints = services.sign_in.hints.clone();
                hints.prompt = Some(Prompt::None);
                hints.login_hint = hints.login_hint.or(login_hint);
                protocol.begin(&hints, &Browser)
            }
        });
        let Ok(pending) = pending else { return false };
        let (sender, receiver) = oneshot::channel();
        let sender = RefCell::new(Some(sender));
        let _answers = Answers::listen(pending.state().secret(), move |fragment| {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(fragment);
            }
        });
        let Some(_frame) = HiddenFrame::open(pending.url()) else { return false };
        let limit = std::pin::pin!(Browser.sleep(SILENT_LIMIT));
        let Either::Left((Ok(fragment), _)) = select(receiver, limit).await else { return false };
        let Ok(session) = protocol.complete(&Browser, pending, &fragment).await else { return false };
        let account = session.account().cloned().map(Rc::new);
        services.tokens.replace(Some(session));
        self.account.set(account);
        true
    }

    /// The same, and Microsoft asks again whether this site may read files.
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

    /// The host's token came after all; it is used if nobody has signed in meanwhile.
    pub(super) fn late_token(self, token: &HostToken) {
        let Some(services) = self.services() else { return };
        let waits =
            services.tokens.with(|session| session.is_none()) && self.sign_in.get_untracked() == SignIn::Ask;
        if waits && let Some(token) = AccessToken::new(token.expose().to_owned()) {
            self.signed_in(Session::from_host(token));
        }
    }
}
