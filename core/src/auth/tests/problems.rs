//! The errors of the reference page `entra-sign-in`, sections 3 and 4: what each means, what the person can do, what the
//! administrator must change.

use crate::auth::AdminAction as Admin;
use crate::auth::UserAction as User;
use crate::auth::*;

/// The codes of a line, what happened, what the person can do, what the administrator must change.
type Line = (&'static [u32], Problem, User, Option<Admin>);

/// Section 4, line by line.
const REFERENCE: [Line; 32] = [
    (&[50011], Problem::RedirectUriMismatch, User::AskAdministrator, Some(Admin::AddRedirectUri)),
    (&[900_971], Problem::ReplyAddressMissing, User::AskAdministrator, Some(Admin::AddRedirectUri)),
    (&[900_144], Problem::RequestInvalid, User::AskAdministrator, Some(Admin::ReportDefect)),
    (&[700_016], Problem::ApplicationNotFound, User::AskAdministrator, Some(Admin::CorrectApplicationId)),
    (&[50194], Problem::NotMultiTenant, User::AskAdministrator, Some(Admin::MakeMultiTenant)),
    (&[700_054], Problem::IdTokensDisabled, User::AskAdministrator, Some(Admin::TickIdTokens)),
    (&[700_051, 70005], Problem::AccessTokensDisabled, User::AskAdministrator, Some(Admin::TickAccessTokens)),
    (&[65001], Problem::ConsentRequired, User::Consent, Some(Admin::GrantConsent)),
    (&[65004], Problem::ConsentDeclined, User::TryAgain, None),
    (&[90094], Problem::AdminConsentRequired, User::AskAdministrator, Some(Admin::GrantConsent)),
    (&[90095], Problem::AdminConsentRequested, User::Wait, Some(Admin::GrantConsent)),
    (&[90008], Problem::UserReadMissing, User::AskAdministrator, Some(Admin::AddPermissions)),
    (
        &[650_056, 650_057, 65005],
        Problem::PermissionsMisconfigured,
        User::AskAdministrator,
        Some(Admin::AddPermissions),
    ),
    (&[70011, 28002], Problem::ScopeInvalid, User::AskAdministrator, Some(Admin::ReportDefect)),
    (&[28000, 700_022], Problem::SeveralResources, User::AskAdministrator, Some(Admin::ReportDefect)),
    (&[500_011], Problem::ResourceNotFound, User::AskAdministrator, Some(Admin::CorrectTenant)),
    (&[650_052], Problem::NotSubscribed, User::UseAnotherAccount, Some(Admin::EnableLicence)),
    (&[50105], Problem::UserNotAssigned, User::UseAnotherAccount, Some(Admin::AssignUser)),
    (&[50020, 90072, 16000], Problem::AccountNotInTenant, User::UseAnotherAccount, Some(Admin::InviteGuest)),
    (
        &[500_208, 9_002_332],
        Problem::AccountTypeNotAllowed,
        User::UseAnotherAccount,
        Some(Admin::ChangeAudience),
    ),
    (&[50058], Problem::NoSession, User::SignIn, None),
    (&[50072, 50074, 50076, 50079], Problem::MultiFactorNeeded, User::SignIn, None),
    (
        &[53000, 53001, 53003, 530_032],
        Problem::ConditionalAccess,
        User::AskAdministrator,
        Some(Admin::ChangeConditionalAccess),
    ),
    (&[50034], Problem::UserUnknown, User::UseAnotherAccount, Some(Admin::ManageUser)),
    (&[50057], Problem::UserDisabled, User::UseAnotherAccount, Some(Admin::ManageUser)),
    (&[50055], Problem::PasswordExpired, User::ChangePassword, Some(Admin::ManageUser)),
    (&[50053], Problem::UserLocked, User::UseAnotherAccount, Some(Admin::ManageUser)),
    (
        &[7_000_112, 1_000_031],
        Problem::ApplicationDisabled,
        User::AskAdministrator,
        Some(Admin::EnableApplication),
    ),
    (
        &[500_021, 500_022, 500_212, 500_213],
        Problem::TenantRestricted,
        User::UseAnotherAccount,
        Some(Admin::AllowTenant),
    ),
    (&[90038], Problem::OtherCloud, User::UseAnotherAccount, Some(Admin::ChooseCloud)),
    (&[90002], Problem::TenantNotFound, User::AskAdministrator, Some(Admin::CorrectTenant)),
    (&[50196], Problem::LoopDetected, User::TryAgain, Some(Admin::ReportDefect)),
];

/// What the second flow and the rest of Microsoft's documentation add.
const BESIDES: [Line; 6] = [
    // The redirect URI is one of the platform Web: a browser may not redeem the code, or needs a secret for it.
    (
        &[9_002_326, 7_000_218],
        Problem::SinglePagePlatformMissing,
        User::AskAdministrator,
        Some(Admin::AddSinglePagePlatform),
    ),
    // The code came too late, twice, or with another verifier than its challenge.
    (&[70008, 54005, 70000, 50148, 501_481], Problem::CodeExpired, User::TryAgain, None),
    // A request without a challenge (PKCE), or malformed otherwise: we never send one.
    (
        &[9_002_325, 9_002_313, 90014, 90023, 70007],
        Problem::RequestInvalid,
        User::AskAdministrator,
        Some(Admin::ReportDefect),
    ),
    (&[90033], Problem::Busy, User::TryAgain, None),
    (&[50000], Problem::ServerError, User::TryAgain, None),
    (&[12345, 0, u32::MAX], Problem::Unknown, User::TryAgain, None),
];

fn lines() -> impl Iterator<Item = Line> {
    REFERENCE.into_iter().chain(BESIDES)
}

#[test]
fn every_code_of_the_reference_says_what_happened_and_who_can_mend_it() {
    for (codes, problem, user, admin) in lines() {
        for code in codes {
            let found = Problem::of_aadsts(*code).unwrap_or(Problem::Unknown);
            assert_eq!(found, problem, "AADSTS{code}");
            assert_eq!((found.user_action(), found.admin_action()), (user, admin), "AADSTS{code}");
        }
    }
}

#[test]
fn every_oauth_error_of_the_reference_says_what_happened() {
    for (error, problem) in [
        ("interaction_required", Problem::InteractionNeeded),
        ("login_required", Problem::NoSession),
        ("consent_required", Problem::ConsentRequired),
        ("access_denied", Problem::ConsentDeclined),
        ("invalid_request", Problem::RequestInvalid),
        ("unauthorized_client", Problem::ApplicationNotFound),
        ("unsupported_response_type", Problem::ResponseTypeNotAllowed),
        ("invalid_scope", Problem::ScopeInvalid),
        ("invalid_resource", Problem::ResourceNotFound),
        ("invalid_client", Problem::SinglePagePlatformMissing),
        ("invalid_grant", Problem::CodeExpired),
        ("server_error", Problem::ServerError),
        ("temporarily_unavailable", Problem::Busy),
        ("something_new", Problem::Unknown),
    ] {
        let refusal = format!("#error={error}&state={}", State::from_random(&[5; 32]).secret());
        let error =
            parse_authorize_response(&refusal, &State::from_random(&[5; 32]), Flow::Implicit).unwrap_err();
        assert_eq!(error.problem(), Some(problem), "{refusal}");
    }
}

#[test]
fn the_administrator_is_told_what_to_change_wherever_only_they_can_help() {
    for (codes, problem, user, admin) in lines() {
        if user == User::AskAdministrator {
            assert!(admin.is_some(), "{codes:?} {problem:?}");
        }
    }
}

#[test]
fn the_consent_link_stands_beside_missing_consent_and_missing_permissions() {
    for (codes, problem, _, admin) in lines() {
        let expected = matches!(admin, Some(Admin::GrantConsent | Admin::AddPermissions));
        assert_eq!(problem.wants_admin_consent(), expected, "{codes:?}");
    }
    for code in [65001, 90094] {
        assert!(Problem::of_aadsts(code).unwrap().wants_admin_consent(), "AADSTS{code}");
    }
}

#[test]
fn a_token_endpoint_whose_answer_may_not_be_read_lacks_the_single_page_platform() {
    use crate::web::TransportError::{Offline, TimedOut, Unreachable};
    let problem = |endpoint, error| SignInError::Unreachable { endpoint, error }.problem();
    assert_eq!(problem(Endpoint::Token, Unreachable), Some(Problem::SinglePagePlatformMissing));
    for (endpoint, error) in
        [(Endpoint::Token, Offline), (Endpoint::Token, TimedOut), (Endpoint::Discovery, Unreachable)]
    {
        assert_eq!(problem(endpoint, error), None, "{endpoint} {error}");
    }
}
