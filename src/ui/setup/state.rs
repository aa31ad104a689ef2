//! The assistant's state as signals: what was entered, what follows from it, what was checked.

use super::kept;
use super::start::Start;
use super::step::Step;
use super::tell::fill;
use super::trial::Work;
use crate::ui::speech::Speech;
use leptos::html::H1;
use leptos::prelude::*;
use onedrive_picker_core::auth::ClientId;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::{
    ApplicationIdError, CheckName, CheckState, Diagnosis, ModuleSettings, ReadSite, Registration, SetupForm,
    SiteError, read_application_id,
};
use onedrive_picker_core::settings::SettingsError;
use onedrive_picker_core::web::Origin;
use std::rc::Rc;

/// How far the sign-in of the live check is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// None is under way.
    #[default]
    Idle,
    /// Microsoft's window is open.
    Waiting,
    /// The browser let no window open.
    Blocked,
    /// Signed in; the other checks run.
    Checking,
}

/// The page and where it stands, which do not change.
pub struct Place {
    /// The origin of this page.
    pub own_origin: Origin,
    /// The settings that this page was served with, as text.
    pub page_settings: Option<String>,
    /// What is wrong with them.
    pub settings_error: Option<SettingsError>,
}

/// The assistant. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Setup {
    /// The words, also outside components.
    pub speech: Speech,
    /// What was entered.
    pub form: RwSignal<SetupForm>,
    /// Which step is open.
    pub step: RwSignal<Step>,
    /// Whether somebody pressed Next on this step, so that empty fields are complained about.
    pub pressed: RwSignal<bool>,
    /// The site that was entered.
    pub site: Memo<Result<ReadSite, SiteError>>,
    /// The application id that was entered.
    pub application_id: Memo<Result<ClientId, ApplicationIdError>>,
    /// What to register.
    pub registration: Memo<Option<Registration>>,
    /// What to enter in the module.
    pub module: Memo<Option<ModuleSettings>>,
    /// The checks.
    pub diagnosis: RwSignal<Diagnosis>,
    /// What passed checks found, such as a name.
    pub notes: RwSignal<Vec<(CheckName, String)>>,
    /// How far the sign-in is.
    pub run: RwSignal<Run>,
    /// The states of the checks of a Kaltura session, in their order; empty before they are run.
    pub kaltura: RwSignal<Vec<CheckState>>,
    /// Whether the values came with a link.
    pub from_link: RwSignal<bool>,
    /// What just happened, for assistive technology.
    pub announcement: RwSignal<String>,
    /// Whether the browser refused to copy.
    pub copy_refused: RwSignal<bool>,
    /// The title of the step, which gets the focus.
    pub title: NodeRef<H1>,
    place: StoredValue<Rc<Place>, LocalStorage>,
    work: StoredValue<Rc<Work>, LocalStorage>,
}

impl Setup {
    /// The assistant at its start. Call within a reactive owner.
    pub fn new(start: Start) -> Self {
        let speech = start.speech();
        let step = RwSignal::new(Step::parse(&start.form.step));
        let form = RwSignal::new(start.form);
        Self {
            speech,
            step,
            pressed: RwSignal::new(false),
            site: Memo::new(move |_| form.with(SetupForm::read_site)),
            application_id: Memo::new(move |_| form.with(|form| read_application_id(&form.application_id))),
            registration: Memo::new(move |_| form.with(SetupForm::registration)),
            module: Memo::new(move |_| form.with(SetupForm::module)),
            form,
            diagnosis: RwSignal::new(Diagnosis::default()),
            notes: RwSignal::new(Vec::new()),
            run: RwSignal::new(Run::Idle),
            kaltura: RwSignal::new(Vec::new()),
            from_link: RwSignal::new(start.from_link),
            announcement: RwSignal::new(String::new()),
            copy_refused: RwSignal::new(false),
            title: NodeRef::new(),
            place: StoredValue::new_local(Rc::new(Place {
                own_origin: start.own_origin,
                page_settings: start.page_settings,
                settings_error: start.settings_error,
            })),
            work: StoredValue::new_local(Rc::default()),
        }
    }

    /// The assistant, from any component.
    pub fn here() -> Self {
        expect_context::<Self>()
    }

    /// The page and where it stands.
    pub fn place(self) -> Rc<Place> {
        self.place.get_value()
    }

    /// The sign-in under way.
    pub(super) fn work(self) -> Rc<Work> {
        self.work.get_value()
    }

    /// Keeps what is entered, whenever it changes.
    pub fn keep(self) {
        Effect::new(move || {
            let mut form = self.form.get();
            form.step = self.step.get().name().to_owned();
            kept::write(&form);
        });
    }

    /// Opens a step, from which Back of the browser leads to the one before.
    pub fn open(self, step: Step) {
        self.note_step(step);
        self.show(step);
    }

    /// Shows a step; its title gets the focus.
    pub(super) fn show(self, step: Step) {
        self.pressed.set(false);
        self.step.set(step);
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        request_animation_frame(move || {
            if let Some(title) = self.title.get_untracked() {
                let _ = title.focus();
            }
        });
    }

    /// Whether a step has all that it asks for.
    pub fn is_complete(self, step: Step) -> bool {
        match step {
            Step::Site => self.site.with(Result::is_ok),
            Step::Register => self.application_id.with(Result::is_ok),
            Step::Permissions | Step::Module => self.step.get() > step,
            Step::Try => self.diagnosis.with(|diagnosis| diagnosis.passed() == CheckName::ALL.len()),
            Step::Session => self
                .kaltura
                .with(|states| !states.is_empty() && states.iter().all(|state| *state == CheckState::Passed)),
        }
    }

    /// What is missing for a sign-in, and the step where it is entered.
    pub fn missing(self) -> Option<(SetupMessage, Step)> {
        if self.site.with(Result::is_err) {
            Some((SetupMessage::NeedsSite, Step::Site))
        } else if self.application_id.with(Result::is_err) {
            Some((SetupMessage::NeedsApplicationId, Step::Register))
        } else if self.form.with(|form| form.tenant().is_err()) {
            Some((SetupMessage::TenantWrong, Step::Register))
        } else {
            None
        }
    }

    /// Goes on to the next step, or says what is missing.
    pub fn next(self) {
        let step = self.step.get_untracked();
        let is_complete = match step {
            Step::Site => self.site.with_untracked(Result::is_ok),
            Step::Register => self.application_id.with_untracked(Result::is_ok),
            _ => true,
        };
        match step.after() {
            Some(next) if is_complete => self.open(next),
            _ => {
                self.pressed.set(true);
                request_animation_frame(focus_wrong_field);
            }
        }
    }

    /// Forgets everything that was entered.
    pub fn start_over(self) {
        let place = self.place();
        self.give_up();
        self.form.set(kept::first(place.page_settings.as_deref(), &place.own_origin));
        self.diagnosis.set(Diagnosis::default());
        self.notes.set(Vec::new());
        self.kaltura.set(Vec::new());
        self.from_link.set(false);
        self.open(Step::Site);
        self.announce(SetupMessage::StartedOver);
    }

    /// Says what just happened in the `status`.
    pub fn announce(self, message: SetupMessage) {
        self.announcement.set(fill(self.speech, message, &[]));
    }
}

/// Puts the focus where something is wrong.
fn focus_wrong_field() {
    let field = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("main [aria-invalid=true]").ok().flatten());
    if let Some(field) = field {
        let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(field).focus();
    }
}
