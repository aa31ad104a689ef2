//! The words and formats of the chosen locale, within reach of every component.

use crate::browser::Formats;
use leptos::prelude::*;
use onedrive_picker_core::i18n::{Message, Words};
use std::rc::Rc;

/// The locale's words and formats. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Speech(StoredValue<Rc<(Words, Formats)>, LocalStorage>);

impl Speech {
    /// Makes the words and formats available.
    pub fn new(words: Words, formats: Formats) -> Self {
        Self(StoredValue::new_local(Rc::new((words, formats))))
    }

    fn parts(self) -> Rc<(Words, Formats)> {
        self.0.get_value()
    }

    /// Adds the English texts that are not in the main chunk.
    pub fn add_deferred_english(self) {
        self.parts().0.add_deferred_english();
    }

    /// A text without places.
    pub fn say(self, message: Message) -> String {
        self.parts().0.get(message).to_owned()
    }

    /// A text with its places filled.
    pub fn fill(self, message: Message, places: &[(&str, &str)]) -> String {
        self.parts().0.fill(message, places)
    }

    /// A text whose form a count decides.
    pub fn count(self, message: Message, count: u64, places: &[(&str, &str)]) -> String {
        let parts = self.parts();
        // A form for exactly nothing comes before the category of nothing.
        let exact = count == 0 && parts.0.has_form_for_none(message);
        let category = if exact { "=0".to_owned() } else { parts.1.plural(count) };
        parts.0.count(message, &category, &parts.1.number(count), places)
    }

    /// A text of the page's own set of messages, with its places filled.
    pub fn fill_own(self, place: usize, english: &str, places: &[(&str, &str)]) -> String {
        self.parts().0.fill_own(place, english, places)
    }

    /// A text of the page's own set of messages, whose form a count decides.
    pub fn count_own(self, place: usize, english: &str, count: u64) -> String {
        let parts = self.parts();
        let category = if count == 0 { "=0".to_owned() } else { parts.1.plural(count) };
        parts.0.count_own(place, english, &category, &parts.1.number(count))
    }

    /// Does something with the formatters.
    pub fn format<T>(self, with: impl FnOnce(&Formats) -> T) -> T {
        with(&self.parts().1)
    }
}

/// The words of the chosen locale.
pub fn speech() -> Speech {
    expect_context::<Speech>()
}

/// A text without places, in the chosen locale.
pub fn say(message: Message) -> String {
    speech().say(message)
}
