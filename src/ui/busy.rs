//! While Microsoft is busy: why, and how many seconds until the next try.

use super::app::App;
use super::icon::{Icon, Shape};
use super::speech::speech;
use super::troubles::look;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// The countdown, while a request waits to be repeated.
#[component]
pub fn Busy() -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let now = RwSignal::new(app.now());
    // The clock ticks only while something waits.
    let ticking = StoredValue::new_local(None::<Interval>);
    Effect::new(move |_| {
        let waits = app.waiting.with(Option::is_some);
        now.set(app.now());
        ticking.set_value(waits.then(|| Interval::new(500, move || now.set(app.now()))));
    });
    move || {
        app.waiting.get().map(|waiting| {
            let title = speech.say(look(&waiting.reason).title);
            let until = waiting.until;
            let seconds = move || {
                let seconds = until.saturating_sub(now.get()).div_ceil(1000).max(1);
                speech.fill(Message::BusyText, &[("seconds", &seconds.to_string())])
            };
            view! {
                <div class="banner warn" role="status">
                    <Icon shape=Shape::Clock />
                    <p>
                        <b>{title}</b>
                        ". "
                        <span aria-hidden="true">{seconds}</span>
                    </p>
                </div>
            }
        })
    }
}
