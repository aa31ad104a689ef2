//! Who can mend a problem, and how (reference `entra-sign-in`, section 4).

use super::Problem;

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
}
