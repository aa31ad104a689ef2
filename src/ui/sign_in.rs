//! The sign-in card: what will happen, and the one button. While Microsoft's window is open: how to reach it again.

use super::app::{App, SignIn};
use super::built::built;
use super::button::Button;
use super::icon::{Icon, Shape};
use super::problem::SignInProblem;
use super::speech::{say, speech};
use super::stuck::Stuck;
use crate::browser::own_origin;
use crate::text::Message;
use leptos::prelude::*;

/// Chooses the card of the stage.
#[component]
pub fn SignInCard() -> impl IntoView {
    let app = App::here();
    move || match app.sign_in.get() {
        SignIn::Ask => view! { <Ask /> }.into_any(),
        SignIn::Waiting => view! { <Waiting blocked=false /> }.into_any(),
        SignIn::Blocked => view! { <Waiting blocked=true /> }.into_any(),
        SignIn::Checking => view! { <Checking /> }.into_any(),
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
    let button = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || {
        if let Some(button) = button.get() {
            let _ = button.focus();
        }
    });
    view! {
        <main class="stage">
            <section class="card">
                <div class="drawing" aria-hidden="true">
                    <Icon shape=Shape::Cloud />
                </div>
                <h1>{say(Message::SignInTitle)}</h1>
                <SignInProblem />
                <ul class="promises">
                    {promises
                        .into_iter()
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
                <button type="button" class="button primary wide" node_ref=button on:click=move |_| app.begin_sign_in()>
                    {say(Message::SignIn)}
                </button>
                <p class="below">
                    <button type="button" class="link" on:click=move |_| app.cancel()>
                        {say(Message::Cancel)}
                    </button>
                </p>
            </section>
        </main>
    }
}

#[component]
fn Waiting(
    /// Whether the browser let no window open.
    blocked: bool,
) -> impl IntoView {
    let app = App::here();
    let (title, text) = if blocked {
        (Message::BlockedTitle, Message::BlockedText)
    } else {
        (Message::WaitingTitle, Message::WaitingText)
    };
    let site = own_origin().map(|origin| origin.to_string()).unwrap_or_default();
    let text = speech().fill(text, &[("site", &site)]);
    view! {
        <main class="stage">
            <section class="card">
                <div class="drawing" aria-hidden="true">
                    {if blocked {
                        view! { <Icon shape=Shape::Window /> }.into_any()
                    } else {
                        view! { <span class="spin large"></span> }.into_any()
                    }}
                </div>
                <h1>{say(title)}</h1>
                <p class="quietly lead" role=if blocked { "alert" } else { "status" }>
                    {text}
                </p>
                <div class="pair">
                    {(!blocked)
                        .then(|| {
                            view! {
                                <Button kind="wide" press=move || app.show_sign_in_window()>
                                    {say(Message::ShowWindow)}
                                </Button>
                            }
                        })}
                    <Button kind="wide" press=move || app.begin_sign_in()>
                        {say(Message::OpenWindowAgain)}
                    </Button>
                </div>
                {(!blocked)
                    .then(|| {
                        view! {
                            <div class="banner hint">
                                <Icon shape=Shape::Info />
                                <p class="quietly">
                                    <b>{say(Message::NoWindow)}</b>
                                    " "
                                    {speech().fill(Message::NoWindowText, &[("site", &site)])}
                                </p>
                            </div>
                        }
                    })} <Stuck />
                <p class="below">
                    <button type="button" class="link" on:click=move |_| app.cancel_sign_in()>
                        {say(Message::Cancel)}
                    </button>
                </p>
            </section>
        </main>
    }
}

#[component]
fn Checking() -> impl IntoView {
    view! {
        <main class="stage">
            <section class="card">
                <div class="drawing" aria-hidden="true">
                    <span class=built("spin large")></span>
                </div>
                <h1 role="status">{say(Message::Checking)}</h1>
            </section>
        </main>
    }
}
