//! What stands above the listing, and the dialogs.

use super::banner::Banner;
use super::busy::Busy;
use super::keys_dialog::KeysDialog;
use super::link_dialog::LinkDialog;
use super::search_scope::SearchScope;
use super::toolbar::Toolbar;
use leptos::prelude::*;

/// Toolbar, banners and dialogs.
#[component]
pub fn Above() -> impl IntoView {
    view! {
        <Toolbar />
        <SearchScope />
        <Busy />
        <Banner />
        <KeysDialog />
        <LinkDialog />
    }
}
