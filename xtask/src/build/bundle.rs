//! One page's Rust, compiled and bound by trunk, then made small.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Map, Value};

use super::Options;
use super::chunks::{self, LINK_MODULE};
use super::dist::{Dist, digest};
use super::glue;
use super::module::{self, Deployable};
use super::order;
use super::placeholders::Placeholders;
use crate::command::run;
use crate::failure::{Attempt, Outcome};
use crate::page_tools::{self, Source, WASM_OPT_FLAGS};
use crate::paths::Paths;
use crate::toolchain::{Std, TARGET, Toolchain};

/// A document and the program that runs in it.
pub(super) struct Page {
    /// The document, at the top of the repository and of `dist/`.
    pub(super) document: &'static str,
    /// The program, as in `Cargo.toml`.
    program: &'static str,
    /// What placeholders of it begin with.
    prefix: &'static str,
    /// Whether it has split functions (`src/main.rs`), each group of which becomes a chunk of its own.
    is_split: bool,
}

/// Every page there may be.
pub(super) const PAGES: &[Page] = &[
    Page { document: "index.html", program: "onedrive-picker", prefix: "APP", is_split: true },
    Page { document: "setup.html", program: "setup", prefix: "SETUP", is_split: false },
];

/// The feature that makes functions split points. Without the splitter such a program does not load, so debug builds and `trunk
/// serve` do without.
const SPLIT: &str = "split";

/// What trunk leaves of a page.
pub(super) struct Bundle {
    page: &'static Page,
    folder: PathBuf,
    /// Where the chunks are, if the program was split.
    chunks: Option<PathBuf>,
}

/// Compiles the programs of all pages side by side, for each takes a core for long. Trunk, which compiles one at a time, finds
/// them done.
///
/// Fails if the code does not compile.
pub(super) fn compile(paths: &Paths, toolchain: &Toolchain, std: Std, options: &Options) -> Outcome {
    let mut cargo = toolchain.plain_cargo();
    set(paths, toolchain, std, options, &mut cargo)?;
    cargo.args(["build", "--quiet", "--target", TARGET]);
    if !options.debug {
        cargo.args(["--release", "--features", SPLIT]);
    }
    for page in PAGES {
        cargo.args(["--bin", page.program]);
    }
    run(&mut cargo)
}

/// Puts into the environment of what compiles a page all that the compilation depends on.
fn set(paths: &Paths, toolchain: &Toolchain, std: Std, options: &Options, command: &mut Command) -> Outcome {
    toolchain.apply(paths, std, command)?;
    if !options.debug {
        toolchain.hide_paths(paths, std, command)?;
    }
    command.current_dir(&paths.root);
    Ok(())
}

impl Bundle {
    /// Has trunk make it.
    ///
    /// Fails if the code does not compile.
    pub(super) fn make(
        paths: &Paths,
        toolchain: &Toolchain,
        std: Std,
        options: &Options,
        page: &'static Page,
    ) -> Outcome<Self> {
        let folder = paths.staging().join(page.program);
        fs::create_dir_all(&folder).attempting(folder.display())?;
        let mut trunk = Command::new(paths.bin().join("trunk"));
        trunk.args(["build", "--skip-version-check", "--log", "warn", "--dist"]).arg(&folder);
        if !options.debug {
            trunk.args(["--release=true", "--features", SPLIT]);
        }
        set(paths, toolchain, std, options, &mut trunk)?;
        let chunks = (page.is_split && !options.debug).then(|| paths.staging().join("chunks"));
        if let Some(folder) = &chunks {
            chunks::split_before_binding(paths, folder, &mut trunk)?;
        }
        // trunk takes only `true` for this variable, which many set to 1.
        trunk.arg(page.document).env_remove("NO_COLOR").env_remove("RUST_BACKTRACE");
        run(&mut trunk)?;
        Ok(Self { page, folder, chunks })
    }

    /// The document as trunk leaves it, placeholders and all.
    ///
    /// Fails if trunk left none.
    pub(super) fn document(&self, page: &Page) -> Outcome<String> {
        let own = self.folder.join(page.document);
        let file = if own.is_file() { own } else { self.folder.join("index.html") };
        fs::read_to_string(&file).attempting(file.display())
    }

