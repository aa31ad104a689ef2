//! "From a link": a pasted sharing link or file address (Graph, "Accessing shared DriveItems").

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::base::GraphBase;
use super::error::GraphError;
use super::item::{Item, ItemReader};
use super::json;
use super::listing::push_selection;
use crate::web::{Origin, Request, Response};

/// An address that a person pasted.
#[derive(Clone, PartialEq, Eq)]
pub struct PastedLink(String);

impl PastedLink {
    /// Takes a text that is one `https` address; spaces around it are forgiven. `None` otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let url = text.trim();
        let fits = url.starts_with("https://")
            && Origin::of_url(url).is_ok()
            && url.len() <= 2_048
            && !url.contains(|character: char| character.is_whitespace() || character.is_control());
        fits.then(|| Self(url.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address without query and fragment: the path of a file, for a search.
    pub fn without_query(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    /// The address as `/shares` wants it: `u!` and base64url without padding.
    pub fn share_id(&self) -> String {
        let mut id = String::from("u!");
        URL_SAFE_NO_PAD.encode_string(self.0.as_bytes(), &mut id);
        id
    }
}

impl std::fmt::Debug for PastedLink {
    /// A sharing link opens a file: it is not shown.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PastedLink(..)")
    }
}

/// Asks for the item behind a link, as opening the link would. Many tenants answer 403: `Files.Read.All` is not
/// documented to be enough.
pub fn build_shared_item(base: &GraphBase, link: &PastedLink) -> Request {
    let mut url = base.url("/shares/");
    url.push_str(&link.share_id());
    url.push_str("/driveItem?");
    push_selection(&mut url);
    Request::get(url).header("prefer", "redeemSharingLink")
}

/// Reads one item.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if it has no id, drive or name.
pub fn parse_item(response: &Response) -> Result<Item, GraphError> {
    let body = json::body(response)?;
    ItemReader::new(None).read(&body).ok_or_else(|| GraphError::malformed(response))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn encodes_a_link_as_documented() {
        // The example of Graph's page "Access shared items".
        let link = PastedLink::parse(
            " https://onedrive.live.com/redir?resid=1231244193912!12&authKey=1201919!12921!1 ",
        )
        .unwrap();
        assert_eq!(
            link.share_id(),
            "u!aHR0cHM6Ly9vbmVkcml2ZS5saXZlLmNvbS9yZWRpcj9yZXNpZD0xMjMxMjQ0MTkzOTEyITEyJmF1dGhLZXk9MTIwMTkxOSExMjkyMSEx"
        );
        assert_eq!(link.without_query(), "https://onedrive.live.com/redir");
        let request = build_shared_item(&base(), &link);
        assert!(base().owns(&request.url));
        assert_eq!(request.headers, [("prefer", "redeemSharingLink".to_owned())]);
    }

    #[test]
    fn takes_only_one_secure_address() {
        for text in [
            "",
            "lecture",
            "http://x.example/a",
            "https://",
            "https://a b",
            "https://a.example/ https://b",
            "javascript:1",
        ] {
            assert!(PastedLink::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn reads_the_item() {
        let body = json!({"id":"01","name":"a.mp4","file":{},"parentReference":{"driveId":"b!x"}});
        assert_eq!(parse_item(&answer(200, body)).unwrap().file.drive.as_str(), "b!x");
        assert_eq!(parse_item(&answer(403, "{}")).unwrap_err().code(), "forbidden");
    }

    proptest! {
        #[test]
        fn reads_anything_without_panic(text in any::<String>(), body in any_json()) {
            let _ = PastedLink::parse(&text);
            let _ = parse_item(&answer(200, body));
        }
    }
}
