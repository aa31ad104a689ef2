//! "From a link": a pasted sharing link or file address (Graph, "Accessing shared DriveItems").

use base64ct::{Base64UrlUnpadded, Encoding as _};

use super::account::Drive;
use super::base::GraphBase;
use super::error::GraphError;
use super::ids::FileRef;
use super::item::{Item, ItemReader};
use super::json;
use super::listing::push_selection;
use crate::web::{Origin, Request, Response, decode_component, encode_component};

/// Where personal OneDrives are.
const PERSONAL: &str = "https://onedrive.live.com";

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

    /// The address without query and fragment: the path of a file, for a search.
    pub(crate) fn without_query(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    /// The address of the file or folder itself: SharePoint's own pages carry its path in `id`
    /// (`…/onedrive.aspx?id=%2Fpersonal%2Fada%2FDocuments%2Fa.mp4`).
    pub(crate) fn address(&self) -> String {
        let path = self.parameter("id").filter(|path| path.starts_with('/'));
        match (path, Origin::of_url(&self.0)) {
            (Some(path), Ok(origin)) => {
                let mut address = String::from(origin.as_str());
                for segment in path.split('/').filter(|segment| !segment.is_empty()) {
                    address.push('/');
                    address.push_str(&encode_component(segment));
                }
                address
            }
            _ => self.without_query().trim_end_matches('/').to_owned(),
        }
    }

    /// The item, if the address names it: that of a personal OneDrive does (`?id=1312abc!1231`).
    pub(crate) fn item(&self) -> Option<FileRef> {
        let is_personal = Origin::of_url(&self.0).is_ok_and(|origin| origin.as_str() == PERSONAL);
        let id = self.parameter("resid").or_else(|| self.parameter("id")).filter(|_| is_personal)?;
        let (drive, _) = id.split_once('!')?;
        FileRef::parse(drive, &id)
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let query = self.0.split_once('?')?.1.split('#').next()?;
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        decode_component(value)
    }

    /// The address as `/shares` wants it: `u!` and base64url without padding.
    pub(crate) fn share_id(&self) -> String {
        ["u!", &Base64UrlUnpadded::encode_string(self.0.as_bytes())].concat()
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
pub(crate) fn build_shared_item(base: &GraphBase, link: &PastedLink) -> Request {
    let mut url = base.url("/shares/");
    url.push_str(&link.share_id());
    url.push_str("/driveItem?");
    push_selection(&mut url);
    Request::get(url).header("prefer", "redeemSharingLink")
}

/// Asks for what lies at an address within the account's own drive; `None` if the address is elsewhere.
pub(crate) fn build_own_item(base: &GraphBase, own: &Drive, address: &str) -> Option<Request> {
    let start = own.web_url.trim_end_matches('/');
    let (head, rest) = address.split_at_checked(start.len()).filter(|_| !start.is_empty())?;
    if !head.eq_ignore_ascii_case(start) || !(rest.is_empty() || rest.starts_with('/')) {
        return None;
    }
    let mut url = base.url("/me/drive/root");
    let segments: Vec<&str> = rest.split('/').filter(|segment| !segment.is_empty()).collect();
    if !segments.is_empty() {
        url.push(':');
        for segment in segments {
            url.push('/');
            // A plus sign is a space in a query only.
            url.push_str(&encode_component(&decode_component(&segment.replace('+', "%2B"))?));
        }
    }
    url.push('?');
    push_selection(&mut url);
    Some(Request::get(url))
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
    use crate::graph::ids::DriveId;
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
    fn finds_the_address_of_the_file_itself() {
        for (link, address) in [
            (
                "https://c.sharepoint.com/sites/T/D/a%20b.mp4?web=1#x",
                "https://c.sharepoint.com/sites/T/D/a%20b.mp4",
            ),
            ("https://c.sharepoint.com/sites/T/D/", "https://c.sharepoint.com/sites/T/D"),
            (
                "https://c-my.sharepoint.com/my?id=%2Fpersonal%2Fada%2FDocuments%2Fa%20b%2Emp4&parent=%2Fpersonal",
                "https://c-my.sharepoint.com/personal/ada/Documents/a%20b.mp4",
            ),
            ("https://c.sharepoint.com/:v:/s/T/EabcD?e=1", "https://c.sharepoint.com/:v:/s/T/EabcD"),
            ("https://c.sharepoint.com/x?id=12", "https://c.sharepoint.com/x"),
        ] {
            assert_eq!(PastedLink::parse(link).unwrap().address(), address, "{link}");
        }
    }

    #[test]
    fn reads_the_item_that_a_personal_address_names() {
        for (link, expected) in [
            ("https://onedrive.live.com/?cid=1312abc&id=1312abc%211231", Some("1312abc!1231")),
            ("https://onedrive.live.com/redir?resid=1312ABC!12&authkey=x", Some("1312ABC!12")),
            ("https://onedrive.live.com/?id=root", None),
            ("https://onedrive.live.com.evil.example/?id=1312abc!1", None),
            ("https://1drv.ms/v/s!abc", None),
        ] {
            let item = PastedLink::parse(link).unwrap().item();
            assert_eq!(item.as_ref().map(|file| file.item.as_str()), expected, "{link}");
        }
    }

    #[test]
    fn asks_for_an_address_within_the_own_drive_by_its_path() {
        let own = |web_url: &str| Drive {
            id: DriveId::new("b!x").unwrap(),
            drive_type: crate::graph::DriveType::Business,
            name: String::new(),
            web_url: web_url.to_owned(),
        };
        let documents = own("https://c-my.sharepoint.com/personal/ada/Documents");
        for (address, expected) in [
            (
                "https://c-my.sharepoint.com/personal/ada/Documents/A%20b/c%25.mp4",
                Some("/me/drive/root:/A%20b/c%25.mp4?"),
            ),
            (
                "https://c-my.sharepoint.com/personal/ada/Documents/C++.mp4",
                Some("/me/drive/root:/C%2B%2B.mp4?"),
            ),
            ("https://C-my.sharepoint.com/personal/ada/Documents", Some("/me/drive/root?")),
            ("https://c-my.sharepoint.com/personal/ada/Documents2/a", None),
            ("https://c-my.sharepoint.com/personal/bob/Documents/a", None),
        ] {
            let request = build_own_item(&base(), &documents, address);
            let path = request.as_ref().and_then(|request| request.url.strip_prefix(base().as_str()));
            assert_eq!(path.map(|path| path.split_inclusive('?').next().unwrap()), expected, "{address}");
            assert!(request.is_none_or(|request| base().owns(&request.url)));
        }
        assert!(build_own_item(&base(), &own(""), "https://c.example/a").is_none());
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
            let _ = PastedLink::parse(&["https://onedrive.live.com/?id=", &text].concat())
                .map(|link| (link.address(), link.item()));
            let _ = PastedLink::parse(&text);
            let _ = parse_item(&answer(200, body));
        }
    }
}
