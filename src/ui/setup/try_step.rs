//! Step 5, "Try it": a real sign-in with the values entered, and every check by name.

use super::check_line::{CheckLine, Spinner};
use super::check_words::check_title;
use super::copy_value::CopyButton;
use super::go_to::GoTo;
use super::module_step::PageSettings;
use super::state::{Run, Setup};
use super::tell::{count, tell, tell_with};
use super::trial::report;
use crate::ui::button::Button;
use crate::ui::copy::CopyDetails;
use crate::ui::icon::{Icon, Shape};
use crate::ui::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::auth::find_aadsts;
use onedrive_picker_core::i18n::{Message, SetupMessage};
use onedrive_picker_core::registration::{CheckName, CheckState};

/// The step.
#[component]
pub fn TryStep() -> impl IntoView {
    let setup = Setup::here();
    view! {
        <p class="lead-in">{tell(SetupMessage::TryLead)}</p>
        <PageSettings />
        {move || match setup.missing() {
            Some((missing, step)) => view! { <GoTo missing step /> }.into_any(),
            None => view! { <SignInPart /> }.into_any(),
        }}
        <Outcome />
        <section aria-labelledby="checks">
            <div class="aside-head">
                <h2 id="checks">{tell(SetupMessage::Checks)}</h2>
                <span class="quietly">
                    {move || {
                        let passed = setup.diagnosis.with(|diagnosis| diagnosis.passed()).to_string();
                        let all = CheckName::ALL.len().to_string();
                        tell_with(SetupMessage::PassedOf, &[("passed", &passed), ("all", &all)])
                    }}
                </span>
                <CopyButton
                    what=tell(SetupMessage::CopyReport)
                    text=Signal::derive(move || report(setup))
                    label=SetupMessage::CopyReport
                />
            </div>
            <ul class="tests">
                {CheckName::ALL.into_iter().map(|name| view! { <NamedCheck name /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn NamedCheck(
    /// Which check.
    name: CheckName,
) -> impl IntoView {
    let setup = Setup::here();
    let state = Memo::new(move |_| setup.diagnosis.with(|diagnosis| diagnosis.state(name).clone()));
    let note = move || {
        let blocker = (state.get() == CheckState::NotReachable)
            .then(|| setup.diagnosis.with(|diagnosis| diagnosis.blocked_by(name)))
            .flatten();
        match blocker {
            Some(blocker) => {
                let blocker = tell(check_title(blocker));
                Some(tell_with(SetupMessage::WaitsFor, &[("check", &blocker)]))
            }
            None => setup.note(name),
        }
    };
    move || view! { <CheckLine title=tell(check_title(name)) state=state.get() note=note() /> }
}

/// The button, and what to do while Microsoft's window is open.
#[component]
fn SignInPart() -> impl IntoView {
    let setup = Setup::here();
    let was_run = Memo::new(move |_| {
        setup.diagnosis.with(|diagnosis| *diagnosis.state(CheckName::RedirectUri) != CheckState::Waiting)
    });
    move || match setup.run.get() {
        Run::Idle => {
            let label = move || match was_run.get() {
                true => tell(SetupMessage::TryAgain),
                false => say(Message::SignIn),
            };
            view! {
                <div class="ways">
                    <Button kind="primary" press=move || setup.begin_sign_in()>
                        {label}
                    </Button>
                </div>
                <Show when=move || was_run.get()>
                    <Stuck />
                </Show>
            }
            .into_any()
        }
        Run::Waiting => view! {
            <div class="banner note" role="status">
                <Spinner />
                <p>{tell(SetupMessage::Waiting)}</p>
            </div>
            <div class="ways">
                <Button press=move || setup.show_window()>{say(Message::ShowWindow)}</Button>
                <Button press=move || setup.begin_sign_in()>{say(Message::OpenWindowAgain)}</Button>
                <Button press=move || setup.give_up()>{tell(SetupMessage::GiveUp)}</Button>
            </div>
            <Stuck />
        }
        .into_any(),
        Run::Blocked => {
            let site = setup.place().own_origin.to_string();
            view! {
                <div class="banner bad note" role="alert">
                    <Icon shape=Shape::Window />
                    <p>{tell_with(SetupMessage::Blocked, &[("site", &site)])}</p>
                </div>
                <div class="ways">
                    <Button kind="primary" press=move || setup.begin_sign_in()>
                        {tell(SetupMessage::TryAgain)}
                    </Button>
                </div>
            }
            .into_any()
        }
        Run::Checking => view! {
            <div class="banner note" role="status">
                <Spinner />
                <p>{tell(SetupMessage::CheckingRest)}</p>
            </div>
        }
        .into_any(),
    }
}

/// Some errors are shown at Microsoft and never come back: their code finds the check and the mend.
#[component]
fn Stuck() -> impl IntoView {
    let setup = Setup::here();
    let typed = move |text: String| {
        let code = find_aadsts(&text).or_else(|| text.trim().parse().ok());
        if let Some(code) = code.filter(|code| *code >= 10_000) {
            setup.note_stuck(code);
        }
    };
    view! {
        <div class="field stuck-code">
            <b>{tell(SetupMessage::StuckTitle)}</b>
            <label class="quietly" for="stuck-code">{tell(SetupMessage::StuckLabel)}</label>
            <input
                id="stuck-code"
                class="value edit"
                dir="ltr"
                autocomplete="off"
                spellcheck="false"
                maxlength="2000"
                on:change=move |event| typed(event_target_value(&event))
            />
        </div>
    }
}

/// What it all comes to.
#[component]
fn Outcome() -> impl IntoView {
    let setup = Setup::here();
    let outcome = Memo::new(move |_| {
        setup.diagnosis.with(|diagnosis| {
            let states = diagnosis.checks().iter().map(|check| &check.state);
            let failed = states.clone().filter(|state| matches!(state, CheckState::Failed { .. })).count();
            let is_over = *diagnosis.state(CheckName::RedirectUri) != CheckState::Waiting
                && states.clone().all(|state| *state != CheckState::Running);
            let is_signed_in = *diagnosis.state(CheckName::Me) == CheckState::Passed;
            (is_over && setup.run.get() == Run::Idle, failed, is_signed_in)
        })
    });
    move || match outcome.get() {
        (true, 0, true) => {
            let site = setup.place().own_origin.to_string();
            Some(
                view! {
                    <div class="banner good note" role="status">
                        <Icon shape=Shape::Check />
                        <div>
                            <b>{tell(SetupMessage::AllPassed)}</b>
                            <p class="quietly">{tell_with(SetupMessage::AllPassedText, &[("site", &site)])}</p>
                        </div>
                    </div>
                }
                .into_any(),
            )
        }
        (true, failed, _) if failed > 0 => Some(
            view! {
                <div class="banner bad note" role="alert">
                    <Icon shape=Shape::Warning />
                    <p>{count(setup.speech, SetupMessage::SomeFailed, failed)}</p>
                    <CopyDetails details=report(setup) class="slim" />
                </div>
            }
            .into_any(),
        ),
        _ => None,
    }
}
