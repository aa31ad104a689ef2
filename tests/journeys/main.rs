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

mod assistant;
mod browser;
mod driver;
mod engine;
mod files;
mod focus;
mod leaks;
mod lenient;
mod requests;
mod servers;
mod story;
mod violations;
mod windows;

mod accessibility;
mod accounts;
mod attacks;
mod blocked_windows;
mod cancelling;
mod choosing;
mod chunks;
mod embedding;
mod failed_imports;
mod first_listing;
mod graph_troubles;
mod host_options;
mod host_troubles;
mod hostile_hosts;
mod import_states;
mod keyboard;
mod kinds_of_hosts;
mod languages;
mod large_folders;
mod links;
mod looks;
mod main_journey;
mod many_imports;
mod ordering;
mod paging_troubles;
mod places;
mod previewing;
mod reading_ahead;
mod refusals;
mod reloads;
mod renewing;
mod searching;
mod serving;
mod sessions;
mod setup_assistant;
mod setup_languages;
mod setup_session;
mod setup_troubles;
mod silence;
mod strangers;
mod strict_policy;
mod thumbnails;
mod touch;
