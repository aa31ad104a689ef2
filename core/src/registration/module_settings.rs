//! The OneDrive module's three fields, and the settings block for a page that is served by hand.

use super::manifest::pretty;
use crate::auth::{ClientId, FilesAccess, Flow, Tenant};
use crate::settings::{Cloud, Role};
use serde_json::{Map, Value};

/// What the administrator enters in the Configuration Management console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleSettings {
    /// `applicationId`
    pub application_id: ClientId,
    /// `allowedRoles`: the lowest role that may import.
    pub(crate) allowed_roles: Role,
    /// `tenant`
    pub(crate) tenant: Tenant,
    /// `cloud`
    pub(crate) cloud: Cloud,
    /// `flow`
    pub(crate) flow: Flow,
    /// `filesAccess`
    pub files: FilesAccess,
}

impl ModuleSettings {
    /// Where the module is configured, below the site's address (reference `kaltura-import`, section 1).
    pub const CONSOLE_PATH: &'static str = "/admin/config/tab/onedrive";

    /// The three fields of the console, name and value, as they are entered there.
    pub fn console_fields(&self) -> [(&'static str, &str); 3] {
        [
            ("enabled", "Yes"),
            ("allowedRoles", self.allowed_roles.name()),
            ("applicationId", self.application_id.as_str()),
        ]
    }

    /// The settings as JSON. Defaults are left out; the server adds `userRole`.
    pub(crate) fn settings_json(&self) -> String {
        pretty(&Value::Object(self.object()))
    }

    /// The settings as the block that the served page carries. `<` is escaped, so that no value ends the block.
    pub fn settings_block(&self) -> String {
        let mut block = String::from("<script type=\"application/json\" id=\"onedrive-settings\">\n");
        block.push_str(&self.settings_json().replace('<', "\\u003c"));
        block.push_str("\n</script>\n");
        block
    }

    pub(super) fn object(&self) -> Map<String, Value> {
        let mut object = Map::new();
        let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
        add("enabled", true.into());
        add("allowedRoles", self.allowed_roles.name().into());
        add("applicationId", self.application_id.as_str().into());
        if self.tenant != Tenant::Organizations {
            add("tenant", self.tenant.as_str().into());
        }
        if self.cloud != Cloud::Global {
            add("cloud", self.cloud.name().into());
        }
        if self.flow == Flow::Code {
            add("flow", "code".into());
        }
        if self.files == FilesAccess::Own {
            add("filesAccess", "own".into());
        }
        object
    }
}
