//! The application id as an administrator pastes it.

use super::pasted::without_surroundings;
use crate::auth::{ClientId, looks_like_client_secret};

/// Why a pasted text is no application id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplicationIdError {
    /// Nothing was entered.
    #[error("no application id was entered")]
    Empty,
    /// A client secret was pasted: blank the field, and have the secret deleted in Azure.
    #[error("this looks like a client secret, which belongs nowhere near a browser")]
    ClientSecret,
    /// Anything else.
    #[error("the application id is not a GUID")]
    NotAGuid,
}

impl ApplicationIdError {}

/// What may stand before it: the portal's label, and the scheme of an application ID URI. Other ids have labels of their
/// own, and are refused.
const LABELS: &[&str] = &["Application (client) ID", "api://"];

/// Reads an application id, with blanks, quotes or braces around, or with the portal's label.
///
/// # Errors
/// [`ApplicationIdError`] with the reason.
pub fn read_application_id(text: &str) -> Result<ClientId, ApplicationIdError> {
    let text = without_surroundings(text);
    let text = LABELS.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text);
    let text = without_surroundings(text.trim_start().trim_start_matches(':'));
    let text = text.trim_matches(['{', '}']).trim();
    if text.is_empty() {
        return Err(ApplicationIdError::Empty);
    }
    if looks_like_client_secret(text) {
        return Err(ApplicationIdError::ClientSecret);
    }
    ClientId::parse(text).ok_or(ApplicationIdError::NotAGuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_paste() {
        for text in [
            "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
            " 3F2A9C1E-7B64-4D0E-9A35-C18E52D7B046\n",
            "{3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046}",
            "\"3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046\"",
            "\u{200e}3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046\u{200f},",
            "Application (client) ID : 3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
            "Application (client) ID\n3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
            "api://3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
        ] {
            assert_eq!(read_application_id(text).unwrap().as_str(), "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046");
        }
    }

    #[test]
    fn refuses_with_the_reason() {
        let secret = ["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat();
        for (text, error) in [
            ("", ApplicationIdError::Empty),
            (" {} ", ApplicationIdError::Empty),
            (secret.as_str(), ApplicationIdError::ClientSecret),
            ("Kaltura", ApplicationIdError::NotAGuid),
            ("Object ID : 3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046", ApplicationIdError::NotAGuid),
            ("Directory (tenant) ID : 3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046", ApplicationIdError::NotAGuid),
            ("3f2a9c1e7b644d0e9a35c18e52d7b046", ApplicationIdError::NotAGuid),
        ] {
            assert_eq!(read_application_id(text), Err(error), "{text}");
        }
    }
}
