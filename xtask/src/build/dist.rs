//! The folder `dist/` while it is put together.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::placeholders::Placeholders;
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// Files on their way to `dist/`, which changes only when all of them are there.
pub(super) struct Dist {
    folder: PathBuf,
}

impl Dist {
    /// Starts with an empty folder.
    ///
    /// Fails if an old one cannot be removed.
    pub(super) fn begin(paths: &Paths) -> Outcome<Self> {
        let folder = paths.staging().join("dist");
        if folder.exists() {
            fs::remove_dir_all(&folder).attempting(folder.display())?;
        }
        fs::create_dir_all(&folder).attempting(folder.display())?;
        Ok(Self { folder })
    }

    /// Adds an asset named after its content, and says how it is called.
    ///
    /// Fails if it cannot be written.
    pub(super) fn add(&mut self, stem: &str, extension: &str, content: &[u8]) -> Outcome<String> {
        let name = format!("{stem}-{}.{extension}", digest(content));
        self.write(&name, content)?;
        Ok(name)
    }

    /// Adds a file under exactly this name.
    ///
    /// Fails if it cannot be written.
    pub(super) fn write(&mut self, name: &str, content: &[u8]) -> Outcome {
        let file = self.folder.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).attempting(folder.display())?;
        }
        fs::write(&file, content).attempting(file.display())
    }

    /// Adds a folder as it is.
    ///
    /// Fails if something in it cannot be read.
    pub(super) fn copy_folder(&mut self, from: &Path, name: &str) -> Outcome {
        for file in files_in(from)? {
            let below = format!("{name}/{}", file.file_name().unwrap_or_default().to_string_lossy());
            if file.is_dir() {
                self.copy_folder(&file, &below)?;
            } else {
                self.write(&below, &fs::read(&file).attempting(file.display())?)?;
            }
        }
        Ok(())
    }

    /// Makes it `dist/`, and notes which asset is called how.
    ///
    /// Fails if the old one cannot be replaced.
    pub(super) fn finish(self, paths: &Paths, placeholders: &Placeholders) -> Outcome {
        let dist = paths.dist();
        if dist.exists() {
            fs::remove_dir_all(&dist).attempting(dist.display())?;
        }
        fs::rename(&self.folder, &dist).attempting(dist.display())?;
        let names = names_file(paths);
        fs::write(&names, format!("{:#}\n", placeholders.names())).attempting(names.display())
    }
}

/// What the assets of the last build are called, by placeholder.
///
/// Fails if nothing was built yet.
pub(crate) fn names(paths: &Paths) -> Outcome<Value> {
    let nothing = || Failure::new("there is nothing in dist/ yet; run: cargo xtask build");
    let text = fs::read_to_string(names_file(paths)).map_err(|_| nothing())?;
    if !paths.dist().is_dir() {
        return Err(nothing());
    }
    serde_json::from_str(&text).attempting("target/pages/names.json")
}

fn names_file(paths: &Paths) -> PathBuf {
    paths.staging().join("names.json")
}

/// The files of a folder in the order of their names; none if there is no such folder.
///
/// Fails if it cannot be read.
pub(super) fn files_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).attempting(folder.display())?;
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .attempting(folder.display())?;
    files.sort();
    Ok(files)
}

/// The first 16 hexadecimal digits of the SHA-256 of some content: enough to tell any two builds apart.
pub(super) fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}
