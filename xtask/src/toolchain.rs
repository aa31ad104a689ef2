//! Which Rust compiles for the browser: rustup's, or Debian's with a standard library built once from its source.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;
use crate::failure::Outcome;
use crate::paths::Paths;

/// The target of everything that runs in a browser.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Where Debian's packages put `cargo`, `rustc` and `clippy`.
const DEBIAN_BIN: &str = "/usr/bin";

/// Where the standard library for [`TARGET`] comes from.
#[derive(Debug, Clone)]
pub(crate) enum Toolchain {
    /// It lies in the sysroot of the `rustc` on `PATH`, as after `rustup target add`.
    Rustup,
    /// It was built by Debian's `rustc` and lies in a sysroot of its own.
    Debian {
        /// That sysroot.
        sysroot: PathBuf,
    },
}

/// Which standard library goes into a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Std {
    /// As it comes, made for speed.
    Stock,
    /// Built again from source together with the page, made for size; a panic is a bare trap.
    Tuned,
}

impl Toolchain {
    /// The toolchain that is ready to compile for the browser, if there is one.
    pub(crate) fn find(paths: &Paths) -> Option<Self> {
        let wanted = wanted();
        if wanted != Some("debian") && rustup_has_target() {
            return Some(Self::Rustup);
        }
        let sysroot = debian_sysroot(paths)?;
        (wanted != Some("rustup") && target_libraries(&sysroot).is_dir()).then_some(Self::Debian { sysroot })
    }

    /// Puts what this toolchain needs into the environment of a cargo, or of a program that calls one.
    ///
    /// Fails only if `PATH` cannot be put together.
    pub(crate) fn apply(&self, paths: &Paths, std: Std, command: &mut Command) -> Outcome {
        let mut folders = vec![paths.bin()];
        if let Self::Debian { sysroot } = self {
            folders.push(DEBIAN_BIN.into());
            command
                .env_remove("RUSTUP_TOOLCHAIN")
                .env("CARGO", Path::new(DEBIAN_BIN).join("cargo"))
                .env("RUSTC", Path::new(DEBIAN_BIN).join("rustc"))
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
            if std == Std::Stock {
                let flags = format!("--sysroot {}", sysroot.display());
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
            }
        }
        if std == Std::Tuned {
            command
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
                .env("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true")
                .env("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort");
        }
        command.env("PATH", Paths::path_with(folders)?);
        Ok(())
    }

    /// Keeps the paths of this machine out of a release, which holds them in the messages of panics. The tuned library
    /// panics without a message. To be called after [`Self::apply`].
    ///
    /// Fails if the compiler does not answer.
    pub(crate) fn hide_paths(&self, paths: &Paths, std: Std, command: &mut Command) -> Outcome {
        const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
        if std == Std::Tuned {
            return Ok(());
        }
        let set = command.get_envs().find(|(name, _)| *name == FLAGS).and_then(|(_, value)| value);
        let mut flags = set.unwrap_or_default().to_string_lossy().into_owned();
        let mut hide = |path: PathBuf, name: &str| {
            flags.push_str(&format!(" --remap-path-prefix={}={name}", path.display()));
        };
        let sysroot = command::read(Command::new("rustc").args(["--print", "sysroot"]))?;
        hide(Path::new(&sysroot).join("lib/rustlib/src/rust"), "/rust");
        hide(paths.root.clone(), "/onedrive-picker");
        let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
        if let Some(home) = std::env::var_os("CARGO_HOME").map(PathBuf::from).or(home) {
            hide(home.join("registry/src"), "/crates");
        }
        command.env(FLAGS, flags.trim());
        Ok(())
    }

    /// The `cargo` of this toolchain, before [`Self::apply`].
    pub(crate) fn plain_cargo(&self) -> Command {
        match self {
            Self::Rustup => Command::new("cargo"),
            Self::Debian { .. } => Command::new(Path::new(DEBIAN_BIN).join("cargo")),
        }
    }

    /// `cargo <subcommand>` for the browser, with the standard library as it comes.
    pub(crate) fn cargo(&self, paths: &Paths, subcommand: &str) -> Outcome<Command> {
        let mut command = match self {
            // `cargo clippy` would prefer the one in ~/.cargo/bin, which belongs to another compiler.
            Self::Debian { .. } if subcommand == "clippy" => {
                Command::new(Path::new(DEBIAN_BIN).join("cargo-clippy"))
            }
            _ => self.plain_cargo(),
        };
        command.arg(subcommand).current_dir(&paths.root);
        self.apply(paths, Std::Stock, &mut command)?;
        command.args(["--target", TARGET]);
        Ok(command)
    }

    /// Whether the source of the standard library is at hand, which [`Std::Tuned`] needs.
    pub(crate) fn has_source(&self) -> bool {
        let mut rustc = match self {
            Self::Rustup => Command::new("rustc"),
            Self::Debian { .. } => Command::new(Path::new(DEBIAN_BIN).join("rustc")),
        };
        command::read(rustc.args(["--print", "sysroot"])).is_ok_and(|sysroot| {
            Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
        })
    }
}

/// `rustup` or `debian` if `ONEDRIVE_PICKER_WASM_STD` asks for one of them.
pub(crate) fn wanted() -> Option<&'static str> {
    match std::env::var("ONEDRIVE_PICKER_WASM_STD").as_deref() {
        Ok("debian") => Some("debian"),
        Ok("rustup") => Some("rustup"),
        _ => None,
    }
}

/// Whether the `rustc` on `PATH` brings a standard library for the browser.
pub(crate) fn rustup_has_target() -> bool {
    let folder = command::read(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_ok_and(|folder| {
        std::fs::read_dir(folder).is_ok_and(|mut files| {
            files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
        })
    })
}

/// Where the library built by Debian's `rustc` belongs; one per version of it.
pub(crate) fn debian_sysroot(paths: &Paths) -> Option<PathBuf> {
    let version = command::version_of(Path::new(DEBIAN_BIN).join("rustc"))?;
    Some(paths.cache.join("std").join(version))
}

/// Where a sysroot keeps the libraries of [`TARGET`].
pub(crate) fn target_libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}
