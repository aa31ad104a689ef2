//! The settings that the page is served with (docs/architecture.md; the keys are those of the module).

use serde_json::Value;

use super::ask::{Answer, Ask};
use super::document::Document;
use super::findings::Findings;

/// Judges them.
pub(super) fn judge(document: &Document, answered: &[(&Ask, &Answer)], findings: &mut Findings) {
    let text = match &document.settings {
        Some(text) => text.clone(),
        None => {
            let url = document.settings_url();
            let Some((_, answer)) = answered.iter().find(|(ask, _)| ask.url == url) else { return };
            if answer.status != 200 {
                findings.wrong(
                    format!("no settings: none in the page, and {url} answers {}", answer.status),
                    "Let the server write the block `onedrive-settings` into the page, or put the file there.",
                );
                return;
            }
            findings.check(
                answer.header("cache-control").contains("no-store"),
                "the settings are not kept by caches",
                format!("{url}: its Cache-Control is {:?}", answer.header("cache-control")),
                "Send `Cache-Control: no-store`, or a change reaches people a day late.",
            );
            answer.text.clone()
        }
    };
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(settings)) => {
            findings.check(
                settings.contains_key("applicationId"),
                "the settings name the application",
                "the settings have no applicationId",
                "Enter the Application (client) ID of the registration in the module.",
            );
            if settings.keys().any(|key| key.to_ascii_lowercase().contains("secret")) {
                findings.wrong(
                    "the settings hold a secret",
                    "Take it out and delete it in Azure: everybody can read it here, and the picker needs none.",
                );
            }
            if document.settings.is_none() && settings.contains_key("userRole") {
                findings.note("the settings come from a file, so userRole is the same for everybody");
            }
        }
        _ => findings.wrong(
            "the settings are no JSON object",
            "Mend the text; the set-up assistant writes the right one.",
        ),
    }
}
