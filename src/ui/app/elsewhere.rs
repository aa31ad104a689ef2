//! A picker inside another site. Browsers keep its storage apart there, so that the answer of a sign-in does not arrive:
//! either the browser gives access, or the picker goes on in a window of its own and this frame passes its messages on to
//! the host.

use super::{App, Screen, SignIn};
use crate::browser::{Browser, Relay, RelayEvent, StorageAccess, has_storage_access};
use crate::ui::later::Later;
use leptos::task::spawn_local;
use onedrive_picker_core::auth::State;
use onedrive_picker_core::graph::FileRef;
use onedrive_picker_core::host::{HostLink, ItemReference, relay};
use onedrive_picker_core::picker::basket::Basket;
use onedrive_picker_core::picker::ports::Entropy;

/// How far the answer of a sign-in reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To this page.
    Here,
    /// To this page, if the browser gives access to the site's storage; asking needs a click.
    Askable,
    /// Not to this page; only to a window of its own.
    Elsewhere,
}

impl App {
    /// Finds out how far the answer of a sign-in reaches.
    pub(super) async fn find_storage_access(self) {
        let Some(services) = self.services() else { return };
        if !services.embedding.is_cross_origin() {
            return self.access_known.set(true);
        }
        self.framed.set(true);
        let has_access = has_storage_access().await;
        if StorageAccess::is_supported() {
            // Where access is given without a question there is nothing to ask for later.
            let access = if has_access { StorageAccess::request().await } else { None };
            self.reach.set(if access.is_some() { Reach::Here } else { Reach::Askable });
            *services.sign_in.access.borrow_mut() = access;
        } else {
            self.reach.set(if has_access { Reach::Here } else { Reach::Elsewhere });
        }
        self.access_known.set(true);
    }

    /// Asks the browser for access to the site's storage, within a click. If it says no, the way on is a window.
    pub(super) async fn gain_access(self) -> bool {
        let access = StorageAccess::request().await;
        let has_access = access.is_some();
        if let Some(services) = self.services() {
            *services.sign_in.access.borrow_mut() = access;
        }
        self.reach.set(if has_access { Reach::Here } else { Reach::Elsewhere });
        has_access
    }

    /// Goes on in a window of its own. To be called within a click, or the browser blocks it.
    pub fn continue_in_window(self) {
        let Some(services) = self.services() else { return };
        let Ok(random) = Browser.random() else { return };
        let channel_id = State::from_random(&random);
        let options = services.launch.file_picker.as_deref().unwrap_or("{}");
        let url = relay::options_of_window(options, channel_id.secret())
            .and_then(|options| services.launch.address_of_window(&options));
        let Some(url) = url else { return };
        // The one before would go on by itself.
        *services.elsewhere.borrow_mut() = None;
        let opened = Relay::open(&url, channel_id.secret(), move |event| {
            spawn_local(async move { self.told_by_window(event) });
        });
        self.sign_in.set(if opened.is_some() { SignIn::Elsewhere } else { SignIn::BlockedElsewhere });
        *services.elsewhere.borrow_mut() = opened;
        self.screen.set(Screen::SigningIn);
    }

    /// Brings the window to the front.
    pub fn show_other_window(self) {
        if let Some(services) = self.services()
            && let Some(relay) = &*services.elsewhere.borrow()
        {
            relay.focus();
        }
    }

    /// Closes the window, if there is one.
    pub fn close_other_window(self) {
        let Some(services) = self.services() else { return };
        if services.elsewhere.borrow_mut().take().is_some() {
            self.ask_to_sign_in();
        }
    }

    fn told_by_window(self, event: RelayEvent) {
        match event {
            RelayEvent::Connected => self.activate_other_window(),
            RelayEvent::Said(text) => {
                if let Some(given) = relay::read_pick(&text) {
                    // The choice went over to the window; it must not be handed over once more from here.
                    self.basket.update(Basket::clear);
                    self.remember_given(&given);
                }
                if relay::is_for_host(&text) {
                    self.post_to_host(&text);
                }
            }
            RelayEvent::Closed => self.close_other_window(),
        }
    }

    /// Remembers what another page of this picker gave to the host.
    fn remember_given(self, given: &[ItemReference]) {
        let Some(services) = self.services() else { return };
        let mut known = services.given_before.borrow_mut();
        for item in given {
            if let Some(file) = FileRef::parse(&item.drive_id, &item.id)
                && !known.contains(&file)
            {
                known.push(file);
            }
        }
    }

    /// Lets the window's picker begin as soon as the host takes part, with what is chosen here.
    pub(in crate::ui) fn activate_other_window(self) {
        let Some(services) = self.services() else { return };
        let active = services.host.as_ref().is_some_and(|host| host.is_active());
        if active && let Some(relay) = &*services.elsewhere.borrow() {
            relay.post("{\"type\":\"activate\"}");
            let before = services.given_before.borrow();
            let given = self.hand_over.with_untracked(|hand_over| {
                let here = hand_over.given().map(|item| &item.file).filter(|file| !before.contains(file));
                relay::given_before(before.iter().chain(here).map(reference))
            });
            if let Some(given) = given {
                relay.post(&given);
            }
            let options = services.launch.file_picker.as_deref().unwrap_or("{}");
            let configured = services.configured.borrow();
            let configuration = self.basket.with_untracked(|basket| {
                let chosen = basket.choices().iter().map(|choice| reference(&choice.item.file));
                relay::configuration_of_window(options, configured.as_deref(), chosen)
            });
            if let Some(configuration) = configuration {
                relay.post(&configuration);
            }
        }
    }

    /// Whether this picker goes on in a window of its own.
    pub(super) fn has_other_window(self) -> bool {
        self.services().is_some_and(|services| services.elsewhere.borrow().is_some())
    }

    /// What the host said.
    pub(super) fn host_wrote(self, text: String) {
        let is_continued = self.services().is_some_and(|services| services.launch.continued);
        if is_continued || self.has_other_window() {
            return self.later(Later::HostWrote(text));
        }
        self.note_configuration(&text);
        self.with_link(|link: &mut HostLink| link.receive(&text, self.now()));
    }

    /// Keeps what the host has said of its options for a window in which this picker may go on.
    fn note_configuration(self, text: &str) {
        if let Some(services) = self.services()
            && text.split('"').any(|word| word == "configure")
        {
            *services.configured.borrow_mut() = Some(text.to_owned());
        }
    }

    /// What the host said: for the window's picker, if there is one, else for this one.
    pub(in crate::ui) fn relay_from_host(self, text: &str) {
        let Some(services) = self.services() else { return };
        let for_window = {
            let relay = services.elsewhere.borrow();
            let active = services.host.as_ref().is_some_and(|host| host.is_active());
            match &*relay {
                Some(relay) if active && relay.is_connected() => {
                    // What was given is for this frame to say.
                    if relay::read_given_before(text).is_none() {
                        relay.post(text);
                    }
                    true
                }
                _ => false,
            }
        };
        self.note_configuration(text);
        if services.launch.continued
            && let Some(given) = relay::read_given_before(text)
        {
            self.remember_given(&given);
        } else if !for_window {
            self.with_link(|link: &mut HostLink| link.receive(text, self.now()));
        }
    }
}

fn reference(file: &FileRef) -> ItemReference {
    ItemReference { drive_id: file.drive.as_str().to_owned(), id: file.item.as_str().to_owned() }
}
