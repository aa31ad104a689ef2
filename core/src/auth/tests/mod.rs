//! The judgements of the sign-in, and the attacks that each of them stops.

mod id_token;
mod metadata;
mod problems;
mod request;
mod response;
mod token_request;
