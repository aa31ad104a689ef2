//! Who is signed in, with a menu to change that.
//!
//! ARIA: menu button (`aria-haspopup="menu"`). Keys: Enter or Space opens, arrows move, Escape closes.

use super::app::App;
use super::icon::{Icon, Shape};
use super::menu::{Menu, MenuItem};
use super::speech::{say, speech};
use leptos::prelude::*;
use onedrive_picker_core::i18n::Message;

/// The account button and its menu.
#[component]
pub fn AccountButton() -> impl IntoView {
    let app = App::here();
    let open = RwSignal::new(false);
    let speech = speech();
    move || {
        app.account.get().map(|account| {
            let shown = [account.name(), " ", account.username().unwrap_or_default()].concat();
            let label = speech.fill(Message::Account, &[("name", shown.trim_end())]);
            let items = [
                MenuItem::new(Shape::Account, say(Message::UseAnotherAccount), move || {
                    app.use_another_account();
                }),
                MenuItem::new(Shape::SignOut, say(Message::SignOut), move || app.sign_out()),
            ];
            view! {
                <div class="menu-anchor account-anchor">
                    <button
                        type="button"
                        class="account"
                        aria-haspopup="menu"
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        aria-label=label.clone()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <span class="avatar" aria-hidden="true" data-initials=account.initials()></span>
                        <span>
                            <bdi>{account.name().to_owned()}</bdi>
                            <br />
                            <bdi class="more">{account.username().unwrap_or_default().to_owned()}</bdi>
                        </span>
                    </button>
                    <Menu label open items=items.into() class="above" />
                </div>
            }
        })
    }
}

/// The account icon, for banners about the session.
#[component]
pub fn AccountIcon() -> impl IntoView {
    view! { <Icon shape=Shape::Account /> }
}
