//! The form's texts as values; what is not entered is the article's default.

use super::{ModuleSettings, ReadSite, Registration, SetupForm, SiteError, read_application_id, read_site};
use crate::auth::{FilesAccess, Flow, Tenant, looks_like_client_secret};
use crate::settings::{Cloud, Role};

/// A pasted text is no tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TenantError {
    /// A client secret was pasted.
    #[error("this looks like a client secret, which belongs nowhere near a browser")]
    ClientSecret,
    /// Anything else.
    #[error("the tenant is neither a GUID nor a domain nor one of organizations, common, consumers")]
    Malformed,
}

impl SetupForm {
    /// The site.
    ///
    /// # Errors
    /// [`SiteError`] with the reason.
    pub fn read_site(&self) -> Result<ReadSite, SiteError> {
        read_site(&self.site)
    }

    /// The tenant; that of everybody if none was entered.
    ///
    /// # Errors
    /// [`TenantError`] with the reason.
    pub fn tenant(&self) -> Result<Tenant, TenantError> {
        match self.tenant.trim() {
            "" => Ok(Tenant::Organizations),
            text if looks_like_client_secret(text) => Err(TenantError::ClientSecret),
            text => Tenant::parse(text).ok_or(TenantError::Malformed),
        }
    }

    /// The cloud.
    pub fn cloud(&self) -> Cloud {
        Cloud::parse(&self.cloud).unwrap_or_default()
    }

    /// The flow.
    pub fn flow(&self) -> Flow {
        Flow::parse(&self.flow).unwrap_or_default()
    }

    /// Which files are asked for.
    pub fn files(&self) -> FilesAccess {
        if self.files == "own" { FilesAccess::Own } else { FilesAccess::All }
    }

    /// The lowest role that may import.
    pub fn role(&self) -> Role {
        Role::parse(&self.allowed_roles).unwrap_or(Role::PrivateOnly)
    }

    /// The registration to make. `None` until there is a site.
    pub fn registration(&self) -> Option<Registration> {
        let mut registration = Registration::new(self.read_site().ok()?.site);
        registration.set_name(&self.name);
        registration.files = self.files();
        registration.flow = self.flow();
        registration.cloud = self.cloud();
        Some(registration)
    }

    /// The module's settings. `None` until there is an application id and a tenant that can be one.
    pub fn module(&self) -> Option<ModuleSettings> {
        Some(ModuleSettings {
            application_id: read_application_id(&self.application_id).ok()?,
            allowed_roles: self.role(),
            tenant: self.tenant().ok()?,
            cloud: self.cloud(),
            flow: self.flow(),
            files: self.files(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_in_what_the_article_says() {
        let form = SetupForm {
            site: "open_university.mediaspace.example".into(),
            application_id: "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046".into(),
            ..SetupForm::default()
        };
        let registration = form.registration().unwrap();
        assert_eq!(
            registration.redirect_uri(),
            "https://openuniversity.mediaspace.example/onedrive/index/blank-page"
        );
        assert_eq!(registration.name(), Registration::DEFAULT_NAME);
        let module = form.module().unwrap();
        assert_eq!((module.tenant, module.allowed_roles), (Tenant::Organizations, Role::PrivateOnly));
    }

    #[test]
    fn waits_for_what_has_no_default() {
        assert_eq!(SetupForm::default().registration(), None);
        assert_eq!(SetupForm::default().module(), None);
        let form = SetupForm { tenant: "con toso".into(), ..SetupForm::default() };
        assert_eq!(form.tenant(), Err(TenantError::Malformed));
    }
}
