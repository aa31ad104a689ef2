//! A OneDrive and SharePoint file picker for Kaltura MediaSpace: the part that needs a browser.
//!
//! [`browser`] carries out what `onedrive_picker_core` leaves to the outside, [`ui`] shows its states. Both exist for
//! `wasm32` only.

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
