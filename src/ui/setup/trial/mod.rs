//! The live check: the site's page, this browser, a real sign-in, and Graph, each noted as soon as it is known.

mod graph;
mod page;
mod sign_in;
mod token;

pub use sign_in::Work;

use super::state::Setup;
use leptos::prelude::*;
use onedrive_picker_core::registration::{CheckName, CheckState, Mend};

/// The report for support: names, states and codes; no token, no name of a person.
pub fn report(setup: Setup) -> String {
    let time = js_sys::Date::new_0().to_iso_string().as_string().unwrap_or_default();
    let site =
        setup.site.with_untracked(|site| site.as_ref().ok().map(|read| read.site.origin().to_string()));
    let mut report = setup
        .diagnosis
        .with_untracked(|diagnosis| diagnosis.report(&time, site.as_deref().unwrap_or("unknown")));
    setup.work().push_details(&mut report);
    report
}

impl Setup {
    /// What a passed check found.
    pub fn note(self, name: CheckName) -> Option<String> {
        self.notes.with(|notes| notes.iter().find(|(noted, _)| *noted == name).map(|(_, note)| note.clone()))
    }

    fn set_note(self, name: CheckName, note: String) {
        self.notes.update(|notes| {
            notes.retain(|(noted, _)| *noted != name);
            notes.push((name, note));
        });
    }

    fn set_check(self, name: CheckName, state: CheckState) {
        self.diagnosis.update(|diagnosis| diagnosis.set(name, state));
    }

    fn fail_check(self, name: CheckName, mend: Mend, code: &str) {
        self.set_check(name, CheckState::Failed { mend, code: code.to_owned() });
    }
}
