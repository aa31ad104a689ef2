//! Folders full of files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Attempt, Outcome};

/// All files below a folder, in the order of their paths; none if there is no such folder.
///
/// Fails if it cannot be read.
pub(crate) fn below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    for entry in fs::read_dir(folder).attempting(folder.display())? {
        let path = entry.attempting(folder.display())?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes a file, and the folders that lead to it.
///
/// Fails if the system refuses.
pub(crate) fn write(file: &Path, content: &[u8]) -> Outcome {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).attempting(folder.display())?;
    }
    fs::write(file, content).attempting(file.display())
}

/// Copies a file, and makes the folders that lead to the copy.
///
/// Fails if it cannot be read or written.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome {
    write(to, &fs::read(from).attempting(from.display())?)
}

/// Copies all files below a folder.
///
/// Fails if one cannot be read or written.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Outcome {
    for file in below(from)? {
        copy(&file, &to.join(file.strip_prefix(from).unwrap_or(&file)))?;
    }
    Ok(())
}
