//! Tests of what runs in a browser or on an embedding page.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;

use super::counts::Counts;
use super::native::counted;
use super::targets;
use crate::bench;
use crate::command::{run, watch};
use crate::failure::{Attempt, Outcome};
use crate::page_tools::{self, HostKitTypes};
use crate::paths::Paths;
use crate::setup::{Browser, node_program, package_program};
use crate::toolchain::Toolchain;

/// Tests compiled to WebAssembly and run in a headless browser.
///
/// Fails if cargo cannot be started.
pub(super) fn in_browser(paths: &Paths, toolchain: &Toolchain, browser: &Browser) -> Outcome<Counts> {
    let tests = targets::in_browser(paths)?;
    if tests.is_empty() {
        println!("there are no tests/browser*.rs yet");
        return Ok(Counts::default());
    }
    let capabilities = paths.target().join("webdriver.json");
    let options =
        json!({"goog:chromeOptions": {"binary": browser.chrome, "args": ["disable-gpu", "no-first-run"]}});
    fs::write(&capabilities, options.to_string()).attempting(capabilities.display())?;
    let mut cargo = toolchain.cargo(paths, "test")?;
    cargo.args(["--package", "onedrive-picker", "--no-fail-fast"]);
    for test in tests {
        cargo.args(["--test", &test]);
    }
    browser.apply(&mut cargo);
    cargo
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", paths.bin().join("wasm-bindgen-test-runner"))
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    counted(&mut cargo)
}

/// The host kit's own tests, against the simulator where they need a whole Kaltura.
///
/// Fails if the simulator does not compile or Node.js cannot be started.
pub(super) fn host_kit(paths: &Paths) -> Outcome<Counts> {
    let tests = files(paths, "host-kit/tests", ".test.mjs")?;
    let built = page_tools::host_kit(paths, false, HostKitTypes::LeftOut)?;
    run(Command::new("cargo")
        .args(["build", "--quiet", "--package", "onedrive-simulator"])
        .current_dir(&paths.root))?;
    let mut counts = Counts::default();
    let mut said = Vec::new();
    let mut node = Command::new(node_program());
    node.args(["--test", "--test-reporter=tap"]).args(tests).current_dir(&paths.root);
    node.env("HOST_KIT", built)
        .env("ONEDRIVE_PICKER_NODE_MODULES", paths.node_modules())
        .env("OFFICIAL_CLIENT", paths.cache.join("official-client/node_modules"))
        .env("SIMULATOR", paths.target().join("debug/onedrive-simulator"));
    let success = watch(&mut node, |line| {
        counts.read(line);
        said.push(line.to_owned());
    })?;
    if !success {
        println!("{}", said.join("\n"));
    }
    Ok(counts.ended(success))
}

/// The short form of `cargo xtask bench`, and the tests of its own parts.
///
/// Fails if Node.js cannot be started.
pub(super) fn bench(paths: &Paths, browser: &Browser) -> Outcome<Counts> {
    let mut node = Command::new(node_program());
    node.args(["--test", "--test-reporter=tap"]).args(files(paths, "bench/tests", ".test.mjs")?);
    let mut said = Vec::new();
    let mut counts = Counts::default();
    let success = watch(&mut node, |line| {
        counts.read(line);
        said.push(line.to_owned());
    })?;
    if !success {
        println!("{}", said.join("\n"));
    }
    let mut counts = counts.ended(success);
    counts += counted(&mut bench::quick(paths, browser, &paths.dist()))?;
    Ok(counts)
}

/// The host kit's types as they are published, and the uses of them under `host-kit/tests/`.
///
/// Fails if they contradict themselves.
pub(super) fn types(paths: &Paths) -> Outcome<Counts> {
    let built = page_tools::host_kit(paths, false, HostKitTypes::Generated)?;
    let project = paths.target().join("host-kit-types.json");
    let settings = json!({
        "compilerOptions": {
            "noEmit": true, "strict": true, "target": "es2022", "module": "es2022", "moduleResolution": "bundler",
            "lib": ["es2022", "dom"], "types": [],
            "paths": {"kaltura-onedrive-picker/*": [built.join("*")]},
        },
        "files": files(paths, "host-kit/tests", ".ts")?,
    });
    fs::write(&project, settings.to_string()).attempting(project.display())?;
    run(Command::new(package_program(paths, "tsc")).arg("--project").arg(&project).current_dir(&paths.root))?;
    Ok(Counts::one())
}

fn files(paths: &Paths, folder: &str, ending: &str) -> Outcome<Vec<PathBuf>> {
    let folder = paths.root.join(folder);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for file in fs::read_dir(&folder).attempting(folder.display())? {
        let file = file.attempting(folder.display())?.path();
        if file.to_string_lossy().ends_with(ending) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
