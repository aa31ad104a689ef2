//! Every job around the code, behind `cargo xtask <job>`. One file per job; this one finds it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these jobs speak to the person who started them"
)]

mod bench;
mod build;
mod check;
mod check_site;
mod command;
mod demo;
mod dist;
mod docs;
mod failure;
mod files;
mod flags;
mod lock;
mod page_tools;
mod paths;
mod screenshots;
mod serving;
mod setup;
mod size;
mod test;
mod toolchain;
mod why;

use std::process::ExitCode;

use failure::Outcome;
use flags::Flags;
use paths::Paths;

/// Something that `cargo xtask` can do.
struct Job {
    /// What it is called on the command line.
    name: &'static str,
    /// What it does, in one line of the overview.
    summary: &'static str,
    /// Its flags and what it leaves behind, shown by `cargo xtask help <job>`.
    usage: &'static str,
    /// Does it.
    run: fn(&Paths, Flags) -> Outcome,
}

const JOBS: &[Job] = &[
    Job { name: "demo", summary: demo::SUMMARY, usage: demo::USAGE, run: demo::run },
    Job { name: "test", summary: test::SUMMARY, usage: test::USAGE, run: test::run },
    Job { name: "build", summary: build::SUMMARY, usage: build::USAGE, run: build::run },
    Job { name: "dist", summary: dist::SUMMARY, usage: dist::USAGE, run: dist::run },
    Job { name: "check", summary: check::SUMMARY, usage: check::USAGE, run: check::run },
    Job { name: "check-site", summary: check_site::SUMMARY, usage: check_site::USAGE, run: check_site::run },
    Job { name: "docs", summary: docs::SUMMARY, usage: docs::USAGE, run: docs::run },
    Job { name: "size", summary: size::SUMMARY, usage: size::USAGE, run: size::run },
    Job { name: "bench", summary: bench::SUMMARY, usage: bench::USAGE, run: bench::run },
    Job { name: "why", summary: why::SUMMARY, usage: why::USAGE, run: why::run },
    Job {
        name: "screenshots",
        summary: screenshots::SUMMARY,
        usage: screenshots::USAGE,
        run: screenshots::run,
    },
    Job { name: "setup", summary: setup::SUMMARY, usage: setup::USAGE, run: setup::run },
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    if matches!(name.as_str(), "" | "help" | "--help" | "-h") {
        return help(rest.first().map(String::as_str));
    }
    if name == build::WASM_BINDGEN_JOB {
        return ended(Paths::find().and_then(|paths| build::split_then_bind(&paths, &rest)));
    }
    let Some(job) = JOBS.iter().find(|job| job.name == name) else {
        eprintln!("error: there is no job called {name:?}; `cargo xtask help` lists them");
        return ExitCode::FAILURE;
    };
    if rest.iter().any(|word| word == "--help" || word == "-h") {
        return help(Some(job.name));
    }
    ended(Paths::find().and_then(|paths| (job.run)(&paths, Flags::new(rest))))
}

/// Shows why a job failed, unless it has shown that itself.
fn ended(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_told() {
                eprintln!("error: {failure}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Says what there is, or how one job is used.
fn help(name: Option<&str>) -> ExitCode {
    let Some(name) = name else {
        println!("cargo xtask <job> [flags]\n");
        for job in JOBS {
            println!("  {:<11} {}", job.name, job.summary);
        }
        println!("\n`cargo xtask help <job>` tells more about one of them.");
        println!("Tools are kept in $ONEDRIVE_PICKER_CACHE, by default ~/.cache/onedrive-picker.");
        return ExitCode::SUCCESS;
    };
    match JOBS.iter().find(|job| job.name == name) {
        Some(job) => {
            println!("{}\n\n{}", job.summary, job.usage);
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("error: there is no job called {name:?}; `cargo xtask help` lists them");
            ExitCode::FAILURE
        }
    }
}
