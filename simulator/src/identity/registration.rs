//! The registration of an application, as an administrator would set it in the Entra portal.

use serde::{Deserialize, Serialize};

use crate::drive::Tenant;

/// Who may sign in (`signInAudience`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Audience {
    /// The home tenant only.
    #[serde(rename = "AzureADMyOrg")]
    MyOrganization,
    /// Work accounts of any tenant.
    #[serde(rename = "AzureADMultipleOrgs")]
    MultipleOrganizations,
    /// Work and personal accounts.
    #[serde(rename = "AzureADandPersonalMicrosoftAccount")]
    OrganizationsAndPersonal,
    /// Personal accounts only.
    #[serde(rename = "PersonalMicrosoftAccount")]
    Personal,
}

/// One registered application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// Application (client) ID.
    pub app_id: String,
    /// The name shown on the consent page.
    pub display_name: String,
    /// Who may sign in.
    pub sign_in_audience: Audience,
    /// The domain or id of the tenant that it is registered in.
    pub home_tenant: String,
    /// Redirect URIs of the platform Web.
    pub web_redirect_uris: Vec<String>,
    /// Redirect URIs of the platform single-page application.
    pub spa_redirect_uris: Vec<String>,
    /// The box "ID tokens".
    pub enable_id_token_issuance: bool,
    /// The box "Access tokens".
    pub enable_access_token_issuance: bool,
    /// Delegated Graph permissions (`requiredResourceAccess`).
    pub permissions: Vec<String>,
    /// "Assignment required?" of the enterprise application; the user names that are assigned then.
    pub assigned_users: Option<Vec<String>>,
    /// Whether sign-in is switched off in the enterprise application.
    pub disabled: bool,
    /// `authenticationBehaviors.coopEnforcement`; `None` for the service's default.
    pub coop_enforcement: Option<bool>,
}

impl Registration {
    /// What the Kaltura article asks for.
    pub fn of_the_article(application_id: &str, mediaspace: &str) -> Self {
        Self {
            app_id: application_id.to_owned(),
            display_name: "MediaSpace OneDrive".to_owned(),
            sign_in_audience: Audience::MultipleOrganizations,
            home_tenant: "openu.example".to_owned(),
            web_redirect_uris: vec![format!("{mediaspace}/onedrive/index/blank-page")],
            spa_redirect_uris: Vec::new(),
            enable_id_token_issuance: true,
            enable_access_token_issuance: true,
            permissions: ["Files.Read.All", "openid", "profile", "User.Read"].map(str::to_owned).to_vec(),
            assigned_users: None,
            disabled: false,
            coop_enforcement: None,
        }
    }

    /// Makes single-page application redirects of all Web redirects, as the authorization code flow needs it.
    pub fn move_to_spa(&mut self) {
        self.spa_redirect_uris.append(&mut self.web_redirect_uris);
    }

    /// Whether a redirect URI is registered; compared exactly.
    pub(crate) fn knows(&self, redirect_uri: &str) -> bool {
        self.web_redirect_uris.iter().chain(&self.spa_redirect_uris).any(|known| known == redirect_uri)
    }

    pub(crate) fn is_home(&self, tenant: &Tenant) -> bool {
        self.home_tenant == tenant.id || self.home_tenant == tenant.domain
    }
}
