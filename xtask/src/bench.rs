//! The job `bench`: the picker beside other pickers, measured in one run by the program in `bench/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;
use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Browser, node_program};

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "measure the picker beside other pickers and a vanilla page";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask bench [--rounds N] [--only ROW] [--dist DIR] [--out DIR]
cargo xtask bench --quick [--dist DIR]

  --rounds N   how often each page is visited under each condition (default 7)
  --only ROW   only conditions with this in their name, such as `200-local`, `cpu4` or `5000`
  --dist DIR   the build to measure (default dist/, which `cargo xtask build` makes)
  --out DIR    where results go (performance.md, .svg, .json) instead of docs/performance.md
  --quick      no times and no peers: only what holds on any machine (requests, repeated files, bytes).
               It is a step of `cargo xtask test`

Serves the picker, a vanilla page, the Microsoft Graph Toolkit and Uppy with its Companion from this machine, each with brotli,
against a Graph of its own, and visits them in turn in a headless Chromium. The peers come from npm, pinned, once (140 MB), and
need Node.js 20.19. About 25 minutes for 7 rounds. Leave the machine alone meanwhile.";

/// How often each page is visited under each condition.
const ROUNDS: u32 = 7;

/// The oldest Node.js that Uppy's Companion runs on.
const OLDEST_FOR_PEERS: (u32, u32) = (20, 19);

/// Runs the job.
///
/// Fails if something is missing, if a page does not come to its last row, or, with `--quick`, if a check does not hold.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let is_quick = flags.switch("--quick");
    let rounds = flags.value("--rounds")?;
    let only = flags.value("--only")?;
    let dist = flags.value("--dist")?.map_or_else(|| paths.dist(), PathBuf::from);
    let out = flags.value("--out")?.map(PathBuf::from);
    flags.finish()?;
    let rounds = rounds.map_or(Ok(ROUNDS), |text| text.parse());
    let rounds = rounds.ok().filter(|rounds| *rounds > 0);
    let rounds = rounds.ok_or_else(|| Failure::new("--rounds needs a number, at least 1"))?;
    if is_quick && (only.is_some() || out.is_some()) {
        return Err(Failure::new("--quick takes no --only and no --out"));
    }
    if !dist.join("index.html").is_file() {
        return Err(Failure::new(format!("{} has no index.html; run: cargo xtask build", dist.display())));
    }
    let browser = setup::prepare_bench(paths)?;
    if is_quick {
        return command::run(&mut quick(paths, &browser, &dist));
    }
    require_node_for_peers()?;
    setup::prepare_peers(paths)?;
    let mut bench = program(paths, &browser, &dist);
    bench.arg("--peers").arg(paths.peers().join("node_modules")).arg("--esbuild").arg(paths.node_modules());
    bench.args(["--rounds", &rounds.to_string()]);
    if let Some(only) = &only {
        bench.args(["--only", only]);
    }
    match &out {
        Some(out) => bench.arg("--out").arg(out),
        None => {
            bench.arg("--docs").arg(paths.root.join("docs")).arg("--out").arg(paths.target().join("bench"))
        }
    };
    command::run(&mut bench)
}

/// The short form: what holds for every visit, whatever the machine is doing.
pub(crate) fn quick(paths: &Paths, browser: &Browser, dist: &Path) -> Command {
    let mut bench = program(paths, browser, dist);
    bench.arg("--check");
    bench
}

fn program(paths: &Paths, browser: &Browser, dist: &Path) -> Command {
    let mut node = Command::new(node_program());
    node.arg(paths.root.join("bench/bench.mjs")).arg("--dist").arg(dist).arg("--chrome").arg(&browser.chrome);
    node.arg("--packages").arg(paths.bench_packages().join("node_modules"));
    node
}

/// Fails if Companion would not start.
fn require_node_for_peers() -> Outcome {
    let version = command::version_of(node_program()).unwrap_or_default();
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found >= OLDEST_FOR_PEERS {
        return Ok(());
    }
    let (major, minor) = OLDEST_FOR_PEERS;
    Err(Failure::new(format!(
        "the peers need Node.js {major}.{minor} or newer, found {version:?}; `cargo xtask bench --quick` does without them"
    )))
}
