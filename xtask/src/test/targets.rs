//! Which files under `tests/` run where.

use std::path::Path;

use crate::failure::{Attempt, Outcome};
use crate::paths::Paths;

/// Tests that are compiled for the browser: `tests/browser*`.
///
/// Fails if the folder cannot be read.
pub(crate) fn in_browser(paths: &Paths) -> Outcome<Vec<String>> {
    Ok(all(&paths.root)?.into_iter().filter(|name| name.starts_with("browser")).collect())
}

/// Tests that drive a browser through the built pages: `tests/journeys*`.
///
/// Fails if the folder cannot be read.
pub(super) fn journeys(paths: &Paths) -> Outcome<Vec<String>> {
    Ok(all(&paths.root)?.into_iter().filter(|name| name.starts_with("journeys")).collect())
}

/// All others, in every member of the workspace: they need nothing but this machine.
///
/// Fails if a folder cannot be read.
pub(super) fn native(paths: &Paths) -> Outcome<Vec<String>> {
    let mut names = all(&paths.root)?;
    names.retain(|name| !name.starts_with("browser") && !name.starts_with("journeys"));
    for member in ["core", "simulator"] {
        names.extend(all(&paths.root.join(member))?);
    }
    Ok(names)
}

/// The names of a package's integration tests, as cargo finds them.
fn all(package: &Path) -> Outcome<Vec<String>> {
    let folder = package.join("tests");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for file in std::fs::read_dir(&folder).attempting(folder.display())? {
        let file = file.attempting(folder.display())?.path();
        let is_test =
            file.extension().is_some_and(|extension| extension == "rs") || file.join("main.rs").is_file();
        if is_test {
            names.extend(file.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}
