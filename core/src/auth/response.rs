//! The authorization response (reference `entra-sign-in`, section 3; RFC 6749 section 4.2.2).

use super::tokens::{RawTokens, UncheckedTokens};
use super::{AuthorizationCode, Flow, ProviderError, SignInError, State};
use crate::web::decode_component;

/// The largest answer that is read, in bytes. Honest ones have about 5,000.
pub(crate) const LARGEST_RESPONSE: usize = 64 * 1024;

/// How many parameters are read at most. Honest answers have about eight.
const MOST_PARAMETERS: usize = 64;

/// An answer that belongs to the request, with everything still to be checked inside.
#[derive(Debug)]
pub enum AuthorizeResponse {
    /// The tokens of the implicit flow.
    Tokens(UncheckedTokens),
    /// The code of the code flow.
    Code(AuthorizationCode),
}

/// Judges the fragment that came back, with or without its `#`.
///
/// # Errors
/// In this order: the fragment is too large, malformed, repeats a parameter, has no or another `state`, brings an
/// error of Microsoft's, is of another flow, lacks a token.
pub fn parse_authorize_response(
    fragment: &str,
    state: &State,
    flow: Flow,
) -> Result<AuthorizeResponse, SignInError> {
    let mut parameters = Parameters::parse(fragment)?;
    let returned = parameters.take("state").ok_or(SignInError::StateMissing)?;
    if !state.matches(&returned) {
        return Err(SignInError::StateMismatch);
    }
    if let Some(error) = parameters.take("error") {
        return Err(SignInError::Refused(ProviderError::new(
            &error,
            &parameters.take("error_description").unwrap_or_default(),
            &parameters.take("error_subcode").unwrap_or_default(),
            &parameters.take("error_uri").unwrap_or_default(),
        )));
    }
    let code = parameters.take("code");
    let access_token = parameters.take("access_token");
    let id_token = parameters.take("id_token");
    match flow {
        Flow::Implicit if code.is_some() => Err(SignInError::FlowMismatch),
        Flow::Implicit => RawTokens {
            access_token,
            id_token,
            token_type: parameters.take("token_type"),
            expires_in: parameters.take("expires_in").and_then(|seconds| seconds.parse().ok()),
            scope: parameters.take("scope"),
        }
        .into_unchecked()
        .map(AuthorizeResponse::Tokens),
        Flow::Code if access_token.is_some() || id_token.is_some() => Err(SignInError::FlowMismatch),
        Flow::Code => {
            code.and_then(AuthorizationCode::new).map(AuthorizeResponse::Code).ok_or(SignInError::CodeMissing)
        }
    }
}

/// The `state` in a fragment, to tell whose answer it is. `None` if there is none that can be read.
pub fn find_state(fragment: &str) -> Option<String> {
    Parameters::parse(fragment).ok()?.take("state")
}

struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn parse(fragment: &str) -> Result<Self, SignInError> {
        if fragment.len() > LARGEST_RESPONSE {
            return Err(SignInError::ResponseTooLarge { bytes: fragment.len(), limit: LARGEST_RESPONSE });
        }
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in fragment.strip_prefix('#').unwrap_or(fragment).split('&').filter(|pair| !pair.is_empty())
        {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode_component(name).ok_or(SignInError::ResponseMalformed)?;
            let value = decode_component(value).ok_or(SignInError::ResponseMalformed)?;
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(SignInError::ParameterRepeated);
            }
            if parameters.len() == MOST_PARAMETERS {
                return Err(SignInError::ResponseMalformed);
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let index = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(index).1)
    }
}
