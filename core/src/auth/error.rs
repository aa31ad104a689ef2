//! Everything that a sign-in can be refused for.

use super::{Problem, ProviderError};
use crate::web::TransportError;

/// How far this device's clock and Microsoft's may differ, in seconds.
pub(crate) const CLOCK_SKEW_SECONDS: u64 = 300;

/// Why there is no session. Every refusal has a code of its own; none carries a token or a whole address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignInError {
    /// There is no cryptographic random source, so nothing may begin.
    #[error("no cryptographic random source")]
    NoEntropy,
    /// The answer is larger than any honest one.
    #[error("the answer has {bytes} bytes; at most {limit} are read")]
    ResponseTooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The answer cannot be read.
    #[error("the answer is malformed")]
    ResponseMalformed,
    /// A parameter comes twice (RFC 6749 section 3.1).
    #[error("the answer repeats a parameter")]
    ParameterRepeated,
    /// The answer has no `state`.
    #[error("the answer has no state")]
    StateMissing,
    /// The answer belongs to another request.
    #[error("the answer belongs to another request")]
    StateMismatch,
    /// Microsoft refused.
    #[error("microsoft refused: {}", .0.error.code())]
    Refused(ProviderError),
    /// The answer is one of the other flow.
    #[error("the answer is of another flow than the request")]
    FlowMismatch,
    /// There is no access token.
    #[error("the answer has no access token")]
    AccessTokenMissing,
    /// There is no ID token.
    #[error("the answer has no id token")]
    IdTokenMissing,
    /// There is no code.
    #[error("the answer has no code")]
    CodeMissing,
    /// The access token is not a bearer token.
    #[error("the token type is not Bearer")]
    TokenTypeNotBearer,
    /// `expires_in` is missing or no number of seconds.
    #[error("the lifetime of the access token is missing or malformed")]
    LifetimeMalformed,
    /// Less was granted than is needed.
    #[error("not granted: {}", missing.join(", "))]
    ScopeNotGranted {
        /// The scopes of Graph that are missing.
        missing: Vec<&'static str>,
    },
    /// Discovery, keys or the token endpoint gave no answer at all.
    #[error("{endpoint}: {error}")]
    Unreachable {
        /// Which endpoint.
        endpoint: Endpoint,
        /// Why.
        error: TransportError,
    },
    /// Discovery, keys or the token endpoint answered with an error.
    #[error("{endpoint} answered {status}")]
    EndpointFailed {
        /// Which endpoint.
        endpoint: Endpoint,
        /// The HTTP status.
        status: u16,
    },
    /// Discovery, keys or the token endpoint answered something else than it should.
    #[error("{endpoint} answered something malformed")]
    EndpointMalformed {
        /// Which endpoint.
        endpoint: Endpoint,
    },
    /// The metadata is that of another issuer.
    #[error("the metadata names another issuer than the login host")]
    MetadataIssuerMismatch,
    /// The metadata sends us to another host for the keys.
    #[error("the metadata names keys on another origin than the login host")]
    KeysOriginMismatch,
    /// The ID token is no JSON Web Token with the claims that it needs.
    #[error("the id token is malformed")]
    IdTokenMalformed,
    /// The ID token is signed by another algorithm than RS256, or not at all.
    #[error("the id token is not signed with RS256")]
    AlgorithmNotAllowed,
    /// No key of the provider has the ID token's `kid`, not even after asking again.
    #[error("the id token is signed with an unknown key")]
    KeyUnknown,
    /// The key may not sign for that issuer.
    #[error("the key of the id token belongs to another issuer")]
    KeyIssuerMismatch,
    /// The signature does not fit.
    #[error("the signature of the id token does not fit")]
    SignatureInvalid,
    /// A claim is missing.
    #[error("the id token has no {claim}")]
    ClaimMissing {
        /// Its name.
        claim: &'static str,
    },
    /// The ID token is by another issuer.
    #[error("the id token is by another issuer")]
    IssuerMismatch,
    /// The account's tenant is not the one that may sign in.
    #[error("the account belongs to another tenant")]
    TenantNotAllowed,
    /// A personal account, where work and school accounts may sign in.
    #[error("personal accounts may not sign in here")]
    PersonalAccountNotAllowed,
    /// The ID token is for another application.
    #[error("the id token is for another application")]
    AudienceMismatch,
    /// The ID token has expired, the allowed difference of the clocks included.
    #[error(
        "the id token expired {seconds} s ago; {CLOCK_SKEW_SECONDS} s of difference between the clocks are allowed"
    )]
    IdTokenExpired {
        /// How long ago by this device's clock.
        seconds: u64,
    },
    /// The ID token is from the future, the allowed difference of the clocks included.
    #[error(
        "the id token is valid in {seconds} s only; {CLOCK_SKEW_SECONDS} s of difference between the clocks are allowed"
    )]
    IdTokenNotYetValid {
        /// How far ahead by this device's clock.
        seconds: u64,
    },
    /// The ID token has no nonce.
    #[error("the id token has no nonce")]
    NonceMissing,
    /// The ID token belongs to another request.
    #[error("the id token belongs to another request")]
    NonceMismatch,
    /// The ID token does not say which access token came with it.
    #[error("the id token has no at_hash")]
    AccessTokenHashMissing,
    /// The access token is not the one that came with the ID token.
    #[error("the access token is not the one that the id token names")]
    AccessTokenHashMismatch,
    /// The renewal of a session came back with another account.
    #[error("another account signed in than the one to be renewed")]
    AccountChanged,
}

