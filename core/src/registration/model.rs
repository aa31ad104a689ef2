//! The registration as the article wants it.

use super::{Permission, Site};
use crate::auth::{
    Authority, ClientId, FilesAccess, Flow, Scopes, Tenant, build_admin_consent_url, looks_like_client_secret,
};
use crate::settings::Cloud;

/// The longest display name that Azure takes, in characters.
const LONGEST_NAME: usize = 120;

/// Everything that Azure must know about the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    name: String,
    /// The site whose address is the redirect URI.
    pub site: Site,
    /// `All` as in the article, or the variant "My files only".
    pub(crate) files: FilesAccess,
    /// The flow: it decides the platform.
    pub(crate) flow: Flow,
    /// The national cloud that the registration is made in.
    pub(crate) cloud: Cloud,
}

/// The platform that the redirect URI is registered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// "Web", with both boxes of the implicit flow.
    Web,
    /// "Single-page application", for the code flow.
    SinglePage,
}

impl Registration {
    /// The name in the article's example.
    pub const DEFAULT_NAME: &'static str = "Kaltura OneDrive integration";

    /// Who may sign in: "Accounts in any organizational directory (Multitenant)".
    pub(crate) const AUDIENCE: &'static str = "AzureADMultipleOrgs";

    /// The registration of the article for a site.
    pub(crate) fn new(site: Site) -> Self {
        Self {
            name: Self::DEFAULT_NAME.to_owned(),
            site,
            files: FilesAccess::All,
            flow: Flow::Implicit,
            cloud: Cloud::Global,
        }
    }

    /// The display name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sets the display name: line breaks become blanks, an empty one the default. A name that looks like a client
    /// secret is not taken.
    pub(crate) fn set_name(&mut self, name: &str) {
        let name: String = name
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .take(LONGEST_NAME)
            .collect();
        let name = name.trim();
        let is_name = !name.is_empty() && !looks_like_client_secret(name);
        self.name = if is_name { name } else { Self::DEFAULT_NAME }.to_owned();
    }

    /// The redirect URI.
    pub fn redirect_uri(&self) -> String {
        self.site.redirect_uri()
    }

    /// The platform of the redirect URI.
    pub fn platform(&self) -> Platform {
        match self.flow {
            Flow::Implicit => Platform::Web,
            Flow::Code => Platform::SinglePage,
        }
    }

    /// Whether both boxes, "Access tokens" and "ID tokens", must be ticked.
    pub(crate) fn ticks_tokens(&self) -> bool {
        self.platform() == Platform::Web
    }

    /// The permissions.
    pub fn permissions(&self) -> [Permission; 4] {
        Permission::for_access(self.files)
    }

    /// The link with which an administrator consents for a tenant.
    pub fn admin_consent_url(&self, client_id: &ClientId, tenant: &Tenant) -> String {
        let authority = Authority::new(self.cloud.login_base_url(), tenant.clone());
        let scopes = Scopes::new(self.cloud.graph_resource(), self.files);
        build_admin_consent_url(&authority, client_id, &scopes, &self.redirect_uri(), None)
    }
}
