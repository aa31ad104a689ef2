//! What "Copy details" gives for a sign-in that failed: codes, ids and a time, never a token, a name or an address.

use super::SignInError;

/// One line of the details: a stable name and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The name: `code`, `aadsts`, `correlation_id`, `trace_id`, `timestamp`, `message`.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

impl SignInError {
    /// The details for support.
    pub fn details(&self) -> Vec<Detail> {
        let mut details = vec![Detail { name: "code", value: self.code().to_owned() }];
        match self.provider_error() {
            Some(error) => {
                let guid = |guid: &super::Guid| guid.as_str().to_owned();
                for (name, value) in [
                    ("aadsts", error.aadsts.map(aadsts)),
                    ("correlation_id", error.correlation_id.as_ref().map(guid)),
                    ("trace_id", error.trace_id.as_ref().map(guid)),
                    ("timestamp", error.timestamp.clone()),
                ] {
                    details.extend(value.map(|value| Detail { name, value }));
                }
            }
            None => details.push(Detail { name: "message", value: self.to_string() }),
        }
        details
    }
}

fn aadsts(code: u32) -> String {
    let mut text = String::from("AADSTS");
    text.push_str(&code.to_string());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::ProviderError;

    #[test]
    fn gives_what_support_needs() {
        let description = "AADSTS65001: text Trace ID: 11111111-2222-3333-4444-555555555555 \
            Correlation ID: 66666666-7777-8888-9999-000000000000 Timestamp: 2026-11-23 05:55:00Z";
        let error = SignInError::Refused(ProviderError::new("consent_required", description, "", ""));
        let details: Vec<(&str, String)> =
            error.details().into_iter().map(|detail| (detail.name, detail.value)).collect();
        let expected = [
            ("code", "consent_required"),
            ("aadsts", "AADSTS65001"),
            ("correlation_id", "66666666-7777-8888-9999-000000000000"),
            ("trace_id", "11111111-2222-3333-4444-555555555555"),
            ("timestamp", "2026-11-23 05:55:00Z"),
        ];
        assert_eq!(details, expected.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn says_what_we_refused_ourselves() {
        let details = SignInError::IdTokenExpired { seconds: 400 }.details();
        assert_eq!(details[0].value, "id_token_expired");
        assert!(details[1].value.contains("400 s"));
    }
}
