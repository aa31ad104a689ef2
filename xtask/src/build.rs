//! The job `build`: leaves the deployable files in `dist/`.

mod bundle;
mod chunks;
mod dist;
mod glue;
mod host_kit;
mod html;
mod module;
mod order;
mod placeholders;
mod styles;
mod words;

pub(crate) use chunks::{WASM_BINDGEN_JOB, split_then_bind};
pub(crate) use dist::names;

use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::setup::{self, Purpose};
use crate::toolchain::{Std, Toolchain};
use bundle::Bundle;
use dist::Dist;
use placeholders::Placeholders;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "build the pages and the host kit into dist/";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask build [--debug] [--base PATH] [--std stock|tuned]

  --debug       quick to build, with panic messages; large, nothing minified
  --base PATH   where the assets will lie on the site, with a slash at the end
                (default /onedrive/index/, or $ONEDRIVE_PICKER_BASE)
  --std         which standard library goes in: `tuned` for size (the default where its source is at
                hand; needs `rustup component add rust-src`) or `stock`, as it comes

Leaves dist/index.html, dist/setup.html, the assets they name (hashed, to be cached for ever) and
dist/host/ with the modules for embedding pages.";

/// The path that the documents name their assets from, unless told otherwise.
const DEFAULT_BASE: &str = "/onedrive/index/";

/// How the pages are to be built.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Without optimization, for looking into.
    debug: bool,
    /// Where the assets lie on the site.
    base: String,
    /// The standard library asked for.
    std: Option<Std>,
}

impl Options {
    /// Takes them from the command line.
    ///
    /// Fails if the base cannot stand in a page or the standard library is unknown.
    pub(crate) fn take(flags: &mut Flags) -> Outcome<Self> {
        let debug = flags.switch("--debug");
        let base = flags.value("--base")?.or_else(|| std::env::var("ONEDRIVE_PICKER_BASE").ok());
        let base = base.unwrap_or_else(|| DEFAULT_BASE.to_owned());
        if !base.ends_with('/')
            || base.contains(|letter: char| !letter.is_ascii_graphic() || "\"'`\\<>".contains(letter))
        {
            return Err(Failure::new(format!(
                "--base {base:?}: a path or URL with a slash at the end is needed"
            )));
        }
        let std = match flags.value("--std")?.as_deref() {
            None => None,
            Some("stock") => Some(Std::Stock),
            Some("tuned") => Some(Std::Tuned),
            Some(other) => {
                return Err(Failure::new(format!("--std {other:?}: `stock` or `tuned` is needed")));
            }
        };
        Ok(Self { debug, base, std })
    }
}

/// Runs the job.
///
/// Fails if a tool is missing or the code does not compile.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let options = Options::take(&mut flags)?;
    flags.finish()?;
    let toolchain = setup::prepare(paths, Purpose::Build)?;
    build(paths, &toolchain, &options)?;
    if options.debug { Ok(()) } else { crate::size::print(paths) }
}

/// Builds everything that is deployed, with every tool at hand.
///
/// Fails if the code does not compile or a page names something that is not there.
pub(crate) fn build(paths: &Paths, toolchain: &Toolchain, options: &Options) -> Outcome {
    let std = match options.std {
        _ if options.debug => Std::Stock,
        Some(std) => std,
        None if toolchain.has_source() => Std::Tuned,
        None => Std::Stock,
    };
    match std {
        Std::Tuned => {
            println!("build: with the standard library tuned for size (--std stock takes it as it comes)");
        }
        Std::Stock => println!("build: with the standard library as it comes"),
    }
    let mut dist = Dist::begin(paths)?;
    let mut placeholders = Placeholders::new(&options.base);
    styles::add(paths, options, &mut dist, &mut placeholders)?;
    words::add(paths, options, &mut dist, &mut placeholders)?;
    bundle::compile(paths, toolchain, std, options)?;
    let mut documents = Vec::new();
    for page in bundle::PAGES {
        let bundle = Bundle::make(paths, toolchain, std, options, page)?;
        bundle.add(paths, options, &mut dist, &mut placeholders)?;
        documents.push((page.document, bundle.document(page)?));
    }
    for (name, document) in documents {
        let document = placeholders.fill(name, &html::without_trunk_links(&document))?;
        let document = if options.debug { document } else { html::minified(paths, &document)? };
        dist.write(name, document.as_bytes())?;
    }
    host_kit::add(paths, options, &mut dist)?;
    dist.finish(paths, &placeholders)?;
    println!("build: dist/ is complete");
    Ok(())
}
