//! Which kinds of files are shown. Folders always are.
//!
//! ARIA: menu button with `menuitemradio`s.

use super::app::App;
use super::icon::{Icon, Shape};
use super::menu::{Menu, MenuItem};
use super::speech::say;
use super::words::kind_name;
use crate::graph::MediaKind;
use crate::picker::filter::Show as Shown;
use crate::text::Message;
use leptos::prelude::*;

const KINDS: [Option<MediaKind>; 5] =
    [None, Some(MediaKind::Video), Some(MediaKind::Audio), Some(MediaKind::Image), Some(MediaKind::Document)];

/// The button that says the kind, and its menu.
#[component]
pub fn KindFilter() -> impl IntoView {
    let app = App::here();
    let open = RwSignal::new(false);
    let current = move || {
        app.version.track();
        app.listing.with_untracked(|listing| match listing.show() {
            Shown::All => None,
            Shown::Only(kind) => Some(kind),
        })
    };
    let name = |kind: Option<MediaKind>| say(if kind.is_none() { Message::KindAll } else { kind_name(kind) });
    view! {
        <div class="menu-anchor wider">
            <button
                type="button"
                class="button quiet sorter"
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=say(Message::FilterKind)
                on:click=move |_| {
                    app.load_later_style();
                    open.update(|open| *open = !*open);
                }
            >
                <Icon shape=Shape::File />
                <span class="wider">{move || name(current())}</span>
            </button>
            {move || {
                let current = current();
                let items = KINDS
                    .into_iter()
                    .map(|kind| MenuItem::radio(name(kind), kind == current, move || app.show_kind(kind)))
                    .collect();
                view! { <Menu label=say(Message::FilterKind) open items class="below" /> }
            }}
        </div>
    }
}
