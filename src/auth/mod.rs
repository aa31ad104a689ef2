//! A sign-in as data: request, response, verified session, expiry. No browser in it.

pub mod keys;
