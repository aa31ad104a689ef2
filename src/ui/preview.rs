//! A file before it is imported: picture, video or sound from a fresh link, and what is known of it.
//!
//! ARIA: a `region` named "Preview". Keys: Escape closes it and gives the focus back to the row.

use super::app::App;
use super::icon::{Icon, Shape};
use super::speech::{Speech, say, speech};
use super::thumbnail::{Thumbnail, shape_of};
use super::words::{kind_name, span};
use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;
use onedrive_picker_core::graph::{FileRef, Item, MediaKind};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::format;

/// What is shown besides the facts of the row.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Counts the files shown, from 1 on.
    pub number: usize,
    /// The row, and what the file itself has told since.
    pub item: Option<Item>,
    /// Where the file can be played from, for some minutes.
    pub link: Option<String>,
    /// A large picture.
    pub picture: Option<String>,
    /// Who made it.
    pub owner: Option<String>,
}

impl Shown {
    /// Whether it is about that file.
    pub fn is_of(&self, file: &FileRef) -> bool {
        self.item.as_ref().is_some_and(|item| item.file == *file)
    }
}

/// The panel beside the listing. It stays the same elements while what is shown of a file arrives, so that the focus stays and
/// what plays goes on.
#[component]
pub fn Preview() -> impl IntoView {
    let app = App::here();
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            app.close_preview();
        }
    };
    let number =
        Memo::new(move |_| app.previewed.with(|shown| shown.as_ref().map_or(0, |shown| shown.number)));
    move || {
        // A memo that nobody reads follows nothing.
        let is_open = number.get() > 0;
        app.previewed
            .with_untracked(|shown| shown.as_ref().and_then(|shown| shown.item.clone()))
            .filter(|_| is_open)
            .map(|item| {
                let speech = speech();
                let name = item.name.to_string();
                let whereabouts = app.whereabouts_of(&item);
                let facts = move || {
                    let shown = app.previewed.get().unwrap_or_default();
                    let item = shown.item.as_ref();
                    let facts =
                        item.map(|item| facts(speech, item, shown.owner.as_deref(), whereabouts.clone()));
                    facts
                        .unwrap_or_default()
                        .into_iter()
                        .map(|(name, fact)| {
                            view! {
                                <dt>{say(name)}</dt>
                                <dd dir="auto">{fact}</dd>
                            }
                        })
                        .collect_view()
                };
                let chosen = {
                    let file = StoredValue::new_local(item.file.clone());
                    Memo::new(move |_| file.with_value(|file| app.is_chosen(file)))
                };
                let fits = app.judge(&item).is_file();
                let toggled = item;
                view! {
                    <section class="preview" aria-label=say(Message::Preview) on:keydown=keys>
                        <Stage />
                        <header>
                            <h2 dir="auto">{name}</h2>
                            <button
                                type="button"
                                class="button quiet tool"
                                aria-label=say(Message::ClosePreview)
                                on:click=move |_| app.close_preview()
                            >
                                <Icon shape=Shape::Close />
                            </button>
                        </header>
                        <dl class="facts">{facts}</dl>
                        {fits
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="button wide"
                                        on:click=move |_| app.toggle_previewed(&toggled)
                                    >
                                        {move || {
                                            if chosen.get() {
                                                say(Message::RemoveFromChoice)
                                            } else {
                                                say(Message::AddToChoice)
                                            }
                                        }}
                                    </button>
                                }
                            })}
                    </section>
                }
            })
    }
}

/// The picture, the player, or what stands for them. It changes once for each file: when its link has come.
#[component]
fn Stage() -> impl IntoView {
    let app = App::here();
    let came = Memo::new(move |_| {
        app.previewed
            .with(|shown| shown.as_ref().is_some_and(|shown| shown.link.is_some() || shown.picture.is_some()))
    });
    move || {
        let _ = came.get();
        let shown = app.previewed.get_untracked().unwrap_or_default();
        let item = shown.item?;
        let shape = shape_of(&item);
        let poster = shown.picture.or_else(|| item.thumbnail.as_deref().map(str::to_owned));
        let told = move |event: Event| app.told_by_file(&event);
        Some(match (item.media(), shown.link) {
            (Some(MediaKind::Video), Some(link)) => view! {
                <div class="player">
                    <video controls preload="metadata" playsinline src=link poster=poster on:loadedmetadata=told></video>
                </div>
            }
            .into_any(),
            (Some(MediaKind::Audio), Some(link)) => view! {
                <div class="player sound">
                    <Thumbnail picture=poster shape />
                    <audio controls preload="metadata" src=link on:loadedmetadata=told></audio>
                </div>
            }
            .into_any(),
            (Some(MediaKind::Image), Some(link)) => view! {
                <div class="player">
                    <img src=link alt="" referrerpolicy="no-referrer" on:load=told />
                </div>
            }
            .into_any(),
            _ => view! {
                <div class="player still">
                    <Thumbnail picture=poster shape />
                </div>
            }
            .into_any(),
        })
    }
}

fn facts(speech: Speech, item: &Item, owner: Option<&str>, whereabouts: String) -> Vec<(Message, String)> {
    let mut kind = speech.say(kind_name(item.media()));
    if let Some((width, height)) = item.dimensions {
        kind.push_str(", ");
        kind.push_str(&width.to_string());
        kind.push_str(" × ");
        kind.push_str(&height.to_string());
    }
    let mut facts = vec![(Message::FactKind, kind)];
    if let Some(duration) = item.duration {
        facts.push((Message::FactLength, span(speech, format::span(duration))));
    }
    if let Some(size) = item.size {
        facts.push((Message::FactSize, speech.format(|formats| formats.size(size))));
    }
    if let Some(modified) = item.modified {
        let date = speech.format(|formats| formats.full_day(modified));
        let date = match item.modified_by.as_deref() {
            Some(name) => speech.fill(Message::ModifiedBy, &[("date", &date), ("name", name)]),
            None => date,
        };
        facts.push((Message::FactModified, date));
    }
    if let Some(owner) = owner {
        facts.push((Message::FactOwner, owner.to_owned()));
    }
    if !whereabouts.is_empty() {
        facts.push((Message::FactWhere, whereabouts));
    }
    facts
}
