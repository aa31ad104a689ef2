//! What the user is doing: place, listing, search, basket, hand-over; states and transitions, and the ports to
//! the outside.

pub mod ports;
