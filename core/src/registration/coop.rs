//! The opt-out of COOP enforcement (reference `entra-sign-in`, section 7). The picker works without it; a host that
//! frames the picker across sites may want it until it supplies tokens of its own. Microsoft calls it temporary and
//! insecure, and offers it in the global cloud only.

use super::Registration;
use crate::settings::Cloud;

/// The request that switches the enforcement off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoopOptOut {
    /// The method and the address, with a place for the application's object id.
    pub(crate) request: &'static str,
    /// The body.
    pub(crate) body: &'static str,
    /// The same for a shell.
    pub az_script: &'static str,
    /// The body that goes back to the service's default.
    pub undo_body: &'static str,
}

impl Registration {
    /// The opt-out. `None` in a national cloud, where there is none.
    pub fn coop_opt_out(&self) -> Option<CoopOptOut> {
        (self.cloud == Cloud::Global).then_some(CoopOptOut {
            request: "PATCH https://graph.microsoft.com/v1.0/applications/{objectId}/authenticationBehaviors",
            body: r#"{"coopEnforcement":false}"#,
            az_script: "object_id=$(az ad app show --id \"$application_id\" --query id --output tsv)\naz rest --method PATCH \\\n  --uri \"https://graph.microsoft.com/v1.0/applications/$object_id/authenticationBehaviors\" \\\n  --headers 'Content-Type=application/json' --body '{\"coopEnforcement\":false}'\n",
            undo_body: r#"{"coopEnforcement":null}"#,
        })
    }
}
