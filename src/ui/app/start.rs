//! The start: launch, settings, host options, words, host link, gate, sign-in.

use super::hosting::HostConnection;
use super::loading::Loads;
use super::services::{Asked, Services, locale};
use super::signing_in::SignInWork;
use super::tokens::Tokens;
use super::{App, Screen};
use crate::browser::{
    Browser, Embedding, Formats, Launch, apply_theme, document_language, document_title, fetch_text, listen,
    own_origin,
};
use crate::ui::element::until_cleanup;
use crate::ui::later::Later;
use crate::ui::refusal::Refused;
use crate::ui::speech::Speech;
use leptos::task::spawn_local;
use onedrive_picker_core::auth::{ClientId, Hints};
use onedrive_picker_core::graph::GraphBase;
use onedrive_picker_core::host::options::{Appearance, Host};
use onedrive_picker_core::host::{self, HostOptions};
use onedrive_picker_core::i18n::{Locale, Words};
use onedrive_picker_core::picker::basket::Basket;
use onedrive_picker_core::picker::client::GraphClient;
use onedrive_picker_core::picker::sign_in::SignIn as Protocol;
use onedrive_picker_core::settings::{self, Settings, Theme, TokenStorage};
use onedrive_picker_core::web::Origin;
use std::cell::RefCell;
use std::rc::Rc;

/// What is known before anything is shown.
pub struct Start {
    /// Words and formats.
    pub words: Words,
    /// The locale.
    pub locale: Locale,
    launch: Launch,
    usable: Result<(Settings, HostOptions), Refused>,
}

impl Start {
    /// Reads the launch, the settings and the options, and gets the words.
    pub async fn prepare() -> Option<Self> {
        let launch = Launch::of_this_page()?;
        let own_origin = own_origin()?;
        let usable = usable(&launch, &own_origin).await;
        let parts = usable.as_ref().ok();
        let locale = locale(&launch, parts.map(|parts| &parts.1), parts.map(|parts| &parts.0));
        let words = match launch.words(locale.words) {
            // Words that cannot be had leave the picker in English; that is better than none.
            Some(url) => fetch_text(&url).await.and_then(|text| Words::parse(&text).ok()).unwrap_or_default(),
            None => Words::english(),
        };
        document_language(&locale.tag, locale.is_right_to_left());
        Some(Self { words, locale, launch, usable })
    }

    /// The formatters of the locale.
    pub fn speech(&self) -> Speech {
        Speech::new(self.words.clone(), Formats::new(&self.locale.tag))
    }
}

async fn usable(launch: &Launch, own_origin: &Origin) -> Result<(Settings, HostOptions), Refused> {
    let text = match &launch.settings {
        Some(text) => text.clone(),
        None => fetch_text(&launch.asset("onedrive-settings.json")).await.ok_or(Refused::NoSettings)?,
    };
    let settings = settings::parse(&text, own_origin).map_err(Refused::Settings)?;
    let options = launch.file_picker.as_deref().unwrap_or("{}");
    let mut options = host::parse(options, &settings.host_origins).map_err(Refused::Options)?;
    if launch.continued
        && let Host::Present(messaging) = &mut options.host
    {
        // The frame that opened this window passes on what is said. It is a page of this very origin, or gets nothing.
        messaging.origin = own_origin.clone();
    }
    Ok((settings, options))
}

impl App {
    /// Goes on from what is known: the gate, the host, the sign-in.
    pub fn begin(self, start: Start) {
        let (settings, options) = match start.usable {
            Ok(usable) => usable,
            Err(refused) => {
                let refused = Rc::new(refused);
                self.later(Later::ReportRefusal(Rc::clone(&refused), Box::new(start.launch)));
                return self.screen.set(Screen::Refused(refused));
            }
        };
        themed(&settings, &options);
        let person = settings.gate().cloned().map_err(Refused::Person);
        let client_id = person.as_ref().ok().cloned();
        let Some(services) = self.assemble(settings, options, start.launch, &start.locale, client_id) else {
            return self.refuse_all(Refused::NoSettings);
        };
        let limit = services.wanted().limit;
        self.basket.set(Basket::new(usize::try_from(limit).unwrap_or(usize::MAX)));
        let title = services.options().title.clone();
        *self.services.borrow_mut() = Some(Rc::new(services));
        let configuration = self.announced_options();
        self.start_host();
        document_title(title.as_deref());
        self.later_calls.call(self, Later::TrapFocus);
        spawn_local(self.find_storage_access());
        match person {
            Ok(_) => spawn_local(async move {
                // Announced options may say who signs in, and where to begin.
                if let Some(configuration) = configuration {
                    let _ = configuration.await;
                }
                self.first_sign_in().await;
            }),
            Err(refused) => {
                let refused = Rc::new(refused);
                self.later(Later::ReportUser(Rc::clone(&refused)));
                self.screen.set(Screen::Refused(refused));
            }
        }
    }

