//! Has the linker leave word of what code and data mean by their numbers: the build sends data that only late code reads
//! with that code (`xtask/src/build/split/data.rs`). Nothing of it is deployed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bin=onedrive-picker=--emit-relocs");
        // The data lies behind the stack: with half of the usual one, an address is a byte shorter.
        println!("cargo::rustc-link-arg-bin=onedrive-picker=-zstack-size=524288");
    }
}
