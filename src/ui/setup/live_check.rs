//! The live check at the inline end: the whole set-up in four lines, at every step.

use super::check_line::CheckLine;
use super::site_words::{site_problem, underscores};
use super::state::{Run, Setup};
use super::tell::{tell, tell_with};
use super::trial::report;
use crate::ui::copy::CopyDetails;
use crate::ui::icon::{Icon, Shape};
use crate::ui::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::i18n::{Message, SetupMessage};
use onedrive_picker_core::registration::{CheckName, CheckState, ReadSite, SiteError};

/// The panel.
#[component]
pub fn LiveCheck() -> impl IntoView {
    let setup = Setup::here();
    let summary = move |names: &[CheckName]| setup.diagnosis.with(|diagnosis| diagnosis.summary(names));
    let states = move || {
        [
            setup.site.with(Result::is_ok),
            summary(&CheckName::PAGE) == CheckState::Passed,
            summary(&CheckName::RETURN) == CheckState::Passed,
            summary(&CheckName::TOKENS) == CheckState::Passed,
        ]
    };
    let passed = move || {
        let states = states();
        let passed = states.iter().filter(|passed| **passed).count();
        tell_with(
            SetupMessage::PassedOf,
            &[("passed", &passed.to_string()), ("all", &states.len().to_string())],
        )
    };
    view! {
        <aside aria-label=tell(SetupMessage::LiveCheck)>
            <div class="aside-head">
                <h2>{tell(SetupMessage::LiveCheck)}</h2>
                <span class="quietly" role="status">{passed}</span>
            </div>
            <ul class="tests">
                {move || setup.site.with(address)}
                {move || page(setup, summary(&CheckName::PAGE))}
                {move || back(summary(&CheckName::RETURN))}
                {move || tokens(summary(&CheckName::TOKENS))}
            </ul>
            <Doors />
        </aside>
    }
}

fn address(site: &Result<ReadSite, SiteError>) -> AnyView {
    let (title, state, note, class) = match site {
        Ok(read) => match underscores(read) {
            Some((before, after)) => {
                let name = |host: &str| host.split('.').next().unwrap_or_default().to_owned();
                let note = tell_with(
                    SetupMessage::ArrowChange,
                    &[("before", &name(before)), ("after", &name(after))],
                );
                (SetupMessage::AddressUnderscore, Shape::Check, note, "good")
            }
            None => {
                let host = read.site.origin().as_str().split("://").last().unwrap_or_default().to_owned();
                (SetupMessage::AddressRight, Shape::Check, host, "good")
            }
        },
        Err(SiteError::Empty) => (SetupMessage::AddressWaiting, Shape::Clock, checked_in(1), ""),
        Err(error) => (SetupMessage::AddressWrong, Shape::Warning, site_problem(*error), "bad"),
    };
    view! {
        <li class=class>
            <Icon shape=state />
            <b>{tell(title)}</b>
            <span class="quietly"><bdi>{note}</bdi></span>
        </li>
    }
    .into_any()
}

fn page(setup: Setup, state: CheckState) -> AnyView {
    let title = match state {
        CheckState::Passed => SetupMessage::PageAnswers,
        CheckState::Failed { .. } => SetupMessage::PageFailed,
        _ => SetupMessage::PageWaiting,
    };
    let note = match state {
        CheckState::Passed => setup.note(CheckName::Page),
        CheckState::Waiting => Some(checked_in(1)),
        _ => None,
    };
    view! { <CheckLine title=tell(title) state note /> }.into_any()
}

fn back(state: CheckState) -> AnyView {
    let title = match state {
        CheckState::Failed { .. } => SetupMessage::ReturnFailed,
        _ => SetupMessage::ReturnPassed,
    };
    let note = (state == CheckState::Waiting).then(|| checked_in(5));
    view! { <CheckLine title=tell(title) state note /> }.into_any()
}

fn tokens(state: CheckState) -> AnyView {
    let title = match state {
        CheckState::Failed { .. } => SetupMessage::TokensFailed,
        _ => SetupMessage::StepPermissions,
    };
    let note = (state == CheckState::Waiting).then(|| checked_in(5));
    view! { <CheckLine title=tell(title) state note /> }.into_any()
}

fn checked_in(step: usize) -> String {
    tell_with(SetupMessage::CheckedInStep, &[("number", &step.to_string())])
}

/// The ways on after a sign-in that failed.
#[component]
fn Doors() -> impl IntoView {
    let setup = Setup::here();
    let has_failed = Memo::new(move |_| {
        let is_failed = |state: CheckState| matches!(state, CheckState::Failed { .. });
        setup.diagnosis.with(|diagnosis| {
            is_failed(diagnosis.summary(&CheckName::RETURN))
                || is_failed(diagnosis.summary(&CheckName::TOKENS))
        }) && setup.run.get() != Run::Checking
    });
    view! {
        <Show when=move || has_failed.get()>
            <div class="doors">
                <button type="button" class="button slim" on:click=move |_| setup.begin_sign_in()>
                    {say(Message::TryAgain)}
                </button>
                {move || {
                    setup.diagnosis.track();
                    view! { <CopyDetails details=report(setup) class="slim" /> }
                }}
            </div>
        </Show>
    }
}
