//! "From a link": a pasted address of a file or folder is looked for; a folder opens, a file is put into the choice.
//!
//! ARIA: modal `dialog` by the browser's own element, what went wrong in an `alert`. Keys: Enter opens, Escape closes.

use super::app::App;
use super::button::Button;
use super::icon::{Icon, Shape};
use super::speech::say;
use leptos::ev::SubmitEvent;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// How far the search for what is behind a link is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LinkState {
    /// The dialog is closed.
    #[default]
    Closed,
    /// A link can be pasted.
    Asking,
    /// Microsoft is being asked.
    Looking,
    /// It did not lead anywhere, and why.
    Failed(String),
}

/// The dialog; shown while the application says so.
#[component]
pub fn LinkDialog() -> impl IntoView {
    let app = App::here();
    let (dialog, field) = (NodeRef::<Dialog>::new(), NodeRef::<Input>::new());
    let is_open = Memo::new(move |_| app.link.with(|link| *link != LinkState::Closed));
    let is_looking = Memo::new(move |_| app.link.with(|link| *link == LinkState::Looking));
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            app.open_link(&field.value());
        }
    };
    view! {
        <Show when=move || is_open.get()>
            <dialog
                class="keys link-dialog"
                aria-label=say(Message::FromLink)
                node_ref=dialog
                on:close=move |_| app.close_link()
            >
                <form novalidate on:submit=submit>
                    <h2>{say(Message::FromLink)}</h2>
                    <p class="quietly">{say(Message::LinkText)}</p>
                    <input
                        class="plain-field"
                        type="url"
                        inputmode="url"
                        aria-label=say(Message::LinkField)
                        placeholder="https://"
                        dir="ltr"
                        autocomplete="off"
                        spellcheck="false"
                        maxlength="2048"
                        node_ref=field
                    />
                    {move || match app.link.get() {
                        LinkState::Failed(why) => {
                            view! {
                                <p class="wrong" role="alert">
                                    {why}
                                </p>
                            }
                                .into_any()
                        }
                        LinkState::Looking => view! { <p role="status">{say(Message::LinkLooking)}</p> }.into_any(),
                        LinkState::Closed | LinkState::Asking => ().into_any(),
                    }}
                    <div class="actions">
                        <Button kind="quiet" press=move || app.close_link()>
                            {say(Message::Cancel)}
                        </Button>
                        <button type="submit" class="button primary" prop:disabled=move || is_looking.get()>
                            {say(Message::OpenLink)}
                        </button>
                    </div>
                </form>
            </dialog>
        </Show>
    }
}

/// What opens the dialog, among the places.
#[component]
pub fn LinkButton() -> impl IntoView {
    let app = App::here();
    view! {
        <button
            type="button"
            class="place from-link"
            aria-haspopup="dialog"
            aria-label=say(Message::FromLink)
            on:click=move |_| app.ask_for_link()
        >
            <Icon shape=Shape::Link />
            <span>{say(Message::FromLink)}</span>
        </button>
    }
}
