//! The simulated tenants: accounts, drives and libraries, their items and the bytes behind them; the origin of
//! pre-authenticated links; faults to switch on; the log of requests.

mod access;
mod account;
mod account_table;
mod builder;
mod colleague;
mod content;
mod downloads;
mod faults;
mod item;
mod large;
mod library;
mod link;
mod moment;
mod odd;
mod picture;
mod plan;
mod quick_xor_hash;
mod request_log;
mod retime;
mod showcase;
mod site;
mod slow;
mod stream;
mod tenant;
mod test_link;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod text;
mod world;

pub use access::Access;
pub use account::{Account, DrivePlan, SignIn};
pub use content::{Clip, Content};
pub use downloads::downloads_router;
pub use faults::{Fault, FaultKind, Faults, Party};
pub use item::{Audience, Body, File, Item, Shared, Target, Thumbnail};
pub use library::{Drive, DriveKind};
pub use moment::Moment;
pub use quick_xor_hash::QuickXorHash;
pub use request_log::{RequestLog, RequestRecord};
pub use site::Site;
pub use tenant::{Consent, Tenant};
pub use world::{Switches, World};

pub(crate) use faults::{apply_before, spoil};
pub(crate) use slow::slow_down;
pub(crate) use stream::{ByteStream, reply};
pub(crate) use test_link::{TestFile, test_link};
pub(crate) use text::{decode, encode, fingerprint, guid, parse_query};
