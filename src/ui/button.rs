//! Buttons: verbs in sentence case. One primary button per screen.

use leptos::prelude::*;

/// A button with a text.
#[component]
pub fn Button(
    /// The classes of its kind: `primary`, `quiet`, `slim`, `wide`.
    #[prop(optional)]
    kind: &'static str,
    /// Whether it can be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What happens.
    press: impl Fn() + 'static,
    /// Its text.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=["button ", kind].concat() prop:disabled=disabled on:click=move |_| press()>
            {children()}
        </button>
    }
}
