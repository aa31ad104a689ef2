//! What stands where rows would be when there are none: a small drawing, a sentence, a way on. Errors are `alert`s.

use super::icon::{Icon, Shape};
use leptos::prelude::*;

/// The colour of the drawing, besides its shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is wrong.
    #[default]
    Calm,
    /// It will pass, or the person can mend it.
    Warn,
    /// Somebody else has to mend it.
    Bad,
}

impl Tone {
    /// The class of drawings, banners and states.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Calm => "",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A dead end with a door.
#[component]
pub fn Empty(
    /// The drawing.
    shape: Shape,
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// Whether something went wrong, so that it is announced at once.
    #[prop(optional)]
    alert: bool,
    /// What happened, without a full stop.
    #[prop(into)]
    title: Signal<String>,
    /// What to know or do.
    #[prop(into)]
    text: Signal<String>,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" role=alert.then_some("alert") tabindex="-1">
            <div class=["drawing ", tone.class()].concat() aria-hidden="true">
                <Icon shape />
            </div>
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="actions">{children.map(|children| children())}</div>
        </div>
    }
}
