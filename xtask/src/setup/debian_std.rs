//! The standard library for the browser, built from Debian's packages for machines whose rustup can download nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{apt, say};
use crate::command::{is_program, run_quietly};
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::toolchain::{TARGET, debian_sysroot, target_libraries};

const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-19"];

/// What shows that each of the packages is installed.
const PROGRAMS: &[&str] =
    &["/usr/bin/rustc", "/usr/bin/cargo", "/usr/bin/cargo-clippy", "/usr/bin/wasm-ld-19"];

/// The manifest of the empty crate whose only purpose is to have the library built for it.
const CARRIER: &str = "\
[package]
name = \"std-carrier\"
version = \"0.0.0\"
edition = \"2021\"

[workspace]

[profile.release]
panic = \"abort\"
";

/// Builds it into a sysroot in the cache folder and says where that is; nothing under `/usr` is written.
///
/// Fails if the packages cannot be installed or the build fails.
pub(super) fn build(paths: &Paths) -> Outcome<PathBuf> {
    let source = Path::new("/usr/lib/rustlib/src/rust/library/Cargo.lock");
    if !source.is_file() || !PROGRAMS.iter().all(|program| is_program(Path::new(program))) {
        apt::install(PACKAGES, "about 2 minutes, 200 MB")?;
    }
    let sysroot = debian_sysroot(paths).ok_or_else(|| Failure::new("/usr/bin/rustc does not run"))?;
    let libraries = target_libraries(&sysroot);
    if libraries.is_dir() {
        return Ok(sysroot);
    }
    say("building the standard library for the browser (about 2 minutes)");
    let carrier = paths.cache.join("std-carrier");
    fs::create_dir_all(carrier.join("src")).attempting(carrier.display())?;
    fs::write(carrier.join("Cargo.toml"), CARRIER).attempting(carrier.display())?;
    fs::write(carrier.join("src/lib.rs"), "#![no_std]\n").attempting(carrier.display())?;
    run_quietly(
        Command::new("/usr/bin/cargo")
            .args(["build", "--release", "--target", TARGET, "-Z", "build-std=std,panic_abort,test"])
            .current_dir(&carrier)
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode a later build with fat LTO fails.
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", carrier.join("target"))
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO"),
    )?;
    let built = carrier.join("target").join(TARGET).join("release/deps");
    collect(&built, &libraries)?;
    fs::remove_dir_all(&carrier).attempting(carrier.display())?;
    Ok(sysroot)
}

/// Moves the library's parts to where a sysroot has them; the folder appears only when it is complete.
fn collect(built: &Path, libraries: &Path) -> Outcome {
    let unfinished = libraries.with_extension("unfinished");
    fs::create_dir_all(&unfinished).attempting(unfinished.display())?;
    for file in fs::read_dir(built).attempting(built.display())? {
        let file = file.attempting(built.display())?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libstd_carrier") {
            fs::copy(file.path(), unfinished.join(&*name)).attempting(&name)?;
        }
    }
    fs::rename(&unfinished, libraries).attempting(libraries.display())
}
