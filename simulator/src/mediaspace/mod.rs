//! The MediaSpace site: My Media, and the module `onedrive`, which serves the picker.

mod assets;
mod my_media;
mod picker_page;
mod policy;
mod router;
mod settings;
mod site;
#[cfg(test)]
mod tests;

pub(crate) use assets::kit;
pub(crate) use router::router;
pub use site::Site;
