//! The npm programs that make pages small, and the compressors that say how small.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::{self, line, read};
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::setup::{node_program, package_program};

/// What esbuild is given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// An ES module.
    Module,
    /// A script that is no module, such as the one inside a page.
    Script,
    /// A stylesheet.
    Style,
}

/// Minifies by esbuild; what it means stays the same, down to names that are exported.
///
/// Fails on a syntax error, which esbuild shows.
pub(crate) fn minified(paths: &Paths, source: Source, text: &str) -> Outcome<String> {
    let flags: &[&str] = match source {
        Source::Module => &["--loader=js", "--format=esm", "--target=es2020"],
        Source::Script => &["--loader=js", "--target=es2020"],
        Source::Style => &["--loader=css"],
    };
    let mut command = Command::new(package_program(paths, "esbuild"));
    command.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]).args(flags);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().attempting(line(&command))?;
    let mut input = child.stdin.take().ok_or_else(|| Failure::new("esbuild takes no input"))?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().attempting(line(&command))?;
    let _ = writer.join();
    if !output.status.success() {
        return Err(Failure::new(format!("`{}` failed ({})", line(&command), output.status)));
    }
    String::from_utf8(output.stdout).map(|text| text.trim_end().to_owned()).attempting(line(&command))
}

/// Whether the host kit is built with its types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HostKitTypes {
    /// `.d.ts` files, for people.
    Generated,
    /// None: quick, for tests.
    LeftOut,
}

/// Builds the host kit from `host-kit/src/` and says where it lies.
///
/// Fails on an error of syntax or types, which esbuild or tsc shows.
pub(crate) fn host_kit(paths: &Paths, debug: bool, types: HostKitTypes) -> Outcome<PathBuf> {
    let folder = paths.target().join("host-kit");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).attempting(folder.display())?;
    }
    let mut build = Command::new(node_program());
    build.arg("host-kit/build.mjs").arg(&folder).current_dir(&paths.root);
    if debug {
        build.arg("--debug");
    }
    if types == HostKitTypes::LeftOut {
        build.arg("--no-types");
    }
    build.env("ONEDRIVE_PICKER_NODE_MODULES", paths.node_modules());
    command::run(&mut build)?;
    Ok(folder)
}

/// What the compiler emits and wasm-opt must be told to accept.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What wasm-opt is to do.
pub(crate) const WASM_OPT_FLAGS: &[&str] =
    &["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features", "--vacuum"];

/// Optimizes WebAssembly for size.
///
/// Fails if wasm-opt refuses the file.
pub(crate) fn optimized(paths: &Paths, from: &Path, to: &Path) -> Outcome {
    let mut wasm_opt = Command::new(package_program(paths, "wasm-opt"));
    command::run(wasm_opt.args(FEATURES).args(WASM_OPT_FLAGS).arg(from).arg("-o").arg(to))
}

/// ES modules that import each other as one module with the default export of the first. They are written into a folder first.
///
/// Fails on a syntax error, which esbuild shows.
pub(crate) fn bundled(paths: &Paths, folder: &Path, modules: &[(&str, &str)]) -> Outcome<String> {
    for (name, text) in modules {
        let file = folder.join(name);
        fs::write(&file, text).attempting(file.display())?;
    }
    let entry = modules.first().map_or("", |(name, _)| name);
    let main = folder.join("main.js");
    fs::write(&main, format!("export {{ default }} from \"./{entry}\";\n")).attempting(main.display())?;
    let mut esbuild = Command::new(package_program(paths, "esbuild"));
    read(esbuild.arg(&main).args([
        "--bundle",
        "--format=esm",
        "--target=es2020",
        "--charset=utf8",
        "--log-level=error",
    ]))
}

/// The bytes of a file as it lies there and as it is sent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Weight {
    /// Uncompressed.
    pub(crate) raw: u64,
    /// By gzip at level 9.
    pub(crate) gzip: u64,
    /// By brotli at level 11.
    pub(crate) brotli: u64,
}

impl std::ops::AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

/// Node's zlib holds the compressors that web servers use.
const WEIGH: &str = "
const { readFileSync } = require('node:fs');
const { brotliCompressSync, gzipSync } = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file);
  console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
}";

/// Weighs files, in their order.
///
/// Fails if one of them cannot be read.
pub(crate) fn weigh(files: &[PathBuf]) -> Outcome<Vec<Weight>> {
    let printed = read(Command::new(node_program()).args(["-e", WEIGH, "--"]).args(files))?;
    let weight = |line: &str| {
        let mut numbers = line.split(' ').map(str::parse);
        let mut next = || numbers.next().and_then(Result::ok);
        Some(Weight { raw: next()?, gzip: next()?, brotli: next()? })
    };
    let weights: Option<Vec<Weight>> = printed.lines().map(weight).collect();
    weights
        .filter(|weights| weights.len() == files.len())
        .ok_or_else(|| Failure::new("node weighed the files wrongly"))
}

/// Writes the twins that web servers send.
const COMPRESS: &str = "
const { readFileSync, writeFileSync } = require('node:fs');
const { brotliCompressSync, gzipSync } = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}";

/// Puts `.br` (level 11) and `.gz` (level 9) beside each file.
///
/// Fails if one of them cannot be read or written.
pub(crate) fn compress(files: &[PathBuf]) -> Outcome {
    command::run(Command::new(node_program()).args(["-e", COMPRESS, "--"]).args(files))
}
