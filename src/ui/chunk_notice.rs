//! What is said while code that somebody waits for is on its way, or cannot be had: a `progressbar` along the top, or an `alert` with
//! "Try again".

use super::app::{App, ChunkNotice};
use super::element::{Built, element, react};
use super::icon::{Shape, icon};
use leptos::prelude::{Get, Memo};
use onedrive_picker_core::i18n::Message;

/// Shows it in an element.
pub fn chunk_notice(app: App, slot: Built) {
    let notice = Memo::new(move |_| app.chunk_notice.get());
    react(move || {
        let notice = notice.get();
        slot.clear();
        match notice {
            ChunkNotice::None => {}
            ChunkNotice::Loading => slot.append(
                &element("div", "chunk-loading")
                    .set("role", "progressbar")
                    .set("aria-label", &app.say(Message::Loading)),
            ),
            ChunkNotice::Failed => {
                let again = element("button", "button slim")
                    .set("type", "button")
                    .text(&app.say(Message::TryAgain))
                    .on("click", move |_| app.load_again());
                let text = element("p", "").text(&app.say(Message::Unloaded));
                let alert = element("div", "banner bad chunk-failed").set("role", "alert");
                slot.append(&alert.with(&icon(Shape::Info, "")).with(&text).with(&again));
            }
        }
    });
}
