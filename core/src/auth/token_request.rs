//! Redeeming the code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).

use super::request::Query;
use super::tokens::{RawTokens, UncheckedTokens};
use super::{
    Authority, AuthorizationCode, ClientId, CodeVerifier, Endpoint, Guid, LARGEST_RESPONSE, ProviderError,
    Scopes, SignInError, provider_error,
};
use crate::web::{Malformed, Members, Request, Response};

/// Everything that redeems a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenRequest<'a> {
    /// Where the code came from.
    pub(crate) authority: &'a Authority,
    /// The application.
    pub(crate) client_id: &'a ClientId,
    /// The redirect URI of the authorization request, letter by letter.
    pub(crate) redirect_uri: &'a str,
    /// The scopes of the authorization request.
    pub(crate) scopes: &'a Scopes,
    /// The code.
    pub(crate) code: &'a AuthorizationCode,
    /// The verifier whose challenge went with the authorization request.
    pub verifier: &'a CodeVerifier,
}

/// The request to the token endpoint. Its media type needs no CORS preflight.
pub(crate) fn build_token_request(request: &TokenRequest<'_>) -> Request {
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

/// Judges the answer of the token endpoint.
///
/// # Errors
/// If Microsoft refuses, the answer is too large or malformed, or a token is missing.
pub(crate) fn parse_token_response(response: &Response) -> Result<UncheckedTokens, SignInError> {
    let endpoint = Endpoint::Token;
    let failed = SignInError::EndpointFailed { endpoint, status: response.status };
    if response.body.len() > LARGEST_RESPONSE {
        return Err(SignInError::ResponseTooLarge { bytes: response.body.len(), limit: LARGEST_RESPONSE });
    }
    if response.status != 200 {
        return Err(refusal(&response.body).map_or(failed, SignInError::Refused));
    }
    success(&response.body).map_err(|_| SignInError::EndpointMalformed { endpoint })?.into_unchecked()
}

fn success(body: &str) -> Result<RawTokens, Malformed> {
    let mut members = Members::parse(body)?;
    Ok(RawTokens {
        access_token: members.text("access_token")?,
        id_token: members.text("id_token")?,
        token_type: members.text("token_type")?,
        expires_in: members.number("expires_in")?,
        scope: members.text("scope")?,
    })
}

fn refusal(body: &str) -> Option<ProviderError> {
    let mut members = Members::parse(body).ok()?;
    let description = members.text("error_description").ok()?.unwrap_or_default();
    let mut error = ProviderError::new(&members.text("error").ok()??, &description, "", "");
    let codes = members.list("error_codes").ok()?;
    let code = codes.and_then(|codes| codes.first()?.as_u64()).and_then(|code| u32::try_from(code).ok());
    let mut text = |name| members.text(name).ok().flatten();
    error.aadsts = code.or(error.aadsts);
    error.trace_id = text("trace_id").as_deref().and_then(Guid::parse).or(error.trace_id);
    error.correlation_id = text("correlation_id").as_deref().and_then(Guid::parse).or(error.correlation_id);
    error.timestamp = text("timestamp").as_deref().and_then(provider_error::timestamp).or(error.timestamp);
    Some(error)
}
