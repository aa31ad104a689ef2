//! The few facts of the web platform that every room shares, as data: an origin, one HTTP exchange.

mod http;
mod origin;
mod percent;

pub use http::{Method, Request, Response, TransportError};
pub use origin::{Origin, OriginError};
pub use percent::{decode_component, encode_component};
