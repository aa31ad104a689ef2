//! Where the built pages, the host kit and the tools from npm are.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The built pages.
pub(crate) fn dist() -> PathBuf {
    let named = std::env::var_os("ONEDRIVE_PICKER_DIST").map(PathBuf::from);
    let dist = named.unwrap_or_else(|| root().join("dist"));
    assert!(dist.join("index.html").is_file(), "no pages in dist/; `cargo xtask build` makes them");
    dist
}

/// The host kit.
pub(crate) fn host() -> PathBuf {
    root().join("host")
}

/// The text of a file of a package from npm.
pub(crate) fn node_module(path: &str) -> String {
    let modules = std::env::var_os("ONEDRIVE_PICKER_NODE_MODULES").map(PathBuf::from);
    let modules = modules.unwrap_or_else(|| cache().join("node/node_modules"));
    std::fs::read_to_string(modules.join(path))
        .expect("a package; `cargo xtask setup --for-tests` installs it")
}

/// A folder of its own in the system's temporary folder; made by whoever uses it.
pub(crate) fn temporary(name: &str) -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("onedrive-picker-{name}-{}-{number}", std::process::id()))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cache() -> PathBuf {
    let named = std::env::var_os("ONEDRIVE_PICKER_CACHE").map(PathBuf::from);
    named.unwrap_or_else(|| {
        let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let home = || PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache");
        base.unwrap_or_else(home).join("onedrive-picker")
    })
}
