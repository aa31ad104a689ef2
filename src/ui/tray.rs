//! The basket as a tray along the bottom: what is chosen, Cancel, and the one primary button. It is there from the start,
//! so that nothing jumps.

use super::app::App;
use super::element::{Built, element, react};
use super::icon::{Icon, Shape};
use super::later::{Later, Part};
use super::name::Name;
use super::speech::{say, speech};
use super::thumbnail::{Thumbnail, shape_of};
use super::words;
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::basket::Basket;

/// More chips than these become "+4".
const CHIPS: usize = 4;

/// The tray. It is there with the first rows, so its elements are made one by one (see `places.rs`).
pub fn tray(app: App) -> Built {
    // Nothing can be chosen before the code is there that shows it.
    let hint = element("span", "quietly").text(&app.say(Message::ChooseFiles));
    let chosen = element("div", "slot").with(&element("p", "sum").with(&hint));
    app.show_later(&chosen, Part::Chosen);
    let button =
        |class, act: fn(App)| element("button", class).set("type", "button").on("click", move |_| act(app));
    let cancel = button("button quiet", App::cancel).text(&app.cancel_label());
    let import = button("button primary", |app| app.press_later(Later::Import));
    let drawn = import.clone();
    react(move || {
        drawn.put("disabled", (!app.can_import()).then_some(""));
        drawn.set_text_content(Some(&app.import_label()));
    });
    element("footer", "tray").with(&chosen).with(&cancel).with(&import)
}

/// How much is chosen, and what.
#[component]
pub fn Chosen() -> impl IntoView {
    let app = App::here();
    let speech = speech();
    view! {
        <p class="sum">
            {move || {
                let totals = app.basket.with(Basket::totals);
                let (count, facts) = (totals.files as u64, words::totals(speech, &totals));
                if count == 0 {
                    view! { <span class="quietly">{say(Message::ChooseFiles)}</span> }.into_any()
                } else {
                    view! {
                        <b>{speech.count(Message::FilesChosen, count, &[])}</b>
                        <span class="quietly">{facts}</span>
                    }
                        .into_any()
                }
            }}
        </p>
        <Chips />
    }
}

#[component]
fn Chips() -> impl IntoView {
    let app = App::here();
    let speech = speech();
    view! {
        <ul class="chips">
            {move || {
                let (items, count) = app.basket.with(|basket| {
                    let choices = basket.choices();
                    (choices.iter().take(CHIPS).map(|choice| choice.item.clone()).collect::<Vec<_>>(), choices.len())
                });
                let more = count.saturating_sub(items.len());
                let chips = items
                    .into_iter()
                    .map(|item| {
                        let name = item.name.to_string();
                        let label = speech.fill(Message::Remove, &[("name", &name)]);
                        let file = item.file.clone();
                        view! {
                            <li class="chip" title=name.clone()>
                                <Thumbnail
                                    picture=item.thumbnail.as_deref().map(str::to_owned)
                                    shape=shape_of(&item)
                                />
                                <span class="label">
                                    <Name name=name.clone() whole=true />
                                </span>
                                <button
                                    type="button"
                                    class="button quiet tool"
                                    aria-label=label
                                    on:click=move |_| app.remove(&file)
                                >
                                    <Icon shape=Shape::Close class="small" />
                                </button>
                            </li>
                        }
                    })
                    .collect_view();
                let rest = (more > 0)
                    .then(|| {
                        view! {
                            <li class="chip rest-of-chips">
                                {speech.fill(Message::MoreChips, &[("count", &more.to_string())])}
                            </li>
                        }
                    });
                (chips, rest)
            }}
        </ul>
    }
}
