//! Every crate that is compiled into the pages, as cargo resolves them for the browser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::command::read;
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::toolchain::TARGET;

/// The package whose pages are packed. Crates of this repository that it is made of begin with its name.
const OWN: &str = "onedrive-picker";

/// One crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Crate {
    pub(super) name: String,
    pub(super) version: String,
    /// The SPDX expression of its manifest.
    pub(super) licence: Option<String>,
    pub(super) repository: Option<String>,
    /// SHA-256 of the package as the registry serves it; none for a crate of this repository.
    pub(super) checksum: Option<String>,
    /// Where its source lies on this machine.
    pub(super) folder: PathBuf,
    /// Whether it runs in the compiler and only what it writes is compiled in.
    pub(super) is_macro: bool,
    /// The crates that it uses, as `name version`.
    pub(super) uses: BTreeSet<String>,
}

impl Crate {
    /// What it is called in lists.
    pub(super) fn key(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// All of them by name and version, our own included.
#[derive(Debug)]
pub(super) struct Dependencies {
    own: String,
    crates: BTreeMap<String, Crate>,
    /// What cargo and rustc say about themselves: the compiler brings the standard library along.
    pub(super) compiler: String,
    /// Where that compiler keeps what belongs to it.
    pub(super) sysroot: PathBuf,
}

impl Dependencies {
    /// Asks cargo.
    ///
    /// Fails if the lock file is out of date or a package cannot be had.
    pub(super) fn read(paths: &Paths) -> Outcome<Self> {
        let mut cargo = Command::new("cargo");
        cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET]);
        let metadata = read(cargo.current_dir(&paths.root))?;
        let metadata: Value = serde_json::from_str(&metadata).attempting("cargo metadata")?;
        let lock = paths.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&lock).attempting(lock.display())?;
        let (own, crates) = resolved(&metadata, &checksums(&lock))
            .ok_or_else(|| Failure::new("cargo metadata says nothing of this package"))?;
        let rustc = |flag: &[&str]| read(Command::new("rustc").args(flag));
        let sysroot = PathBuf::from(rustc(&["--print", "sysroot"])?);
        Ok(Self { own, crates, compiler: rustc(&["--version"])?, sysroot })
    }

    /// The version of this project.
    pub(super) fn own_version(&self) -> &str {
        self.own().map_or("", |own| own.version.as_str())
    }

    /// This project itself.
    pub(super) fn own(&self) -> Option<&Crate> {
        self.crates.get(&self.own)
    }

    /// Everybody else's crates, in the order of their names.
    pub(super) fn others(&self) -> impl Iterator<Item = &Crate> {
        self.crates.values().filter(|one| one.key() != self.own)
    }
}

/// The crates that the package reaches by normal dependencies, and its own key.
fn resolved(
    metadata: &Value,
    checksums: &BTreeMap<String, String>,
) -> Option<(String, BTreeMap<String, Crate>)> {
    let mut by_id = BTreeMap::new();
    for package in metadata.get("packages")?.as_array()? {
        let mut one = described(package)?;
        one.checksum = checksums.get(&one.key()).cloned();
        by_id.insert(package.get("id")?.as_str()?, one);
    }
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in metadata.pointer("/resolve/nodes")?.as_array()? {
        let uses = node.get("deps")?.as_array()?.iter().filter(|dependency| is_normal(dependency));
        let uses = uses.filter_map(|dependency| dependency.get("pkg")?.as_str()).collect();
        edges.insert(node.get("id")?.as_str()?, uses);
    }
    let (own_id, own) = by_id.iter().find(|(_, one)| one.name == OWN && one.checksum.is_none())?;
    let own_key = own.key();
    let mut crates = BTreeMap::new();
    let mut to_visit = vec![*own_id];
    while let Some(id) = to_visit.pop() {
        let Some(mut one) = by_id.get(id).cloned() else { continue };
        if crates.contains_key(&one.key()) {
            continue;
        }
        // What a macro uses runs in the compiler like the macro itself.
        let uses = if one.is_macro { &[][..] } else { edges.get(id).map_or(&[][..], Vec::as_slice) };
        one.uses = uses.iter().filter_map(|used| by_id.get(used)).map(Crate::key).collect();
        to_visit.extend(uses);
        crates.insert(one.key(), one);
    }
    let is_part = |one: &Crate| one.name != OWN && one.name.starts_with(OWN) && one.checksum.is_none();
    let parts: Vec<Crate> = crates.values().filter(|one| is_part(one)).cloned().collect();
    crates.retain(|_, one| !is_part(one));
    let own = crates.get_mut(&own_key)?;
    for part in &parts {
        own.uses.extend(part.uses.iter().cloned());
    }
    for part in parts {
        own.uses.remove(&part.key());
    }
    Some((own_key, crates))
}

