//! Where things lie: the workspace, what is built, and the tools.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::failure::{Attempt, Failure, Outcome};

/// The folders that the jobs work in.
pub(crate) struct Paths {
    /// The top of the repository.
    pub(crate) root: PathBuf,
    /// Where tools live, outside `target/`, so that `cargo clean` costs no reinstall.
    pub(crate) cache: PathBuf,
    /// What the folder of the pages is called.
    pages: &'static str,
}

impl Paths {
    /// Finds them.
    ///
    /// Fails if neither a cache folder is named nor a home is known.
    pub(crate) fn find() -> Outcome<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let mut root = PathBuf::from(manifest);
        root.pop();
        Ok(Self { root, cache: cache()?, pages: "pages" })
    }

    /// The same, with another folder to put the pages together.
    pub(crate) fn apart(&self) -> Self {
        Self { root: self.root.clone(), cache: self.cache.clone(), pages: "pages-again" }
    }

    /// Where the deployable files end up.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where the pages are put together before they become `dist/`.
    pub(crate) fn staging(&self) -> PathBuf {
        self.target().join(self.pages)
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }

    /// Where a release is laid out and packed.
    pub(crate) fn release_bundle(&self) -> PathBuf {
        self.target().join("release-bundle")
    }

    /// Where web servers lie that tests start.
    pub(crate) fn servers(&self) -> PathBuf {
        self.cache.join("servers")
    }

    /// Where `cargo install` puts its programs.
    pub(crate) fn bin(&self) -> PathBuf {
        self.cache.join("bin")
    }

    /// Where npm's packages lie.
    pub(crate) fn node_modules(&self) -> PathBuf {
        self.cache.join("node/node_modules")
    }

    /// Where what drives a browser in `bench/` lies.
    pub(crate) fn bench_packages(&self) -> PathBuf {
        self.cache.join("bench")
    }

    /// Where the pickers lie that `bench/` measures beside this one.
    pub(crate) fn peers(&self) -> PathBuf {
        self.cache.join("bench-peers")
    }

    /// `PATH` with the given folders in front of it.
    pub(crate) fn path_with(folders: impl IntoIterator<Item = PathBuf>) -> Outcome<OsString> {
        let path = env::var_os("PATH").unwrap_or_default();
        env::join_paths(folders.into_iter().chain(env::split_paths(&path))).attempting("PATH")
    }
}

/// `$ONEDRIVE_PICKER_CACHE`, `$XDG_CACHE_HOME/onedrive-picker` or `~/.cache/onedrive-picker`.
fn cache() -> Outcome<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("ONEDRIVE_PICKER_CACHE") {
        return std::path::absolute(folder).attempting("ONEDRIVE_PICKER_CACHE");
    }
    if let Some(folder) = set("XDG_CACHE_HOME") {
        return Ok(folder.join("onedrive-picker"));
    }
    let home = set("HOME").ok_or_else(|| {
        Failure::new("no home folder is known; name one for tools in ONEDRIVE_PICKER_CACHE")
    })?;
    Ok(home.join(".cache/onedrive-picker"))
}
