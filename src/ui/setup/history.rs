//! Back and Forward of the browser go from step to step.

use super::kept;
use super::state::Setup;
use super::step::Step;
use crate::browser::listen;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{History, window};

impl Setup {
    /// Listens to the browser's buttons, and to a link to this page that is opened in this very tab. Call within a
    /// reactive owner.
    pub fn follow_history(self) {
        let Some(window) = window() else { return };
        mark(self.step.get_untracked());
        let listener = StoredValue::new_local(listen(&window, "popstate", move |_| self.travel()));
        on_cleanup(move || listener.dispose());
    }

    /// Makes a step something to go back from.
    pub(super) fn note_step(self, step: Step) {
        if let Some(history) = history().filter(|_| step != self.step.get_untracked()) {
            let _ = history.push_state(&JsValue::from_str(step.name()), "");
        }
    }

    fn travel(self) {
        let state = history().and_then(|history| history.state().ok());
        match state.and_then(|state| state.as_string()) {
            Some(name) => self.show(Step::parse(&name)),
            None => {
                let Some(form) = kept::of_link() else { return };
                let step = Step::parse(&form.step);
                self.form.set(form);
                self.from_link.set(true);
                mark(step);
                self.show(step);
            }
        }
    }
}

/// Notes which step the present entry of the history shows.
fn mark(step: Step) {
    if let Some(history) = history() {
        let _ = history.replace_state(&JsValue::from_str(step.name()), "");
    }
}

fn history() -> Option<History> {
    window()?.history().ok()
}
