//! Reading a JSON object member by member, where a member of another type than expected spoils the whole.

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The members of a JSON object. Each is taken once.
#[derive(Debug)]
pub(crate) struct Members(Map<String, Value>);

/// The text is no JSON object, or a member has another type than expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl Members {
    /// Parses a text.
    ///
    /// # Errors
    /// If it is not a whole JSON object, or has two members of one name: whoever reads the first and whoever reads the last
    /// would differ.
    pub(crate) fn parse(text: &str) -> Result<Self, Malformed> {
        serde_json::from_str(text).map_err(|_| Malformed)
    }

    /// The members of a value.
    ///
    /// # Errors
    /// If it is not an object.
    pub(crate) fn of(value: Value) -> Result<Self, Malformed> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(Malformed),
        }
    }

    /// Takes a member of whatever type; nothing if it is missing or `null`.
    pub(crate) fn any(&mut self, name: &str) -> Option<Value> {
        self.0.get_mut(name).map(Value::take).filter(|value| !value.is_null())
    }

    /// Takes a text; nothing if it is missing or `null`.
    ///
    /// # Errors
    /// If it is of another type.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Malformed> {
        match self.any(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Malformed),
        }
    }

    /// Takes a whole number, zero or more; nothing if it is missing or `null`.
    ///
    /// # Errors
    /// If it is of another type.
    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u64>, Malformed> {
        self.any(name).map(|value| value.as_u64().ok_or(Malformed)).transpose()
    }

    /// Takes an array; nothing if it is missing or `null`.
    ///
    /// # Errors
    /// If it is of another type.
    pub(crate) fn list(&mut self, name: &str) -> Result<Option<Vec<Value>>, Malformed> {
        match self.any(name) {
            None => Ok(None),
            Some(Value::Array(elements)) => Ok(Some(elements)),
            Some(_) => Err(Malformed),
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Once)
    }
}

/// Visits an object whose members each come once.
struct Once;

impl<'de> Visitor<'de> for Once {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            if members.insert(name, access.next_value()?).is_some() {
                return Err(A::Error::custom("a member comes twice"));
            }
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_missing_from_what_is_of_another_type() {
        let mut members = Members::parse(r#"{"a":"x","b":7,"c":[1],"d":null,"e":-1,"f":1.5}"#).unwrap();
        assert_eq!(members.text("b"), Err(Malformed));
        assert_eq!(members.text("a"), Ok(Some("x".to_owned())));
        assert_eq!([members.text("a"), members.text("d"), members.text("z")], [Ok(None), Ok(None), Ok(None)]);
        assert_eq!(members.list("c"), Ok(Some(vec![Value::from(1)])));
        assert_eq!([members.number("d"), members.number("z")], [Ok(None), Ok(None)]);
        assert_eq!([members.number("e"), members.number("f")], [Err(Malformed), Err(Malformed)]);
        for text in ["", "[]", "null", "7", "{", "{} {}", r#"{"a":}"#, r#"{"a":1,"a":1}"#] {
            assert!(Members::parse(text).is_err(), "{text}");
        }
    }
}
