//! The token in use, for the Graph client: held in memory, renewed once when Graph refuses it.

use super::App;
use crate::auth::{Freshness, Session};
use crate::browser::Browser;
use crate::picker::client::TokenSource;
use crate::picker::ports::Clock;
use std::cell::RefCell;
use std::rc::Rc;

/// The session of this window. Clones share it.
#[derive(Clone)]
pub(super) struct Tokens {
    app: App,
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
        Self { app, session: Rc::default() }
    }

    /// Takes the place of the session before.
    pub(super) fn replace(&self, session: Option<Session>) {
        *self.session.borrow_mut() = session;
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
            Freshness::RenewalDue => self.app.renew_behind(),
            Freshness::Expired => return None,
        }
        self.with(|session| session.map(|session| Bearer(session.access_token().secret().to_owned())))
    }

    async fn renew(&self, claims: Option<&str>) -> bool {
        self.app.renew_session(claims).await
    }
}
