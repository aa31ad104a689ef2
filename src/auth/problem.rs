//! What went wrong at Microsoft, who can mend it and how (reference `entra-sign-in`, section 4). The words are in
//! `text`; this is the table that they hang on. For guidance only: nothing branches on an AADSTS code.

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

/// What the person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserAction {
    /// Try the same again.
    TryAgain,
    /// Sign in in a window, since silently is not possible.
    SignIn,
    /// Sign in again and accept what is asked (`prompt=consent`).
    Consent,
    /// Use another account.
    UseAnotherAccount,
    /// Wait for the administrator's answer.
    Wait,
    /// Change the password at Microsoft.
    ChangePassword,
    /// Ask the administrator.
    AskAdministrator,
}

/// What the administrator must change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AdminAction {
    /// Register the redirect URI exactly (Authentication, platform Web).
    AddRedirectUri,
    /// Register the redirect URI for the platform "single-page application", or set `flow` to `implicit`.
    AddSinglePagePlatform,
    /// Enter the right application id and tenant.
    CorrectApplicationId,
    /// Set the audience to "any organizational directory" (`AzureADMultipleOrgs`), or name the tenant.
    MakeMultiTenant,
    /// Tick "ID tokens".
    TickIdTokens,
    /// Tick "Access tokens".
    TickAccessTokens,
    /// Tick both kinds of tokens.
    TickBothTokens,
    /// Consent for the tenant, by the admin-consent link.
    GrantConsent,
    /// Add the permissions of Microsoft Graph and consent.
    AddPermissions,
    /// Give the organisation the licence.
    EnableLicence,
    /// Assign the person, or switch "Assignment required" off.
    AssignUser,
    /// Invite the account as a guest.
    InviteGuest,
    /// Change the audience of the registration.
    ChangeAudience,
    /// Look at the Conditional Access policy or the device.
    ChangeConditionalAccess,
    /// Look after the user's account.
    ManageUser,
    /// Enable the enterprise application.
    EnableApplication,
    /// Put the tenant or the application on the allow-list.
    AllowTenant,
    /// Choose the right `cloud`.
    ChooseCloud,
    /// Correct `tenant`.
    CorrectTenant,
    /// Report a defect of this picker.
    ReportDefect,
}

impl Problem {
    /// The problem behind an AADSTS code. `None` for a code without an entry.
    pub fn of_aadsts(code: u32) -> Option<Self> {
        Some(match code {
            50_011 => Self::RedirectUriMismatch,
            900_971 => Self::ReplyAddressMissing,
            900_144 => Self::RequestInvalid,
            700_016 => Self::ApplicationNotFound,
            50_194 => Self::NotMultiTenant,
            700_054 => Self::IdTokensDisabled,
            700_051 | 70_005 => Self::AccessTokensDisabled,
            9_002_326 | 9_002_325 | 7_000_218 => Self::SinglePagePlatformMissing,
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
            54_005 | 70_008 | 50_148 => Self::CodeExpired,
            _ => return None,
        })
    }

