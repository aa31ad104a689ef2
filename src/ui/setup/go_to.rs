//! What stands in the place of a value that cannot be made yet: what is missing, and the way to it.

use super::state::Setup;
use super::step::Step;
use super::tell::{tell, tell_with};
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;

/// What is missing, and a button to its step.
#[component]
pub fn GoTo(
    /// What is missing.
    missing: SetupMessage,
    /// Where it is entered.
    step: Step,
) -> impl IntoView {
    let setup = Setup::here();
    view! {
        <div class="banner note">
            <Icon shape=Shape::Info />
            <p>{tell(missing)}</p>
            <button type="button" class="button slim" on:click=move |_| setup.open(step)>
                {tell_with(SetupMessage::GoToStep, &[("step", &tell(step.label()))])}
            </button>
        </div>
    }
}
