//! "Stuck at Microsoft's page?": some errors are shown there and never come back. The code that it shows finds the advice.

use super::problem::Advice;
use super::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::auth::{Problem, find_aadsts};
use onedrive_picker_core::i18n::Message;

/// The help, once it is wanted.
#[component]
pub fn Stuck() -> impl IntoView {
    let code = RwSignal::new(String::new());
    view! {
        <p class="quietly">{say(Message::StuckText)}</p>
            <input
                class="plain-field"
                aria-label=say(Message::StuckCode)
                placeholder="AADSTS50011"
                maxlength="2000"
                autocomplete="off"
                spellcheck="false"
                dir="ltr"
                on:input=move |event| code.set(event_target_value(&event))
            />
            <div role="status">
                {move || {
                    let code = code.get();
                    let number = find_aadsts(&code).or_else(|| code.trim().parse().ok());
                    match number {
                        Some(number) => {
                            match Problem::of_aadsts(number) {
                                Some(problem) => Some(view! { <Advice problem /> }.into_any()),
                                None => Some(say(Message::StuckUnknown).into_any()),
                            }
                        }
                        None => None,
                    }
                }}
            </div>
    }
}
