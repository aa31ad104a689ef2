//! The import: a bar for all files, a line for each, and the way back to choosing.

use super::app::App;
use super::banner::Banner;
use super::built::built;
use super::element::Ready;
use super::empty::Tone;
use super::icon::{Icon, Shape};
use super::name::Name;
use super::places::places;
use super::speech::{Speech, say, speech};
use super::thumbnail::{Thumbnail, shape_of};
use leptos::prelude::*;
use onedrive_picker_core::graph::{ItemProblem, Obstacle};
use onedrive_picker_core::host::Moderation;
use onedrive_picker_core::i18n::{Message, import_error};
use onedrive_picker_core::picker::format;
use onedrive_picker_core::picker::hand_over::{HandOver, Line, LineState, Sums, Trouble};

/// The screen of the import.
#[component]
pub fn Importing() -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let sums = move || app.hand_over.with(|hand_over| hand_over.sums(app.now()));
    let count = move || app.hand_over.with(|hand_over| hand_over.lines().len());
    let again = move || app.hand_over.with(|hand_over| hand_over.all_again().len());
    // A host that tells nothing has the files all the same: there is nothing to follow.
    let is_silent = move || app.hand_over.with(|hand_over| hand_over.is_silent());
    view! {
        <div class="picker">
            {Ready::from(places(app))}
            <main class="main">
                <div class="bar">
                    <h2 class="page-title">
                        {move || {
                            if is_silent() {
                                say(Message::Handed)
                            } else if sums().to_go == 0 {
                                say(Message::ImportFinished)
                            } else {
                                speech.count(Message::Importing, count() as u64, &[])
                            }
                        }}
                    </h2>
                    <span class="quietly" role="status">
                        {move || {
                            if is_silent() {
                                speech.count(Message::FilesChosen, count() as u64, &[])
                            } else {
                                summary(speech, &sums())
                            }
                        }}
                    </span>
                    <Show when=move || { again() > 1 }>
                        <button
                            type="button"
                            class="button slim"
                            prop:disabled=move || app.hand_over.with(HandOver::is_busy)
                            on:click=move |_| app.import_all_again()
                        >
                            {move || speech.count(Message::TryAllAgain, again() as u64, &[])}
                        </button>
                    </Show>
                </div>
                <Banner />
                <div class="whole">
                    <Bar
                        name=say(Message::AllFiles)
                        percent=Signal::derive(move || (!is_silent()).then(|| sums().percent))
                    />
                </div>
                <ul class="list imports" aria-label=say(Message::FilesBeingImported)>
                    <For
                        each=move || 0..count()
                        key=|index| *index
                        let(index)
                    >
                        <ImportLine index />
                    </For>
                </ul>
                <Show when=move || { sums().to_go > 0 }>
                    <div class="banner closing" role="note">
                        <Icon shape=Shape::Info />
                        <p>{move || if is_silent() { say(Message::HandedText) } else { closing(speech, &sums()) }}</p>
                    </div>
                </Show>
            </main>
            <footer class="tray">
                <p class="sum">
                    <b>{move || (!is_silent()).then(|| weights(speech, &sums()))}</b>
                    <span class="quietly">{move || left(speech, &sums())}</span>
                </p>
                <span class=built("chips")></span>
                <button type="button" class="button quiet" on:click=move |_| app.choose_more()>
                    {say(Message::ChooseMore)}
                </button>
                <button type="button" class="button primary" on:click=move |_| app.leave()>
                    {say(Message::Done)}
                </button>
            </footer>
        </div>
    }
}

/// "2 ready, 1 failed, 3 to go"
pub fn summary(speech: Speech, sums: &Sums) -> String {
    let number = |count: usize| speech.format(|formats| formats.number(count as u64));
    speech.fill(
        Message::ImportSummary,
        &[("ready", &number(sums.ready)), ("failed", &number(sums.failed)), ("left", &number(sums.to_go))],
    )
}

/// Whether the window may be closed, and what the host waits for.
fn closing(speech: Speech, sums: &Sums) -> String {
    let number = |count: usize| speech.format(|formats| formats.number(count as u64));
    let closing = match sums.to_hand_over {
        0 => say(Message::YouCanClose),
        waiting => speech.fill(
            Message::KeepOpen,
            &[("done", &number(sums.taken.saturating_sub(waiting))), ("total", &number(sums.taken))],
        ),
    };
    if sums.is_held_up { [say(Message::ImportWaits), closing].join(" ") } else { closing }
}

fn weights(speech: Speech, sums: &Sums) -> String {
    let size = |bytes: u64| speech.format(|formats| formats.size(bytes));
    speech.fill(Message::DoneOf, &[("done", &size(sums.bytes_done)), ("total", &size(sums.bytes))])
}

