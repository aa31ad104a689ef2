//! The simulator: Microsoft sign-in, Microsoft Graph, Kaltura and MediaSpace in one program, each party on an
//! origin of its own, for demos and tests.

pub mod drive;
pub mod graph;
pub mod identity;
mod origins;

pub use origins::Origins;
