//! The search field. Searching starts a moment after the last letter; Escape or the cross clears it.
//!
//! ARIA: `searchbox`. Keys: `/` anywhere focuses it, Enter searches at once, Escape clears, ArrowDown goes to the rows.

use super::app::App;
use super::icon::{Icon, Shape};
use super::speech::say;
use gloo_timers::callback::Timeout;
use leptos::html::Input;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// Milliseconds without a letter after which the search starts.
const PAUSE: u32 = 300;

/// The field with its clear button.
#[component]
pub fn SearchBox() -> impl IntoView {
    let app = App::here();
    let input = NodeRef::<Input>::new();
    let pause = StoredValue::new_local(None::<Timeout>);

    Effect::new(move |_| {
        app.search_focus.track();
        if app.search_focus.get_untracked() > 0
            && let Some(input) = input.get_untracked()
        {
            let _ = input.focus();
            input.select();
        }
    });
    let typed = move |value: String| {
        app.search_text.set(value);
        pause.set_value(Some(Timeout::new(PAUSE, move || app.search_now())));
    };
    let clear = move || {
        pause.set_value(None);
        app.search_text.set(String::new());
        app.search_now();
    };
    view! {
        <label class="search" data-filled=move || (!app.search_text.with(String::is_empty)).then_some("")>
            <Icon shape=Shape::Search class="small" />
            <input
                type="search"
                role="searchbox"
                aria-label=say(Message::Search)
                placeholder=say(Message::Search)
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                node_ref=input
                prop:value=move || app.search_text.get()
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" => {
                        pause.set_value(None);
                        app.search_now();
                    }
                    "Escape" if !app.search_text.with_untracked(String::is_empty) => {
                        event.prevent_default();
                        event.stop_propagation();
                        clear();
                    }
                    "ArrowDown" => {
                        event.prevent_default();
                        app.focus_rows();
                    }
                    _ => {}
                }
            />
            <Show when=move || !app.search_text.with(String::is_empty)>
                <button
                    type="button"
                    class="button quiet tool"
                    aria-label=say(Message::ClearSearch)
                    on:click=move |event| {
                        event.prevent_default();
                        clear();
                        if let Some(input) = input.get_untracked() {
                            let _ = input.focus();
                        }
                    }
                >
                    <Icon shape=Shape::Close class="small" />
                </button>
            </Show>
        </label>
    }
}