    /// Adds the WebAssembly and the JavaScript around it under hashed names.
    ///
    /// Fails if one of the tools that make them small does.
    pub(super) fn add(
        &self,
        paths: &Paths,
        options: &Options,
        dist: &mut Dist,
        placeholders: &mut Placeholders,
    ) -> Outcome {
        let Page { program, prefix, .. } = self.page;
        let bound = format!("{program}_bg.wasm");
        let wasm = self.folder.join(&bound);
        let wasm = fs::read(&wasm).attempting(wasm.display())?;
        let glue = self.folder.join(format!("{program}.js"));
        let glue = glue::without_unused(&fs::read_to_string(&glue).attempting(glue.display())?);
        let glue = if self.page.document == "index.html" {
            let preconnect = paths.root.join("src/browser/preconnect.js");
            let preconnect = fs::read_to_string(&preconnect).attempting(preconnect.display())?;
            [preconnect, glue::with_locales(&glue, &placeholders.names())].concat()
        } else {
            glue
        };
        let (wasm, glue) = if options.debug {
            (dist.add(program, "wasm", &wasm)?, glue)
        } else {
            let Deployable { wasm, glue } = module::deployable(&wasm, &glue, program)?;
            let wasm = dist.add(program, "wasm", &optimized(paths, &wasm)?)?;
            let glue = self.with_chunks(paths, dist, placeholders, &glue)?;
            (wasm, page_tools::minified(paths, Source::Module, &glue)?)
        };
        let glue = dist.add(program, "js", glue.replace(&bound, &wasm).as_bytes())?;

        placeholders.set(format!("{prefix}_WASM"), wasm);
        placeholders.set(format!("{prefix}_JS"), glue);
        let snippets = self.folder.join("snippets");
        if snippets.is_dir() { dist.copy_folder(&snippets, "snippets") } else { Ok(()) }
    }

    /// Adds the chunks, and gives the JavaScript with their loader in it: another file would be one more round trip before the start.
    fn with_chunks(
        &self,
        paths: &Paths,
        dist: &mut Dist,
        placeholders: &mut Placeholders,
        glue: &str,
    ) -> Outcome<String> {
        let Some(folder) = &self.chunks else { return Ok(glue.to_owned()) };
        let loader = folder.join(LINK_MODULE);
        let loader = chunks::lenient_loader(&fs::read_to_string(&loader).attempting(loader.display())?)?;
        let mut bundled = page_tools::bundled(
            paths,
            folder,
            &[(&format!("{}.js", self.page.program), glue), (LINK_MODULE, &loader)],
        )?;
        let mut groups = Map::new();
        for (group, chunks) in chunks::groups(folder)? {
            let mut files = Vec::new();
            for chunk in chunks {
                let file = folder.join(format!("{chunk}.wasm"));
                let wasm = module::without_relocations(&fs::read(&file).attempting(file.display())?)?;
                let file = dist.add(chunks::file_stem(&chunk), "wasm", &optimized(paths, &wasm)?)?;
                bundled = bundled.replace(&format!("./{chunk}.wasm"), &format!("./{file}"));
                files.push(Value::from(file));
            }
            groups.insert(group, Value::from(files));
        }
        placeholders.set("CHUNKS", Value::from(groups));
        Ok(bundled)
    }
}

/// WebAssembly after wasm-opt, its functions in order; the same input is not optimized twice.
fn optimized(paths: &Paths, wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut input = wasm.to_vec();
    input.extend(WASM_OPT_FLAGS.concat().bytes());
    let kept = paths.staging().join("optimized");
    fs::create_dir_all(&kept).attempting(kept.display())?;
    let result = kept.join(format!("{}.wasm", digest(&input)));
    if !result.is_file() {
        let unfinished = result.with_extension("unfinished");
        let source = result.with_extension("source");
        fs::write(&source, wasm).attempting(source.display())?;
        page_tools::optimized(paths, &source, &unfinished)?;
        let optimized = fs::read(&unfinished).attempting(unfinished.display())?;
        fs::write(&unfinished, order::ordered(&optimized)?).attempting(unfinished.display())?;
        fs::remove_file(&source).attempting(source.display())?;
        fs::rename(&unfinished, &result).attempting(result.display())?;
    }
    fs::read(&result).attempting(result.display())
}
