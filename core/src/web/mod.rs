//! The few facts of the web platform that every room shares, as data: an origin, one HTTP exchange, the
//! members of a JSON object.

mod http;
mod members;
mod origin;
mod percent;

pub use http::{Method, Request, Response, TransportError};
pub use members::Malformed;
pub(crate) use members::Members;
pub use origin::Origin;
pub(crate) use origin::OriginError;
pub(crate) use percent::decode_component;
pub use percent::encode_component;
