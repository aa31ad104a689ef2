//! Where the built pages, the host kit and the tools from npm are; folders and ports for programs that tests start.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};

/// The built pages.
pub(crate) fn dist() -> PathBuf {
    let named = std::env::var_os("ONEDRIVE_PICKER_DIST").map(PathBuf::from);
    let dist = named.unwrap_or_else(|| root().join("dist"));
    assert!(dist.join("index.html").is_file(), "no pages in dist/; `cargo xtask build` makes them");
    dist
}

/// The files of a chunk of the picker's program, with those that it shares with others.
pub(crate) fn chunk_names(group: &str) -> Vec<String> {
    let files = std::fs::read_dir(dist()).expect("dist/").flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let is_of = |name: &String| {
        name.ends_with(".wasm")
            && name.rsplit_once('-').is_some_and(|(stem, _)| stem == group || stem == "shared")
    };
    let names: Vec<String> = names.filter(is_of).collect();
    assert!(names.iter().any(|name| name.starts_with(group)), "dist/ has no chunk {group}");
    names
}

/// The built host kit.
pub(crate) fn host() -> PathBuf {
    dist().join("host")
}

/// The release, laid out.
pub(crate) fn release() -> PathBuf {
    let named = std::env::var_os("ONEDRIVE_PICKER_RELEASE").map(PathBuf::from);
    let bundle = named.unwrap_or_else(|| root().join("target/release-bundle"));
    let release = bundle.join(concat!("onedrive-picker-", env!("CARGO_PKG_VERSION")));
    assert!(release.join("site/index.html").is_file(), "no release yet; `cargo xtask dist --built` makes it");
    release
}

/// Where nginx, Apache and Caddy lie, unpacked.
pub(crate) fn server_programs() -> PathBuf {
    let named = std::env::var_os("ONEDRIVE_PICKER_SERVERS").map(PathBuf::from);
    named.unwrap_or_else(|| cache().join("servers"))
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
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

/// A port for a program that is told its port and may listen only later. No listener on port 0 and no connection gets
/// it meanwhile: those of the system are above (from 32,768 on Linux).
pub(crate) fn free_port() -> u16 {
    const FIRST: u16 = 12_000;
    const COUNT: u16 = 20_000;
    static ASKED: AtomicU16 = AtomicU16::new(0);
    // Two runs at a time begin at different ones.
    let start = std::process::id().wrapping_mul(97) % u32::from(COUNT);
    loop {
        let step = u32::from(ASKED.fetch_add(1, Ordering::Relaxed));
        let place = u16::try_from((start + step) % u32::from(COUNT)).expect("below the count");
        if TcpListener::bind(("127.0.0.1", FIRST + place)).is_ok() {
            return FIRST + place;
        }
    }
}

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
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
