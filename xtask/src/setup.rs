//! The job `setup`: installs what building and testing need. Running it again costs nothing.

mod apt;
mod browser;
mod cargo_tools;
mod debian_std;
mod lints;
mod node;
mod php;
mod servers;
mod wasm_std;

pub(crate) use browser::Browser;
pub(crate) use node::{package_program, program as node_program};

use std::fs;
use std::path::PathBuf;

use crate::failure::{Attempt, Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::toolchain::Toolchain;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "install what building and testing need (done by the other jobs as well)";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask setup [--for-tests]

  --for-tests   also install clippy and rustfmt, a browser with its driver, PHP and Kaltura's own client; and
                unpack nginx, Apache and Caddy into the cache, for tests to start

Installs, where missing: the wasm32 standard library (rustup, or Debian's packages), trunk and
wasm-bindgen (compiled once, about 7 minutes on 2 cores), wasm-opt, esbuild and the libraries that
tests need (npm).

ONEDRIVE_PICKER_CACHE      where the tools live (default ~/.cache/onedrive-picker)
ONEDRIVE_PICKER_WASM_STD   `rustup` or `debian`: take this way to the standard library and no other
CHROME, CHROMEDRIVER       the browser and the driver for tests, if they are not on PATH";

/// What is being prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(crate) enum Purpose {
    /// Building the pages.
    Build,
    /// Reading the code for mistakes as well.
    Lints,
    /// Testing everything as well.
    Tests,
}

/// Runs the job.
///
/// Fails if something is missing that cannot be installed from here.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let purpose = if flags.switch("--for-tests") { Purpose::Tests } else { Purpose::Build };
    flags.finish()?;
    prepare(paths, purpose)?;
    println!("setup: everything is there");
    Ok(())
}

/// Installs what is missing and says which toolchain compiles for the browser.
///
/// Fails if something is missing that cannot be installed from here.
pub(crate) fn prepare(paths: &Paths, purpose: Purpose) -> Outcome<Toolchain> {
    fs::create_dir_all(&paths.cache).attempting(paths.cache.display())?;
    let toolchain = wasm_std::prepare(paths)?;
    cargo_tools::prepare(paths)?;
    node::prepare(paths)?;
    if purpose >= Purpose::Lints {
        lints::prepare()?;
    }
    if purpose >= Purpose::Tests {
        Browser::prepare()?;
        servers::prepare(paths)?;
        node::prepare_bench(paths)?;
        node::prepare_official_client(paths)?;
        php::prepare()?;
    }
    Ok(toolchain)
}

/// Makes sure of what `bench/` needs to visit the picker, and says which browser it is to take.
///
/// Fails if it cannot be installed from here.
pub(crate) fn prepare_bench(paths: &Paths) -> Outcome<Browser> {
    prepare_node(paths)?;
    node::prepare_bench(paths)?;
    Browser::prepare()?;
    Browser::find()?.ok_or_else(|| Failure::new("there is no browser"))
}

/// Makes sure of the pickers that `bench/` measures beside this one.
///
/// Fails if npm cannot install them.
pub(crate) fn prepare_peers(paths: &Paths) -> Outcome {
    node::prepare_peers(paths)
}

/// Makes sure of mdBook, and says where it is.
///
/// Fails if it does not compile, naming the command to run by hand.
pub(crate) fn mdbook(paths: &Paths) -> Outcome<PathBuf> {
    fs::create_dir_all(&paths.cache).attempting(paths.cache.display())?;
    cargo_tools::mdbook(paths)
}

/// Makes sure of Node.js and what runs in it, for jobs that compile nothing.
///
/// Fails if it cannot be installed from here.
pub(crate) fn prepare_node(paths: &Paths) -> Outcome {
    fs::create_dir_all(&paths.cache).attempting(paths.cache.display())?;
    node::prepare(paths)
}

/// Tells the person what is about to happen.
fn say(what: impl std::fmt::Display) {
    println!("setup: {what}");
}
