//! The folder of a release: what is in it, and where.

use std::fs;
use std::path::{Path, PathBuf};

use super::dependencies::Dependencies;
use super::{Site, bill, checksums, configurations, licences};
use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::page_tools;
use crate::paths::Paths;

/// What is sent compressed if a browser takes it. Documents are not among them: a site may write its settings into
/// those, and a compressed twin would not know.
const COMPRESSED: [&str; 4] = ["js", "css", "json", "wasm"];

/// What comes along as it stands in the repository.
const COPIED: [&str; 4] = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "SECURITY.md"];

/// A release, laid out.
pub(super) struct Release {
    /// `onedrive-picker-VERSION`.
    pub(super) name: String,
    /// Where it is laid out; its last part is the name.
    pub(super) folder: PathBuf,
}

impl Release {
    /// Lays it out anew from `dist/`.
    ///
    /// Fails if nothing was built, or if a file cannot be read or written.
    pub(super) fn gather(paths: &Paths, site: &Site) -> Outcome<Self> {
        let dist = paths.dist();
        if !dist.join("index.html").is_file() {
            return Err(Failure::new("there is nothing in dist/ yet; run: cargo xtask build"));
        }
        let dependencies = Dependencies::read(paths)?;
        let name = format!("onedrive-picker-{}", dependencies.own_version());
        let folder = paths.release_bundle().join(&name);
        if folder.exists() {
            fs::remove_dir_all(&folder).attempting(folder.display())?;
        }
        let pages = folder.join("site");
        files::copy_all(&dist, &pages)?;
        compress(&pages)?;
        for file in COPIED {
            files::copy(&paths.root.join(file), &folder.join(file))?;
        }
        configurations::write(paths, site, &pages, &folder.join("deploy"))?;
        files::write(&folder.join("README.md"), readme(&dependencies, site).as_bytes())?;
        files::write(&folder.join("licences.txt"), licences::text(&dependencies, paths)?.as_bytes())?;
        files::write(&folder.join("sbom.cdx.json"), bill::text(&dependencies).as_bytes())?;
        checksums::write(&folder)?;
        Ok(Self { name, folder })
    }
}

/// Puts a `.br` and a `.gz` beside every file that browsers fetch.
fn compress(pages: &Path) -> Outcome {
    let is_compressed = |file: &PathBuf| {
        let extension = file.extension().unwrap_or_default();
        COMPRESSED.iter().any(|wanted| extension == *wanted) && !file.ends_with("package.json")
    };
    page_tools::compress(&files::below(pages)?.into_iter().filter(is_compressed).collect::<Vec<_>>())
}

fn readme(dependencies: &Dependencies, site: &Site) -> String {
    format!(
        "# OneDrive picker {version}\n\n\
         - `site/`: the pages and their assets; `index.html` is the picker, `setup.html` the set-up assistant, `host/` the \
         host kit\n\
         - `deploy/`: configurations for nginx, Apache and Caddy, and a container; begin with `deploy/README.md`\n\
         - `licences.txt`, `sbom.cdx.json`: what it is made of\n\
         - `SHA256SUMS`: check with `sha256sum --check SHA256SUMS`\n\n\
         The policies in `deploy/` fit exactly the pages in `site/`, name the hosts of {graph}, and let the picker be framed by: \
         {hosts}.\n",
        version = dependencies.own_version(),
        graph = site.cloud.graph().trim_start_matches("https://"),
        hosts = configurations::hosts(site),
    )
}
