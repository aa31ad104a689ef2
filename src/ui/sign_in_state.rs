//! The sign-in card while something is waited for: how to reach Microsoft's window again, or what to do where none opened.

use super::app::{App, SignIn};
use super::built::built;
use super::icon::{Icon, Shape};
use super::sign_in::{Drawing, LinkButton, MainButton};
use super::speech::{say, speech};
use super::stuck::Stuck;
use crate::browser::own_origin;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// What stands in the card in a state.
#[component]
pub fn SignInState(
    /// The state.
    state: SignIn,
) -> impl IntoView {
    match state {
        SignIn::Waiting => view! { <WindowOpen /> }.into_any(),
        SignIn::Blocked => view! { <Blocked again=App::open_window_again /> }.into_any(),
        SignIn::Elsewhere => view! { <Elsewhere /> }.into_any(),
        SignIn::BlockedElsewhere => view! { <Blocked again=App::continue_in_window /> }.into_any(),
        SignIn::Ask | SignIn::Checking => ().into_any(),
    }
}

/// Microsoft's window is open.
#[component]
fn WindowOpen() -> impl IntoView {
    let app = App::here();
    let hint = speech().fill(Message::NoWindowText, &[("site", &site())]);
    view! {
        <div class="drawing" aria-hidden="true">
            <span class=built("spin large")></span>
        </div>
        <h1>{say(Message::WaitingTitle)}</h1>
        <p class="quietly lead" role="status">
            {say(Message::WaitingText)}
        </p>
        <WindowButtons show=App::show_sign_in_window again=App::open_window_again />
        <div class="banner hint">
            <Icon shape=Shape::Info />
            <p class="quietly">
                <b>{say(Message::NoWindow)}</b>
                " "
                {hint}
            </p>
        </div>
        <Help />
        <p class="below">
            {app
                .framed
                .get_untracked()
                .then(|| view! { <LinkButton label=Message::ContinueInWindow press=App::continue_in_window /> })}
            <LinkButton label=Message::Cancel press=App::cancel_sign_in />
        </p>
    }
}

/// The help for users who do not come back from Microsoft's page, folded until it is opened.
#[component]
fn Help() -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details class="stuck" on:toggle=move |_| opened.set(true)>
            <summary>{say(Message::StuckTitle)}</summary>
            <div>
                <Show when=move || opened.get()>
                    <Stuck />
                </Show>
            </div>
        </details>
    }
}

/// The browser let no window open. Where there is no host to lose, this window can go to Microsoft itself.
#[component]
fn Blocked(
    /// What opens the window once more.
    again: fn(App),
) -> impl IntoView {
    let app = App::here();
    let text = speech().fill(Message::BlockedText, &[("site", &site())]);
    let of_frame = app.is_framed().then(|| [" ", &say(Message::BlockedFramedText)].concat());
    view! {
        <Drawing shape=Shape::Window />
        <h1>{say(Message::BlockedTitle)}</h1>
        <p class="quietly lead" role="alert">
            {text}
            {of_frame}
        </p>
        <MainButton label=Message::OpenWindowAgain press=again />
        {app
            .may_leave()
            .then(|| {
                view! {
                    <p class="quietly">{say(Message::SignInHereText)}</p>
                    <button type="button" class="button wide" on:click=move |_| app.leave_for_microsoft()>
                        {say(Message::SignInHere)}
                    </button>
                }
            })}
        <p class="below">
            <LinkButton label=Message::Cancel press=App::cancel_sign_in />
        </p>
    }
}

/// The picker continues in a window of its own.
#[component]
fn Elsewhere() -> impl IntoView {
    view! {
        <Drawing shape=Shape::Window />
        <h1>{say(Message::ElsewhereTitle)}</h1>
        <p class="quietly lead" role="status">
            {say(Message::ElsewhereText)}
        </p>
        <WindowButtons show=App::show_other_window again=App::continue_in_window />
        <p class="below">
            <LinkButton label=Message::Cancel press=App::close_other_window />
        </p>
    }
}

/// Two buttons beside each other: to show a window, and to open it again.
#[component]
fn WindowButtons(
    /// What shows it.
    show: fn(App),
    /// What opens it again.
    again: fn(App),
) -> impl IntoView {
    let app = App::here();
    view! {
        <div class="pair">
            <button type="button" class="button wide" on:click=move |_| show(app)>
                {say(Message::ShowWindow)}
            </button>
            <button type="button" class="button wide" on:click=move |_| again(app)>
                {say(Message::OpenWindowAgain)}
            </button>
        </div>
    }
}

fn site() -> String {
    own_origin().map(|origin| origin.to_string()).unwrap_or_default()
}
