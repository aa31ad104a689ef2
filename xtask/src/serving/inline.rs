//! The scripts inside a document, and what a policy calls them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The texts of the scripts that stand in a document and that a browser runs: no data blocks, none with a `src`.
fn inline_scripts(document: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    for element in document.split("<script").skip(1) {
        let Some((attributes, rest)) = element.split_once('>') else { continue };
        let text = rest.split("</script").next().unwrap_or_default();
        if !text.is_empty() && !has_attribute(attributes, "src") && is_run(attributes) {
            scripts.push(text);
        }
    }
    scripts
}

/// The hash sources of a document's scripts, `'sha256-…'` (Content Security Policy Level 3, section 2.3.1).
pub(crate) fn hashes(document: &str) -> Vec<String> {
    let hash = |script: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
    inline_scripts(document).into_iter().map(hash).collect()
}

fn has_attribute(attributes: &str, name: &str) -> bool {
    attributes.split_ascii_whitespace().any(|attribute| attribute.split('=').next() == Some(name))
}

/// Whether the type is that of a script (HTML, section "The script element"); any other makes it a data block.
fn is_run(attributes: &str) -> bool {
    let Some((_, value)) = attributes.split_once("type=") else { return true };
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ' ']).unwrap_or(value.len());
    matches!(
        value.get(..end),
        Some("" | "module" | "importmap" | "text/javascript" | "application/javascript")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_browser_would_run() {
        let document = "<script src=\"a.js\"></script><script type=\"application/json\" id=\"s\">{}</script>\
            <script>one</script><p>script</p><script type=module>two</script><script></script>";
        assert_eq!(inline_scripts(document), ["one", "two"]);
        assert_eq!(inline_scripts("<script>never closed"), ["never closed"]);
        assert_eq!(inline_scripts("<script"), [""; 0]);
    }

    /// The example of Content Security Policy Level 3, section 8.2.
    #[test]
    fn hashes_as_the_specification_does() {
        assert_eq!(
            hashes("<script>alert('Hello, world.');</script>"),
            ["'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"]
        );
    }
}
