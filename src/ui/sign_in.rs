//! The sign-in card: what will happen, and the one button. While something is waited for, the deferred chunk shows what.

use super::app::{App, Reach, SignIn};
use super::built::built;
use super::element::{Ready, element};
use super::icon::{Icon, Shape};
use super::later::{Later, Part};
use super::speech::say;
use leptos::html;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// The stage with the card that is right now.
#[component]
pub fn SignInCard() -> impl IntoView {
    let app = App::here();
    view! {
        <main class="stage">
            <section class="card">
                {move || match app.sign_in.get() {
                    SignIn::Ask => view! { <Ask /> }.into_any(),
                    SignIn::Checking => view! { <Checking /> }.into_any(),
                    state => {
                        let cancel = element("button", "link")
                            .set("type", "button")
                            .text(&say(Message::Cancel))
                            .on("click", move |_| app.cancel_sign_in());
                        let below = element("p", "below").with(&cancel);
                        let slot = element("div", "slot").with(&below);
                        app.open_later(&slot, Part::SignInState(state));
                        Ready::from(slot).into_any()
                    }
                }}
            </section>
        </main>
    }
}

#[component]
fn Ask() -> impl IntoView {
    let app = App::here();
    view! {
        <Drawing shape=Shape::Cloud />
        <h1>{say(Message::SignInTitle)}</h1>
        {move || {
            app.trouble
                .with(Option::is_some)
                .then(|| {
                    let slot = element("div", "slot");
                    app.open_later(&slot, Part::SignInProblem);
                    Ready::from(slot)
                })
        }}
        <ul class="promises">
            <Promise shape=Shape::Window title=Message::PromiseWindow text=Message::PromiseWindowText />
            <Promise shape=Shape::Check title=Message::PromiseChoose text=Message::PromiseChooseText />
            <Promise shape=Shape::Lock title=Message::PromiseRead text=Message::PromiseReadText />
        </ul>
        <div class="ways">{move || app.can_sign_in().then(|| ways(app, app.reach.get(), app.framed.get()))}</div>
        <p class="below">
            <LinkButton label=Message::Cancel press=App::cancel />
        </p>
    }
}

/// What will happen, in one line of the card.
#[component]
fn Promise(
    /// What is drawn beside it.
    shape: Shape,
    /// The point.
    title: Message,
    /// What to know about it.
    text: Message,
) -> impl IntoView {
    view! {
        <li>
            <Icon shape />
            <span>
                <b>{say(title)}</b>
                {say(text)}
            </span>
        </li>
    }
}

/// The buttons of the card. Inside another site a window of its own is always a way.
fn ways(app: App, reach: Reach, framed: bool) -> AnyView {
    if reach == Reach::Elsewhere {
        return view! {
            <p class="quietly lead">{say(Message::ContinueInWindowText)}</p>
            <MainButton label=Message::ContinueInWindow press=|app| app.press_later(Later::ContinueInWindow) />
        }
        .into_any();
    }
    view! {
        <MainButton label=Message::SignIn press=App::begin_sign_in />
        {framed
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="button wide"
                        on:click=move |_| app.press_later(Later::ContinueInWindow)
                    >
                        {say(Message::ContinueInWindow)}
                    </button>
                }
            })}
    }
    .into_any()
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
pub fn Drawing(
    /// What is drawn.
    shape: Shape,
) -> impl IntoView {
    view! {
        <div class="drawing" aria-hidden="true">
            <Icon shape />
        </div>
    }
}

/// A button that looks like a link.
#[component]
pub fn LinkButton(
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
pub fn MainButton(
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
