//! A sign-in that waits for its answer.

use super::SignIn;
use crate::auth::{
    Account, AuthorizeRequest, CodeChallenge, CodeVerifier, Flow, Hints, Nonce, Session, SignInError, State,
    build_authorize_url,
};
use crate::picker::ports::Entropy;

/// A sign-in that waits for its answer. It cannot be copied, and judging an answer uses it up, so that no answer
/// counts twice.
#[derive(Debug)]
pub struct Pending {
    pub(super) url: String,
    pub(super) state: State,
    pub(super) nonce: Nonce,
    pub(super) verifier: Option<CodeVerifier>,
    pub(super) account: Option<Account>,
}

impl Pending {
    pub(super) fn new(
        sign_in: &SignIn,
        hints: &Hints,
        account: Option<Account>,
        entropy: &impl Entropy,
    ) -> Result<Self, SignInError> {
        match sign_in.flow {
            Flow::Implicit => Self::implicit(sign_in, hints, account, entropy),
            Flow::Code => {
                let random = entropy.random().map_err(|_| SignInError::NoEntropy)?;
                let verifier = CodeVerifier::from_random(&random);
                let challenge = CodeChallenge::of(&verifier);
                let pending = Self::asking(sign_in, hints, account, entropy, Some(&challenge))?;
                Ok(Self { verifier: Some(verifier), ..pending })
            }
        }
    }

    /// The same by the implicit flow, without the code that hashes a verifier.
    pub(super) fn implicit(
        sign_in: &SignIn,
        hints: &Hints,
        account: Option<Account>,
        entropy: &impl Entropy,
    ) -> Result<Self, SignInError> {
        Self::asking(sign_in, hints, account, entropy, None)
    }

    fn asking(
        sign_in: &SignIn,
        hints: &Hints,
        account: Option<Account>,
        entropy: &impl Entropy,
        challenge: Option<&CodeChallenge>,
    ) -> Result<Self, SignInError> {
        let random = || entropy.random().map_err(|_| SignInError::NoEntropy);
        let state = State::from_random(&random()?);
        let nonce = Nonce::from_random(&random()?);
        let url = build_authorize_url(&AuthorizeRequest {
            authority: &sign_in.authority,
            client_id: &sign_in.client_id,
            redirect_uri: &sign_in.redirect_uri,
            scopes: &sign_in.scopes,
            challenge,
            state: &state,
            nonce: &nonce,
            hints,
        });
        Ok(Self { url, state, nonce, verifier: None, account })
    }

    /// The address for the sign-in window or the hidden frame.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The state: the name of the channel that brings the answer.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether the session is of the account that is being renewed.
    pub(super) fn allows(&self, session: &Session) -> bool {
        self.account
            .as_ref()
            .is_none_or(|account| session.account().is_some_and(|other| other.is_same(account)))
    }

    pub(super) fn nonce(&self) -> &Nonce {
        &self.nonce
    }

    pub(super) fn verifier(&self) -> Option<&CodeVerifier> {
        self.verifier.as_ref()
    }

    pub(super) fn flow(&self) -> Flow {
        if self.verifier.is_some() { Flow::Code } else { Flow::Implicit }
    }
}
