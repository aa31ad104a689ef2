//! The link to the host: carries out what `host::link` wants done, and tells the rest what the host did.

use super::{App, Screen};
use crate::browser::{Browser, Embedding, HostPort, listen};
use crate::ui::later::Later;
use crate::ui::refusal::Refused;
use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::host::message::AuthenticateRequest;
use onedrive_picker_core::host::{
    CommandFailure, Effect, HostEvent, HostLink, HostToken, Messaging, PickedItem, RequestId,
};
use onedrive_picker_core::picker::ports::Clock;
use std::cell::RefCell;

/// The height that a framed picker asks for, in pixels.
const FRAME_HEIGHT: u32 = 800;

/// How long a window or a frame takes to go once it is closed, in milliseconds.
const CLOSING: u32 = 1_000;

/// What a request to the host came to.
pub(super) enum HostAnswer {
    /// It went well.
    Done,
    /// It supplied a token.
    Token(HostToken),
    /// It did not go well.
    Failed(CommandFailure),
}

/// One host: the state machine, the port, the timer.
pub(super) struct HostConnection {
    link: RefCell<HostLink>,
    port: RefCell<Option<HostPort>>,
    timer: RefCell<Option<Timeout>>,
    waiting: RefCell<Vec<(RequestId, oneshot::Sender<HostAnswer>)>>,
}

impl HostConnection {
    /// A connection that has not said anything yet.
    pub(super) fn new(messaging: &Messaging) -> Self {
        Self {
            link: RefCell::new(HostLink::new(messaging)),
            port: RefCell::default(),
            timer: RefCell::default(),
            waiting: RefCell::default(),
        }
    }

    /// Whether the host takes part.
    pub(super) fn is_active(&self) -> bool {
        self.link.borrow().is_active()
    }
}

impl App {
    /// Says `initialize` to the host, if there is one.
    pub(super) fn start_host(self) {
        self.with_link(|link| link.start(Browser.now()));
        if let Some(window) = web_sys::window() {
            // Some hosts close the window before they answer a pick. A window that goes on for this frame goes with it.
            let leaving = listen(&window, "pagehide", move |_| {
                self.with_link(HostLink::window_closing);
                // Without such a window there is nothing to fetch code for.
                if self.has_other_window() {
                    self.later(Later::CloseOtherWindow);
                }
            });
            on_cleanup({
                let leaving = StoredValue::new_local(leaving);
                move || leaving.dispose()
            });
        }
    }

    /// Does something with the link, then carries out what it wants.
    pub(super) fn with_link(self, act: impl FnOnce(&mut HostLink)) {
        let Some(services) = self.services() else { return };
        let Some(host) = &services.host else { return };
        act(&mut host.link.borrow_mut());
        self.pump(host, &services.embedding);
    }

    fn tick_link(self) {
        self.with_link(|link| link.tick(Browser.now()));
    }

    /// Carries out what the link wants, and sets the timer for its next wait.
    fn pump(self, host: &HostConnection, embedding: &Embedding) {
        let effects = host.link.borrow_mut().take_effects();
        for effect in effects {
            self.carry_out(host, embedding, effect);
        }
        let deadline = host.link.borrow().next_deadline();
        *host.timer.borrow_mut() = deadline.map(|deadline| {
            let wait = u32::try_from(deadline.saturating_sub(Browser.now())).unwrap_or(u32::MAX);
            Timeout::new(wait, move || self.tick_link())
        });
    }

    fn carry_out(self, host: &HostConnection, embedding: &Embedding, effect: Effect) {
        match effect {
            Effect::PostInitialize { text, origin } => {
                let receive = move |text: String| self.host_wrote(text);
                *host.port.borrow_mut() = HostPort::open(embedding, &origin, &text, receive);
            }
            Effect::Post(text) => {
                if let Some(port) = &*host.port.borrow() {
                    port.post(&text);
                }
            }
            Effect::PostToParent { text, origin } => {
                if let Ok(message) = js_sys::JSON::parse(&text) {
                    embedding.post(&message, &origin);
                }
            }
            Effect::ClosePort => *host.port.borrow_mut() = None,
            // Listeners may use the link again: not within this call.
            Effect::Deliver(event) => spawn_local(async move { self.host_said(event) }),
        }
    }

    /// Posts a message of the window in which this picker goes on, word for word.
    pub(super) fn post_to_host(self, message: &str) {
        if let Some(services) = self.services()
            && let Some(host) = &services.host
            && let Some(port) = &*host.port.borrow()
        {
            port.post(message);
        }
    }

