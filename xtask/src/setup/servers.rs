//! nginx, Apache and Caddy from Debian's or Ubuntu's packages, unpacked into the cache folder for tests to start: nothing
//! is installed, no service runs, nobody need be root.

use std::fs;
use std::process::Command;

use super::say;
use crate::command::{on_path, run_quietly};
use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;

/// The packages that hold them, with the libraries that a small system lacks.
const PACKAGES: &[&str] = &[
    "nginx",
    "libnginx-mod-http-brotli-static",
    "caddy",
    "apache2-bin",
    "libapr1",
    "libaprutil1",
    "libbrotli1",
    "libjansson4",
    "liblua5.3-0",
];

/// The programs themselves, below the folder.
const PROGRAMS: &[&str] = &["usr/sbin/nginx", "usr/sbin/apache2", "usr/bin/caddy"];

/// Makes sure that they are there.
///
/// Fails if there is no apt-get, or if it cannot have the packages.
pub(super) fn prepare(paths: &Paths) -> Outcome {
    let folder = paths.servers();
    if PROGRAMS.iter().all(|program| folder.join(program).is_file()) {
        return Ok(());
    }
    if on_path("apt-get").is_none() || on_path("dpkg-deb").is_none() {
        return Err(Failure::new(
            "nginx, Apache and Caddy are tested as Debian packages them, and there is no apt-get here",
        ));
    }
    say("unpacking nginx, Apache and Caddy into the cache, for tests (12 MB)");
    let packages = folder.join("packages");
    fs::create_dir_all(&packages).attempting(packages.display())?;
    let download = || {
        run_quietly(Command::new("apt-get").args(["download", "-qq"]).args(PACKAGES).current_dir(&packages))
    };
    download().or_else(|_| {
        // Where the list of packages is old or was never had; it needs root, and says so if it must.
        run_quietly(Command::new("apt-get").args(["update", "-qq"]))?;
        download()
    })?;
    for package in files::below(&packages)? {
        run_quietly(Command::new("dpkg-deb").arg("--extract").arg(&package).arg(&folder))?;
    }
    fs::remove_dir_all(&packages).attempting(packages.display())
}
