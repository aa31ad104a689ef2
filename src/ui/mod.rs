//! The Leptos components.

/// Mounts the picker.
pub fn mount() {}
