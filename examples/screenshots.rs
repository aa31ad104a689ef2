//! Takes a picture of every screen in `dist/`, against the simulator, for `docs/screenshots/`. `cargo xtask screenshots` runs it.
#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(
        dead_code,
        unused_imports,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::print_stdout,
        reason = "it shares the steps of the journeys, and stops where it cannot go on"
    )
)]

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/browser.rs"]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/driver.rs"]
mod driver;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/engine.rs"]
mod engine;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/files.rs"]
mod files;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/leaks.rs"]
mod leaks;
#[cfg(not(target_arch = "wasm32"))]
#[path = "screenshots/screens.rs"]
mod screens;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/story.rs"]
mod story;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/journeys/windows.rs"]
mod windows;

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).expect("the folder that the pictures go into");
    screens::take_all(std::path::Path::new(&folder)).await;
}

#[cfg(target_arch = "wasm32")]
fn main() {}
