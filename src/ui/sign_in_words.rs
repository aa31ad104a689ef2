//! The words of a failed sign-in: what happened, what the person can do, what the administrator must change.

use onedrive_picker_core::auth::{AdminAction, Problem, UserAction};
use onedrive_picker_core::i18n::Message;

/// What happened.
pub fn happened(problem: Problem) -> Message {
    match problem {
        Problem::RedirectUriMismatch => Message::ProblemRedirectUriMismatch,
        Problem::ReplyAddressMissing => Message::ProblemReplyAddressMissing,
        Problem::RequestInvalid => Message::ProblemRequestInvalid,
        Problem::ApplicationNotFound => Message::ProblemApplicationNotFound,
        Problem::NotMultiTenant => Message::ProblemNotMultiTenant,
        Problem::IdTokensDisabled => Message::ProblemIdTokensDisabled,
        Problem::AccessTokensDisabled => Message::ProblemAccessTokensDisabled,
        Problem::ResponseTypeNotAllowed => Message::ProblemResponseTypeNotAllowed,
        Problem::SinglePagePlatformMissing => Message::ProblemSinglePagePlatformMissing,
        Problem::ConsentRequired => Message::ProblemConsentRequired,
        Problem::ConsentDeclined => Message::ProblemConsentDeclined,
        Problem::Cancelled => Message::ProblemCancelled,
        Problem::AdminConsentRequired => Message::ProblemAdminConsentRequired,
        Problem::AdminConsentRequested => Message::ProblemAdminConsentRequested,
        Problem::UserReadMissing => Message::ProblemUserReadMissing,
        Problem::PermissionsMisconfigured => Message::ProblemPermissionsMisconfigured,
        Problem::ScopeInvalid => Message::ProblemScopeInvalid,
        Problem::SeveralResources => Message::ProblemSeveralResources,
        Problem::ResourceNotFound => Message::ProblemResourceNotFound,
        Problem::NotSubscribed => Message::ProblemNotSubscribed,
        Problem::UserNotAssigned => Message::ProblemUserNotAssigned,
        Problem::AccountNotInTenant => Message::ProblemAccountNotInTenant,
        Problem::AccountTypeNotAllowed => Message::ProblemAccountTypeNotAllowed,
        Problem::NoSession => Message::ProblemNoSession,
        Problem::InteractionNeeded => Message::ProblemInteractionNeeded,
        Problem::MultiFactorNeeded => Message::ProblemMultiFactorNeeded,
        Problem::ConditionalAccess => Message::ProblemConditionalAccess,
        Problem::UserUnknown => Message::ProblemUserUnknown,
        Problem::UserDisabled => Message::ProblemUserDisabled,
        Problem::PasswordExpired => Message::ProblemPasswordExpired,
        Problem::UserLocked => Message::ProblemUserLocked,
        Problem::ApplicationDisabled => Message::ProblemApplicationDisabled,
        Problem::TenantRestricted => Message::ProblemTenantRestricted,
        Problem::OtherCloud => Message::ProblemOtherCloud,
        Problem::TenantNotFound => Message::ProblemTenantNotFound,
        Problem::LoopDetected => Message::ProblemLoopDetected,
        Problem::CodeExpired => Message::ProblemCodeExpired,
        Problem::ServerError => Message::ProblemServerError,
        Problem::Busy => Message::ProblemBusy,
        _ => Message::ProblemUnknown,
    }
}

/// What the person can do.
pub fn user_can(action: UserAction) -> Message {
    match action {
        UserAction::TryAgain => Message::DoTryAgain,
        UserAction::SignIn => Message::DoSignIn,
        UserAction::Consent => Message::DoConsent,
        UserAction::UseAnotherAccount => Message::DoUseAnotherAccount,
        UserAction::Wait => Message::DoWait,
        UserAction::ChangePassword => Message::DoChangePassword,
        _ => Message::DoAskAdministrator,
    }
}

/// What the administrator must change.
pub fn administrator_must(action: AdminAction) -> Message {
    match action {
        AdminAction::AddRedirectUri => Message::AdminAddRedirectUri,
        AdminAction::AddSinglePagePlatform => Message::AdminAddSinglePagePlatform,
        AdminAction::CorrectApplicationId => Message::AdminCorrectApplicationId,
        AdminAction::MakeMultiTenant => Message::AdminMakeMultiTenant,
        AdminAction::TickIdTokens => Message::AdminTickIdTokens,
        AdminAction::TickAccessTokens => Message::AdminTickAccessTokens,
        AdminAction::TickBothTokens => Message::AdminTickBothTokens,
        AdminAction::GrantConsent => Message::AdminGrantConsent,
        AdminAction::AddPermissions => Message::AdminAddPermissions,
        AdminAction::EnableLicence => Message::AdminEnableLicence,
        AdminAction::AssignUser => Message::AdminAssignUser,
        AdminAction::InviteGuest => Message::AdminInviteGuest,
        AdminAction::ChangeAudience => Message::AdminChangeAudience,
        AdminAction::ChangeConditionalAccess => Message::AdminChangeConditionalAccess,
        AdminAction::ManageUser => Message::AdminManageUser,
        AdminAction::EnableApplication => Message::AdminEnableApplication,
        AdminAction::AllowTenant => Message::AdminAllowTenant,
        AdminAction::ChooseCloud => Message::AdminChooseCloud,
        AdminAction::CorrectTenant => Message::AdminCorrectTenant,
        _ => Message::AdminReportDefect,
    }
}
