//! The OneDrive picker for Kaltura MediaSpace without its browser: protocols and configuration as data, and what the
//! user does as states and transitions.
//!
//! Nothing here knows a browser, a clock or randomness: those come in as arguments or as the ports of
//! [`picker::ports`]. `docs/architecture.md` describes the modules.
//!
//! An item is `pub` only if something outside of this crate uses it, so that the compiler reports what nobody uses.

#![deny(unused, dead_code)]

pub mod auth;
pub mod graph;
pub mod host;
pub mod i18n;
pub mod picker;
pub mod registration;
pub mod settings;
pub mod web;
