//! Reading one key at a time out of the settings object.

use super::{Allowed, SettingsError};
use crate::auth::looks_like_client_secret;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// The longest value that an error repeats, in characters.
const LONGEST_SHOWN: usize = 80;

/// The settings object while it is being read. What is wrong with a key is kept, and the first of that is the answer.
pub(super) struct Object {
    map: Map<String, Value>,
    wrong: RefCell<Option<SettingsError>>,
}

impl Object {
    /// # Errors
    /// [`SettingsError::Malformed`] if the text is not a JSON object.
    pub(super) fn parse(json: &str) -> Result<Self, SettingsError> {
        let json = json.trim_start_matches('\u{feff}');
        match serde_json::from_str(json) {
            Ok(Value::Object(map)) => Ok(Self { map, wrong: RefCell::new(None) }),
            _ => Err(SettingsError::Malformed),
        }
    }

    /// Reads a key with `read`; `None` if the key is missing or `null`, or if `read` finds nothing in the value, which is
    /// wrong then.
    pub(super) fn value<T>(
        &self,
        key: &'static str,
        allowed: Allowed,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let found = read(value);
        if found.is_none() {
            self.refuse(wrong(key, value, allowed));
        }
        found
    }

    /// Reads a key that holds a text, in the same way.
    pub(super) fn text<T>(
        &self,
        key: &'static str,
        allowed: Allowed,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.value(key, allowed, |value| read(value.as_str()?))
    }

    /// Reads a key that holds a list of texts, one after the other, and says whether there is one. The first entry in which `read`
    /// finds nothing is wrong.
    pub(super) fn each(
        &self,
        key: &'static str,
        allowed: Allowed,
        read: &mut dyn FnMut(&str) -> Option<()>,
    ) -> bool {
        let Some(value) = self.get(key) else { return false };
        let Some(entries) = value.as_array() else {
            self.refuse(wrong(key, value, allowed));
            return false;
        };
        for entry in entries {
            if entry.as_str().and_then(&mut *read).is_none() {
                self.refuse(wrong(key, entry, allowed));
                return false;
            }
        }
        true
    }

    /// Keeps what is wrong, if nothing was before.
    pub(super) fn refuse(&self, error: SettingsError) {
        self.wrong.borrow_mut().get_or_insert(error);
    }

    /// The end of reading.
    ///
    /// # Errors
    /// What was wrong first.
    pub(super) fn finish(self) -> Result<(), SettingsError> {
        self.wrong.into_inner().map_or(Ok(()), Err)
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }
}

/// The error for a value that is there and not allowed.
pub(super) fn wrong(key: &'static str, value: &Value, allowed: Allowed) -> SettingsError {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    SettingsError::Wrong { key, value: shown(&text), allowed }
}

fn shown(text: &str) -> String {
    if looks_like_client_secret(text) {
        return String::from("•••");
    }
    let mut shown: String = text.chars().filter(|letter| !letter.is_control()).take(LONGEST_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
