//! SHA-256 sums, as `sha256sum` reads them.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::command::run_quietly;
use crate::failure::{Attempt, Outcome};
use crate::files;
use crate::paths::Paths;

/// The name of the list.
const LIST: &str = "SHA256SUMS";

/// Writes the sums of all files of a folder into one of its own.
///
/// Fails if a file cannot be read.
pub(super) fn write(folder: &Path) -> Outcome {
    let mut list = String::new();
    for file in files::below(folder)? {
        let below = file.strip_prefix(folder).unwrap_or(&file);
        let _ = writeln!(list, "{}  {}", of_file(&file)?, below.display());
    }
    files::write(&folder.join(LIST), list.as_bytes())
}

/// Does what a page of the documentation tells people to do with an archive.
///
/// Fails if a sum is wrong.
pub(super) fn verify(paths: &Paths, folder: &Path, archive: &Path) -> Outcome {
    let mut list = archive.as_os_str().to_owned();
    list.push(".sha256");
    let verify = |list: &OsStr, from: &Path| {
        run_quietly(
            Command::new("sha256sum").args(["--check", "--strict", "--quiet"]).arg(list).current_dir(from),
        )
    };
    verify(&list, &paths.release_bundle())?;
    verify(OsStr::new(LIST), folder)?;
    run_quietly(Command::new("tar").args(["--list", "--file"]).arg(archive))
}

/// The sum of a file, in hexadecimal digits.
///
/// Fails if it cannot be read.
pub(super) fn of_file(file: &Path) -> Outcome<String> {
    let content = fs::read(file).attempting(file.display())?;
    Ok(Sha256::digest(content).iter().fold(String::new(), |mut sum, byte| {
        let _ = write!(sum, "{byte:02x}");
        sum
    }))
}
