//! The configurations of `deploy/` with this release's policy in them.

use std::fs;
use std::path::Path;

use super::Site;
use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;
use crate::serving::{PERMISSIONS, Policy, hashes};

/// Fills them in.
///
/// Fails if a page cannot be read, or if a placeholder is left.
pub(super) fn write(paths: &Paths, site: &Site, pages: &Path, to: &Path) -> Outcome {
    let policy = policy(site, pages)?.to_string();
    let hosts = hosts(site);
    let from = paths.root.join("deploy");
    for file in files::below(&from)? {
        let text = fs::read_to_string(&file).attempting(file.display())?;
        let below = file.strip_prefix(&from).unwrap_or(&file);
        let text = filled(&text, &policy, &hosts)
            .ok_or_else(|| Failure::new(format!("deploy/{}: an unknown placeholder", below.display())))?;
        files::write(&to.join(below), text.as_bytes())?;
    }
    Ok(())
}

/// Who may frame the picker, as the policy says it.
pub(super) fn hosts(site: &Site) -> String {
    let mut hosts = "'self'".to_owned();
    for origin in &site.host_origins {
        hosts.push(' ');
        hosts.push_str(origin);
    }
    hosts
}

/// The policy of both pages: one that knows the scripts in either.
fn policy(site: &Site, pages: &Path) -> Outcome<Policy> {
    let mut scripts = Vec::new();
    for name in ["index.html", "setup.html"] {
        let file = pages.join(name);
        if file.is_file() {
            scripts.extend(hashes(&fs::read_to_string(&file).attempting(file.display())?));
        }
    }
    scripts.dedup();
    Ok(Policy::strict(&scripts, site.cloud))
}

fn filled(text: &str, policy: &str, hosts: &str) -> Option<String> {
    const MADE: &str =
        "Made for this release: the policy knows the scripts in its pages and refuses those of any other.";
    let filled = text
        .replace("@@POLICY@@", policy)
        .replace("@@HOSTS@@", hosts)
        .replace("@@PERMISSIONS@@", PERMISSIONS)
        .replace("@@MADE@@", MADE);
    (!filled.contains("@@")).then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_every_placeholder_that_the_configurations_have() {
        let paths = Paths::find().unwrap();
        let mut policies = 0;
        for file in files::below(&paths.root.join("deploy")).unwrap() {
            let text = fs::read_to_string(&file).unwrap();
            policies += text.matches("@@POLICY@@; frame-ancestors").count();
            assert!(filled(&text, "default-src 'none'", "'self'").is_some(), "{}", file.display());
        }
        assert_eq!(policies, 3, "one for each server");
    }
}
