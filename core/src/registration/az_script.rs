//! The registration as a script for the Azure CLI (reference `entra-sign-in`, section 10).

use super::manifest::pretty;
use super::{Platform, Registration};
use crate::settings::Cloud;
use serde_json::json;

impl Registration {
    /// A script for bash that registers the application, makes its service principal, consents for the tenant and
    /// prints the application id. It makes no client secret: none is needed.
    pub fn az_script(&self) -> String {
        let mut script = String::from("#!/usr/bin/env bash\nset -euo pipefail\n\n");
        if let Some(cloud) = az_cloud(self.cloud) {
            script.push_str("az cloud set --name ");
            script.push_str(cloud);
            script.push_str("\naz login\n\n");
        }
        script.push_str(
            "permissions=$(mktemp)\ntrap 'rm -f \"$permissions\"' EXIT\ncat > \"$permissions\" <<'JSON'\n",
        );
        script.push_str(&pretty(&self.required_resource_access()));
        script.push_str("\nJSON\n\napplication_id=$(az ad app create --display-name ");
        script.push_str(&quoted(self.name()));
        script.push_str(" \\\n  --sign-in-audience ");
        script.push_str(Self::AUDIENCE);
        if self.platform() == Platform::Web {
            script.push_str(" \\\n  --web-redirect-uris ");
            script.push_str(&quoted(&self.redirect_uri()));
            script.push_str(" \\\n  --enable-id-token-issuance true --enable-access-token-issuance true");
        }
        script
            .push_str(" \\\n  --required-resource-accesses \"@$permissions\" --query appId --output tsv)\n");
        if self.platform() == Platform::SinglePage {
            self.push_single_page_platform(&mut script);
        }
        script.push_str(
            "echo \"Application (client) ID: $application_id\"\n\n\
             az ad sp create --id \"$application_id\" --output none\n\
             az ad app permission admin-consent --id \"$application_id\" ||\n  \
             echo 'Not agreed for the organization yet: an administrator has to open the admin consent link.'\n",
        );
        script
    }

    /// The CLI has no flag for the platform "single-page application".
    fn push_single_page_platform(&self, script: &mut String) {
        let body = json!({"spa": {"redirectUris": [self.redirect_uri()]}}).to_string();
        script.push_str("object_id=$(az ad app show --id \"$application_id\" --query id --output tsv)\n");
        script.push_str("az rest --method PATCH --uri \"");
        script.push_str(self.cloud.graph_resource());
        script.push_str(
            "/v1.0/applications/$object_id\" \\\n  --headers 'Content-Type=application/json' --body ",
        );
        script.push_str(&quoted(&body));
        script.push('\n');
    }
}

fn az_cloud(cloud: Cloud) -> Option<&'static str> {
    match cloud {
        Cloud::Global => None,
        Cloud::GccHigh | Cloud::Dod => Some("AzureUSGovernment"),
        Cloud::China => Some("AzureChinaCloud"),
    }
}

/// A word that the shell takes as it is (POSIX, Shell Command Language, section 2.2.2).
fn quoted(text: &str) -> String {
    let mut word = String::with_capacity(text.len() + 2);
    word.push('\'');
    for letter in text.chars() {
        if letter == '\'' {
            word.push_str("'\\''");
        } else {
            word.push(letter);
        }
    }
    word.push('\'');
    word
}
