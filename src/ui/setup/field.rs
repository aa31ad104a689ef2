//! Fields to fill in: a label, a line, what is wrong with it. A pasted client secret is taken out at once.

use super::state::Setup;
use super::tell::tell;
use crate::ui::icon::{Icon, Shape};
use leptos::ev::Event;
use leptos::prelude::*;
use onedrive_picker_core::auth::looks_like_client_secret;
use onedrive_picker_core::i18n::SetupMessage;
use web_sys::HtmlInputElement;

/// A line of text.
#[component]
pub fn TextField(
    /// Its id in the page.
    id: &'static str,
    /// Its label.
    label: SetupMessage,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what was typed.
    enter: impl Fn(String) + 'static,
    /// What is wrong, said once the field was left or Next was pressed.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Whether what stands in it is right.
    #[prop(optional, into)]
    good: Signal<bool>,
    /// What to know.
    #[prop(optional, into)]
    hint: Option<String>,
    /// A button at the end of the line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let setup = Setup::here();
    let left = RwSignal::new(false);
    let secret = RwSignal::new(false);
    let input = move |event: Event| {
        let field: HtmlInputElement = event_target(&event);
        let text = field.value();
        if looks_like_client_secret(&text) {
            field.set_value("");
            secret.set(true);
            enter(String::new());
        } else {
            secret.set(false);
            enter(text);
        }
    };
    let wrong = move || problem.get().filter(|_| !secret.get() && (left.get() || setup.pressed.get()));
    let hint_id = [id, "-hint"].concat();
    let wrong_id = [id, "-wrong"].concat();
    let described = {
        let (hint_id, wrong_id) = (hint_id.clone(), wrong_id.clone());
        let has_hint = hint.is_some();
        move || match (wrong().is_some(), has_hint) {
            (true, _) => Some(wrong_id.clone()),
            (false, true) => Some(hint_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <label for=id>{tell(label)}</label>
            <div class="value edit">
                <input
                    id=id
                    name=id
                    dir="ltr"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="2000"
                    prop:value=value
                    aria-invalid=move || (secret.get() || wrong().is_some()).then_some("true")
                    aria-describedby=described
                    on:input=input
                    on:change=move |_| left.set(true)
                />
                <Show when=move || good.get()>
                    <span class="state good">
                        <Icon shape=Shape::Check />
                    </span>
                </Show>
                {children.map(|children| children())}
            </div>
            {hint.map(|hint| view! { <span class="quietly" id=hint_id>{hint}</span> })}
            <div id=wrong_id class="wrong" role="alert">
                {move || wrong().map(|text| view! { <p class="quietly bad">{text}</p> })}
                <Show when=move || secret.get()>
                    <SecretRemoved />
                </Show>
            </div>
        </div>
    }
}

/// Why a pasted client secret is gone.
#[component]
fn SecretRemoved() -> impl IntoView {
    view! {
        <div class="banner bad note">
            <Icon shape=Shape::Warning />
            <div>
                <b>{tell(SetupMessage::SecretTitle)}</b>
                <p class="quietly">{tell(SetupMessage::SecretText)}</p>
                <p class="quietly">{tell(SetupMessage::SecretInstead)}</p>
            </div>
        </div>
    }
}

/// A choice from a short list.
#[component]
pub fn Choice(
    /// Its id in the page.
    id: &'static str,
    /// Its label.
    label: SetupMessage,
    /// The value and the words of each.
    options: Vec<(&'static str, String)>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Takes another value.
    choose: impl Fn(String) + 'static,
    /// What to know.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let hint_id = [id, "-hint"].concat();
    view! {
        <div class="field">
            <label for=id>{tell(label)}</label>
            <select
                id=id
                name=id
                class="value edit"
                aria-describedby=hint.is_some().then(|| hint_id.clone())
                on:change=move |event| choose(event_target_value(&event))
            >
                {options
                    .into_iter()
                    .map(|(name, text)| {
                        view! {
                            <option value=name prop:selected=move || value.get() == name>
                                {text}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            {hint.map(|hint| view! { <span class="quietly" id=hint_id>{hint}</span> })}
        </div>
    }
}
