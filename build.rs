//! Has the linker say where it puts the data of the picker: the build sends data that only late code reads with that code
//! (`xtask/src/build/split`).

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_wasm = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    // target/wasm32-unknown-unknown/release/build/onedrive-picker-…/out
    if let (true, Some(folder)) = (is_wasm, Path::new(&out).ancestors().nth(3)) {
        println!("cargo::rustc-link-arg-bin=onedrive-picker=--Map={}", folder.join("picker.map").display());
    }
}
