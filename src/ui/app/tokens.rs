//! The token in use, for the Graph client: held in memory, renewed once when Graph refuses it.

use super::App;
use crate::browser::{Browser, SessionStore};
use crate::ui::later::Later;
use futures_channel::oneshot;
use onedrive_picker_core::auth::{ClientId, Freshness, Session, read_stored_session, write_stored_session};
use onedrive_picker_core::graph::GraphError;
use onedrive_picker_core::picker::client::TokenSource;
use onedrive_picker_core::picker::ports::{Clock, Store};
use onedrive_picker_core::web::Response;
use std::cell::RefCell;
use std::rc::Rc;

/// The key of the stored session.
const SESSION_KEY: &str = "onedrive-picker.session";

/// The session of this window. Clones share it.
#[derive(Clone)]
pub(super) struct Tokens {
    app: App,
    kept_for: Option<ClientId>,
    session: Rc<RefCell<Option<Session>>>,
}

/// The text of a token, for one request.
pub(super) struct Bearer(String);

impl AsRef<str> for Bearer {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Tokens {
    /// Nobody is signed in.
    pub(super) fn new(app: App) -> Self {
        Self { app, kept_for: None, session: Rc::default() }
    }

    /// Keeps the session of this application in the tab's storage (`tokenStorage: session`).
    #[must_use]
    pub(super) fn kept(self, client_id: ClientId) -> Self {
        Self { kept_for: Some(client_id), ..self }
    }

    /// Whether an earlier session may be in the tab's storage.
    pub(super) fn may_be_stored(&self) -> bool {
        self.kept_for.is_some() && SessionStore.get(SESSION_KEY).is_some()
    }

    /// Takes up the session in the tab's storage, if it is still good.
    pub(super) fn restore(&self) {
        let Some(client_id) = &self.kept_for else { return };
        let stored = SessionStore.get(SESSION_KEY);
        let session = stored.and_then(|text| read_stored_session(&text, client_id, Browser.now()));
        *self.session.borrow_mut() = session;
    }

    /// Writes the session into the tab's storage, or removes it from there.
    pub(super) fn store(&self) {
        let Some(client_id) = &self.kept_for else { return };
        let session = self.session.borrow();
        match session.as_ref().and_then(|session| write_stored_session(session, client_id)) {
            Some(text) => SessionStore.set(SESSION_KEY, &text),
            None => SessionStore.remove(SESSION_KEY),
        }
    }

    /// Takes the place of the session before, in the tab's storage too where the administrator wants that.
    pub(super) fn replace(&self, session: Option<Session>) {
        *self.session.borrow_mut() = session;
        if self.kept_for.is_some() {
            self.app.later(Later::StoreSession);
        }
    }

    /// Does something with the session.
    pub(super) fn with<T>(&self, with: impl FnOnce(Option<&Session>) -> T) -> T {
        with(self.session.borrow().as_ref())
    }
}

impl TokenSource for Tokens {
    type Token = Bearer;

    async fn token(&self) -> Option<Bearer> {
        let freshness = self.with(|session| session.map(|session| session.freshness(Browser.now())))?;
        // A token that has ended is not sent any more; one that ends soon is renewed behind.
        match freshness {
            Freshness::Fresh => {}
            Freshness::RenewalDue => self.app.later(Later::RenewAhead),
            Freshness::Expired => return None,
        }
        self.with(|session| session.map(|session| Bearer(session.access_token().secret().to_owned())))
    }

    async fn judge(&self, response: Response) -> GraphError {
        let judged = self.app.ask_later(|reply| Later::JudgeAnswer(Box::new(response), reply)).await;
        judged.unwrap_or(GraphError::SignedOut)
    }

    async fn renew(&self, claims: Option<&str>) -> bool {
        let (reply, renewed) = oneshot::channel();
        self.app.later(Later::Renew(claims.map(str::to_owned), reply));
        renewed.await.unwrap_or(false)
    }
}
