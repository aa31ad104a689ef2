//! The words of a check: its name, its state, its mend.

use super::state::Setup;
use super::tell::{tell, tell_with};
use crate::ui::icon::Shape;
use crate::ui::sign_in_words::administrator_must;
use crate::ui::speech::speech;
use leptos::prelude::*;
use onedrive_picker_core::auth::AdminAction;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::{CheckName, CheckState, KalturaCheck, Mend, Registration};

/// What a check is called.
pub fn check_title(name: CheckName) -> SetupMessage {
    match name {
        CheckName::WebAssembly => SetupMessage::CheckWebAssembly,
        CheckName::Page => SetupMessage::CheckPage,
        CheckName::ContentSecurityPolicy => SetupMessage::CheckPolicy,
        CheckName::Coop => SetupMessage::CheckCoop,
        CheckName::Popups => SetupMessage::CheckPopups,
        CheckName::ThirdPartyStorage => SetupMessage::CheckStorage,
        CheckName::RedirectUri => SetupMessage::CheckRedirectUri,
        CheckName::Tenant => SetupMessage::CheckTenant,
        CheckName::Audience => SetupMessage::CheckAudience,
        CheckName::AccessTokens => SetupMessage::CheckAccessTokens,
        CheckName::IdTokens => SetupMessage::CheckIdTokens,
        CheckName::Consent => SetupMessage::CheckConsent,
        CheckName::Clock => SetupMessage::CheckClock,
        CheckName::IdToken => SetupMessage::CheckIdToken,
        CheckName::GrantedScopes => SetupMessage::CheckScopes,
        CheckName::Me => SetupMessage::CheckMe,
        CheckName::Drive => SetupMessage::CheckDrive,
        CheckName::Listing => SetupMessage::CheckListing,
        CheckName::Thumbnail => SetupMessage::CheckThumbnail,
        CheckName::FreshLink => SetupMessage::CheckLink,
        CheckName::Search => SetupMessage::CheckSearch,
    }
}

/// What a check of a Kaltura session is called.
pub fn kaltura_title(check: KalturaCheck) -> SetupMessage {
    match check {
        KalturaCheck::User => SetupMessage::KalturaUser,
        KalturaCheck::Add => SetupMessage::KalturaAdd,
        KalturaCheck::Reference => SetupMessage::KalturaReference,
        KalturaCheck::AdminTags => SetupMessage::KalturaTags,
        KalturaCheck::Categories => SetupMessage::KalturaCategories,
        KalturaCheck::Captions => SetupMessage::KalturaCaptions,
        KalturaCheck::Moderation => SetupMessage::KalturaModeration,
        KalturaCheck::CleanUp => SetupMessage::KalturaCleanUp,
    }
}

/// How a state is called, drawn and coloured.
pub fn look(state: &CheckState) -> (SetupMessage, Shape, &'static str) {
    match state {
        CheckState::Waiting => (SetupMessage::StateWaiting, Shape::Clock, ""),
        CheckState::Running => (SetupMessage::StateRunning, Shape::Clock, ""),
        CheckState::Passed => (SetupMessage::StatePassed, Shape::Check, "good"),
        CheckState::Failed { .. } => (SetupMessage::StateFailed, Shape::Warning, "bad"),
        CheckState::NotReachable => (SetupMessage::StateNotReachable, Shape::Minus, ""),
    }
}

/// What to do about a failed check.
pub fn mend_text(setup: Setup, mend: Mend, code: &str) -> String {
    let own_origin = setup.place().own_origin.to_string();
    let registration = setup.registration.get();
    let uri = registration.as_ref().map(Registration::redirect_uri).unwrap_or_default();
    let site = registration.as_ref().map_or(own_origin.clone(), |one| one.site.origin().to_string());
    let message = match mend {
        Mend::Azure(AdminAction::AddRedirectUri) if code == "no_answer" => SetupMessage::MendSilence,
        Mend::Azure(AdminAction::AddPermissions) => {
            let names =
                registration.map(|one| one.permissions().map(|permission| permission.name()).join(", "));
            let names = names.unwrap_or_default();
            return tell_with(SetupMessage::MendPermissions, &[("permissions", &names)]);
        }
        Mend::Azure(action) => {
            return speech().fill(administrator_must(action), &[("redirect_uri", &uri)]);
        }
        Mend::SetClock => SetupMessage::MendClock,
        Mend::AllowPopups => return tell_with(SetupMessage::MendPopups, &[("site", &own_origin)]),
        Mend::LeaveFrame => SetupMessage::MendFrame,
        Mend::RemoveCoop => SetupMessage::MendCoop,
        Mend::RelaxPolicy => return tell_with(SetupMessage::MendPolicy, &[("code", code)]),
        Mend::UpdateBrowser => SetupMessage::MendBrowser,
        Mend::AllowStorage => SetupMessage::MendStorage,
        Mend::ServePage => return tell_with(SetupMessage::MendServe, &[("uri", &uri)]),
        Mend::AllowAnonymous => return tell_with(SetupMessage::MendAnonymous, &[("uri", &uri)]),
        Mend::OpenOnSite => return tell_with(SetupMessage::MendOnSite, &[("site", &site)]),
        Mend::UseAnotherAccount => SetupMessage::MendAccount,
        Mend::CheckNetwork => SetupMessage::MendNetwork,
        Mend::CheckKaltura => SetupMessage::MendKaltura,
        Mend::KalturaSession(KalturaCheck::CleanUp) => {
            return tell_with(SetupMessage::MendKalturaLeft, &[("id", code)]);
        }
        Mend::KalturaSession(check) => match check {
            KalturaCheck::User => SetupMessage::MendKalturaUser,
            KalturaCheck::Add => SetupMessage::MendKalturaAdd,
            KalturaCheck::Reference => SetupMessage::MendKalturaReference,
            KalturaCheck::AdminTags => SetupMessage::MendKalturaTags,
            KalturaCheck::Categories => SetupMessage::MendKalturaCategories,
            KalturaCheck::Captions => SetupMessage::MendKalturaCaptions,
            KalturaCheck::Moderation | KalturaCheck::CleanUp => SetupMessage::MendKalturaModeration,
        },
        Mend::TryAgain => SetupMessage::MendAgain,
    };
    tell(message)
}
