//! The errors of the sign-in: their numbers, OAuth names, words, and where they are shown (entra-sign-in.md 3 and 4).

use serde_json::{Value, json};

use super::aadsts_table::TABLE;
use crate::drive::{Moment, guid};

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The number after `AADSTS`.
    pub(super) code: u32,
    /// The OAuth error.
    pub(super) error: &'static str,
    /// Whether it is shown on Microsoft's own page and never reaches the redirect URI.
    pub(super) on_page: bool,
    subject: String,
    words: &'static str,
}

impl Trouble {
    /// The error with that number.
    pub(super) fn of(code: u32) -> Self {
        let row = TABLE.iter().find(|row| row.0 == code).or(TABLE.last());
        let &(_, error, on_page, words) = row.unwrap_or(&(0, "server_error", false, ""));
        Self { code, error, on_page, subject: String::new(), words }
    }

    /// What it is about: a parameter, an application, an account.
    pub(super) fn about(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// Shown on Microsoft's page although it could be sent back.
    pub(super) const fn on_page(mut self) -> Self {
        self.on_page = true;
        self
    }

    /// Sent back although it would be shown; a silent request can show nothing.
    pub(super) const fn sent_back(mut self) -> Self {
        self.on_page = false;
        self
    }

    /// `AADSTS65004: User declined …` without the trailing ids.
    pub(super) fn sentence(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.words.replace("{}", &self.subject))
    }

    /// The whole `error_description`.
    pub(super) fn description(&self, now: Moment) -> String {
        let (trace, correlation) = trace(now, self.code);
        let time = now.to_string().replace('T', " ");
        format!("{} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}", self.sentence())
    }

    /// As the token endpoint and discovery write it.
    pub(super) fn as_json(&self, error: &str, now: Moment) -> Value {
        let (trace, correlation) = trace(now, self.code);
        json!({
            "error": error,
            "error_description": self.description(now),
            "error_codes": [self.code],
            "timestamp": now.to_string().replace('T', " "),
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": "https://login.microsoftonline.com/error?code=".to_owned() + &self.code.to_string(),
        })
    }
}

/// The trace id and correlation id that an error shows.
pub(super) fn trace(now: Moment, code: u32) -> (String, String) {
    (guid(&format!("trace {now} {code}")), guid(&format!("correlation {now} {code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_number_words_and_ids() {
        let text = Trouble::of(50_011).about("https://a/b").description(Moment::at(2026, 11, 1, 8, 0));
        assert!(text.starts_with("AADSTS50011: The redirect URI 'https://a/b' specified"), "{text}");
        for part in [" Trace ID: ", " Correlation ID: ", " Timestamp: 2026-11-01 08:00:00Z"] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn an_unknown_number_is_a_server_error() {
        assert_eq!(Trouble::of(12).error, "server_error");
        assert_eq!(Trouble::of(12).code, 12);
    }
}
