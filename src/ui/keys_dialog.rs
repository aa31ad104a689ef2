//! The list of keys, opened by `?`.
//!
//! ARIA: modal `dialog` by the browser's own element. Keys: Escape closes.

use super::app::App;
use super::icon::{Icon, Shape};
use super::speech::say;
use leptos::html::Dialog;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

const KEYS: [(&str, Message); 8] = [
    ("↑ ↓ Home End", Message::KeysMove),
    ("Enter", Message::KeysOpen),
    ("Space", Message::KeysChoose),
    ("Shift + ↑ ↓", Message::KeysRange),
    ("Ctrl + A", Message::KeysAll),
    ("Backspace", Message::KeysUp),
    ("/", Message::KeysSearch),
    ("?", Message::KeysHelp),
];

/// The dialog; shown while the application says so.
#[component]
pub fn KeysDialog() -> impl IntoView {
    let app = App::here();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    view! {
        <Show when=move || app.keys_shown.get()>
            <dialog
                class="keys"
                aria-label=say(Message::KeysTitle)
                node_ref=dialog
                on:close=move |_| {
                    // The browser has given the focus back to what had it.
                    app.keys_shown.set(false);
                    app.keep_focus();
                }
            >
                <header>
                    <h2>{say(Message::KeysTitle)}</h2>
                    <button
                        type="button"
                        class="button quiet tool"
                        aria-label=say(Message::Close)
                        on:click=move |_| {
                            if let Some(dialog) = dialog.get_untracked() {
                                dialog.close();
                            }
                        }
                    >
                        <Icon shape=Shape::Close />
                    </button>
                </header>
                <dl class="facts">
                    {KEYS
                        .into_iter()
                        .map(|(keys, meaning)| {
                            view! {
                                <dt>
                                    <kbd dir="ltr">{keys}</kbd>
                                </dt>
                                <dd>{say(meaning)}</dd>
                            }
                        })
                        .collect_view()}
                </dl>
            </dialog>
        </Show>
    }
}
