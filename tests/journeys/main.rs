//! A person's way through the built pages, in a headless Chromium, against the simulator.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a journey that cannot go on fails"
)]

mod browser;
mod files;
mod story;
mod windows;

mod accessibility;
mod attacks;
mod cancelling;
mod embedding;
mod failed_imports;
mod first_listing;
mod graph_troubles;
mod host_troubles;
mod keyboard;
mod kinds_of_hosts;
mod large_folders;
mod links;
mod main_journey;
mod places;
mod refusals;
mod sessions;
mod strangers;
mod touch;