fn left(speech: Speech, sums: &Sums) -> Option<String> {
    let minutes = sums.left?.div_ceil(60_000);
    Some(speech.count(Message::MinutesLeft, minutes, &[]))
}

/// A bar from 0 to 100; without a figure it only says that something goes on.
#[component]
fn Bar(
    /// Its accessible name.
    name: String,
    /// How far.
    percent: Signal<Option<u8>>,
) -> impl IntoView {
    let width = move || {
        let mut width = percent.get().unwrap_or(0).to_string();
        width.push('%');
        width
    };
    view! {
        <span
            class="progress"
            role="progressbar"
            aria-label=name
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get()
        >
            <i style:inline-size=width></i>
        </span>
    }
}

#[component]
fn ImportLine(
    /// Its place.
    index: usize,
) -> impl IntoView {
    let app = App::here();
    let line = move || app.hand_over.with(|hand_over| hand_over.lines().get(index).cloned());
    move || line().map(|line| view! { <LineView line /> })
}

#[component]
fn LineView(
    /// The file and how it stands.
    line: Line,
) -> impl IntoView {
    let app = App::here();
    let speech = speech();
    let item = line.item;
    let name = item.name.to_string();
    let file = item.file.clone();
    let facts =
        [item.duration.map(format::clock), item.size.map(|size| speech.format(|formats| formats.size(size)))];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let trouble = match &line.state {
        LineState::Failed(trouble) => Some(trouble_words(speech, trouble)),
        _ => None,
    };
    let (middle, state) = match &line.state {
        LineState::Waiting => {
            (view! { <span></span> }.into_any(), state_view(Shape::Clock, "", say(Message::Waiting)))
        }
        LineState::Running(percent) => {
            let percent = *percent;
            let words = percent
                .map(|percent| speech.fill(Message::Percent, &[("count", &percent.to_string())]))
                .unwrap_or_default();
            (
                view! { <Bar name=name.clone() percent=Signal::derive(move || percent) /> }.into_any(),
                view! { <span class="state number">{words}</span> }.into_any(),
            )
        }
        LineState::Ready { moderation, .. } => {
            let state = match moderation {
                Moderation::None => state_view(Shape::Check, "good", say(Message::Ready)),
                Moderation::Pending => state_view(Shape::Clock, "good", say(Message::ReadyPending)),
                Moderation::Rejected => state_view(Shape::Warning, "", say(Message::ReadyRejected)),
            };
            (view! { <span></span> }.into_any(), state)
        }
        LineState::Failed(trouble) => {
            let retry = trouble.can_retry().then(|| {
                let file = file.clone();
                view! {
                    <button
                        type="button"
                        class="button slim"
                        prop:disabled=move || app.hand_over.with(HandOver::is_busy)
                        on:click=move |_| app.import_again(&file)
                    >
                        {say(Message::TryAgain)}
                    </button>
                }
            });
            (retry.into_any(), state_view(Shape::Warning, Tone::Bad.class(), say(Message::Failed)))
        }
    };
    view! {
        <li class="row import">
            <Thumbnail picture=item.thumbnail.as_deref().map(str::to_owned) shape=shape_of(&item) />
            <span class="label">
                <Name name />
                {match trouble {
                    Some(words) => view! { <span class="more wrong" role="alert">{words}</span> }.into_any(),
                    None => view! { <span class="more">{facts}</span> }.into_any(),
                }}
            </span>
            {middle}
            {state}
        </li>
    }
}

fn state_view(shape: Shape, class: &'static str, words: String) -> AnyView {
    view! {
        <span class=["state ", class].concat()>
            <Icon shape />
            {words}
        </span>
    }
    .into_any()
}

fn trouble_words(speech: Speech, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Problem(problem) => say(problem_words(problem)),
        Trouble::Host { code, message } => match import_error(code) {
            Some(words) => speech.fill(words, &[("code", code)]),
            None if !message.is_empty() => message.clone(),
            None => say(Message::ProblemHost),
        },
    }
}

/// Why a file could not go.
pub fn problem_words(problem: &ItemProblem) -> Message {
    match problem {
        ItemProblem::Gone | ItemProblem::Folder => Message::ProblemGone,
        ItemProblem::Forbidden => Message::ProblemForbidden,
        ItemProblem::Changed(_) => Message::ProblemChanged,
        ItemProblem::TooLarge { .. } => Message::ProblemTooLarge,
        ItemProblem::Obstacle(Obstacle::Malware) => Message::ProblemMalware,
        ItemProblem::Busy => Message::ProblemNoTime,
        _ => Message::ProblemNoLink,
    }
}
