//! The modules for embedding pages, under names that stay.

use std::fs;

use super::Options;
use super::dist::{Dist, files_in};
use crate::failure::{Attempt, Outcome};
use crate::page_tools::{self, Source};
use crate::paths::Paths;

/// Adds `host/*.js` without white space, and beside them the types and what npm wants of a package.
///
/// Fails on a syntax error.
pub(super) fn add(paths: &Paths, options: &Options, dist: &mut Dist) -> Outcome {
    for file in files_in(&paths.root.join("host"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_module = name.ends_with(".js");
        let is_beside = name.ends_with(".d.ts") || matches!(name.as_str(), "package.json" | "README.md");
        if !is_module && !is_beside {
            continue;
        }
        let text = fs::read_to_string(&file).attempting(file.display())?;
        let text = if is_module && !options.debug {
            page_tools::minified(paths, Source::Module, &text)?
        } else {
            text
        };
        dist.write(&format!("host/{name}"), text.as_bytes())?;
    }
    Ok(())
}
