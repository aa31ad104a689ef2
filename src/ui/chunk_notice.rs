//! What is said while code that somebody waits for is on its way, or cannot be had.

use super::app::{App, ChunkNotice};
use super::icon::{Icon, Shape};
use super::speech::say;
use crate::text::Message;
use leptos::prelude::*;

/// A bar along the top: a `progressbar` while code is loading, an `alert` with "Try again" where it could not be had.
#[component]
pub fn ChunkNoticeBar() -> impl IntoView {
    let app = App::here();
    move || match app.chunk_notice.get() {
        ChunkNotice::None => ().into_any(),
        ChunkNotice::Loading => {
            view! { <div class="chunk-loading" role="progressbar" aria-label=say(Message::Loading)></div> }.into_any()
        }
        ChunkNotice::Failed => view! {
            <div class="banner bad chunk-failed" role="alert">
                <Icon shape=Shape::Info />
                <p>{say(Message::Unloaded)}</p>
                <button type="button" class="button slim" on:click=move |_| app.load_again()>
                    {say(Message::TryAgain)}
                </button>
            </div>
        }
        .into_any(),
    }
}
