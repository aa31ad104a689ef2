//! Values to enter elsewhere, each with a button that copies it.

use super::state::Setup;
use super::tell::{fill, tell, tell_with};
use crate::browser::copy_text;
use crate::ui::built::built;
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::i18n::SetupMessage;
use std::time::Duration;

/// How long a button says that it copied.
const SAYS_COPIED: Duration = Duration::from_secs(2);

/// A button that copies a text and says so. Its accessible name says what it copies.
#[component]
pub fn CopyButton(
    /// What is copied, in words.
    what: String,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// The words of the button.
    #[prop(default = SetupMessage::Copy)]
    label: SetupMessage,
) -> impl IntoView {
    let setup = Setup::here();
    let copied = RwSignal::new(false);
    let name = match label {
        SetupMessage::Copy => tell_with(SetupMessage::CopyWhat, &[("what", &what)]),
        other => tell(other),
    };
    let copied_name = tell_with(SetupMessage::CopiedWhat, &[("what", &what)]);
    let copy = move |_| {
        let what = what.clone();
        spawn_local(async move {
            if copy_text(&text.get_untracked()).await {
                copied.set(true);
                setup.copy_refused.set(false);
                setup.announcement.set(fill(setup.speech, SetupMessage::CopiedWhat, &[("what", &what)]));
                set_timeout(
                    move || {
                        let _ = copied.try_set(false);
                    },
                    SAYS_COPIED,
                );
            } else {
                setup.copy_refused.set(true);
            }
        });
    };
    view! {
        <button
            type="button"
            class="button slim copy"
            aria-label=move || if copied.get() { copied_name.clone() } else { name.clone() }
            on:click=copy
        >
            {move || match copied.get() {
                true => view! { <Icon shape=Shape::Check class="small" /> }.into_any(),
                false => view! { <CopyIcon /> }.into_any(),
            }}
            {move || tell(if copied.get() { SetupMessage::Copied } else { label })}
        </button>
    }
}

/// One sheet before another.
const SHEETS: &str = "M8.25 6.75h7a1.5 1.5 0 0 1 1.5 1.5v7.5a1.5 1.5 0 0 1 -1.5 1.5h-7a1.5 1.5 0 0 1 -1.5 -1.5v-7.5a1.5 1.5 0 0 1 1.5 -1.5zM13.25 6.75v-2.5c0-.83-.67-1.5-1.5-1.5h-7c-.83 0-1.5.67-1.5 1.5v7.5c0 .83.67 1.5 1.5 1.5h2";

/// Two sheets. Among the picker's icons there is none: it copies nothing but details.
#[component]
fn CopyIcon() -> impl IntoView {
    view! {
        <svg class="icon small" viewBox="0 0 20 20" aria-hidden="true">
            <path d=built(SHEETS) />
        </svg>
    }
}

/// A value with its label. ARIA: `group` named by the label.
#[component]
pub fn CopyValue(
    /// What it is called at Microsoft or Kaltura.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// How it is shown, if not as it is.
    #[prop(optional)]
    shown: Option<AnyView>,
    /// Whether there is something to copy; a choice from a list is not.
    #[prop(default = true)]
    copies: bool,
) -> impl IntoView {
    let shown = shown.unwrap_or_else(|| match copies {
        true => view! { <code dir="ltr" translate="no">{move || value.get()}</code> }.into_any(),
        false => view! { <span>{move || value.get()}</span> }.into_any(),
    });
    view! {
        <div class="field" role="group" aria-label=move || label.get()>
            <b aria-hidden="true">{move || label.get()}</b>
            <div class="value">
                {shown}
                {copies
                    .then(|| {
                        view! { <CopyButton what=label.get_untracked() text=value /> }
                    })}
            </div>
        </div>
    }
}

/// A longer text, such as a script, shown as it is.
#[component]
pub fn CopyBlock(
    /// What it is.
    what: SetupMessage,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="block">
            <pre tabindex="0" role="region" aria-label=tell(what) dir="ltr" translate="no">
                <code>{move || text.get()}</code>
            </pre>
            <CopyButton what=tell(what) text />
        </div>
    }
}