    fn host_said(self, event: HostEvent) {
        match event {
            HostEvent::Token { request, token } => self.answer(request, HostAnswer::Token(token)),
            HostEvent::PickAccepted { request } | HostEvent::CloseAccepted { request } => {
                self.answer(request, HostAnswer::Done);
            }
            HostEvent::NoToken { request, failure }
            | HostEvent::PickFailed { request, failure }
            | HostEvent::CloseFailed { request, failure } => {
                self.answer(request, HostAnswer::Failed(failure));
            }
            HostEvent::LatePickAccepted { .. } => self.later(Later::TakenLate),
            HostEvent::ImportProgress(items) => self.later(Later::ImportProgress(items)),
            HostEvent::RefreshLinks { command, items } => self.later(Later::RefreshLinks(command, items)),
            HostEvent::Activated { .. } => {
                self.ask_for_height();
                if self.has_other_window() {
                    self.later(Later::ActivateOtherWindow);
                }
            }
            HostEvent::LateToken(token) => {
                self.take_token(&token);
            }
            HostEvent::NotActivated => {
                self.configuration_is_over();
                self.host_is_silent();
            }
            HostEvent::Configured(options) => self.reconfigure(&options),
            HostEvent::NotConfigured | HostEvent::Closed => self.configuration_is_over(),
            // The person need not know; the excess was dropped.
            HostEvent::Flooded => {}
        }
    }

    fn answer(self, request: RequestId, answer: HostAnswer) {
        let Some(services) = self.services() else { return };
        let Some(host) = &services.host else { return };
        let mut waiting = host.waiting.borrow_mut();
        if let Some(index) = waiting.iter().position(|(waiting, _)| *waiting == request) {
            let (_, sender) = waiting.swap_remove(index);
            let _ = sender.send(answer);
        }
    }

    async fn ask(self, request: impl FnOnce(&mut HostLink) -> RequestId) -> HostAnswer {
        let (sender, receiver) = oneshot::channel();
        self.with_link(|link| {
            let request = request(link);
            if let Some(services) = self.services()
                && let Some(host) = &services.host
            {
                host.waiting.borrow_mut().push((request, sender));
            }
        });
        receiver.await.unwrap_or(HostAnswer::Failed(CommandFailure::Closed))
    }

    /// Whether there is a host.
    pub(super) fn has_host(self) -> bool {
        self.services().is_some_and(|services| services.host.is_some())
    }

    /// Asks the host for a token of Microsoft Graph.
    pub(super) async fn ask_token(self, claims: Option<String>) -> Option<HostToken> {
        let services = self.services()?;
        let resource = services.settings.cloud.graph_resource().to_owned();
        // A host that cannot handle a challenge is asked without it: it may have a newer token all the same.
        let claims = claims.filter(|_| services.options().authentication.claims_challenge);
        let ask = AuthenticateRequest { resource, claims };
        match self.ask(|link| link.authenticate(ask, Browser.now())).await {
            HostAnswer::Token(token) => Some(token),
            HostAnswer::Done | HostAnswer::Failed(_) => None,
        }
    }

    /// Hands a choice over.
    pub(super) async fn hand_to_host(self, items: Vec<PickedItem>) -> Result<(), CommandFailure> {
        match self.ask(|link| link.pick(items, Browser.now())).await {
            HostAnswer::Failed(failure) => Err(failure),
            HostAnswer::Done | HostAnswer::Token(_) => Ok(()),
        }
    }

    /// The person does not want to choose anything (more): the host closes the picker, or the window closes itself.
    pub fn cancel(self) {
        self.leave();
    }

    /// Asks the host to close the picker; closes the window itself if the host does not. A frame can do neither: it says
    /// that it can be left.
    pub fn leave(self) {
        self.forget_choice();
        spawn_local(async move {
            let has_host = self.has_host();
            if has_host {
                let _ = self.ask(|link| link.close(Browser.now())).await;
                self.with_link(HostLink::window_closing);
            }
            if let Some(window) = web_sys::window() {
                let _ = window.close();
            }
            if has_host {
                Browser.sleep(CLOSING).await;
                self.refuse_all(Refused::Left);
            }
        });
    }

    /// Begins anew, after the page has left the picker open.
    pub fn open_again(self) {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    }

    /// Tells a page around the picker how high it wants to be (KAF: at least 800 pixels).
    fn ask_for_height(self) {
        let framed =
            self.services().is_some_and(|services| matches!(services.embedding, Embedding::Framed(_)));
        if framed {
            self.with_link(|link| link.resize_frame(FRAME_HEIGHT));
        }
    }

    fn host_is_silent(self) {
        if matches!(self.screen.get_untracked(), Screen::Browsing) {
            self.later(Later::HostIsSilent);
        }
    }
}
