//! What the user is doing: place, listing, search, basket, hand-over; states and transitions, and the ports to
//! the outside.
//!
//! | what | where |
//! | --- | --- |
//! | where the user is | [`place`], [`beginning`], [`search`], [`history`], [`cache`], [`prefetch`] |
//! | the rows and their order | [`listing`] on [`rows`] on [`order`], [`natural`], [`sorter`], [`ref_index`] |
//! | what fits and what is chosen | [`wanted`], [`filter`], [`selection`], [`basket`], [`counting`] |
//! | keys, touch and what is in sight | [`keys`], [`typeahead`], [`drag`], [`window`], [`thumbnails`] |
//! | how it is shown | [`name`], [`mod@format`], [`fold`] |
//! | from the choice into Kaltura | [`hand_over`] |
//! | what needs the outside | [`ports`], and what is driven over them |

pub mod basket;
pub mod beginning;
pub mod cache;
pub mod client;
pub mod counting;
pub mod drag;
pub mod filter;
pub(crate) mod fold;
pub mod format;
pub mod hand_over;
pub mod history;
pub mod keys;
pub mod listing;
pub mod name;
pub mod natural;
pub mod order;
pub mod place;
pub mod ports;
pub mod prefetch;
pub(crate) mod ref_index;
pub(crate) mod rows;
pub mod search;
pub mod selection;
pub mod sign_in;
pub mod sorter;
#[cfg(test)]
mod testing;
pub mod thumbnails;
pub mod typeahead;
pub mod wanted;
pub mod window;
