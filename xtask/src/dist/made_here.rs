//! A release tells nothing of the machine that it was made on.

use std::fs;
use std::path::Path;

use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;

/// What a path of somebody's machine looks like, whoever's it is.
const TRACES: [&str; 3] = ["/.cargo/registry/", "/.rustup/toolchains/", "/target/wasm32-unknown-unknown/"];

/// Looks for traces of this machine in every file.
///
/// Fails with the name of the first file that has one.
pub(super) fn check(paths: &Paths, folder: &Path) -> Outcome {
    let own = [paths.root.as_path(), paths.cache.as_path()];
    let own = own.iter().map(|path| format!("{}/", path.display()));
    let traces: Vec<String> = TRACES.iter().map(|trace| (*trace).to_owned()).chain(own).collect();
    for file in files::below(folder)? {
        let content = fs::read(&file).attempting(file.display())?;
        if let Some(trace) = traces.iter().find(|trace| contains(&content, trace.as_bytes())) {
            let below = file.strip_prefix(folder).unwrap_or(&file);
            return Err(Failure::new(format!("{}: holds a path of this machine ({trace})", below.display())));
        }
    }
    Ok(())
}

fn contains(content: &[u8], trace: &[u8]) -> bool {
    content.windows(trace.len()).any(|window| window == trace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_trace_anywhere_in_a_file() {
        let folder = std::env::temp_dir().join(format!("onedrive-picker-traces-{}", std::process::id()));
        let paths = Paths::find().unwrap();
        files::write(&folder.join("site/a.wasm"), b"\0asm/rustc/1/library/core.rs").unwrap();
        assert!(check(&paths, &folder).is_ok());
        files::write(&folder.join("site/b.wasm"), b"\0asm/home/x/.cargo/registry/src/y.rs").unwrap();
        let failure = check(&paths, &folder).unwrap_err();
        fs::remove_dir_all(&folder).unwrap();
        assert!(failure.to_string().starts_with("site/b.wasm:"), "{failure}");
    }
}