    /// The problem behind an OAuth error without a known AADSTS code.
    pub fn of_oauth_error(error: OAuthError) -> Self {
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

    /// What the person can do.
    pub fn user_action(self) -> UserAction {
        match self {
            Self::ConsentRequired => UserAction::Consent,
            Self::NoSession | Self::InteractionNeeded | Self::MultiFactorNeeded => UserAction::SignIn,
            Self::ConsentDeclined
            | Self::Cancelled
            | Self::LoopDetected
            | Self::CodeExpired
            | Self::ServerError
            | Self::Busy
            | Self::Unknown => UserAction::TryAgain,
            Self::UserNotAssigned
            | Self::AccountNotInTenant
            | Self::AccountTypeNotAllowed
            | Self::UserUnknown
            | Self::UserDisabled
            | Self::UserLocked
            | Self::TenantRestricted
            | Self::NotSubscribed
            | Self::OtherCloud => UserAction::UseAnotherAccount,
            Self::AdminConsentRequested => UserAction::Wait,
            Self::PasswordExpired => UserAction::ChangePassword,
            Self::RedirectUriMismatch
            | Self::ReplyAddressMissing
            | Self::RequestInvalid
            | Self::ApplicationNotFound
            | Self::NotMultiTenant
            | Self::IdTokensDisabled
            | Self::AccessTokensDisabled
            | Self::ResponseTypeNotAllowed
            | Self::SinglePagePlatformMissing
            | Self::AdminConsentRequired
            | Self::UserReadMissing
            | Self::PermissionsMisconfigured
            | Self::ScopeInvalid
            | Self::SeveralResources
            | Self::ResourceNotFound
            | Self::ConditionalAccess
            | Self::ApplicationDisabled
            | Self::TenantNotFound => UserAction::AskAdministrator,
        }
    }

    /// What the administrator must change. `None` where there is nothing to change.
    pub fn admin_action(self) -> Option<AdminAction> {
        Some(match self {
            Self::RedirectUriMismatch | Self::ReplyAddressMissing => AdminAction::AddRedirectUri,
            Self::SinglePagePlatformMissing => AdminAction::AddSinglePagePlatform,
            Self::ApplicationNotFound => AdminAction::CorrectApplicationId,
            Self::NotMultiTenant => AdminAction::MakeMultiTenant,
            Self::IdTokensDisabled => AdminAction::TickIdTokens,
            Self::AccessTokensDisabled => AdminAction::TickAccessTokens,
            Self::ResponseTypeNotAllowed => AdminAction::TickBothTokens,
            Self::ConsentRequired | Self::AdminConsentRequired | Self::AdminConsentRequested => {
                AdminAction::GrantConsent
            }
            Self::UserReadMissing | Self::PermissionsMisconfigured => AdminAction::AddPermissions,
            Self::NotSubscribed => AdminAction::EnableLicence,
            Self::UserNotAssigned => AdminAction::AssignUser,
            Self::AccountNotInTenant => AdminAction::InviteGuest,
            Self::AccountTypeNotAllowed => AdminAction::ChangeAudience,
            Self::ConditionalAccess => AdminAction::ChangeConditionalAccess,
            Self::UserUnknown | Self::UserDisabled | Self::PasswordExpired | Self::UserLocked => {
                AdminAction::ManageUser
            }
            Self::ApplicationDisabled => AdminAction::EnableApplication,
            Self::TenantRestricted => AdminAction::AllowTenant,
            Self::OtherCloud => AdminAction::ChooseCloud,
            Self::ResourceNotFound | Self::TenantNotFound => AdminAction::CorrectTenant,
            Self::RequestInvalid | Self::ScopeInvalid | Self::SeveralResources | Self::LoopDetected => {
                AdminAction::ReportDefect
            }
            Self::ConsentDeclined
            | Self::Cancelled
            | Self::NoSession
            | Self::InteractionNeeded
            | Self::MultiFactorNeeded
            | Self::CodeExpired
            | Self::ServerError
            | Self::Busy
            | Self::Unknown => return None,
        })
    }

    /// Whether the admin-consent link belongs beside this problem.
    pub fn wants_admin_consent(self) -> bool {
        matches!(self.admin_action(), Some(AdminAction::GrantConsent | AdminAction::AddPermissions))
    }

    /// Whether Microsoft shows this on its own page and never answers: the "Stuck at Microsoft's page?" help.
    pub fn stays_at_microsoft(self) -> bool {
        matches!(
            self,
            Self::RedirectUriMismatch
                | Self::ReplyAddressMissing
                | Self::ApplicationNotFound
                | Self::AdminConsentRequired
                | Self::AdminConsentRequested
                | Self::UserNotAssigned
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code of the reference page, section 4.
    const CODES: [u32; 55] = [
        50011, 900971, 900144, 700016, 50194, 700054, 700051, 70005, 65001, 65004, 90094, 90095, 90008,
        650056, 650057, 65005, 70011, 28002, 28000, 700022, 500011, 650052, 50105, 50020, 90072, 16000,
        500208, 9002332, 50058, 50072, 50074, 50076, 50079, 53000, 53001, 53003, 530032, 50034, 50057, 50055,
        50053, 7000112, 1000031, 500021, 500022, 500212, 500213, 90038, 90002, 50196, 9002326, 7000218,
        54005, 70008, 9002325,
    ];

    #[test]
    fn knows_every_code_of_the_reference() {
        for code in CODES {
            let problem = Problem::of_aadsts(code);
            assert!(problem.is_some_and(|problem| problem != Problem::Unknown), "{code}");
        }
        assert_eq!(Problem::of_aadsts(12345), None);
    }

    #[test]
    fn tells_the_administrator_what_to_change_wherever_the_person_cannot_help_it() {
        for code in CODES {
            let problem = Problem::of_aadsts(code).unwrap();
            if problem.user_action() == UserAction::AskAdministrator {
                assert!(problem.admin_action().is_some(), "{problem:?}");
            }
        }
    }

    #[test]
    fn puts_the_consent_link_beside_missing_consent() {
        for (code, expected) in
            [(65001, true), (90094, true), (90095, true), (90008, true), (65004, false), (50011, false)]
        {
            assert_eq!(Problem::of_aadsts(code).unwrap().wants_admin_consent(), expected, "{code}");
        }
    }

    #[test]
    fn knows_what_never_comes_back_from_microsoft() {
        for code in [50011, 700016, 90094, 50105] {
            assert!(Problem::of_aadsts(code).unwrap().stays_at_microsoft(), "{code}");
        }
    }
}
