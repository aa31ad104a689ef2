//! The checks of the live check, their states and their mends.

use super::KalturaCheck;
use crate::auth::AdminAction;

/// A check, in the order in which they are shown and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckName {
    /// The browser runs WebAssembly.
    WebAssembly,
    /// The address of the redirect URI answers with the picker's page, without a login in between.
    Page,
    /// The page's content security policy lets the picker work.
    ContentSecurityPolicy,
    /// The site's page is served without COOP, so that the picker keeps its host.
    Coop,
    /// The browser opens a window.
    Popups,
    /// Storage is not partitioned from the sign-in window.
    ThirdPartyStorage,
    /// The redirect URI is registered.
    RedirectUri,
    /// The tenant and the application exist.
    Tenant,
    /// The audience lets other organisations' accounts in.
    Audience,
    /// Access tokens are issued.
    AccessTokens,
    /// ID tokens are issued.
    IdTokens,
    /// Consent was given.
    Consent,
    /// The clock of this device is right.
    Clock,
    /// The ID token holds against every other check.
    IdToken,
    /// The scopes asked for were granted.
    GrantedScopes,
    /// `/me` answers.
    Me,
    /// `/me/drive` answers.
    Drive,
    /// A folder can be listed.
    Listing,
    /// A thumbnail can be had.
    Thumbnail,
    /// A fresh download link can be had.
    FreshLink,
    /// Search answers.
    Search,
}

impl CheckName {
    /// All checks in order.
    pub const ALL: [Self; 21] = [
        Self::WebAssembly,
        Self::Page,
        Self::ContentSecurityPolicy,
        Self::Coop,
        Self::Popups,
        Self::ThirdPartyStorage,
        Self::RedirectUri,
        Self::Tenant,
        Self::Audience,
        Self::AccessTokens,
        Self::IdTokens,
        Self::Consent,
        Self::Clock,
        Self::IdToken,
        Self::GrantedScopes,
        Self::Me,
        Self::Drive,
        Self::Listing,
        Self::Thumbnail,
        Self::FreshLink,
        Self::Search,
    ];

    /// The checks of the site's page, which a request of the assistant's own decides.
    pub const PAGE: [Self; 3] = [Self::Page, Self::ContentSecurityPolicy, Self::Coop];

    /// The checks that show whether Microsoft came back.
    pub const RETURN: [Self; 3] = [Self::RedirectUri, Self::Tenant, Self::Audience];

    /// The checks of tokens and permissions.
    pub const TOKENS: [Self; 6] =
        [Self::AccessTokens, Self::IdTokens, Self::Consent, Self::Clock, Self::IdToken, Self::GrantedScopes];

    /// The checks that a sign-in decides, in the order in which Microsoft meets them.
    pub(super) const SIGN_IN: [Self; 9] = [
        Self::RedirectUri,
        Self::Tenant,
        Self::Audience,
        Self::AccessTokens,
        Self::IdTokens,
        Self::Consent,
        Self::Clock,
        Self::IdToken,
        Self::GrantedScopes,
    ];

    /// The checks that need a session.
    pub(crate) const NEEDS_SESSION: [Self; 6] =
        [Self::Me, Self::Drive, Self::Listing, Self::Thumbnail, Self::FreshLink, Self::Search];

    /// A stable name for the report and for tests.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::WebAssembly => "web_assembly",
            Self::Page => "page",
            Self::ContentSecurityPolicy => "content_security_policy",
            Self::Popups => "popups",
            Self::ThirdPartyStorage => "third_party_storage",
            Self::Coop => "coop",
            Self::RedirectUri => "redirect_uri",
            Self::Tenant => "tenant",
            Self::Audience => "audience",
            Self::AccessTokens => "access_tokens",
            Self::IdTokens => "id_tokens",
            Self::Consent => "consent",
            Self::GrantedScopes => "granted_scopes",
            Self::IdToken => "id_token",
            Self::Clock => "clock",
            Self::Me => "me",
            Self::Drive => "drive",
            Self::Listing => "listing",
            Self::Thumbnail => "thumbnail",
            Self::FreshLink => "fresh_link",
            Self::Search => "search",
        }
    }
}

/// What is known of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// Not run yet.
    Waiting,
    /// Running.
    Running,
    /// All is well.
    Passed,
    /// Something is to be mended.
    Failed {
        /// What to do.
        mend: Mend,
        /// The stable code of what happened, such as `consent_required` or `AADSTS50011`.
        code: String,
    },
    /// Could not be run, since an earlier check failed.
    NotReachable,
}

/// How a failed check is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Change something in Azure.
    Azure(AdminAction),
    /// Set this device's clock.
    SetClock,
    /// Allow pop-ups for the site.
    AllowPopups,
    /// Use the picker in a window of its own, or let the host supply tokens.
    LeaveFrame,
    /// Serve the page without the header `Cross-Origin-Opener-Policy`.
    RemoveCoop,
    /// Allow in the content security policy what is blocked.
    RelaxPolicy,
    /// Use a current browser.
    UpdateBrowser,
    /// Let this site keep storage in the browser.
    AllowStorage,
    /// Put the picker's files on the site.
    ServePage,
    /// Let the address answer without a login.
    AllowAnonymous,
    /// Open the assistant on the site that is being set up.
    OpenOnSite,
    /// Sign in with another account.
    UseAnotherAccount,
    /// Look at the network between this browser and Microsoft.
    CheckNetwork,
    /// Look at the address of Kaltura's API, and whether the page may ask it.
    CheckKaltura,
    /// Give a Kaltura session what this check asks for, or do without.
    KalturaSession(KalturaCheck),
    /// Try again later.
    TryAgain,
}

/// One check and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which check.
    pub(crate) name: CheckName,
    /// What is known.
    pub state: CheckState,
}