fn described(package: &Value) -> Option<Crate> {
    let text = |key: &str| package.get(key).and_then(Value::as_str).map(str::to_owned);
    let is_macro_target = |target: &Value| {
        let kinds = target.get("kind").and_then(Value::as_array);
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "proc-macro"))
    };
    let mut folder = PathBuf::from(text("manifest_path")?);
    folder.pop();
    Some(Crate {
        name: text("name")?,
        version: text("version")?,
        licence: text("license"),
        repository: text("repository"),
        folder,
        is_macro: package.get("targets")?.as_array()?.iter().any(is_macro_target),
        ..Crate::default()
    })
}

/// Whether a dependency is needed at run time, and not only by tests or build scripts.
fn is_normal(dependency: &Value) -> bool {
    let kinds = dependency.get("dep_kinds").and_then(Value::as_array);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind.get("kind").is_none_or(Value::is_null)))
}

/// The checksums of `Cargo.lock` by `name version`.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let field = |block: &str, name: &str| {
        let start = format!("{name} = \"");
        let line = block.lines().find_map(|line| line.strip_prefix(start.as_str()))?;
        line.strip_suffix('"').map(str::to_owned)
    };
    let blocks = lock.split("[[package]]");
    blocks
        .filter_map(|block| {
            let key = format!("{} {}", field(block, "name")?, field(block, "version")?);
            Some((key, field(block, "checksum")?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, kind: &str) -> Value {
        json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT",
            "manifest_path": format!("/x/{name}/Cargo.toml"), "targets": [{"kind": [kind]}]})
    }

    fn uses(name: &str, kind: Option<&str>) -> Value {
        json!({"pkg": name, "dep_kinds": [{"kind": kind}]})
    }

    #[test]
    fn takes_the_crates_of_this_repository_as_one() {
        let core = format!("{OWN}-core");
        let metadata = json!({
            "packages": [package(OWN, "lib"), package(&core, "lib"), package("a", "lib")],
            "resolve": {"nodes": [
                {"id": OWN, "deps": [uses(&core, None)]},
                {"id": core, "deps": [uses("a", None)]},
                {"id": "a", "deps": []},
            ]}
        });
        let sums = checksums("[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"c0ffee\"\n");
        let (own, crates) = resolved(&metadata, &sums).unwrap();
        assert_eq!(crates.keys().collect::<Vec<_>>(), ["a 1.0.0", own.as_str()]);
        assert_eq!(crates[&own].uses, BTreeSet::from(["a 1.0.0".to_owned()]));
    }

    #[test]
    fn follows_what_is_compiled_in_and_nothing_else() {
        let metadata = json!({
            "packages": [package(OWN, "lib"), package("a", "lib"), package("macro", "proc-macro"),
                package("syn", "lib"), package("only-tests", "lib"), package("only-build", "lib")],
            "resolve": {"nodes": [
                {"id": OWN, "deps": [uses("a", None), uses("only-tests", Some("dev"))]},
                {"id": "a", "deps": [uses("macro", None), uses("only-build", Some("build"))]},
                {"id": "macro", "deps": [uses("syn", None)]},
            ]}
        });
        let sums = checksums("[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"c0ffee\"\n");
        let (own, crates) = resolved(&metadata, &sums).unwrap();
        assert_eq!(own, format!("{OWN} 1.0.0"));
        let keys: Vec<&str> = crates.keys().map(String::as_str).collect();
        assert_eq!(keys, ["a 1.0.0", "macro 1.0.0", "onedrive-picker 1.0.0"]);
        assert_eq!(crates["a 1.0.0"].checksum.as_deref(), Some("c0ffee"));
        assert_eq!(crates["a 1.0.0"].uses, BTreeSet::from(["macro 1.0.0".to_owned()]));
        assert!(crates["macro 1.0.0"].is_macro && crates["macro 1.0.0"].uses.is_empty());
    }
}
