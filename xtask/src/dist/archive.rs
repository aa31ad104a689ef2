//! The archive: sorted, of nobody, at the time of the commit, so that it is the same wherever it is made.

use std::path::PathBuf;
use std::process::Command;

use super::checksums;
use super::release::Release;
use crate::command::{read, run};
use crate::failure::Outcome;
use crate::files;
use crate::paths::Paths;

/// The time of files that belong to no commit, in seconds since 1970: the first that every archive format can hold.
const EPOCH: &str = "315532800";

/// Packs a release, with its checksum beside the archive.
///
/// Fails if tar or gzip does.
pub(super) fn pack(paths: &Paths, release: &Release) -> Outcome<PathBuf> {
    let folder = paths.release_bundle();
    let tar = folder.join(format!("{}.tar", release.name));
    run(Command::new("tar")
        .args(["--create", "--sort=name", "--format=ustar", "--owner=0", "--group=0", "--numeric-owner"])
        .args(["--mode=u=rwX,go=rX", &format!("--mtime=@{}", time(paths))])
        .arg("--file")
        .arg(&tar)
        .arg("--directory")
        .arg(&folder)
        .arg(&release.name))?;
    run(Command::new("gzip").args(["--best", "--no-name", "--force"]).arg(&tar))?;
    let archive = tar.with_extension("tar.gz");
    let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sum = format!("{}  {name}\n", checksums::of_file(&archive)?);
    files::write(&folder.join(format!("{name}.sha256")), sum.as_bytes())?;
    Ok(archive)
}

/// `$SOURCE_DATE_EPOCH`, or the time of the last commit. Two releases must differ in it: web servers make the tags that
/// say "unchanged" from time and length.
fn time(paths: &Paths) -> String {
    let is_time = |text: &String| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().filter(is_time);
    let committed = || {
        let mut git = Command::new("git");
        git.args(["log", "-1", "--format=%ct"]).current_dir(&paths.root).stderr(std::process::Stdio::null());
        read(&mut git).ok().filter(is_time)
    };
    set.or_else(committed).unwrap_or_else(|| EPOCH.to_owned())
}
