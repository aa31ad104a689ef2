//! The settings that the live check signs in with: those of the page, with what was entered over them.

use super::ModuleSettings;
use crate::settings::{self, Settings, SettingsError};
use crate::web::Origin;
use serde_json::{Map, Value};

/// Puts the values entered over the addresses that the page was served with, if it was: the page's own login and Graph
/// addresses stay as long as the cloud is the one that they belong to. Its other settings have no say in a sign-in.
///
/// # Errors
/// [`SettingsError`] if one of those addresses is wrong.
pub fn trial_settings(
    page: Option<&str>,
    module: &ModuleSettings,
    own_origin: &Origin,
) -> Result<Settings, SettingsError> {
    let page: Option<Map<String, Value>> = page.and_then(|text| serde_json::from_str(text).ok());
    let mut object = page.unwrap_or_default();
    let cloud = object.get("cloud").and_then(Value::as_str).unwrap_or("global");
    let is_same_cloud = cloud == module.cloud.name();
    object.retain(|key, _| is_same_cloud && matches!(key.as_str(), "loginBaseUrl" | "graphBaseUrl"));
    object.extend(module.object());
    settings::parse(&Value::Object(object).to_string(), own_origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::SetupForm;
    use crate::settings::Cloud;

    fn module(cloud: &str) -> ModuleSettings {
        SetupForm {
            application_id: "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046".into(),
            cloud: cloud.into(),
            ..SetupForm::default()
        }
        .module()
        .unwrap()
    }

    fn own_origin() -> Origin {
        Origin::parse("http://localhost:4180").unwrap()
    }

    #[test]
    fn puts_what_was_entered_over_the_settings_of_the_page() {
        let page = r#"{"enabled":"maybe","applicationId":"none","tenant":"contoso.com",
            "loginBaseUrl":"http://127.0.0.1:4181","graphBaseUrl":"http://127.0.0.1:4182/v1.0","maxItems":0}"#;
        let settings = trial_settings(Some(page), &module(""), &own_origin()).unwrap();
        assert!(settings.enabled);
        assert_eq!(settings.tenant.as_str(), "organizations");
        assert_eq!(settings.login_base_url, "http://127.0.0.1:4181");
        assert_eq!(settings.redirect_uri, "http://localhost:4180/onedrive/index/blank-page");
    }

    #[test]
    fn leaves_the_addresses_of_another_cloud_behind() {
        let page = r#"{"loginBaseUrl":"http://127.0.0.1:4181"}"#;
        let settings = trial_settings(Some(page), &module("china"), &own_origin()).unwrap();
        assert_eq!(settings.login_base_url, Cloud::China.login_base_url());
    }

    #[test]
    fn reports_an_address_that_is_wrong() {
        let page = r#"{"loginBaseUrl":"http://login.example"}"#;
        let error = trial_settings(Some(page), &module(""), &own_origin()).unwrap_err();
        assert_eq!(error.key(), Some("loginBaseUrl"));
        assert!(trial_settings(Some("<html>"), &module(""), &own_origin()).is_ok());
    }
}
