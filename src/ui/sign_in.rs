//! The sign-in card: what will happen, and the one button. While Microsoft's window is open: how to reach it again.

use super::app::{App, Reach, SignIn};
use super::built::built;
use super::icon::{Icon, Shape};
use super::problem::SignInProblem;
use super::speech::{say, speech};
use super::stuck::Stuck;
use crate::browser::own_origin;
use crate::text::Message;
use leptos::html;
use leptos::prelude::*;

/// The stage with the card that is right now.
#[component]
pub fn SignInCard() -> impl IntoView {
    let app = App::here();
    view! {
        <main class="stage">
            <section class="card">
                {move || match app.sign_in.get() {
                    SignIn::Ask => view! { <Ask /> }.into_any(),
                    SignIn::Waiting => view! { <WindowOpen /> }.into_any(),
                    SignIn::Blocked => view! { <Blocked again=App::open_window_again /> }.into_any(),
                    SignIn::Checking => view! { <Checking /> }.into_any(),
                    SignIn::Elsewhere => view! { <Elsewhere /> }.into_any(),
                    SignIn::BlockedElsewhere => view! { <Blocked again=App::continue_in_window /> }.into_any(),
                }}
            </section>
        </main>
    }
}

#[component]
fn Ask() -> impl IntoView {
    let app = App::here();
    let promises = [
        (Shape::Window, Message::PromiseWindow, Message::PromiseWindowText),
        (Shape::Check, Message::PromiseChoose, Message::PromiseChooseText),
        (Shape::Lock, Message::PromiseRead, Message::PromiseReadText),
    ];
    view! {
        <Drawing shape=Shape::Cloud />
        <h1>{say(Message::SignInTitle)}</h1>
        <SignInProblem />
        <ul class="promises">
            {promises
                .map(|(shape, title, text)| {
                    view! {
                        <li>
                            <Icon shape />
                            <span>
                                <b>{say(title)}</b>
                                {say(text)}
                            </span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        <div class="ways">{move || ways(app, app.reach.get(), app.framed.get())}</div>
        <p class="below">
            <LinkButton label=Message::Cancel press=App::cancel />
        </p>
    }
}

/// The buttons of the card. Inside another site a window of its own is always a way.
fn ways(app: App, reach: Reach, framed: bool) -> AnyView {
    if reach == Reach::Elsewhere {
        return view! {
            <p class="quietly lead">{say(Message::ContinueInWindowText)}</p>
            <MainButton label=Message::ContinueInWindow press=App::continue_in_window />
        }
        .into_any();
    }
    view! {
        <MainButton label=Message::SignIn press=App::begin_sign_in />
        {framed
            .then(|| {
                view! {
                    <button type="button" class="button wide" on:click=move |_| app.continue_in_window()>
                        {say(Message::ContinueInWindow)}
                    </button>
                }
            })}
    }
    .into_any()
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

#[component]
fn Checking() -> impl IntoView {
    view! {
        <div class="drawing" aria-hidden="true">
            <span class=built("spin large")></span>
        </div>
        <h1 role="status">{say(Message::Checking)}</h1>
        <p class="below">
            <LinkButton label=Message::Cancel press=App::leave_sign_in />
        </p>
    }
}

#[component]
fn Drawing(
    /// What is drawn.
    shape: Shape,
) -> impl IntoView {
    view! {
        <div class="drawing" aria-hidden="true">
            <Icon shape />
        </div>
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

/// A button that looks like a link.
#[component]
fn LinkButton(
    /// Its text.
    label: Message,
    /// What happens.
    press: fn(App),
) -> impl IntoView {
    let app = App::here();
    view! {
        <button type="button" class="link" on:click=move |_| press(app)>
            {say(label)}
        </button>
    }
}

/// The primary button. It takes the focus once it is there: the one before has gone with its card.
#[component]
fn MainButton(
    /// Its text.
    label: Message,
    /// What happens.
    press: fn(App),
) -> impl IntoView {
    let app = App::here();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(button) = button.get()
            && app.may_take_focus()
        {
            let _ = button.focus();
        }
    });
    view! {
        <button node_ref=button type="button" class="button primary wide" on:click=move |_| press(app)>
            {say(label)}
        </button>
    }
}

fn site() -> String {
    own_origin().map(|origin| origin.to_string()).unwrap_or_default()
}
