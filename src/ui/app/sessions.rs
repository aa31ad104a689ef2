//! Taking a session and ending one.

use super::signing_in::ACCOUNT_KEY;
use super::{App, Screen, SignIn};
use crate::browser::Browser;
use futures_channel::oneshot;
use onedrive_picker_core::auth::{AccessToken, Session};
use onedrive_picker_core::host::HostToken;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::ports::Store;
use std::rc::Rc;

impl App {
    /// Writes the session into the tab's storage, or removes it from there.
    pub(in crate::ui) fn store_session(self) {
        if let Some(services) = self.services() {
            services.tokens.store();
        }
    }

    /// Takes up the session in the tab's storage, if it is still good.
    pub(in crate::ui) fn restore_session(self, reply: oneshot::Sender<()>) {
        if let Some(services) = self.services() {
            services.tokens.restore();
        }
        let _ = reply.send(());
    }

    /// Goes on with the host's token, if it is one and nobody has begun to sign in meanwhile.
    pub(super) fn take_token(self, token: &HostToken) -> bool {
        let Some(services) = self.services() else { return false };
        let waits = services.tokens.with(|session| session.is_none())
            && !services.sign_in.is_under_way()
            && matches!(self.sign_in.get_untracked(), SignIn::Ask | SignIn::Checking);
        let token = AccessToken::new(token.expose().to_owned()).filter(|_| waits);
        let is_taken = token.is_some();
        if let Some(token) = token {
            self.signed_in(Session::from_host(token));
        }
        is_taken
    }

    /// Takes a session. Whoever waited for a token goes on; another account starts anew.
    pub(super) fn signed_in(self, session: Session) {
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
        // Requests of the account before must not be repeated with the token of another.
        self.settle_renewals(!is_other);
        let browsing = before.is_some() || !self.listing.with_untracked(|listing| listing.total() == 0);
        if browsing && !is_other {
            if !self.uncover() && matches!(self.screen.get_untracked(), Screen::SigningIn) {
                self.screen.set(Screen::Browsing);
            }
            if self.has_failed() {
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
            services.loads.ahead.borrow_mut().clear();
            services.loads.pictures.clear();
            *services.loads.paused.borrow_mut() = None;
            *services.loads.drive.borrow_mut() = None;
        }
        self.basket.update(onedrive_picker_core::picker::basket::Basket::clear);
        self.listing.set(onedrive_picker_core::picker::listing::Listing::folder());
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
}