    /// Tells the host that this user may not import.
    pub(in crate::ui) fn report_user(self, refused: &Refused) {
        self.with_link(|link| link.report_problem(refused.code(), &refused.details(), self.now()));
    }

    /// Without settings nobody is known to be allowed as a host but this site itself: a page of it is told.
    pub(in crate::ui) fn report_refusal(self, refused: &Refused, launch: &Launch) {
        let options = launch.file_picker.as_deref().zip(own_origin());
        let options = options.and_then(|(options, own)| host::parse(options, &[own]).ok());
        let settings = own_origin().and_then(|own| settings::parse("{}", &own).ok());
        let Some((options, settings)) = options.zip(settings) else { return };
        if let Some(services) = self.assemble(settings, options, launch.clone(), &Locale::choose([]), None) {
            *self.services.borrow_mut() = Some(Rc::new(services));
            self.start_host();
            self.with_link(|link| link.report_problem(refused.code(), &refused.details(), self.now()));
        }
    }

    fn assemble(
        self,
        settings: Settings,
        options: HostOptions,
        launch: Launch,
        locale: &Locale,
        client_id: Option<ClientId>,
    ) -> Option<Services> {
        // A refused person never reaches the sign-in; the application is not needed then.
        let client_id = client_id.or_else(|| ClientId::parse("00000000-0000-0000-0000-000000000000"))?;
        let base = GraphBase::parse(settings.graph_base.as_str()).ok()?;
        let protocol = Protocol::new(&settings, &client_id, settings.files);
        let hints = Hints {
            login_hint: options.sign_in.login_hint.clone(),
            domain_hint: options.sign_in.domain_hint.clone(),
            ..Hints::default()
        };
        let tokens = match settings.token_storage {
            TokenStorage::Memory => Tokens::new(self),
            TokenStorage::Session => Tokens::new(self).kept(client_id.clone()),
        };
        let graph =
            GraphClient::new(Rc::new(Browser), base, tokens.clone()).observed(Box::new(move |waiting| {
                if waiting.is_some() {
                    self.load_later();
                }
                self.waiting.set(waiting.cloned());
            }));
        let host = match &options.host {
            Host::Present(messaging) => Some(HostConnection::new(messaging)),
            Host::Absent => None,
        };
        Some(Services {
            asked: RefCell::new(Asked::new(&settings, options)),
            right_to_left: locale.is_right_to_left(),
            launch,
            embedding: Embedding::of_this_page(),
            tokens,
            graph,
            host,
            sign_in: SignInWork::new(protocol, hints),
            elsewhere: Default::default(),
            loads: Loads::default(),
            typed: Default::default(),
            confines: Default::default(),
            configuration: Default::default(),
            configured: Default::default(),
            given_before: Default::default(),
            reports: Default::default(),
            restored: Default::default(),
            settings,
        })
    }

    pub(super) fn refuse_all(self, refused: Refused) {
        self.screen.set(Screen::Refused(Rc::new(refused)));
    }

    /// The address of the set-up assistant, for administrators.
    pub fn setup_url(self) -> Option<String> {
        Launch::of_this_page().map(|launch| launch.asset("setup"))
    }

    /// Goes on by itself when the network is back. Until the current reactive owner ends.
    pub fn watch_network(self) {
        if let Some(window) = web_sys::window() {
            until_cleanup(listen(&window, "online", move |_| self.back_online()));
        }
    }

    fn back_online(self) {
        self.load_again();
        if self.has_failed() {
            self.try_again();
        }
    }
}

/// The host's theme, else the settings', else the system's.
pub(super) fn themed(settings: &Settings, options: &HostOptions) {
    let of_host = options.theme.as_ref().and_then(|theme| match theme.appearance {
        Appearance::Auto => None,
        Appearance::Light => Some("light"),
        Appearance::Dark => Some("dark"),
        Appearance::Contrast => Some("contrast"),
    });
    let of_settings = match settings.theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
        Theme::Contrast => Some("contrast"),
    };
    let accent = options.theme.as_ref().and_then(|theme| theme.accent.as_deref());
    apply_theme(of_host.or(of_settings), accent);
}
