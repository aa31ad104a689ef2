//! The authorization request (reference `entra-sign-in`, section 2).
//!
//! The parts are types of the crate `oauth2`. The address is put together here instead of by its
//! `AuthorizationRequest`, since that one links the crate `url`, 20 kB of the page in brotli; a test holds both
//! to the same parameters.

use super::{Authority, ClientId, CodeVerifier, Nonce, Scopes, State};
use crate::web::encode_component;
use oauth2::{PkceCodeChallenge, PkceCodeVerifier, ResponseType};

/// Everything that a sign-in asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AuthorizeRequest<'a> {
    /// The login host and the tenant.
    pub(crate) authority: &'a Authority,
    /// The application.
    pub(crate) client_id: &'a ClientId,
    /// Where the answer goes, letter by letter as registered.
    pub(crate) redirect_uri: &'a str,
    /// What the token is for.
    pub(crate) scopes: &'a Scopes,
    /// By a code that is bound to this challenge; in the fragment if there is none.
    pub challenge: Option<&'a CodeChallenge>,
    /// 256 random bits that the answer must bring back.
    pub(crate) state: &'a State,
    /// 256 random bits that the ID token must bring back.
    pub(crate) nonce: &'a Nonce,
    /// How the person is met.
    pub hints: &'a Hints,
}

/// What a code is bound to (PKCE, <https://www.rfc-editor.org/rfc/rfc7636#section-4.2>).
#[derive(Clone, Debug)]
pub(crate) struct CodeChallenge(PkceCodeChallenge);

impl CodeChallenge {
    /// The challenge of a verifier, by SHA-256.
    pub(crate) fn of(verifier: &CodeVerifier) -> Self {
        let verifier = PkceCodeVerifier::new(verifier.secret().to_owned());
        Self(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
    }
}

/// How the person is met at Microsoft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// What Microsoft shows or may not show.
    pub prompt: Option<Prompt>,
    /// The user name to sign in with.
    pub login_hint: Option<String>,
    /// `consumers`, `organizations` or a domain, to skip the question for the account's kind.
    pub domain_hint: Option<String>,
    /// The claims that a challenge of Graph demanded, as JSON.
    pub claims: Option<String>,
}

/// What Microsoft shows (OpenID Connect Core 1.0 section 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// No page at all: silent, or an error.
    None,
    /// The password page.
    Login,
    /// The list of accounts: "use another account".
    SelectAccount,
    /// The consent page.
    Consent,
}

impl Prompt {
    /// The value of the parameter.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::SelectAccount => "select_account",
            Self::Consent => "consent",
        }
    }
}

/// The address to open in the sign-in window. `response_mode` is always `fragment`: a query would send the
/// tokens to the server.
pub(crate) fn build_authorize_url(request: &AuthorizeRequest<'_>) -> String {
    let mut query = Query::new(request.authority.authorize_url());
    query.add("client_id", request.client_id.as_str());
    match request.challenge {
        None => query.add("response_type", &ResponseType::new(String::from("id_token token"))),
        Some(CodeChallenge(challenge)) => {
            query.add("response_type", &ResponseType::new(String::from("code")));
            query.add("code_challenge", challenge.as_str());
            query.add("code_challenge_method", challenge.method());
        }
    }
    query.add("redirect_uri", request.redirect_uri);
    query.add("scope", &request.scopes.list().join(" "));
    query.add("response_mode", "fragment");
    query.add("state", request.state.secret());
    query.add("nonce", request.nonce.secret());
    let hints = request.hints;
    let prompt = hints.prompt.map(Prompt::as_str);
    for (name, value) in [
        ("prompt", prompt),
        ("login_hint", hints.login_hint.as_deref()),
        ("domain_hint", hints.domain_hint.as_deref()),
        ("claims", hints.claims.as_deref()),
    ] {
        if let Some(value) = value {
            query.add(name, value);
        }
    }
    query.finish()
}

/// An address, or a form's body, that grows by one parameter at a time.
pub(super) struct Query {
    text: String,
    separator: Option<char>,
}

impl Query {
    /// Parameters behind a `?`.
    pub(super) fn new(url: String) -> Self {
        Self { text: url, separator: Some('?') }
    }

    /// Parameters alone, as in the body of a form.
    pub(super) fn form() -> Self {
        Self { text: String::new(), separator: None }
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        if let Some(separator) = self.separator {
            self.text.push(separator);
        }
        self.separator = Some('&');
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(&encode_component(value));
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
