//! The dependency tree of `core/`: nothing in it is made for a browser.

use std::process::Command;

use crate::command::read;
use crate::failure::{Failure, Outcome};
use crate::paths::Paths;
use crate::toolchain::TARGET;

/// What the names of crates begin with that need a browser, or JavaScript of any kind.
const BROWSER: [&str; 8] = [
    "gloo",
    "js-sys",
    "leptos",
    "reactive_",
    "send_wrapper",
    "serde-wasm-bindgen",
    "wasm-bindgen",
    "web-sys",
];

/// `chrono`, below `oauth2`, asks JavaScript for the time on wasm32. The core calls nothing of it: its clock is an argument.
const EXCEPTION: &str = "oauth2";

/// Asks cargo for the tree, for this machine and for wasm32.
///
/// Fails with the crates that do not belong in it.
pub(super) fn check(paths: &Paths) -> Outcome {
    let tree = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(["tree", "--locked", "--package", "onedrive-picker-core"]);
        read(cargo.args(["--edges", "normal", "--prefix", "none"]).args(arguments).current_dir(&paths.root))
    };
    let mut found = browser_crates(&tree(&[])?);
    found.extend(browser_crates(&tree(&["--target", TARGET, "--prune", EXCEPTION])?));
    found.sort();
    found.dedup();
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "core/ depends on {}: what needs a browser belongs into src/",
        found.join(", ")
    )))
}

/// The crates of a list, one in a line, that need a browser.
fn browser_crates(tree: &str) -> Vec<String> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.filter(|name| BROWSER.iter().any(|start| name.starts_with(start))).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_depends_on_no_browser() {
        check(&Paths::find().unwrap()).unwrap();
    }

    #[test]
    fn finds_crates_that_need_a_browser() {
        let tree = "onedrive-picker-core v0.1.0 (/x)\nserde v1.0.0 (*)\nweb-sys v0.3.0\ngloo-net v0.6.0";
        assert_eq!(browser_crates(tree), ["web-sys", "gloo-net"]);
    }
}
