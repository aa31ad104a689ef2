//! The bill of materials (SBOM), CycloneDX 1.5 in JSON. Without a serial number and a time, which would differ each time.

use serde_json::{Value, json};

use super::dependencies::{Crate, Dependencies};

/// The whole text.
pub(super) fn text(dependencies: &Dependencies) -> String {
    let own = dependencies.own().cloned().unwrap_or_default();
    let components: Vec<Value> = dependencies.others().map(component).collect();
    let uses = |one: &Crate| {
        let on: Vec<String> = one.uses.iter().map(|used| reference(used)).collect();
        json!({"ref": reference(&one.key()), "dependsOn": on})
    };
    let edges: Vec<Value> = std::iter::once(&own).chain(dependencies.others()).map(uses).collect();
    let bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": reference(&own.key()),
            "name": own.name,
            "version": own.version,
            "licenses": licences(&own),
        }},
        "components": components,
        "dependencies": edges,
    });
    format!("{bill:#}\n")
}

fn component(one: &Crate) -> Value {
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(&one.key()),
        "name": one.name,
        "version": one.version,
        // A macro runs in the compiler: it is needed to make the pages and is not in them.
        "scope": if one.is_macro { "excluded" } else { "required" },
        "licenses": licences(one),
        "purl": reference(&one.key()),
    });
    if let Some(members) = component.as_object_mut() {
        let hashes = one.checksum.as_ref().map(|checksum| json!([{"alg": "SHA-256", "content": checksum}]));
        let references = one.repository.as_ref().map(|url| json!([{"type": "vcs", "url": url}]));
        members.extend(hashes.map(|hashes| ("hashes".to_owned(), hashes)));
        members.extend(references.map(|references| ("externalReferences".to_owned(), references)));
    }
    component
}

fn licences(one: &Crate) -> Value {
    // Old manifests separate alternatives by a slash.
    one.licence.as_ref().map_or(json!([]), |licence| json!([{"expression": licence.replace('/', " OR ")}]))
}

/// `pkg:cargo/name@version` (package URL, type cargo).
fn reference(key: &str) -> String {
    let (name, version) = key.split_once(' ').unwrap_or((key, ""));
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}
