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
pub use admin_consent::build_admin_consent_url;
pub use authority::{Authority, Tenant};
pub use client_secret::looks_like_client_secret;
pub use details::Detail;
pub use error::{CLOCK_SKEW_SECONDS, Endpoint, SignInError};
pub use flow::Flow;
pub use guid::{ClientId, Guid, TenantId};
pub use id_token::{Expected, SignedIdToken, UnverifiedIdToken, parse_id_token};
pub use keys::{KeySet, build_keys_request, parse_keys_response};
pub use metadata::{Metadata, build_metadata_request, parse_metadata_response};
pub use problem::Problem;
pub use provider_error::{OAuthError, ProviderError, find_aadsts};
pub use remedy::{AdminAction, UserAction};
pub use request::{
    AuthorizeRequest, CodeChallenge, Hints, Prompt, Proof, build_authorize_url, build_logout_url,
};
pub use response::{AuthorizeResponse, LARGEST_RESPONSE, find_state, parse_authorize_response};
pub use scope::{FilesAccess, GrantedScopes, Scopes};
pub use secret::{AccessToken, AuthorizationCode, CodeVerifier, Nonce, State};
pub use session::{Freshness, Session};
pub use stored::{read_stored_session, write_stored_session};
pub use token_request::{TokenRequest, build_token_request, parse_token_response};
pub use tokens::UncheckedTokens;
