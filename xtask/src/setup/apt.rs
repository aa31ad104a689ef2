//! Debian's and Ubuntu's packages.

use std::process::Command;

use super::say;
use crate::command::{on_path, read, run_quietly};
use crate::failure::{Failure, Outcome};

/// Installs packages.
///
/// Fails with the command to run by hand if this is no Debian, if the person is not root, or if apt refuses.
pub(super) fn install(packages: &[&str], takes: &str) -> Outcome {
    let names = packages.join(" ");
    let by_hand = format!("sudo apt-get install -y --no-install-recommends {names}");
    if on_path("apt-get").is_none() {
        return Err(Failure::new(format!(
            "{names}: missing, and there is no apt-get here; install them another way"
        )));
    }
    if !is_root() {
        return Err(Failure::new(format!(
            "{names}: missing, and installing them needs root; run: {by_hand}"
        )));
    }
    say(format_args!("installing {names} with apt-get ({takes})"));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    // An old list of packages is better than none: the installation says what is missing.
    let _ = run_quietly(apt().args(["update", "-qq"]));
    run_quietly(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
        .map_err(|_| Failure::new(format!("apt-get could not install {names} (network?); run: {by_hand}")))
}

fn is_root() -> bool {
    read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
