//! The steps at the inline start. ARIA: `navigation` with a list of buttons; the open step has `aria-current`.

use super::copy_value::CopyButton;
use super::root::share_link;
use super::site_words::underscores;
use super::state::Setup;
use super::step::Step;
use super::tell::tell;
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::ReadSite;

/// The steps, and the link to what was entered.
#[component]
pub fn Rail() -> impl IntoView {
    let setup = Setup::here();
    view! {
        <nav aria-label=tell(SetupMessage::Steps)>
            <p class="brand">
                <Icon shape=Shape::Cloud />
                {tell(SetupMessage::Title)}
            </p>
            <ol class="steps">
                {Step::ALL.into_iter().map(|step| view! { <StepLine step /> }).collect_view()}
            </ol>
            <div class="share">
                <CopyButton
                    what=tell(SetupMessage::Share)
                    text=share_link(setup)
                    label=SetupMessage::Share
                />
                <p class="quietly">{tell(SetupMessage::ShareText)}</p>
                <button type="button" class="link" on:click=move |_| setup.start_over()>
                    {tell(SetupMessage::StartOver)}
                </button>
            </div>
        </nav>
    }
}

#[component]
fn StepLine(
    /// Which step.
    step: Step,
) -> impl IntoView {
    let setup = Setup::here();
    let is_current = Memo::new(move |_| setup.step.get() == step);
    let is_done = Memo::new(move |_| !is_current.get() && setup.is_complete(step));
    let under = move || match step {
        Step::Site => setup.site.with(|site| site.as_ref().ok().map(short_name)),
        Step::Register => Some(tell(SetupMessage::StepRegisterWhere)),
        Step::Module => Some(tell(SetupMessage::StepModuleWhere)),
        Step::Permissions | Step::Try | Step::Session => None,
    };
    view! {
        <li class="step" data-done=move || is_done.get().then_some("") data-current=move || is_current.get().then_some("")>
            <button
                type="button"
                aria-current=move || is_current.get().then_some("step")
                on:click=move |_| setup.open(step)
            >
                <i aria-hidden="true">
                    {move || match is_done.get() {
                        true => view! { <Icon shape=Shape::Check class="small" /> }.into_any(),
                        false => step.number().to_string().into_any(),
                    }}
                </i>
                <span>
                    {tell(step.label())}
                    {move || is_done.get().then(|| view! { <span class="hidden">", " {tell(SetupMessage::StepDone)}</span> })}
                    <small>{under}</small>
                </span>
            </button>
        </li>
    }
}

/// The first name of a host such as `demo.mediaspace.example`, or the whole of a shorter one.
fn short_name(read: &ReadSite) -> String {
    let host = match underscores(read) {
        Some((before, _)) => before,
        None => read.site.origin().as_str().split("://").last().unwrap_or_default(),
    };
    match host.split_once('.') {
        Some((name, rest)) if rest.contains('.') && name != "www" => name.to_owned(),
        _ => host.to_owned(),
    }
}
