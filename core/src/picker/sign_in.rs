//! Signing in, from the click to the session, over the ports.
//!
//! [`SignIn::begin`] gives the address for the sign-in window, [`SignIn::complete`] judges what came back. The
//! windows themselves belong to the browser's side.

mod away;
#[cfg(test)]
mod cloud_tests;
mod pending;
mod provider;
mod renewal;
#[cfg(test)]
mod tests;

pub use away::Left;
pub use pending::Pending;
pub use renewal::Renewal;

use crate::auth::{
    Account, Authority, AuthorizeResponse, ClientId, Endpoint, Expected, FilesAccess, Flow, Hints, Scopes,
    Session, SignInError, SignedIdToken, TokenRequest, UncheckedTokens, build_admin_consent_url,
    build_token_request, parse_authorize_response, parse_id_token, parse_token_response,
};
use crate::picker::ports::{Clock, Entropy, Http, Signatures};
use crate::settings::Settings;
use provider::{Current, Provider, exchange};

/// How one site signs people in, and what is known of its provider. One value serves all sign-ins of a page: the
/// second one needs no request for metadata and keys.
#[derive(Debug)]
pub struct SignIn {
    authority: Authority,
    client_id: ClientId,
    redirect_uri: String,
    flow: Flow,
    scopes: Scopes,
    provider: Provider,
}

impl SignIn {
    /// The sign-in that the settings describe, to the application that their gate gave out.
    pub fn new(settings: &Settings, client_id: &ClientId, files: FilesAccess) -> Self {
        Self {
            authority: Authority::new(settings.login_base_url.clone(), settings.tenant.clone()),
            client_id: client_id.clone(),
            redirect_uri: settings.redirect_uri.clone(),
            flow: settings.flow,
            scopes: Scopes::new(settings.cloud.graph_resource(), files),
            provider: Provider::default(),
        }
    }

    /// Begins a sign-in: the address to open, and what its answer must fit. Needs no network, so that the window
    /// can open within the click.
    ///
    /// # Errors
    /// [`SignInError::NoEntropy`] if there is no cryptographic random source.
    pub fn begin(&self, hints: &Hints, entropy: &impl Entropy) -> Result<Pending, SignInError> {
        Pending::new(self, hints, None, entropy)
    }

    /// The same by the implicit flow ([`Self::is_implicit`]), without the code of the other one.
    ///
    /// # Errors
    /// As of [`Self::begin`].
    pub fn begin_implicit(&self, hints: &Hints, entropy: &impl Entropy) -> Result<Pending, SignInError> {
        Pending::implicit(self, hints, None, entropy)
    }

    /// Whether the implicit flow is set.
    pub fn is_implicit(&self) -> bool {
        self.flow == Flow::Implicit
    }

    /// Begins the renewal of a session, of the same account and no other. `claims` is what a challenge of Graph
    /// demanded.
    ///
    /// # Errors
    /// [`SignInError::NoEntropy`] if there is no cryptographic random source.
    pub fn begin_renewal(
        &self,
        session: &Session,
        renewal: Renewal,
        claims: Option<String>,
        entropy: &impl Entropy,
    ) -> Result<Pending, SignInError> {
        let account = session.account();
        let hints = Hints {
            prompt: renewal.prompt(),
            login_hint: account.and_then(Account::login_hint).map(str::to_owned),
            domain_hint: None,
            claims,
        };
        Pending::new(self, &hints, account.cloned(), entropy)
    }

    /// The link that an administrator opens to consent for the tenant.
    pub fn admin_consent_url(&self) -> String {
        build_admin_consent_url(&self.authority, &self.client_id, &self.scopes, &self.redirect_uri, None)
    }

    /// Fetches metadata and keys while the person is still typing. Failing is no error yet:
    /// [`SignIn::complete`] asks again.
    pub async fn prefetch<P: Http + Clock>(&self, ports: &P) {
        let _ = self.provider.current(ports, &self.authority).await;
    }

    /// Judges the fragment that came back. The pending sign-in is used up: a state is good for one answer.
    ///
    /// # Errors
    /// [`SignInError`] for everything that does not fit; there is no session then, and no token was used.
    pub async fn complete<P: Http + Clock + Signatures>(
        &self,
        ports: &P,
        pending: Pending,
        fragment: &str,
    ) -> Result<Session, SignInError> {
        let received_at = ports.now();
        let (tokens, at_hash_required) =
            match parse_authorize_response(fragment, pending.state(), pending.flow())? {
                AuthorizeResponse::Tokens(tokens) => (tokens, true),
                AuthorizeResponse::Code(code) => {
                    let verifier = pending.verifier().ok_or(SignInError::FlowMismatch)?;
                    let request = build_token_request(&TokenRequest {
                        authority: &self.authority,
                        client_id: &self.client_id,
                        redirect_uri: &self.redirect_uri,
                        scopes: &self.scopes,
                        code: &code,
                        verifier,
                    });
                    let response = exchange(ports, &request, Endpoint::Token).await?;
                    (parse_token_response(&response)?, false)
                }
            };
        let (signed, known) = self.verify(ports, tokens).await?;
        let session = signed.judge(&Expected {
            authority: &self.authority,
            metadata: &known.metadata,
            client_id: &self.client_id,
            nonce: pending.nonce(),
            scopes: &self.scopes,
            at_hash_required,
            received_at,
        })?;
        if pending.allows(&session) { Ok(session) } else { Err(SignInError::AccountChanged) }
    }

    /// Verifies the signature with the provider's keys, asking for them once more if the key is unknown.
    async fn verify<P: Http + Clock + Signatures>(
        &self,
        ports: &P,
        tokens: UncheckedTokens,
    ) -> Result<(SignedIdToken, Current), SignInError> {
        let id_token = parse_id_token(tokens)?;
        let mut known = self.provider.current(ports, &self.authority).await?;
        if id_token.find_key(&known.keys) == Err(SignInError::KeyUnknown) && !known.is_new {
            known = self.provider.renew(ports, &self.authority).await?;
        }
        let key = id_token.find_key(&known.keys)?;
        let fits = ports.verify(key, id_token.message(), id_token.signature()).await;
        let hash = ports.sha256(id_token.access_token()).await;
        Ok((id_token.accept_signature(key, fits, hash)?, known))
    }
}
