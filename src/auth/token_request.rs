//! Redeeming the code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).

use super::request::Query;
use super::tokens::{RawTokens, UncheckedTokens};
use super::{
    Authority, AuthorizationCode, ClientId, CodeVerifier, Endpoint, Guid, LARGEST_RESPONSE, ProviderError,
    Scopes, SignInError, provider_error,
};
use crate::web::{Request, Response};

/// Everything that redeems a code.
#[derive(Clone, Copy, Debug)]
pub struct TokenRequest<'a> {
    /// Where the code came from.
    pub authority: &'a Authority,
    /// The application.
    pub client_id: &'a ClientId,
    /// The redirect URI of the authorization request, letter by letter.
    pub redirect_uri: &'a str,
    /// The scopes of the authorization request.
    pub scopes: &'a Scopes,
    /// The code.
    pub code: &'a AuthorizationCode,
    /// The verifier whose challenge went with the authorization request.
    pub verifier: &'a CodeVerifier,
}

/// The request to the token endpoint. Its media type needs no CORS preflight.
pub fn build_token_request(request: &TokenRequest<'_>) -> Request {
    let mut form = Query::form();
    form.add("client_id", request.client_id.as_str());
    form.add("grant_type", "authorization_code");
    form.add("code", request.code.secret());
    form.add("redirect_uri", request.redirect_uri);
    form.add("code_verifier", request.verifier.secret());
    form.add("scope", &request.scopes.list().join(" "));
    Request::post(
        request.authority.token_url(),
        "application/x-www-form-urlencoded;charset=utf-8",
        form.finish(),
    )
}

#[derive(serde::Deserialize)]
struct Success {
    access_token: Option<String>,
    id_token: Option<String>,
    token_type: Option<String>,
    expires_in: Option<u64>,
    scope: Option<String>,
}

#[derive(serde::Deserialize)]
struct Failure {
    error: Option<String>,
    error_description: Option<String>,
    error_codes: Option<Vec<u32>>,
    timestamp: Option<String>,
    trace_id: Option<String>,
    correlation_id: Option<String>,
}

/// Judges the answer of the token endpoint.
///
/// # Errors
/// If Microsoft refuses, the answer is too large or malformed, or a token is missing.
pub fn parse_token_response(response: &Response) -> Result<UncheckedTokens, SignInError> {
    let endpoint = Endpoint::Token;
    let failed = SignInError::EndpointFailed { endpoint, status: response.status };
    if response.body.len() > LARGEST_RESPONSE {
        return Err(SignInError::ResponseTooLarge { bytes: response.body.len(), limit: LARGEST_RESPONSE });
    }
    if response.status != 200 {
        return Err(serde_json::from_str(&response.body)
            .ok()
            .and_then(refusal)
            .map_or(failed, SignInError::Refused));
    }
    let success: Success =
        serde_json::from_str(&response.body).map_err(|_| SignInError::EndpointMalformed { endpoint })?;
    RawTokens {
        access_token: success.access_token,
        id_token: success.id_token,
        token_type: success.token_type,
        expires_in: success.expires_in,
        scope: success.scope,
    }
    .into_unchecked()
}

fn refusal(failure: Failure) -> Option<ProviderError> {
    let description = failure.error_description.unwrap_or_default();
    let mut error = ProviderError::new(&failure.error?, &description, "", "");
    let guid = |text: Option<String>| text.as_deref().and_then(Guid::parse);
    error.aadsts = failure.error_codes.and_then(|codes| codes.first().copied()).or(error.aadsts);
    error.trace_id = guid(failure.trace_id).or(error.trace_id);
    error.correlation_id = guid(failure.correlation_id).or(error.correlation_id);
    error.timestamp = failure.timestamp.as_deref().and_then(provider_error::timestamp).or(error.timestamp);
    Some(error)
}
