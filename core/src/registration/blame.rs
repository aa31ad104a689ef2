//! Which check a failed sign-in is to be blamed on, and what the failure proves about the others.

use super::{CheckName, Mend};
use crate::auth::{AdminAction, Problem, SignInError};

/// How far a failed sign-in came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing came back.
    Nothing,
    /// A refusal came back to our address.
    Refusal,
    /// Tokens came back.
    Tokens,
    /// Tokens came back, and the ID token was judged to the end.
    IdToken,
}

pub(super) fn reach(error: &SignInError, failed: CheckName) -> Reach {
    match error {
        SignInError::NoEntropy => Reach::Nothing,
        SignInError::Refused(_) | SignInError::AccessTokenMissing | SignInError::IdTokenMissing => {
            Reach::Refusal
        }
        SignInError::ScopeNotGranted { .. } => Reach::IdToken,
        _ if matches!(failed, CheckName::Clock | CheckName::IdToken) => Reach::Tokens,
        _ => Reach::Refusal,
    }
}

/// What a failure proves about the other checks. Who was asked for consent, for example, was let in.
pub(super) fn is_proven(name: CheckName, failed: CheckName, reach: Reach) -> bool {
    use CheckName::{AccessTokens, Audience, Consent, IdTokens, RedirectUri, Tenant};
    match reach {
        Reach::Nothing => false,
        Reach::Refusal => match failed {
            Consent => matches!(name, RedirectUri | Tenant | Audience),
            AccessTokens | IdTokens => matches!(name, RedirectUri | Tenant),
            _ => name == RedirectUri,
        },
        Reach::Tokens => matches!(name, RedirectUri | Tenant | Audience | AccessTokens | IdTokens | Consent),
        Reach::IdToken => true,
    }
}

/// Where a failure belongs that no check stands for.
pub(super) const UNKNOWN: (CheckName, Mend) = (CheckName::IdToken, Mend::TryAgain);

/// The check in which a sign-in failed, and its mend.
pub(super) fn blame(error: &SignInError) -> (CheckName, Mend) {
    match error {
        SignInError::IdTokenExpired { .. } | SignInError::IdTokenNotYetValid { .. } => {
            (CheckName::Clock, Mend::SetClock)
        }
        SignInError::ScopeNotGranted { .. } => {
            (CheckName::GrantedScopes, Mend::Azure(AdminAction::GrantConsent))
        }
        SignInError::AccessTokenMissing => {
            (CheckName::AccessTokens, Mend::Azure(AdminAction::TickAccessTokens))
        }
        SignInError::IdTokenMissing => (CheckName::IdTokens, Mend::Azure(AdminAction::TickIdTokens)),
        SignInError::TenantNotAllowed => (CheckName::Tenant, Mend::Azure(AdminAction::CorrectTenant)),
        SignInError::PersonalAccountNotAllowed => (CheckName::Audience, Mend::UseAnotherAccount),
        SignInError::Unreachable { .. } => (CheckName::Tenant, Mend::CheckNetwork),
        SignInError::EndpointFailed { .. } => (CheckName::Tenant, Mend::Azure(AdminAction::CorrectTenant)),
        other => other.problem().map_or(UNKNOWN, blame_problem),
    }
}

pub(super) fn blame_problem(problem: Problem) -> (CheckName, Mend) {
    let mend = problem.admin_action().map_or(Mend::TryAgain, Mend::Azure);
    let check = match problem {
        Problem::RedirectUriMismatch | Problem::ReplyAddressMissing | Problem::SinglePagePlatformMissing => {
            CheckName::RedirectUri
        }
        Problem::ApplicationNotFound
        | Problem::TenantNotFound
        | Problem::OtherCloud
        | Problem::ApplicationDisabled
        | Problem::AccountNotInTenant
        | Problem::TenantRestricted
        | Problem::ResourceNotFound => CheckName::Tenant,
        Problem::NotMultiTenant | Problem::AccountTypeNotAllowed => CheckName::Audience,
        Problem::AccessTokensDisabled | Problem::ResponseTypeNotAllowed => CheckName::AccessTokens,
        Problem::IdTokensDisabled => CheckName::IdTokens,
        Problem::UserReadMissing
        | Problem::PermissionsMisconfigured
        | Problem::ScopeInvalid
        | Problem::SeveralResources => CheckName::GrantedScopes,
        Problem::ConsentRequired
        | Problem::ConsentDeclined
        | Problem::Cancelled
        | Problem::AdminConsentRequired
        | Problem::AdminConsentRequested
        | Problem::UserNotAssigned => CheckName::Consent,
        _ => UNKNOWN.0,
    };
    (check, mend)
}
