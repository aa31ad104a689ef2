//! What is known of the provider: its metadata and its keys, kept for the life of the page.

use crate::auth::{
    Authority, Endpoint, KeySet, Metadata, SignInError, build_keys_request, build_metadata_request,
    parse_keys_response, parse_metadata_response,
};
use crate::picker::ports::{Clock, Http};
use crate::web::{Request, Response};
use std::cell::RefCell;
use std::rc::Rc;

/// How long each of the provider's endpoints has to answer, in milliseconds.
const TIME_LIMIT: u32 = 15_000;

/// How long keys are believed, in milliseconds. Microsoft says to look for new ones every day.
const KEYS_LIFETIME: u64 = 24 * 60 * 60 * 1000;

/// Metadata and keys as they were at one time.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) metadata: Metadata,
    pub(super) keys: KeySet,
    fetched_at: u64,
}

/// Metadata and keys, and whether they were fetched just now.
#[derive(Debug)]
pub(super) struct Current {
    known: Rc<Known>,
    pub(super) is_new: bool,
}

impl std::ops::Deref for Current {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

/// The cache. No borrow of it is held while anything waits.
#[derive(Debug, Default)]
pub(super) struct Provider(RefCell<Option<Rc<Known>>>);

impl Provider {
    /// What is known, fetched if nothing is, or if it is too old.
    pub(super) async fn current<P: Http + Clock>(
        &self,
        ports: &P,
        authority: &Authority,
    ) -> Result<Current, SignInError> {
        let known = self.0.borrow().clone();
        match known.filter(|known| ports.now().saturating_sub(known.fetched_at) < KEYS_LIFETIME) {
            Some(known) => Ok(Current { known, is_new: false }),
            None => self.renew(ports, authority).await,
        }
    }

    /// Fetches everything again.
    pub(super) async fn renew<P: Http + Clock>(
        &self,
        ports: &P,
        authority: &Authority,
    ) -> Result<Current, SignInError> {
        let response = exchange(ports, &build_metadata_request(authority), Endpoint::Discovery).await?;
        let metadata = parse_metadata_response(&response, authority)?;
        let response = exchange(ports, &build_keys_request(&metadata), Endpoint::Keys).await?;
        let keys = parse_keys_response(&response)?;
        let known = Rc::new(Known { metadata, keys, fetched_at: ports.now() });
        *self.0.borrow_mut() = Some(Rc::clone(&known));
        Ok(Current { known, is_new: true })
    }
}

/// Sends a request to one of the provider's endpoints.
pub(super) async fn exchange(
    ports: &impl Http,
    request: &Request,
    endpoint: Endpoint,
) -> Result<Response, SignInError> {
    ports.send(request, TIME_LIMIT).await.map_err(|error| SignInError::Unreachable { endpoint, error })
}
