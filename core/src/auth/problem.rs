//! What went wrong at Microsoft (reference `entra-sign-in`, section 4). The words are in `text`; this is the table
//! that they hang on. For guidance only: nothing branches on an AADSTS code.

use super::OAuthError;

/// What happened, as people would tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// The redirect URI is not a registered one.
    RedirectUriMismatch,
    /// The registration has no redirect URI.
    ReplyAddressMissing,
    /// The request lacks something or is malformed.
    RequestInvalid,
    /// The tenant does not know the application.
    ApplicationNotFound,
    /// The application is not multi-tenant.
    NotMultiTenant,
    /// The registration does not issue ID tokens.
    IdTokensDisabled,
    /// The registration does not issue access tokens.
    AccessTokensDisabled,
    /// The registration allows neither the flow nor the answer asked for.
    ResponseTypeNotAllowed,
    /// The redirect URI is registered for another platform than "single-page application".
    SinglePagePlatformMissing,
    /// Nobody has consented yet.
    ConsentRequired,
    /// The person declined to consent.
    ConsentDeclined,
    /// The person pressed "Cancel".
    Cancelled,
    /// Only an administrator can consent.
    AdminConsentRequired,
    /// The request to the administrator has been sent.
    AdminConsentRequested,
    /// The registration lacks `User.Read`.
    UserReadMissing,
    /// The registration lacks permissions of Microsoft Graph.
    PermissionsMisconfigured,
    /// A scope is misspelt or unknown.
    ScopeInvalid,
    /// Scopes of several resources were asked for at once.
    SeveralResources,
    /// The tenant does not know the resource.
    ResourceNotFound,
    /// The organisation has no licence for the service.
    NotSubscribed,
    /// The person is not assigned to the application.
    UserNotAssigned,
    /// The account does not belong to the tenant.
    AccountNotInTenant,
    /// A personal account where a work account is needed, or the reverse.
    AccountTypeNotAllowed,
    /// Nobody is signed in, and no page could be shown.
    NoSession,
    /// Microsoft has to ask something, and no page could be shown.
    InteractionNeeded,
    /// A second factor is needed.
    MultiFactorNeeded,
    /// A Conditional Access policy refused.
    ConditionalAccess,
    /// There is no such user.
    UserUnknown,
    /// The account is disabled.
    UserDisabled,
    /// The password has expired.
    PasswordExpired,
    /// The account is locked.
    UserLocked,
    /// The application is disabled in the tenant.
    ApplicationDisabled,
    /// Tenant restrictions or a cross-tenant policy refused.
    TenantRestricted,
    /// The account lives in another national cloud.
    OtherCloud,
    /// There is no such tenant.
    TenantNotFound,
    /// Too many sign-ins in a row.
    LoopDetected,
    /// The code was used before, has expired, or was not ours.
    CodeExpired,
    /// Microsoft failed.
    ServerError,
    /// Microsoft is busy.
    Busy,
    /// A refusal that we have no words for.
    Unknown,
}

impl Problem {
    /// The problem behind an AADSTS code. `None` for a code without an entry.
    pub fn of_aadsts(code: u32) -> Option<Self> {
        Some(match code {
            50_011 => Self::RedirectUriMismatch,
            900_971 => Self::ReplyAddressMissing,
            900_144 | 90_014 | 90_023 | 70_007 | 9_002_313 | 9_002_325 => Self::RequestInvalid,
            700_016 => Self::ApplicationNotFound,
            50_194 | 9_002_331 => Self::NotMultiTenant,
            700_054 => Self::IdTokensDisabled,
            700_051 | 70_005 => Self::AccessTokensDisabled,
            9_002_326 | 7_000_218 => Self::SinglePagePlatformMissing,
            65_001 => Self::ConsentRequired,
            65_004 => Self::ConsentDeclined,
            90_094 => Self::AdminConsentRequired,
            90_095 => Self::AdminConsentRequested,
            90_008 => Self::UserReadMissing,
            650_056 | 650_057 | 65_005 => Self::PermissionsMisconfigured,
            70_011 | 28_002 => Self::ScopeInvalid,
            28_000 | 700_022 => Self::SeveralResources,
            500_011 => Self::ResourceNotFound,
            650_052 => Self::NotSubscribed,
            50_105 => Self::UserNotAssigned,
            50_020 | 90_072 | 16_000 => Self::AccountNotInTenant,
            500_208 | 9_002_332 => Self::AccountTypeNotAllowed,
            50_058 => Self::NoSession,
            50_072 | 50_074 | 50_076 | 50_079 => Self::MultiFactorNeeded,
            53_000 | 53_001 | 53_003 | 530_032 => Self::ConditionalAccess,
            50_034 => Self::UserUnknown,
            50_057 => Self::UserDisabled,
            50_055 => Self::PasswordExpired,
            50_053 => Self::UserLocked,
            7_000_112 | 1_000_031 => Self::ApplicationDisabled,
            500_021 | 500_022 | 500_212 | 500_213 => Self::TenantRestricted,
            90_038 => Self::OtherCloud,
            90_002 => Self::TenantNotFound,
            50_196 => Self::LoopDetected,
            54_005 | 70_008 | 70_000 | 50_148 | 501_481 => Self::CodeExpired,
            90_033 => Self::Busy,
            50_000 => Self::ServerError,
            _ => return None,
        })
    }

    /// The problem behind an OAuth error without a known AADSTS code.
    pub(crate) fn of_oauth_error(error: OAuthError) -> Self {
        match error {
            OAuthError::InteractionRequired => Self::InteractionNeeded,
            OAuthError::LoginRequired => Self::NoSession,
            OAuthError::ConsentRequired => Self::ConsentRequired,
            OAuthError::AccessDenied => Self::ConsentDeclined,
            OAuthError::InvalidRequest => Self::RequestInvalid,
            OAuthError::UnauthorizedClient => Self::ApplicationNotFound,
            OAuthError::UnsupportedResponseType => Self::ResponseTypeNotAllowed,
            OAuthError::InvalidScope => Self::ScopeInvalid,
            OAuthError::InvalidResource => Self::ResourceNotFound,
            OAuthError::InvalidClient => Self::SinglePagePlatformMissing,
            OAuthError::InvalidGrant => Self::CodeExpired,
            OAuthError::ServerError => Self::ServerError,
            OAuthError::TemporarilyUnavailable => Self::Busy,
            OAuthError::Other => Self::Unknown,
        }
    }
}
