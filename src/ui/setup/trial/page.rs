//! What the redirect URI answers, asked whenever it changes.

use super::super::state::Setup;
use super::super::tell::fill;
use crate::browser::{Browser, Probe, probe};
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedrive_picker_core::auth::ClientId;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::picker::ports::Clock;
use onedrive_picker_core::registration::{
    CheckName, CheckState, Directive, PageAnswer, Reached, Registration, SetupForm, trial_settings,
};
use onedrive_picker_core::settings::Settings;
use onedrive_picker_core::web::{Origin, Response};

/// How long somebody has to have stopped typing, in milliseconds.
const PAUSE: u32 = 500;

/// Stands for an application id as long as none was entered; nobody signs in with it.
const NO_APPLICATION: &str = "00000000-0000-0000-0000-000000000000";

impl Setup {
    /// Asks the page whenever its address changes.
    pub fn watch_page(self) {
        let uri = Memo::new(move |_| {
            self.registration.with(|registration| registration.as_ref().map(Registration::redirect_uri))
        });
        Effect::new(move || {
            let uri = uri.get();
            let turn = self.work().next_turn();
            spawn_local(async move {
                Browser.sleep(PAUSE).await;
                if self.work().is_turn(turn) {
                    self.check_page(uri, turn).await;
                }
            });
        });
    }

    async fn check_page(self, uri: Option<String>, turn: u32) {
        let own_origin = self.place().own_origin.clone();
        let Some(uri) = uri else {
            return self.diagnosis.update(|diagnosis| {
                CheckName::PAGE.into_iter().for_each(|name| diagnosis.set(name, CheckState::Waiting));
            });
        };
        if Origin::of_url(&uri).as_ref() != Ok(&own_origin) {
            return self.diagnosis.update(|diagnosis| diagnosis.note_foreign_site());
        }
        self.diagnosis.update(|diagnosis| {
            CheckName::PAGE.into_iter().for_each(|name| diagnosis.set(name, CheckState::Running));
        });
        let began = Browser.now();
        let probed = probe(&uri).await;
        let took = Browser.now().saturating_sub(began);
        if !self.work().is_turn(turn) {
            return;
        }
        let reached = match probed {
            Probe::Unreachable => Reached::Nothing,
            Probe::Redirected => Reached::Redirected,
            Probe::Answered(response) => Reached::Answered(page_answer(response)),
        };
        let origins = self.trial_settings().map(|settings| needed_origins(&settings)).unwrap_or_default();
        let needed: Vec<(Directive, &str)> =
            origins.iter().map(|(directive, origin)| (*directive, origin.as_str())).collect();
        self.diagnosis.update(|diagnosis| diagnosis.note_page(&reached, &needed, own_origin.as_str()));
        let took = self.speech.format(|formats| formats.number(took));
        self.set_note(CheckName::Page, fill(self.speech, SetupMessage::PageNote, &[("time", &took)]));
    }

    /// The settings to sign in with. `None` if those of the page cannot be used.
    pub(super) fn trial_settings(self) -> Option<Settings> {
        let place = self.place();
        let module = self.form.with_untracked(|form| {
            form.module().or_else(|| {
                let application_id = ClientId::parse(NO_APPLICATION)?.as_str().to_owned();
                SetupForm { application_id, ..form.clone() }.module()
            })
        })?;
        let of_page = trial_settings(place.page_settings.as_deref(), &module, &place.own_origin);
        of_page.or_else(|_| trial_settings(None, &module, &place.own_origin)).ok()
    }
}

/// Where the picker's page sends requests, and what it frames.
fn needed_origins(settings: &Settings) -> Vec<(Directive, Origin)> {
    let mut needed = vec![(Directive::Connect, settings.graph_base.origin().clone())];
    if let Ok(login) = Origin::of_url(&settings.login_base_url) {
        needed.push((Directive::Connect, login.clone()));
        needed.push((Directive::Frame, login));
    }
    needed
}

fn page_answer(response: Response) -> PageAnswer {
    PageAnswer {
        status: response.status,
        opener_policy: response.header("cross-origin-opener-policy").map(str::to_owned),
        content_policy: response.header("content-security-policy").map(str::to_owned),
        body: response.body,
    }
}
