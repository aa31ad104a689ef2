//! The job `dist`: one archive with all that a site needs, the same bytes whenever it is made from the same commit.

mod archive;
mod bill;
mod checksums;
mod configurations;
mod dependencies;
mod licences;
mod made_here;
mod release;
mod twice;

use crate::build::{self, Options};
use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::serving::Cloud;
use crate::setup::{self, Purpose};
use crate::toolchain::Toolchain;
use release::Release;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "pack a release: pages, host kit, configurations, licences, SBOM";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask dist [--built] [--twice] [--cloud NAME] [--host-origin ORIGIN]… [--base PATH] [--std stock|tuned]

  --built               pack what the last `cargo xtask build` left in dist/, without building again
  --twice               build twice, in folders of their own, and fail if one byte differs
  --cloud NAME          global (the default), gcc-high, dod or china: whose hosts the policy names
  --host-origin ORIGIN  a site that may frame the picker, as in the setting `hostOrigins`; may be repeated
  --base, --std         as for `cargo xtask build`

Leaves target/release-bundle/onedrive-picker-VERSION.tar.gz with its checksum beside it, and the folder
that it was made from: site/ (assets with .br and .gz), deploy/ (nginx, Apache, Caddy, a container),
licences, sbom.cdx.json (CycloneDX), SHA256SUMS.";

/// What the administrator's site is like.
#[derive(Debug, Clone, Default)]
struct Site {
    /// Whose hosts the policy names.
    cloud: Cloud,
    /// Who may frame the picker, besides the site itself.
    host_origins: Vec<String>,
}

impl Site {
    fn take(flags: &mut Flags) -> Outcome<Self> {
        let cloud = Cloud::take(flags)?;
        let mut host_origins = Vec::new();
        while let Some(origin) = flags.value("--host-origin")? {
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://localhost"));
            let is_origin = rest.is_some_and(|rest| {
                rest.bytes().all(|letter| letter.is_ascii_alphanumeric() || b".-:*".contains(&letter))
            });
            if !is_origin {
                return Err(Failure::new(format!(
                    "--host-origin {origin:?}: an origin such as https://lms.example.edu is needed"
                )));
            }
            host_origins.push(origin);
        }
        Ok(Self { cloud, host_origins })
    }
}

/// Runs the job.
///
/// Fails if something does not compile, or if two builds differ.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let is_built = flags.switch("--built");
    let is_twice = flags.switch("--twice");
    let site = Site::take(&mut flags)?;
    let mut build_flags = Vec::new();
    for name in ["--base", "--std"] {
        if let Some(value) = flags.value(name)? {
            build_flags.extend([name.to_owned(), value]);
        }
    }
    flags.finish()?;
    let options = Options::take(&mut Flags::new(build_flags.clone()))?;
    let toolchain = setup::prepare(paths, Purpose::Build)?;
    if !is_built {
        build::build(paths, &toolchain, &options)?;
    }
    let release = Release::gather(paths, &site)?;
    let archive = archive::pack(paths, &release)?;
    println!("dist: {}", archive.display());
    if is_twice { twice::compare(paths, &build_flags) } else { Ok(()) }
}

/// Packs what `dist/` holds, builds and packs once more, and looks at what came of it.
///
/// Fails if the builds or the archives differ, if a path of this machine is in one, or if a licence is missing.
pub(crate) fn check(paths: &Paths, toolchain: &Toolchain, options: &Options) -> Outcome {
    let first = packed(paths)?;
    twice::compare_own(paths, toolchain, options)?;
    if packed(paths)? != first {
        return Err(Failure::new("two archives of the same files differ"));
    }
    Ok(())
}

/// Packs what `dist/` holds, and gives the checksum of the archive.
fn packed(paths: &Paths) -> Outcome<String> {
    let release = Release::gather(paths, &Site::default())?;
    made_here::check(paths, &release.folder)?;
    let archive = archive::pack(paths, &release)?;
    checksums::verify(paths, &release.folder, &archive)?;
    checksums::of_file(&archive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(line: &str) -> Outcome<Site> {
        Site::take(&mut Flags::new(line.split_whitespace().map(str::to_owned).collect()))
    }

    #[test]
    fn takes_origins_and_nothing_that_could_end_a_quotation() {
        let taken = site("--host-origin https://a.example --host-origin=http://localhost:4180").unwrap();
        assert_eq!(taken.host_origins, ["https://a.example", "http://localhost:4180"]);
        for wrong in ["a.example", "https://a.example/path", "https://a.example\";", "http://a.example", "*"]
        {
            let mut flags = Flags::new(vec!["--host-origin".to_owned(), wrong.to_owned()]);
            assert!(Site::take(&mut flags).is_err(), "{wrong}");
        }
        assert!(site("--cloud moon").is_err());
    }
}
