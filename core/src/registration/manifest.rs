//! The registration as JSON: for `POST /applications` of Microsoft Graph, and as the portal's manifest
//! (reference `entra-sign-in`, section 10).

use super::permission::GRAPH_APP_ID;
use super::{Platform, Registration};
use serde_json::{Value, json};

impl Registration {
    /// The body of `POST https://graph.microsoft.com/v1.0/applications`.
    pub fn graph_application_json(&self) -> String {
        let uris = json!([self.redirect_uri()]);
        let mut application = json!({
            "displayName": self.name(),
            "signInAudience": Self::AUDIENCE,
            "requiredResourceAccess": self.required_resource_access(),
        });
        let (platform, value) = match self.platform() {
            Platform::Web => (
                "web",
                json!({
                    "redirectUris": uris,
                    "implicitGrantSettings": {"enableIdTokenIssuance": true, "enableAccessTokenIssuance": true},
                }),
            ),
            Platform::SinglePage => ("spa", json!({"redirectUris": uris})),
        };
        add(&mut application, platform, value);
        pretty(&application)
    }

    /// The keys to set in the portal's manifest (the format with the names of Azure AD Graph).
    pub fn portal_manifest_json(&self) -> String {
        let kind = match self.platform() {
            Platform::Web => "Web",
            Platform::SinglePage => "Spa",
        };
        pretty(&json!({
            "name": self.name(),
            "signInAudience": Self::AUDIENCE,
            "availableToOtherTenants": true,
            "oauth2AllowIdTokenImplicitFlow": self.ticks_tokens(),
            "oauth2AllowImplicitFlow": self.ticks_tokens(),
            "replyUrlsWithType": [{"url": self.redirect_uri(), "type": kind}],
            "requiredResourceAccess": self.required_resource_access(),
        }))
    }

    /// The array that names the permissions by their ids, which `az` takes as a file.
    pub(super) fn required_resource_access(&self) -> Value {
        let access = self.permissions().map(|permission| json!({"id": permission.id(), "type": "Scope"}));
        json!([{"resourceAppId": GRAPH_APP_ID, "resourceAccess": access}])
    }
}

pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn add(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}
