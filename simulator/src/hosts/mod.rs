//! Pages of other hosts: one for Microsoft's File Picker v8, one for OneDrive.js 7.2, one with the custom element.

mod router;
#[cfg(test)]
mod tests;

pub(crate) use router::router;
