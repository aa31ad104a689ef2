//! One page's Rust, compiled and bound by trunk, then made small.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Options;
use super::dist::{Dist, digest};
use super::exports;
use super::glue;
use super::placeholders::Placeholders;
use super::shorten::Names;
use super::split::{self, Late, Layout, Parts};
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
    /// Whether what its first screen does not need comes in a file of its own.
    is_in_parts: bool,
}

/// Every page there may be.
pub(super) const PAGES: &[Page] = &[
    Page { document: "index.html", program: "onedrive-picker", prefix: "APP", is_in_parts: true },
    Page { document: "setup.html", program: "setup", prefix: "SETUP", is_in_parts: false },
];

/// What trunk leaves of a page.
pub(super) struct Bundle {
    page: &'static Page,
    folder: PathBuf,
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
        cargo.arg("--release");
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
            trunk.arg("--release=true");
        }
        set(paths, toolchain, std, options, &mut trunk)?;
        // trunk takes only `true` for this variable, which many set to 1.
        trunk.arg(page.document).env_remove("NO_COLOR").env_remove("RUST_BACKTRACE");
        run(&mut trunk)?;
        Ok(Self { page, folder })
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
        let glue = self.folder.join(format!("{program}.js"));
        let glue = glue::without_unused(&fs::read_to_string(&glue).attempting(glue.display())?);
        let glue = if self.page.document == "index.html" {
            glue::with_locales(&glue, &placeholders.names())
        } else {
            glue
        };
        let (wasm, glue) = if options.debug {
            let wasm = fs::read(&wasm).attempting(wasm.display())?;
            (dist.add(program, "wasm", &wasm)?, glue)
        } else {
            let (wasm, names) = optimized(paths, &wasm)?;
            let glue = names.apply(&glue)?;
            let wasm = exports::without_unused(&wasm, &glue)?;
            let (wasm, glue) = self.in_parts(paths, options, dist, placeholders, &wasm, glue)?;
            (wasm, page_tools::minified(paths, Source::Module, &glue)?)
        };
        let glue = dist.add(program, "js", glue.replace(&bound, &wasm).as_bytes())?;

        placeholders.set(format!("{prefix}_WASM"), wasm);
        placeholders.set(format!("{prefix}_JS"), glue);
        let snippets = self.folder.join("snippets");
        if snippets.is_dir() { dist.copy_folder(&snippets, "snippets") } else { Ok(()) }
    }

    /// Adds the WebAssembly, in parts if the page has a list of what is late, and gives its name and its JavaScript.
    fn in_parts(
        &self,
        paths: &Paths,
        options: &Options,
        dist: &mut Dist,
        placeholders: &mut Placeholders,
        wasm: &[u8],
        glue: String,
    ) -> Outcome<(String, String)> {
        let Page { program, .. } = self.page;
        if !self.page.is_in_parts {
            return Ok((dist.add(program, "wasm", &page_tools::without_names(paths, wasm)?)?, glue));
        }
        if options.measures {
            let noting = dist.add(program, "wasm", &split::instrumented(wasm)?)?;
            let kept = paths.staging().join(MEASURED);
            fs::write(&kept, wasm).attempting(kept.display())?;
            return Ok((noting, [&glue, NOTES].concat()));
        }
        let Parts { first, later } = split::split(wasm, &Late::of(paths)?, &Layout::of(paths)?)?;
        let loader = paths.root.join("rest.js");
        let mut loader = fs::read_to_string(&loader).attempting(loader.display())?;
        for (name, part) in later {
            let placeholder = format!("{}_WASM", name.to_uppercase());
            let file = dist.add(name, "wasm", &part)?;
            loader = loader.replace(&format!("@@{placeholder}@@"), &file);
            placeholders.set(placeholder, file);
        }
        Ok((dist.add(program, "wasm", &first)?, glue::with_rest(&glue, &loader)?))
    }
}

/// The WebAssembly after wasm-opt, names of functions included, and the short names of imports and exports; the same
/// input is not optimized twice.
fn optimized(paths: &Paths, wasm: &Path) -> Outcome<(Vec<u8>, Names)> {
    let mut input = fs::read(wasm).attempting(wasm.display())?;
    input.extend(WASM_OPT_FLAGS.concat().bytes());
    let kept = paths.staging().join("optimized");
    fs::create_dir_all(&kept).attempting(kept.display())?;
    let result = kept.join(format!("{}.wasm", digest(&input)));
    let names = result.with_extension("json");
    if !result.is_file() {
        let unfinished = result.with_extension("unfinished");
        let printed = page_tools::optimized(paths, wasm, &unfinished)?;
        fs::write(&names, printed).attempting(names.display())?;
        fs::rename(&unfinished, &result).attempting(result.display())?;
    }
    let names = fs::read_to_string(&names).attempting(names.display())?;
    Ok((fs::read(&result).attempting(result.display())?, Names::read(&names)?))
}

/// There is nothing to load later, which takes a moment: what runs until then is noted as needed first, what waits for it is noted
/// too.
const NOTES: &str = r"
const noted = () => {
  const words = [];
  for (let i = 0; wasm[`p${i}`]; i++) words.push(BigInt.asUintN(64, wasm[`p${i}`].value).toString(16));
  return words.join('\n');
};
let first, loaded;
const load = () => new Promise((resolve) => setTimeout(() => resolve(first = noted()), 500));
globalThis.onedrivePicker = Object.assign(globalThis.onedrivePicker ?? {}, {
  loadPart: (last) => last < 0 ? undefined : loaded ??= load(),
  noted: () => ({ first, around: noted() }),
});
";

/// The module that the last measuring build was made of, in the staging folder.
pub(crate) const MEASURED: &str = "measured.wasm";
