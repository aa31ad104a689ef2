//! The standard library for `wasm32-unknown-unknown`: from rustup, or else from Debian's packages.

use std::process::Command;

use super::{debian_std, say};
use crate::command::{on_path, run_quietly};
use crate::failure::{Failure, Outcome};
use crate::paths::Paths;
use crate::toolchain::{self, TARGET, Toolchain};

/// Makes sure that it is there.
///
/// Fails if neither way works, naming the commands of both.
pub(super) fn prepare(paths: &Paths) -> Outcome<Toolchain> {
    if let Some(toolchain) = Toolchain::find(paths) {
        if matches!(toolchain, Toolchain::Rustup) {
            add_source(&toolchain);
        }
        return Ok(toolchain);
    }
    if toolchain::wanted() != Some("debian") && add_target() && toolchain::rustup_has_target() {
        say("the standard library for the browser comes from rustup");
        add_source(&Toolchain::Rustup);
        return Ok(Toolchain::Rustup);
    }
    if toolchain::wanted() == Some("rustup") {
        return Err(Failure::new(format!(
            "rustup could not install {TARGET}; run: rustup target add {TARGET}"
        )));
    }
    let sysroot = debian_std::build(paths).map_err(|failure| {
        Failure::new(format!(
            "no standard library for {TARGET}; run: rustup target add {TARGET} (or: {failure})"
        ))
    })?;
    say("the standard library for the browser was built from Debian's source");
    Ok(Toolchain::Debian { sysroot })
}

fn add_target() -> bool {
    if on_path("rustup").is_none() {
        return false;
    }
    say(format_args!("adding the target {TARGET} with rustup (about a minute, 20 MB)"));
    run_quietly(Command::new("rustup").args(["target", "add", TARGET])).is_ok()
}

/// The source lets a release build tune the standard library for size. Without it everything works, 16 % larger.
fn add_source(toolchain: &Toolchain) {
    if toolchain.has_source() || on_path("rustup").is_none() {
        return;
    }
    say("adding the source of the standard library with rustup, for smaller pages (a few seconds, 3 MB)");
    if run_quietly(Command::new("rustup").args(["component", "add", "rust-src"])).is_err() {
        say("it could not be had; pages are built with the standard library as it comes");
    }
}
