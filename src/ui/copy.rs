//! "Copy details": codes, times and trace ids for support; never a token.

use super::speech::say;
use crate::browser::copy_text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::i18n::Message;

/// A button that copies a text and says so.
#[component]
pub fn CopyDetails(
    /// What is copied.
    details: String,
    /// Further classes of the button: `slim`.
    #[prop(optional)]
    class: &'static str,
    /// The words of the button.
    #[prop(default = Message::CopyDetails)]
    label: Message,
    /// The words once it is copied.
    #[prop(default = Message::DetailsCopied)]
    copied_label: Message,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let details = details.clone();
        spawn_local(async move {
            if copy_text(&details).await {
                copied.set(true);
            }
        });
    };
    view! {
        <button type="button" class=["button ", class].concat() on:click=copy>
            {move || say(if copied.get() { copied_label } else { label })}
        </button>
    }
}