/// The endpoints of the provider that the page itself talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The provider's metadata.
    Discovery,
    /// The provider's keys.
    Keys,
    /// Where a code is redeemed.
    Token,
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Discovery => "discovery",
            Self::Keys => "the keys",
            Self::Token => "the token endpoint",
        })
    }
}

impl SignInError {
    /// A stable name for logs, messages and tests. For a refusal by Microsoft it is OAuth's own, or `cancelled`.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NoEntropy => "no_entropy",
            Self::ResponseTooLarge { .. } => "response_too_large",
            Self::ResponseMalformed => "response_malformed",
            Self::ParameterRepeated => "parameter_repeated",
            Self::StateMissing => "state_missing",
            Self::StateMismatch => "state_mismatch",
            Self::Refused(error) if error.cancelled => "cancelled",
            Self::Refused(error) => error.error.code(),
            Self::FlowMismatch => "flow_mismatch",
            Self::AccessTokenMissing => "access_token_missing",
            Self::IdTokenMissing => "id_token_missing",
            Self::CodeMissing => "code_missing",
            Self::TokenTypeNotBearer => "token_type_not_bearer",
            Self::LifetimeMalformed => "lifetime_malformed",
            Self::ScopeNotGranted { .. } => "scope_not_granted",
            Self::Unreachable { endpoint, .. } => match endpoint {
                Endpoint::Discovery => "discovery_unreachable",
                Endpoint::Keys => "keys_unreachable",
                Endpoint::Token => "token_endpoint_unreachable",
            },
            Self::EndpointFailed { endpoint, .. } => match endpoint {
                Endpoint::Discovery => "discovery_failed",
                Endpoint::Keys => "keys_failed",
                Endpoint::Token => "token_endpoint_failed",
            },
            Self::EndpointMalformed { endpoint } => match endpoint {
                Endpoint::Discovery => "discovery_malformed",
                Endpoint::Keys => "keys_malformed",
                Endpoint::Token => "token_endpoint_malformed",
            },
            Self::MetadataIssuerMismatch => "metadata_issuer_mismatch",
            Self::KeysOriginMismatch => "keys_origin_mismatch",
            Self::IdTokenMalformed => "id_token_malformed",
            Self::AlgorithmNotAllowed => "algorithm_not_allowed",
            Self::KeyUnknown => "key_unknown",
            Self::KeyIssuerMismatch => "key_issuer_mismatch",
            Self::SignatureInvalid => "signature_invalid",
            Self::ClaimMissing { .. } => "claim_missing",
            Self::IssuerMismatch => "issuer_mismatch",
            Self::TenantNotAllowed => "tenant_not_allowed",
            Self::PersonalAccountNotAllowed => "personal_account_not_allowed",
            Self::AudienceMismatch => "audience_mismatch",
            Self::IdTokenExpired { .. } => "id_token_expired",
            Self::IdTokenNotYetValid { .. } => "id_token_not_yet_valid",
            Self::NonceMissing => "nonce_missing",
            Self::NonceMismatch => "nonce_mismatch",
            Self::AccessTokenHashMissing => "at_hash_missing",
            Self::AccessTokenHashMismatch => "at_hash_mismatch",
            Self::AccountChanged => "account_changed",
        }
    }

    /// What Microsoft refused for. `None` if we refused, or nobody answered and no reason is near at hand.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Refused(error) => Some(error.problem()),
            Self::ScopeNotGranted { .. } => Some(Problem::ConsentRequired),
            Self::PersonalAccountNotAllowed => Some(Problem::AccountTypeNotAllowed),
            Self::TenantNotAllowed => Some(Problem::AccountNotInTenant),
            // Without the platform, Microsoft answers in a way that browsers may not read (AADSTS9002326); its other
            // endpoints on the same host have answered before.
            Self::Unreachable { endpoint: Endpoint::Token, error: TransportError::Unreachable } => {
                Some(Problem::SinglePagePlatformMissing)
            }
            _ => None,
        }
    }

    /// The refusal as Microsoft wrote it, for "Copy details".
    pub(crate) fn provider_error(&self) -> Option<&ProviderError> {
        match self {
            Self::Refused(error) => Some(error),
            _ => None,
        }
    }
}
