//! The modules for embedding pages, under names that stay.

use super::Options;
use super::dist::Dist;
use crate::failure::Outcome;
use crate::page_tools::{self, HostKitTypes};
use crate::paths::Paths;

/// Adds what `host-kit/` becomes: modules, their types, and what npm wants of a package.
///
/// Fails on an error of syntax or types.
pub(super) fn add(paths: &Paths, options: &Options, dist: &mut Dist) -> Outcome {
    let folder = page_tools::host_kit(paths, options.debug, HostKitTypes::Generated)?;
    dist.copy_folder(&folder, "host")
}
