//! The job `demo`: the whole product on this machine, without an account anywhere.

use std::process::Command;

use crate::build::{self, Options};
use crate::command;
use crate::failure::{Attempt, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Purpose};

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "build everything and start a MediaSpace to try it in";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask demo [--debug] [--std stock|tuned]

Builds the pages, starts the simulator (Microsoft sign-in, Microsoft Graph, Kaltura and a MediaSpace,
on this machine only) and prints the address to open. Ctrl+C ends it. The switch \"Import on the server\" in
My Media sends choices to the Node.js sample of a server-side import, which it starts as well.";

/// Runs the job until the person ends it.
///
/// Fails if something does not compile or a port of the simulator is taken.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let options = Options::take(&mut flags)?;
    flags.finish()?;
    let toolchain = setup::prepare(paths, Purpose::Build)?;
    build::build(paths, &toolchain, &options)?;
    println!("demo: compiling the simulator (a minute or two the first time)");
    // For the switch "Import on the server"; it ends with this program.
    let mut import_server = Command::new(setup::node_program())
        .arg(paths.root.join("host-kit/server/node/demo.mjs"))
        .spawn()
        .attempting("host-kit/server/node/demo.mjs")?;
    let mut simulator = Command::new("cargo");
    simulator.args(["run", "--quiet", "--package", "onedrive-simulator", "--", "--dist"]).arg(paths.dist());
    let ended = command::run(simulator.arg("--host").arg(paths.dist().join("host")).current_dir(&paths.root));
    let _ = import_server.kill();
    let _ = import_server.wait();
    ended
}
