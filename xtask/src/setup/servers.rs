//! nginx, Apache and Caddy from Debian's or Ubuntu's packages, unpacked into the cache folder for tests to start: nothing
//! is installed, no service runs, nobody need be root.

use std::fs;
use std::process::Command;

use super::say;
use crate::command::{on_path, run_quietly};
use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;

/// The packages that hold them.
const PACKAGES: [&str; 4] = ["nginx", "libnginx-mod-http-brotli-static", "caddy", "apache2-bin"];

/// Libraries that a small system lacks. Newer systems end some of the names in `t64`; what cannot be had is most often
/// there already.
const LIBRARIES: [&str; 5] = ["libapr1", "libaprutil1", "libbrotli1", "libjansson4", "liblua5.3-0"];

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
    let download = |names: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(["download", "-qq"]).args(names).current_dir(&packages);
        // What is wrong is said by the last attempt alone.
        apt.output().is_ok_and(|output| output.status.success())
    };
    if !download(&PACKAGES) {
        // The list of packages is old or was never had.
        run_quietly(Command::new("apt-get").args(["update", "-qq"]))?;
        if !download(&PACKAGES) {
            let names = PACKAGES.join(" ");
            return Err(Failure::new(format!(
                "apt-get could not download {names}; run: apt-get download {names}"
            )));
        }
    }
    for library in LIBRARIES {
        let _ = download(&[library]) || download(&[&format!("{library}t64")]);
    }
    for package in files::below(&packages)? {
        run_quietly(Command::new("dpkg-deb").arg("--extract").arg(&package).arg(&folder))?;
    }
    fs::remove_dir_all(&packages).attempting(packages.display())
}
