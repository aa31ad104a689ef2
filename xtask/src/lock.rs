//! What `Cargo.lock` says about a crate.

use std::fs;

use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// The version of a crate.
///
/// Fails if it is not there.
pub(crate) fn version(paths: &Paths, package: &str) -> Outcome<String> {
    let file = paths.root.join("Cargo.lock");
    let lock = fs::read_to_string(&file).attempting(file.display())?;
    version_in(&lock, package)
        .ok_or_else(|| Failure::new(format!("Cargo.lock names no {package}; run: cargo update")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
    after.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_exactly_that_package() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.80\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }

    /// Version 1.1 and later link Unicode tables into the picker: 38 kB in brotli for host names that are ASCII.
    /// `cargo update -p idna_adapter --precise 1.0.0` mends this.
    #[test]
    fn keeps_the_unicode_tables_of_idna_out() {
        let paths = Paths::find().unwrap();
        assert_eq!(version(&paths, "idna_adapter").unwrap(), "1.0.0");
    }
}
