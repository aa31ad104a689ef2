//! What Microsoft says when it refuses (RFC 6749 section 4.2.2.1; reference `entra-sign-in`, section 3).
//!
//! Nothing of its free text is kept: whoever can bend an answer could else put words into our page. The codes,
//! ids and the time are kept, each only in its own shape.

use super::{Guid, Problem};

/// A refusal by the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderError {
    /// What kind of refusal: the only thing to branch on.
    pub error: OAuthError,
    /// The person pressed "Cancel" on Microsoft's page (`error_subcode=cancel`).
    pub(crate) cancelled: bool,
    /// The number behind `AADSTS`, for guidance only.
    pub(crate) aadsts: Option<u32>,
    /// For Microsoft's support.
    pub(crate) correlation_id: Option<Guid>,
    /// For Microsoft's support.
    pub(crate) trace_id: Option<Guid>,
    /// When Microsoft refused, such as `2026-11-23 05:55:00Z`.
    pub(crate) timestamp: Option<String>,
}

impl ProviderError {
    /// Reads the parts of an error answer.
    pub(super) fn new(error: &str, description: &str, subcode: &str, uri: &str) -> Self {
        Self {
            error: OAuthError::parse(error),
            cancelled: subcode == "cancel",
            aadsts: number_after(description, "AADSTS").or_else(|| number_after(uri, "code=")),
            correlation_id: word_after(description, "Correlation ID:").and_then(Guid::parse),
            trace_id: word_after(description, "Trace ID:").and_then(Guid::parse),
            timestamp: text_after(description, "Timestamp:").and_then(timestamp),
        }
    }

    /// What happened, in a form that has words for people.
    pub(crate) fn problem(&self) -> Problem {
        if self.cancelled {
            return Problem::Cancelled;
        }
        self.aadsts.and_then(Problem::of_aadsts).unwrap_or_else(|| Problem::of_oauth_error(self.error))
    }
}

/// The values of `error` that a sign-in meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuthError {
    /// `interaction_required`
    InteractionRequired,
    /// `login_required`
    LoginRequired,
    /// `consent_required`
    ConsentRequired,
    /// `access_denied`
    AccessDenied,
    /// `invalid_request`
    InvalidRequest,
    /// `unauthorized_client`
    UnauthorizedClient,
    /// `unsupported_response_type`
    UnsupportedResponseType,
    /// `invalid_scope`
    InvalidScope,
    /// `invalid_resource`
    InvalidResource,
    /// `invalid_client`, at the token endpoint
    InvalidClient,
    /// `invalid_grant`, at the token endpoint
    InvalidGrant,
    /// `server_error`
    ServerError,
    /// `temporarily_unavailable`
    TemporarilyUnavailable,
    /// Any other text.
    Other,
}

impl OAuthError {
    const ALL: [Self; 13] = [
        Self::InteractionRequired,
        Self::LoginRequired,
        Self::ConsentRequired,
        Self::AccessDenied,
        Self::InvalidRequest,
        Self::UnauthorizedClient,
        Self::UnsupportedResponseType,
        Self::InvalidScope,
        Self::InvalidResource,
        Self::InvalidClient,
        Self::InvalidGrant,
        Self::ServerError,
        Self::TemporarilyUnavailable,
    ];

    fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|error| error.code() == text).unwrap_or(Self::Other)
    }

    /// The value as it is written on the wire.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::InteractionRequired => "interaction_required",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::AccessDenied => "access_denied",
            Self::InvalidRequest => "invalid_request",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidResource => "invalid_resource",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::Other => "provider_error",
        }
    }
}

/// The AADSTS number in a text, for the help that takes what a person copied from Microsoft's page:
/// `AADSTS50011: The redirect…`, `Error 50011`, `50011`.
pub fn find_aadsts(text: &str) -> Option<u32> {
    number_after(text, "AADSTS").or_else(|| {
        let digits = |word: &str| (5..=8).contains(&word.len()).then(|| word.parse().ok()).flatten();
        text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').find_map(digits)
    })
}

fn number_after(text: &str, mark: &str) -> Option<u32> {
    let rest = text_after(text, mark)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (4..=8).contains(&length) { rest.get(..length)?.parse().ok() } else { None }
}

fn word_after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text_after(text, mark)?.split_ascii_whitespace().next()
}

fn text_after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.find(mark).and_then(|index| text.get(index + mark.len()..))
}

/// A time such as `2026-11-23 05:55:00Z` and nothing else.
pub(super) fn timestamp(text: &str) -> Option<String> {
    let text = text.trim_start().get(..20)?;
    let fits = text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        10 => byte == b' ' || byte == b'T',
        13 | 16 => byte == b':',
        19 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    });
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DESCRIPTION: &str = "AADSTS65004: User declined to consent to access the app.\r\n\
        Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: 66666666-7777-8888-9999-000000000000 \
        Timestamp: 2026-11-23 05:55:00Z";

    #[test]
    fn takes_code_and_ids_out_of_the_description() {
        let error = ProviderError::new("access_denied", DESCRIPTION, "cancel", "");
        assert_eq!(error.error, OAuthError::AccessDenied);
        assert!(error.cancelled);
        assert_eq!(error.aadsts, Some(65004));
        assert_eq!(error.trace_id.unwrap().as_str(), "11111111-2222-3333-4444-555555555555");
        assert_eq!(error.correlation_id.unwrap().as_str(), "66666666-7777-8888-9999-000000000000");
        assert_eq!(error.timestamp.as_deref(), Some("2026-11-23 05:55:00Z"));
    }

    #[test]
    fn falls_back_to_the_code_in_the_error_uri() {
        let uri = "https://login.microsoftonline.com/error?code=700054";
        let error = ProviderError::new("unsupported_response_type", "", "", uri);
        assert_eq!(error.aadsts, Some(700_054));
        assert_eq!(error.problem(), Problem::IdTokensDisabled);
    }

    #[test]
    fn keeps_nothing_of_a_hostile_text() {
        let hostile = "<script>alert(1)</script> Trace ID: <b>call 555</b> Correlation ID: javascript:x Timestamp: now AADSTS999999999999";
        let error = ProviderError::new(hostile, hostile, hostile, hostile);
        assert_eq!(
            error,
            ProviderError {
                error: OAuthError::Other,
                cancelled: false,
                aadsts: None,
                correlation_id: None,
                trace_id: None,
                timestamp: None
            }
        );
    }

    #[test]
    fn finds_the_code_that_a_person_copied() {
        for (text, expected) in [
            ("AADSTS50011: The redirect URI", Some(50011)),
            ("Sorry, but we’re having trouble.\nAADSTS700016", Some(700_016)),
            ("50105", Some(50105)),
            ("Error code: 90094.", Some(90094)),
            ("66666666-7777-8888-9999-000000000000", None),
            ("", None),
            ("no code", None),
        ] {
            assert_eq!(find_aadsts(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = ProviderError::new(&text, &text, &text, &text);
            let _ = find_aadsts(&text);
        }
    }
}
