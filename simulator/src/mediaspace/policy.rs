//! The Content-Security-Policy of the picker's page.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::Origins;

/// The member of the settings that chooses the policy; it is not handed on to the page.
pub(super) const CHOICE: &str = "$csp";

/// The policy for this page: who may frame it; with `"$csp": "strict"` also what it may load, exactly; with
/// `"trusted-types"` besides that no text may become a script.
pub(super) fn policy(page: &str, settings: &Map<String, Value>, origins: &Origins) -> String {
    let Origins { identity, graph, downloads, lms, .. } = origins;
    let mut policy = format!("frame-ancestors 'self' {lms}");
    let choice = settings.get(CHOICE).and_then(Value::as_str).unwrap_or_default();
    if choice != "strict" && choice != "trusted-types" {
        return policy;
    }
    let (scripts, styles) = (hashes(page, "script"), hashes(page, "style"));
    policy.push_str(&format!(
        "; default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' {downloads}; media-src {downloads}; connect-src 'self' {graph} {identity} {downloads}; \
         frame-src 'self' {identity}; base-uri 'self'; form-action 'none'"
    ));
    if choice == "trusted-types" {
        policy.push_str("; require-trusted-types-for 'script'; trusted-types 'none'");
    }
    policy
}

/// ` 'sha256-…'` for each element of this name that holds text, data blocks left out.
fn hashes(page: &str, name: &str) -> String {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut sources = String::new();
    for element in page.split(start.as_str()).skip(1) {
        let Some((attributes, rest)) = element.split_once('>') else { continue };
        let text = rest.split(end.as_str()).next().unwrap_or_default();
        if text.is_empty() || attributes.contains("application/json") {
            continue;
        }
        sources.push_str(" 'sha256-");
        sources.push_str(&STANDARD.encode(Sha256::digest(text)));
        sources.push('\'');
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_what_stands_in_the_page_and_nothing_else() {
        let page = "<style>a{}</style><script src=\"a.js\"></script><script type=\"application/json\">{}</script>\
                    <script type=\"module\">alert('Hello, world.');</script>";
        // The example of the specification, Content Security Policy Level 3, section 8.2.
        assert_eq!(hashes(page, "script"), " 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
        assert_eq!(hashes(page, "style").matches("sha256").count(), 1);
    }
}
