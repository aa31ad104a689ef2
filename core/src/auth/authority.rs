//! Who lets people sign in: a login host and a tenant there.

use super::{Guid, TenantId};

/// Who may sign in (reference `entra-sign-in`, section 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tenant {
    /// `organizations`: any work or school account.
    #[default]
    Organizations,
    /// `common`: any account.
    Common,
    /// `consumers`: personal Microsoft accounts.
    Consumers,
    /// The accounts and guests of one tenant, named by its id.
    Id(TenantId),
    /// The accounts and guests of one tenant, named by one of its domains.
    Domain(String),
}

impl Tenant {
    /// Reads `organizations`, `common`, `consumers`, a GUID or a domain. `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "organizations" => Some(Self::Organizations),
            "common" => Some(Self::Common),
            "consumers" => Some(Self::Consumers),
            _ => TenantId::parse(text)
                .map(Self::Id)
                .or_else(|| is_domain(text).then(|| Self::Domain(text.to_ascii_lowercase()))),
        }
    }

    /// The tenant as it is written into addresses.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Organizations => "organizations",
            Self::Common => "common",
            Self::Consumers => "consumers",
            Self::Id(id) => id.as_str(),
            Self::Domain(domain) => domain,
        }
    }
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}

/// A login host and a tenant there. Every address of the sign-in is made from these two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    login_base_url: String,
    tenant: Tenant,
}

impl Authority {
    /// The authority of a tenant. The base has no trailing slash: `https://login.microsoftonline.com`.
    pub(crate) fn new(login_base_url: impl Into<String>, tenant: Tenant) -> Self {
        Self { login_base_url: login_base_url.into(), tenant }
    }

    /// The base of the login host, without a trailing slash.
    pub(crate) fn login_base_url(&self) -> &str {
        &self.login_base_url
    }

    /// Who may sign in.
    pub(crate) fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Where the sign-in begins (RFC 6749 section 3.1).
    pub(crate) fn authorize_url(&self) -> String {
        self.below(self.tenant.as_str(), "/oauth2/v2.0/authorize")
    }

    /// Where a code is redeemed (RFC 6749 section 3.2).
    pub(crate) fn token_url(&self) -> String {
        self.below(self.tenant.as_str(), "/oauth2/v2.0/token")
    }

    /// Where the provider describes itself (OpenID Connect Discovery 1.0 section 4).
    pub(crate) fn discovery_url(&self) -> String {
        self.below(self.tenant.as_str(), "/v2.0/.well-known/openid-configuration")
    }

    /// Where an administrator consents for a whole tenant: the tenant of this authority, or `organizations`,
    /// since `common` is not allowed there (reference `entra-sign-in`, section 8).
    pub(crate) fn admin_consent_url(&self) -> String {
        let tenant = match &self.tenant {
            Tenant::Organizations | Tenant::Common | Tenant::Consumers => "organizations",
            Tenant::Id(_) | Tenant::Domain(_) => self.tenant.as_str(),
        };
        self.below(tenant, "/v2.0/adminconsent")
    }

    /// The issuer of that tenant's ID tokens.
    pub(crate) fn issuer(&self, tenant_id: &TenantId) -> String {
        self.below(tenant_id.as_str(), "/v2.0")
    }

    /// The issuer in the metadata of many tenants, with a place for the tenant's id.
    pub(super) fn issuer_template(&self) -> String {
        self.below(TENANT_PLACE, "/v2.0")
    }

    fn below(&self, tenant: &str, path: &str) -> String {
        let mut url = String::with_capacity(self.login_base_url.len() + tenant.len() + path.len() + 1);
        url.push_str(&self.login_base_url);
        url.push('/');
        url.push_str(tenant);
        url.push_str(path);
        url
    }
}

/// Stands for the tenant's id in the issuers of metadata and keys.
pub(super) const TENANT_PLACE: &str = "{tenantid}";

/// Whether an issuer, templated or concrete, is the one given, once the tenant's id is put in.
pub(super) fn issuer_fits(rule: &str, tenant_id: &TenantId, issuer: &str) -> bool {
    let (before, place) = rule.split_at(rule.find('{').unwrap_or(rule.len()));
    match place.strip_prefix(TENANT_PLACE) {
        Some(after) => {
            let rest = issuer.strip_prefix(before).and_then(|rest| rest.strip_prefix(tenant_id.as_str()));
            rest == Some(after)
        }
        None => rule == issuer,
    }
}

/// Whether the text could be a tenant's id, for messages that want to show only such.
pub(super) fn is_guid(text: &str) -> bool {
    Guid::parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_to_name_a_tenant() {
        for text in [
            "organizations",
            "common",
            "consumers",
            "9188040d-6c67-4c5b-b112-36a304b66dad",
            "contoso.onmicrosoft.com",
            "openu.ac.il",
        ] {
            assert_eq!(Tenant::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_tenant() {
        for text in [
            "",
            "Organizations",
            "contoso",
            "contoso..com",
            ".com",
            "a/b.com",
            "a.com?x",
            "-a.com",
            "a b.com",
            "*.com",
        ] {
            assert_eq!(Tenant::parse(text), None, "{text}");
        }
    }

    #[test]
    fn makes_every_address_from_the_base_and_the_tenant() {
        let authority = Authority::new("https://login.microsoftonline.us", Tenant::Organizations);
        let tenant_id = TenantId::parse("11111111-2222-3333-4444-555555555555").unwrap();
        for (url, expected) in [
            (authority.authorize_url(), "/organizations/oauth2/v2.0/authorize"),
            (authority.token_url(), "/organizations/oauth2/v2.0/token"),
            (authority.discovery_url(), "/organizations/v2.0/.well-known/openid-configuration"),
            (authority.issuer(&tenant_id), "/11111111-2222-3333-4444-555555555555/v2.0"),
            (authority.issuer_template(), "/{tenantid}/v2.0"),
        ] {
            assert_eq!(url.strip_prefix("https://login.microsoftonline.us"), Some(expected));
        }
    }

    #[test]
    fn never_asks_common_for_admin_consent() {
        for (tenant, expected) in
            [("common", "organizations"), ("consumers", "organizations"), ("contoso.com", "contoso.com")]
        {
            let authority = Authority::new("https://login.example", Tenant::parse(tenant).unwrap());
            let url = authority.admin_consent_url();
            assert_eq!(url, format!("https://login.example/{expected}/v2.0/adminconsent"));
        }
    }

    #[test]
    fn puts_the_tenant_into_a_template_and_takes_a_concrete_issuer_as_it_is() {
        let tenant_id = TenantId::parse("11111111-2222-3333-4444-555555555555").unwrap();
        let issuer = "https://login.example/11111111-2222-3333-4444-555555555555/v2.0";
        for (rule, fits) in [
            ("https://login.example/{tenantid}/v2.0", true),
            (issuer, true),
            ("https://login.example/{tenantid}/v2.0/", false),
            ("https://evil.example/{tenantid}/v2.0", false),
            ("https://login.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", false),
            ("{tenantid}", false),
            ("", false),
        ] {
            assert_eq!(issuer_fits(rule, &tenant_id, issuer), fits, "{rule}");
        }
    }
}
