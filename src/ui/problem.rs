//! Why the last sign-in did not work: what happened, what to do, what the administrator must change.

use super::app::{App, Trouble};
use super::copy::CopyDetails;
use super::icon::{Icon, Shape};
use super::sign_in_words::{administrator_must, happened, user_can};
use super::speech::{say, speech};
use leptos::prelude::*;
use onedrive_picker_core::auth::{AdminAction, Problem, SignInError, UserAction};
use onedrive_picker_core::i18n::Message;

/// The last trouble, on the sign-in card.
#[component]
pub fn SignInProblem() -> impl IntoView {
    let app = App::here();
    move || {
        app.trouble.get().map(|trouble| {
            let details = details(&trouble);
            view! {
                <div class="banner bad problem" role="alert">
                    <Icon shape=Shape::Warning />
                    <div>
                        {explanation(&trouble.error)} <div class="doors">
                            <button type="button" class="button slim" on:click=move |_| app.begin_sign_in()>
                                {say(Message::TryAgain)}
                            </button>
                            <button type="button" class="button slim" on:click=move |_| app.use_another_account()>
                                {say(Message::UseAnotherAccount)}
                            </button>
                            <CopyDetails details class="slim" />
                        </div>
                    </div>
                </div>
            }
        })
    }
}

fn explanation(error: &SignInError) -> AnyView {
    if let Some(problem) = error.problem() {
        return view! { <Advice problem /> }.into_any();
    }
    let (title, text) = match error {
        SignInError::IdTokenExpired { .. } | SignInError::IdTokenNotYetValid { .. } => {
            (Message::ClockWrong, Message::ClockWrongText)
        }
        SignInError::Unreachable { .. } | SignInError::EndpointFailed { .. } => {
            (Message::SignInUnreachable, Message::SignInUnreachableText)
        }
        _ => (Message::CheckFailed, Message::CheckFailedText),
    };
    view! {
        <b>{say(title)}</b>
        <p>{say(text)}</p>
    }
    .into_any()
}

/// What happened, what to do and what the administrator must change.
#[component]
pub fn Advice(
    /// The problem.
    problem: Problem,
) -> impl IntoView {
    let app = App::here();
    let places = app.sign_in_places();
    let action = problem.user_action();
    let administrator = problem.admin_action();
    let consent = (problem.wants_admin_consent() || administrator == Some(AdminAction::GrantConsent))
        .then(|| app.admin_consent_url())
        .flatten();
    view! {
        <b>{say(happened(problem))}</b>
        <p>{say(user_can(action))}</p>
        {administrator
            .map(|must| {
                view! {
                    <p class="quietly">
                        <b>{say(Message::ForAdministrator)}</b>
                        ": "
                        {speech().fill(administrator_must(must), &[("redirect_uri", &places)])}
                    </p>
                }
            })}
        {consent
            .map(|url| {
                view! {
                    <CopyDetails
                        details=url
                        class="slim"
                        label=Message::CopyConsentLink
                        copied_label=Message::LinkCopied
                    />
                }
            })}
        {(action == UserAction::Consent)
            .then(|| {
                view! {
                    <button type="button" class="button slim" on:click=move |_| app.consent_again()>
                        {say(Message::SignInShort)}
                    </button>
                }
            })}
    }
}

/// Code, time, correlation and trace id; never a token.
fn details(trouble: &Trouble) -> String {
    let at = js_sys::Date::new(&(trouble.at as f64).into()).to_iso_string();
    let lines = trouble.error.details().into_iter().map(|detail| [detail.name, ": ", &detail.value].concat());
    lines.chain([["time: ", &String::from(at)].concat()]).collect::<Vec<_>>().join("\n")
}
