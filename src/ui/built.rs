//! Elements that are built one by one, never written as markup.

/// The value of an attribute, as it is. A nested element whose attributes are all literals, with nothing in it but
/// literals, is made by Leptos from markup (`innerHTML`), which a page may not do under Trusted Types. One attribute by this
/// function, and Leptos builds the element. `tests/markup.rs` finds the elements that need it.
pub const fn built(value: &'static str) -> &'static str {
    value
}
