//! The people who can sign in.

use serde::{Deserialize, Serialize};

use super::tenant::Tenant;
use super::text::guid;
use crate::identity::TokenFault;

/// One account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The user principal name; also what `login_hint` takes.
    pub username: String,
    /// The name shown.
    pub name: String,
    /// Where it belongs.
    pub tenant: &'static Tenant,
    /// Whether it may consent for everybody in its tenant.
    pub administrator: bool,
    /// How signing in goes.
    pub sign_in: SignIn,
    /// What its OneDrive holds.
    pub drive: DrivePlan,
    /// What it is there for; shown in the account list.
    pub purpose: &'static str,
}

impl Account {
    /// Its id in its own tenant (`oid`).
    pub fn object_id(&self) -> String {
        guid(&self.username)
    }

    /// What it is called as a guest of another tenant.
    pub fn guest_name(&self, tenant: &Tenant) -> String {
        format!("{}#EXT#@{}", self.username.replacen('@', "_", 1), tenant.domain)
    }

    /// Whether it is there for a fault that others do not meet.
    pub fn meets_fault(&self) -> bool {
        *self.tenant == super::tenant::FAULTS
    }

    /// Whether it is a personal Microsoft account.
    pub fn is_personal(&self) -> bool {
        *self.tenant == super::tenant::CONSUMERS
    }
}

/// How signing in goes for an account once it is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// The consent page comes the first time.
    AsksConsent,
    /// Consent was given long ago.
    Consented,
    /// Ends with that AADSTS error, on Microsoft's page or at the redirect URI as the real one does.
    Fails(u32),
    /// Ends with tokens or an answer that must not be trusted.
    Faulty(TokenFault),
    /// Consent was given; the answer takes that many seconds.
    Slow(u64),
    /// Consent was given; the access token lasts that many seconds.
    ShortLived(u64),
    /// Consent was given; the access token is revoked after its first use, with a claims challenge.
    Revoked,
    /// Consent was given, but only for the account's own files (`Files.Read`).
    OwnFilesOnly,
}

/// What an account's OneDrive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrivePlan {
    /// Everything: the folder of the design pictures, folders of 0 to 20,000 items, odd names, odd items, shortcuts.
    Showcase,
    /// A few folders and files, some of them shared with others.
    Colleague,
    /// Odd names and odd items, right in the root.
    Odd,
    /// A small personal drive.
    Personal,
    /// A root without anything in it.
    Empty,
    /// No OneDrive was ever set up: 404.
    NotProvisioned,
    /// The tenant has no SharePoint: 400.
    Unlicensed,
}
