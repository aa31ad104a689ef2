//! The set-up assistant: Kaltura's article as five steps that end in a live check, and a check of Kaltura sessions. An entry of its own; the picker's page
//! carries nothing of it.

#![allow(clippy::needless_pass_by_value, reason = "a component owns its props")]

pub mod check_line;
pub mod check_words;
pub mod copy_value;
pub mod field;
pub mod go_to;
pub mod history;
pub mod kept;
pub mod live_check;
pub mod module_step;
pub mod permissions_step;
pub mod rail;
pub mod register_step;
mod root;
pub mod session_step;
pub mod shortcuts;
pub mod site_step;
pub mod site_words;
pub mod special;
pub mod start;
pub mod state;
pub mod step;
pub mod tell;
pub mod trial;
pub mod try_step;

pub use root::mount;
