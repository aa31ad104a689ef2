//! Whether this person may import at all. A courtesy to them: the server must enforce the same.

use super::{Role, Settings, UserRole};
use crate::auth::ClientId;

/// Why this person may not import.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// `enabled` is off.
    #[error("the OneDrive module is disabled")]
    ModuleDisabled,
    /// The page does not say who this is.
    #[error("the page names no role for this person")]
    RoleMissing,
    /// The role is none of MediaSpace's own, so it counts as less than `viewerRole`.
    #[error("the role of this person is unknown; at least {} is needed", needed.name())]
    RoleUnknown {
        /// The lowest role that may import.
        needed: Role,
        /// The role's name.
        have: String,
    },
    /// The role is lower than `allowedRoles`.
    #[error("the role {} is too low; at least {} is needed", have.name(), needed.name())]
    RoleTooLow {
        /// The lowest role that may import.
        needed: Role,
        /// The person's role.
        have: Role,
    },
}

impl Refusal {
    /// A stable name for logs, messages and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ModuleDisabled => "module_disabled",
            Self::RoleMissing => "role_missing",
            Self::RoleUnknown { .. } => "role_unknown",
            Self::RoleTooLow { .. } => "role_too_low",
        }
    }
}

impl Settings {
    /// Lets a person through who may import, with the application to sign in to.
    ///
    /// # Errors
    /// [`Refusal`] if the module is off, or the role is missing, unknown or too low.
    pub fn gate(&self) -> Result<&ClientId, Refusal> {
        let Some(application_id) = self.application_id.as_ref().filter(|_| self.enabled) else {
            return Err(Refusal::ModuleDisabled);
        };
        let user_role = self.user_role.as_ref().ok_or(Refusal::RoleMissing)?;
        let needed = self.allowed_roles;
        if user_role.rank() >= needed {
            return Ok(application_id);
        }
        Err(match user_role {
            UserRole::Known(have) => Refusal::RoleTooLow { needed, have: *have },
            UserRole::Unknown(name) => Refusal::RoleUnknown { needed, have: name.clone() },
        })
    }
}
