//! A line above the listing that says what just happened and offers a way on. It pushes the list once and covers
//! nothing.

use super::app::App;
use super::empty::Tone;
use super::icon::{Icon, Shape};
use super::speech::say;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;
use std::rc::Rc;

/// What the banner says.
#[derive(Clone)]
pub struct Notice {
    /// Its colour.
    pub tone: Tone,
    /// What happened.
    pub text: String,
    /// The way on: the words of a button and what it does.
    pub action: Option<(String, Rc<dyn Fn()>)>,
    /// Whether it stays until what it speaks of is over; others can be closed.
    pub stays: bool,
    /// Whether it is about a limit of the choice, and goes with the next change of it.
    pub about_choice: bool,
}

impl Notice {
    /// A notice that can be closed.
    pub fn new(tone: Tone, text: String) -> Self {
        Self { tone, text, action: None, stays: false, about_choice: false }
    }

    /// With a button.
    #[must_use]
    pub fn with(mut self, text: String, act: impl Fn() + 'static) -> Self {
        self.action = Some((text, Rc::new(act)));
        self
    }

    /// About a limit of the choice.
    #[must_use]
    pub fn about_choice(mut self) -> Self {
        self.about_choice = true;
        self
    }

    /// Without a way to close it.
    #[must_use]
    pub fn staying(mut self) -> Self {
        self.stays = true;
        self
    }
}

/// The banner of the listing, if there is something to say.
#[component]
pub fn Banner() -> impl IntoView {
    let app = App::here();
    move || {
        app.notice.get().map(|notice| {
            let role = if notice.tone == Tone::Calm { "status" } else { "alert" };
            let shape = match notice.tone {
                Tone::Calm => Shape::Info,
                Tone::Warn => Shape::Info,
                Tone::Bad => Shape::Warning,
            };
            view! {
                <div class=["banner ", notice.tone.class()].concat() role=role>
                    <Icon shape />
                    <p>{notice.text}</p>
                    {notice
                        .action
                        .map(|(text, act)| {
                            view! {
                                <button type="button" class="button slim" on:click=move |_| act()>
                                    {text}
                                </button>
                            }
                        })}
                    {(!notice.stays)
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button quiet tool slim"
                                    aria-label=say(Message::Close)
                                    on:click=move |_| app.notice.set(None)
                                >
                                    <Icon shape=Shape::Close class="small" />
                                </button>
                            }
                        })}
                </div>
            }
        })
    }
}
