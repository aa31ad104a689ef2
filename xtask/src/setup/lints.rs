//! rustfmt and clippy, which rustup's minimal profile leaves out.

use std::process::{Command, Stdio};

use super::say;
use crate::command::{on_path, run_quietly};
use crate::failure::{Failure, Outcome};

/// Makes sure that both are there.
///
/// Fails if rustup cannot add them.
pub(super) fn prepare() -> Outcome {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(job, _)| !answers(job))
        .map(|(_, name)| name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let by_hand = format!("rustup component add {names}");
    if on_path("rustup").is_none() {
        return Err(Failure::new(format!(
            "{names}: missing; install what belongs to your Rust, with rustup: {by_hand}"
        )));
    }
    say(format_args!("adding {names} with rustup (a few seconds)"));
    run_quietly(Command::new("rustup").args(["component", "add"]).args(missing))
        .map_err(|_| Failure::new(format!("rustup could not add {names} (network?); run: {by_hand}")))
}

/// Whether cargo has that subcommand, and it runs.
fn answers(job: &str) -> bool {
    let mut cargo = Command::new("cargo");
    cargo.args([job, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    cargo.status().is_ok_and(|status| status.success())
}
