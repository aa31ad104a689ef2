//! The simulator: Microsoft sign-in, Microsoft Graph, Kaltura and MediaSpace in one program, each party on an
//! origin of its own, for demos and tests.
//!
//! ```no_run
//! # async fn story() -> Result<(), onedrive_simulator::StartError> {
//! use onedrive_simulator::{Options, Simulator};
//!
//! let simulator = Simulator::start(Options::for_tests("dist", "host")).await?;
//! simulator.site().set("userRole", "viewerRole");
//! simulator.kaltura().switch(|switches| switches.restrict_file_types = true);
//! let address = simulator.my_media();
//! # Ok(()) }
//! ```

mod clock;
mod control;
pub mod drive;
pub mod graph;
mod hosts;
pub mod identity;
pub mod kaltura;
mod lms;
mod mediaspace;
mod options;
mod origins;
mod page;
mod running;
#[cfg(test)]
mod tests;

pub use clock::{Clock, Time};
pub use mediaspace::Site;
pub use options::{APPLICATION_ID, Options, Ports};
pub use origins::Origins;
pub use running::{Running, Simulator, StartError};
