//! The sign-in card: what will happen, and the one button. While Microsoft's window is open: how to reach it again.

use super::app::{App, Reach, SignIn};
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
        SignIn::Waiting => view! { <Waiting /> }.into_any(),
        SignIn::Blocked => view! { <Blocked press=move || app.open_window_again() /> }.into_any(),
        SignIn::Checking => view! { <Checking /> }.into_any(),
        SignIn::Elsewhere => view! { <Elsewhere /> }.into_any(),
        SignIn::BlockedElsewhere => view! { <Blocked press=move || app.continue_in_window() /> }.into_any(),
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
                {move || view! { <Ways reach=app.reach.get() framed=app.framed.get() /> }}
                <p class="below">
                    {link(Message::Cancel, App::cancel)}
                </p>
            </section>
        </main>
    }
}

/// The buttons of the card. Inside another site a window of its own is always a way.
#[component]
fn Ways(
    /// How far the answer of a sign-in reaches.
    reach: Reach,
    /// Whether a page of another origin is around this one.
    framed: bool,
) -> impl IntoView {
    let app = App::here();
    let button = focused_button();
    if reach == Reach::Elsewhere {
        return view! {
            <p class="quietly lead">{say(Message::ContinueInWindowText)}</p>
            <button type="button" class="button primary wide" node_ref=button on:click=move |_| app.continue_in_window()>
                {say(Message::ContinueInWindow)}
            </button>
        }
        .into_any();
    }
    view! {
        <button type="button" class="button primary wide" node_ref=button on:click=move |_| app.begin_sign_in()>
            {say(Message::SignIn)}
        </button>
        {framed
            .then(|| {
                view! {
                    <Button kind="wide" press=move || app.continue_in_window()>
                        {say(Message::ContinueInWindow)}
                    </Button>
                }
            })}
    }
    .into_any()
}

/// A way on that stands below the card's buttons.
fn link(label: Message, press: fn(App)) -> AnyView {
    let app = App::here();
    view! {
        <button type="button" class="link" on:click=move |_| press(app)>
            {say(label)}
        </button>
    }
    .into_any()
}

/// A button that takes the focus once it is there: the one before has gone with its card.
fn focused_button() -> NodeRef<leptos::html::Button> {
    let button = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || {
        if let Some(button) = button.get()
            && App::here().may_take_focus()
        {
            let _ = button.focus();
        }
    });
    button
}

fn site() -> String {
    own_origin().map(|origin| origin.to_string()).unwrap_or_default()
}

/// Microsoft's window is open.
#[component]
fn Waiting() -> impl IntoView {
    let app = App::here();
    view! {
        <main class="stage">
            <section class="card">
                <div class="drawing" aria-hidden="true">
                    <span class=built("spin large")></span>
                </div>
                <h1>{say(Message::WaitingTitle)}</h1>
                <p class="quietly lead" role="status">
                    {say(Message::WaitingText)}
                </p>
                <div class="pair">
                    <Button kind="wide" press=move || app.show_sign_in_window()>
                        {say(Message::ShowWindow)}
                    </Button>
                    <Button kind="wide" press=move || app.open_window_again()>
                        {say(Message::OpenWindowAgain)}
                    </Button>
                </div>
                <div class="banner hint">
                    <Icon shape=Shape::Info />
                    <p class="quietly">
                        <b>{say(Message::NoWindow)}</b>
                        " "
                        {speech().fill(Message::NoWindowText, &[("site", &site())])}
                    </p>
                </div>
                <Stuck />
                <p class="below">
                    {app
                        .framed
                        .get_untracked()
                        .then(|| link(Message::ContinueInWindow, App::continue_in_window))}
                    {link(Message::Cancel, App::cancel_sign_in)}
                </p>
            </section>
        </main>
    }
}

/// The browser let no window open. Where there is no host to lose, this window can go to Microsoft itself.
#[component]
fn Blocked(
    /// Opens it again.
    press: impl Fn() + 'static,
) -> impl IntoView {
    let app = App::here();
    let framed = app.is_framed();
    let button = focused_button();
    view! {
        <main class="stage">
            <section class="card">
                <div class="drawing" aria-hidden="true">
                    <Icon shape=Shape::Window />
                </div>
                <h1>{say(Message::BlockedTitle)}</h1>
                <p class="quietly lead" role="alert">
                    {speech().fill(Message::BlockedText, &[("site", &site())])}
                    {framed.then(|| [" ", &say(Message::BlockedFramedText)].concat())}
                </p>
                <button type="button" class="button primary wide" node_ref=button on:click=move |_| press()>
                    {say(Message::OpenWindowAgain)}
                </button>
                {app
                    .may_leave()
                    .then(|| {
                        view! {
                            <p class="quietly">{say(Message::SignInHereText)}</p>
                            <Button kind="wide" press=move || app.leave_for_microsoft()>
                                {say(Message::SignInHere)}
                            </Button>
                        }
                    })}
                <p class="below">
                    {link(Message::Cancel, App::cancel_sign_in)}
                </p>
            </section>
        </main>
    }
}

/// The picker goes on in a window of its own.
#[component]
fn Elsewhere() -> impl IntoView {
    let app = App::here();
    view! {
        <main class="stage">
            <section class="card">
                <div class="drawing" aria-hidden="true">
                    <Icon shape=Shape::Window />
                </div>
                <h1>{say(Message::ElsewhereTitle)}</h1>
                <p class="quietly lead" role="status">
                    {say(Message::ElsewhereText)}
                </p>
                <div class="pair">
                    <Button kind="wide" press=move || app.show_other_window()>
                        {say(Message::ShowWindow)}
                    </Button>
                    <Button kind="wide" press=move || app.continue_in_window()>
                        {say(Message::OpenWindowAgain)}
                    </Button>
                </div>
                <p class="below">
                    {link(Message::Cancel, App::close_other_window)}
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
