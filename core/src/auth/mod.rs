//! A sign-in as data: request, response, verified session, expiry. No browser in it.
//!
//! Every step is a pair: `build_…` makes a request, `parse_…` judges what came back. In order:
//! [`build_authorize_url`] and [`parse_authorize_response`] ([`build_token_request`] and [`parse_token_response`] in
//! the code flow); [`build_metadata_request`], [`build_keys_request`] and their judges; [`parse_id_token`] and then
//! [`SignedIdToken::judge`], the only door to a [`Session`].

mod account;
mod admin_consent;
mod authority;
mod claims;
mod client_secret;
mod constant_time;
mod details;
mod error;
mod flow;
mod guid;
mod id_token;
pub mod keys;
mod metadata;
mod problem;
mod provider_error;
mod remedy;
mod request;
mod response;
mod scope;
mod secret;
mod session;
mod stored;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod token_request;
mod tokens;

pub use account::Account;
pub(crate) use admin_consent::build_admin_consent_url;
pub(crate) use authority::Authority;
pub use authority::Tenant;
pub use client_secret::looks_like_client_secret;
pub(crate) use error::Endpoint;
pub use error::SignInError;
pub use flow::Flow;
pub use guid::ClientId;
pub(crate) use guid::{Guid, TenantId};
pub use id_token::parse_id_token;
pub(crate) use id_token::{Expected, SignedIdToken};
pub(crate) use keys::{KeySet, build_keys_request, parse_keys_response};
pub(crate) use metadata::{Metadata, build_metadata_request, parse_metadata_response};
pub use problem::Problem;
pub use provider_error::find_aadsts;
pub(crate) use provider_error::{OAuthError, ProviderError};
pub use remedy::{AdminAction, UserAction};
pub(crate) use request::{AuthorizeRequest, CodeChallenge, build_authorize_url};
pub use request::{Hints, Prompt};
pub(crate) use response::LARGEST_RESPONSE;
pub use response::{AuthorizeResponse, find_state, parse_authorize_response};
pub(crate) use scope::Scopes;
pub use scope::{FilesAccess, GrantedScopes};
pub use secret::{AccessToken, State};
pub(crate) use secret::{AuthorizationCode, CodeVerifier, Nonce};
pub use session::{Freshness, Session};
pub use stored::{read_stored_session, write_stored_session};
pub(crate) use token_request::{TokenRequest, build_token_request, parse_token_response};
pub use tokens::UncheckedTokens;
