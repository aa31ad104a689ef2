//! Switches for a demo by hand: a page, and the JSON that it sends. Tests use the same switches directly.

mod api;
mod kaltura;
mod microsoft;
mod router;
#[cfg(test)]
mod tests;

pub(crate) use router::router;
