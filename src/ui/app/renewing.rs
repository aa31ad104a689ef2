//! Renewing a session: silently ahead of its end or when Graph refuses the token, else by one click. One need gets one
//! silent try, and needs of the same moment share it: loops earn AADSTS50196.

use super::App;
use crate::browser::{Answers, Browser, HiddenFrame};
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use leptos::task::spawn_local;
use onedrive_picker_core::auth::{AccessToken, Prompt, Session};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::picker::sign_in::Renewal;
use std::cell::RefCell;
use std::rc::Rc;

/// How long a hidden frame may take to answer, in milliseconds.
const SILENT_LIMIT: u32 = 10_000;

impl App {
    /// A token that ends soon is renewed while the old one is still good.
    pub(in crate::ui) fn renew_ahead(self) {
        let Some(services) = self.services() else { return };
        if services.sign_in.renewing_silently.borrow().is_empty() && !services.sign_in.silent_failed.get() {
            spawn_local(async move {
                let _ = self.renew_quietly(None).await;
            });
        }
    }

    /// Gets another token, and answers whether there is one.
    pub(in crate::ui) fn renew(self, claims: Option<String>, reply: oneshot::Sender<bool>) {
        spawn_local(async move {
            let _ = reply.send(self.renew_session(claims.as_deref()).await);
        });
    }

    /// Another token because Graph refused the one in use: silently, or with one click in the banner.
    async fn renew_session(self, claims: Option<&str>) -> bool {
        if self.renew_quietly(claims).await {
            return true;
        }
        let Some(services) = self.services() else { return false };
        if self.is_unused_token_of_host() {
            // The host's token was never any good: the person has seen nothing yet, so nothing has "ended".
            services.tokens.replace(None);
            self.ask_to_sign_in();
            return false;
        }
        if claims.is_some() {
            *services.sign_in.claims.borrow_mut() = claims.map(str::to_owned);
        }
        let (sender, receiver) = oneshot::channel();
        services.sign_in.renewing.borrow_mut().push(sender);
        self.notice.set(Some(
            Notice::new(Tone::Warn, self.speech.say(Message::SessionEnded))
                .with(self.speech.say(Message::SignInShort), move || self.begin_sign_in())
                .staying(),
        ));
        receiver.await.unwrap_or(false)
    }

    fn is_unused_token_of_host(self) -> bool {
        let from_host = self.services().is_some_and(|services| {
            services.tokens.with(|session| session.is_some_and(Session::is_from_host))
        });
        from_host
            && self.listing.with_untracked(|listing| listing.total() == 0)
            && self.basket.with_untracked(onedrive_picker_core::picker::basket::Basket::is_empty)
    }

    /// Lets everybody who waits for the person go on, or give up.
    pub(super) fn settle_renewals(self, renewed: bool) {
        if let Some(services) = self.services() {
            for waiting in services.sign_in.renewing.borrow_mut().drain(..) {
                let _ = waiting.send(renewed);
            }
        }
    }

    /// A renewal that nobody sees. Whoever asks while one is under way waits for that one; it goes on even if the
    /// request that began it is given up.
    async fn renew_quietly(self, claims: Option<&str>) -> bool {
        let Some(services) = self.services() else { return false };
        let (sender, receiver) = oneshot::channel();
        let is_first = {
            let mut waiting = services.sign_in.renewing_silently.borrow_mut();
            waiting.push(sender);
            waiting.len() == 1
        };
        if is_first {
            let claims = claims.map(str::to_owned);
            spawn_local(async move {
                let renewed = self.renew_once(claims).await;
                let waiting = services.sign_in.renewing_silently.take();
                for waiting in waiting {
                    let _ = waiting.send(renewed);
                }
            });
        }
        receiver.await.unwrap_or(false)
    }

    async fn renew_once(self, claims: Option<String>) -> bool {
        let Some(services) = self.services() else { return false };
        let from_host = services.tokens.with(|session| session.is_some_and(Session::is_from_host));
        if from_host {
            return self.renew_from_host(claims).await;
        }
        if services.sign_in.silent_failed.get() {
            return false;
        }
        let hint = self.account.get_untracked().and_then(|account| account.login_hint().map(str::to_owned));
        let renewed = self.try_silently(hint, claims).await;
        services.sign_in.silent_failed.set(!renewed);
        renewed
    }

    async fn renew_from_host(self, claims: Option<String>) -> bool {
        let Some(services) = self.services() else { return false };
        let Some(token) = self.ask_token(claims).await else { return false };
        let Some(token) = AccessToken::new(token.expose().to_owned()) else { return false };
        // The same token again would be refused again.
        let is_new = services
            .tokens
            .with(|session| session.is_none_or(|session| session.access_token().secret() != token.secret()));
        if is_new {
            services.tokens.replace(Some(Session::from_host(token)));
        }
        is_new
    }

    /// A sign-in in a hidden frame (`prompt=none`). True if there is a session now.
    pub(super) async fn try_silently(self, login_hint: Option<String>, claims: Option<String>) -> bool {
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
        let answers = Answers::listen(pending.state().secret(), None, move |fragment| {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(fragment);
            }
        });
        let Some(frame) = HiddenFrame::open(pending.url()) else { return false };
        if let Some(window) = frame.window() {
            answers.expect(&window);
        }
        let limit = std::pin::pin!(Browser.sleep(SILENT_LIMIT));
        let Either::Left((Ok(fragment), _)) = select(receiver, limit).await else { return false };
        // Why Microsoft refuses is of no interest: the person is asked in any case.
        if fragment.trim_start_matches('#').starts_with("error=") {
            return false;
        }
        let Ok(session) = protocol.complete(&Browser, pending, &fragment).await else { return false };
        let account = session.account().cloned().map(Rc::new);
        services.tokens.replace(Some(session));
        self.account.set(account);
        true
    }
}
