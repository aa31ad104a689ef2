//! The Leptos components, one per file. Each reads the signals of [`app::App`] and calls its methods.

#![allow(clippy::needless_pass_by_value, reason = "components take their props by value")]

pub mod above;
pub mod account;
pub mod app;
pub mod banner;
pub mod built;
pub mod busy;
pub mod button;
pub mod caveat;
pub mod chunk;
pub mod chunk_notice;
pub mod column_heads;
pub mod copy;
pub mod element;
pub mod empty;
pub mod grid;
pub mod icon;
pub mod importing;
pub mod in_sight;
pub mod keys_dialog;
pub mod later;
pub mod link_dialog;
pub mod list_keys;
pub mod listing;
pub mod menu;
pub mod name;
pub mod places;
pub mod preview;
pub mod problem;
pub mod refusal;
mod root;
pub mod row;
pub mod search_box;
pub mod search_scope;
pub mod setup;
pub mod sign_in;
pub mod sign_in_state;
pub mod sign_in_step;
pub mod sign_in_words;
pub mod sorter;
pub mod speech;
pub mod state;
pub mod stuck;
pub mod thumbnail;
pub mod tiles;
pub mod toolbar;
pub mod touch;
pub mod tray;
pub mod troubles;
pub mod words;

pub use app::App;
pub use chunk::{Chunk, Chunks};
pub use later::Later;
pub use root::mount;
pub use sign_in_step::SignInStep;
