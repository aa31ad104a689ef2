//! Who may read what.

use super::account::Account;
use super::item::{Audience, Item};
use super::library::Drive;

/// What a person may do with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is theirs.
    Own,
    /// Somebody shares it, or they are members of its site.
    Shared,
    /// Nothing.
    Denied,
}

impl Access {
    /// What that person may do with that item.
    pub fn of(account: &Account, drive: &Drive, item: &Item) -> Self {
        if drive.owner == account.username {
            return Self::Own;
        }
        if let Some(site) = drive.site {
            return if site.admits(&account.username) { Self::Shared } else { Self::Denied };
        }
        let shared = drive.ancestry(item).filter_map(|around| around.shared.as_ref()).any(|shared| {
            match &shared.audience {
                Audience::Organization => drive.owner.ends_with(&format!("@{}", account.tenant.domain)),
                Audience::Users(users) => users.contains(&account.username.as_str()),
            }
        });
        if shared { Self::Shared } else { Self::Denied }
    }
}
