//! Reading one key at a time out of the settings object.

use super::{Allowed, SettingsError};
use crate::auth::looks_like_client_secret;
use serde_json::{Map, Value};

/// The longest value that an error repeats, in characters.
const LONGEST_SHOWN: usize = 80;

/// The settings object while it is being read.
pub(super) struct Object(Map<String, Value>);

impl Object {
    /// # Errors
    /// [`SettingsError::Malformed`] if the text is not a JSON object.
    pub(super) fn parse(json: &str) -> Result<Self, SettingsError> {
        let json = json.trim_start_matches('\u{feff}');
        match serde_json::from_str(json) {
            Ok(Value::Object(map)) => Ok(Self(map)),
            _ => Err(SettingsError::Malformed),
        }
    }

    /// Reads a key with `read`; `None` if the key is missing or `null`.
    ///
    /// # Errors
    /// [`SettingsError::Wrong`] if `read` finds nothing in the value.
    pub(super) fn value<T>(
        &self,
        key: &'static str,
        allowed: Allowed,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| wrong(key, value, allowed)),
        }
    }

    /// Reads a key that holds a text.
    ///
    /// # Errors
    /// [`SettingsError::Wrong`] if the value is no text or `read` finds nothing in it.
    pub(super) fn text<T>(
        &self,
        key: &'static str,
        allowed: Allowed,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        self.value(key, allowed, |value| read(value.as_str()?))
    }

    /// Reads a key that holds a list of texts, one after the other.
    ///
    /// # Errors
    /// [`SettingsError::Wrong`] if the value is no list, naming the first entry that `read` refuses.
    pub(super) fn list<T>(
        &self,
        key: &'static str,
        allowed: Allowed,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<Vec<T>>, SettingsError> {
        let Some(value) = self.0.get(key).filter(|value| !value.is_null()) else { return Ok(None) };
        let entries = value.as_array().ok_or_else(|| wrong(key, value, allowed))?;
        let mut list = Vec::with_capacity(entries.len());
        for entry in entries {
            list.push(entry.as_str().and_then(&read).ok_or_else(|| wrong(key, entry, allowed))?);
        }
        Ok(Some(list))
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
