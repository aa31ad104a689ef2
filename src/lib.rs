//! A OneDrive and SharePoint file picker for Kaltura MediaSpace.
//!
//! The pure modules (everything but `browser` and `ui`) know no browser, no clock and no randomness: those
//! come in as arguments or as the ports of [`picker::ports`]. They are tested natively. `docs/architecture.md`
//! draws the house.

pub mod auth;
pub mod graph;
pub mod host;
pub mod picker;
pub mod registration;
pub mod settings;
pub mod text;
pub mod web;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
