//! The organisations.

/// Who may consent to an application reading all files (entra-sign-in.md section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Everybody for themselves.
    Users,
    /// `microsoft-user-default-recommended`: only an administrator, for `Files.Read.All` and its like.
    Administrators,
}

/// One Entra tenant.
#[derive(Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its GUID.
    pub id: &'static str,
    /// Its domain; user names end in it.
    pub domain: &'static str,
    /// Its name as shown.
    pub name: &'static str,
    /// Who may consent.
    pub consent: Consent,
}

/// The tenant of personal Microsoft accounts (entra-sign-in.md section 12).
pub(crate) static CONSUMERS: Tenant = Tenant {
    id: "9188040d-6c67-4c5b-b112-36a304b66dad",
    domain: "outlook.example",
    name: "Microsoft account",
    consent: Consent::Users,
};

/// The university of the showcase; the application is registered here.
pub(crate) static OPENU: Tenant = Tenant {
    id: "6f5a3c1e-8b7d-4e2f-9a10-3c4d5e6f7a8b",
    domain: "openu.example",
    name: "Open University of Examples",
    consent: Consent::Users,
};

/// A university that leaves consent to its administrators.
pub(crate) static STRICT: Tenant = Tenant {
    id: "0b9e6d2c-4f3a-4c5d-8e7f-1a2b3c4d5e6f",
    domain: "strict.example",
    name: "Strict College",
    consent: Consent::Administrators,
};

/// A partner, whose people are guests elsewhere.
pub(crate) static PARTNER: Tenant = Tenant {
    id: "c2d3e4f5-a6b7-4890-9abc-def012345678",
    domain: "partner.example",
    name: "Partner Institute",
    consent: Consent::Users,
};

/// A tenant without SharePoint.
pub(crate) static UNLICENSED: Tenant = Tenant {
    id: "77f0a1b2-c3d4-4e5f-8091-a2b3c4d5e6f7",
    domain: "nolicense.example",
    name: "No Licence School",
    consent: Consent::Users,
};

/// Whoever signs in here meets a fault.
pub(crate) static FAULTS: Tenant = Tenant {
    id: "fa017500-0000-4000-8000-000000000000",
    domain: "faults.example",
    name: "Faults",
    consent: Consent::Users,
};

/// All of them.
pub(crate) static TENANTS: [&Tenant; 6] = [&OPENU, &STRICT, &PARTNER, &UNLICENSED, &FAULTS, &CONSUMERS];

impl Tenant {
    /// The tenant of personal accounts.
    pub const fn consumers() -> &'static Self {
        &CONSUMERS
    }

    /// The tenant with that id or domain.
    pub fn find(name: &str) -> Option<&'static Self> {
        TENANTS
            .into_iter()
            .find(|tenant| tenant.id.eq_ignore_ascii_case(name) || tenant.domain.eq_ignore_ascii_case(name))
    }
}
