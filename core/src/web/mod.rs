//! The few facts of the web platform that every room shares, as data: an origin, one HTTP exchange, the
//! members of a JSON object.

mod http;
mod members;
mod origin;
mod percent;

pub use http::{Method, Request, Response, TransportError};
pub use members::{Malformed, Members};
pub use origin::{Origin, OriginError};
pub use percent::{decode_component, encode_component};
