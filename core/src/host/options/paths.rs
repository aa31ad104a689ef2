//! What the paths of `entry` and `locations` point to.

use super::{Entry, PlacePath};
use crate::web::decode_component;

/// An address in SharePoint, taken apart. Names are as people read them, not percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceAddress {
    /// Such as `contoso.sharepoint.com`.
    pub server: String,
    /// The names of the site's own address: `["sites", "dev"]`; none for the server's own site.
    pub(crate) site: Vec<String>,
    /// The names of the whole address, those of the site first: `["sites", "dev", "Shared Documents", "General"]`.
    pub names: Vec<String>,
}

impl PlaceAddress {
    /// Whether the address is in a person's own OneDrive for work, which is no library of a site.
    pub fn is_personal(&self) -> bool {
        self.site.first().is_some_and(|first| first == "personal")
    }
}

impl Entry {
    /// The names of the folders from the drive's root down to where `oneDrive.files.folder` points; empty for the root.
    /// `None` if no folder of My files is meant, or if a name is `.` or `..`.
    ///
    /// A server-relative path is one of OneDrive for work: `/personal/{user}/Documents/…`.
    pub(crate) fn folder_names(&self) -> Option<Vec<&str>> {
        let Self::MyFiles { folder, .. } = self else { return None };
        let folder = folder.as_deref().unwrap_or_default();
        let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
        if folder.starts_with("/personal/") {
            const PERSONAL_SITE_AND_LIBRARY: usize = 3;
            names.drain(..names.len().min(PERSONAL_SITE_AND_LIBRARY));
        }
        names.iter().all(|name| is_name(name)).then_some(names)
    }
}

impl PlacePath {
    /// The address in SharePoint, such as `https://contoso.sharepoint.com/sites/dev/Shared Documents/General`, without a
    /// slash at its end. `None` if no part names the server: the base URL of a v8 host, which would, is this picker's here.
    pub(crate) fn address(&self) -> Option<String> {
        let web = self.web.as_deref().and_then(|web| resolve(None, web));
        let list = match &self.list {
            Some(list) => Some(resolve(web.as_deref(), list)?),
            None => web,
        };
        match &self.folder {
            Some(folder) => resolve(Some(&list?), folder),
            None => list,
        }
    }
}

impl PlacePath {
    /// The address, taken apart. `None` if there is none, or if a name in it is broken.
    pub(crate) fn place(&self) -> Option<PlaceAddress> {
        let (server, names) = split(&self.address()?)?;
        let site = match self.web.as_deref().and_then(|web| resolve(None, web)) {
            Some(web) => split(&web)?.1,
            None => match names.first().map(String::as_str) {
                Some("sites" | "teams" | "personal") => names.iter().take(2).cloned().collect(),
                _ => Vec::new(),
            },
        };
        Some(PlaceAddress { server, site, names })
    }
}

/// The server of an address and the names after it, decoded.
pub fn split(address: &str) -> Option<(String, Vec<String>)> {
    let (_, rest) = address.split_once("://")?;
    let mut parts = rest.split('/').filter(|part| !part.is_empty());
    let server = parts.next()?.to_ascii_lowercase();
    // A plus is a plus in a path.
    let names = parts.map(|part| decode_component(&part.replace('+', "%2B")));
    Some((server, names.collect::<Option<Vec<String>>>()?))
}

/// A full address, a server-relative path, or names below `base`.
fn resolve(base: Option<&str>, part: &str) -> Option<String> {
    const SCHEME: &str = "https://";
    let part = part.trim_end_matches('/');
    let address = if part.starts_with(SCHEME) {
        part.to_owned()
    } else {
        let base = base?;
        let server_ends =
            base.get(SCHEME.len()..)?.find('/').map_or(base.len(), |slash| slash + SCHEME.len());
        let base = if part.starts_with('/') { base.get(..server_ends)? } else { base };
        [base, part.trim_start_matches('/')].join("/")
    };
    let names = address.get(SCHEME.len()..)?;
    names.split('/').all(is_name).then_some(address)
}

fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['\\', '?', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_folder_within_the_drive() {
        for (folder, names) in [
            ("", Some(vec![])),
            ("Pictures", Some(vec!["Pictures"])),
            ("/Pictures//2026/", Some(vec!["Pictures", "2026"])),
            ("/personal/dana_contoso_com/Documents/Attachments", Some(vec!["Attachments"])),
            ("/personal/dana_contoso_com", Some(vec![])),
            ("personal/x", Some(vec!["personal", "x"])),
            ("../x", None),
            ("a/./b", None),
            ("a\\b", None),
        ] {
            let entry = Entry::MyFiles { folder: Some(folder.into()), fallback_to_root: false };
            assert_eq!(entry.folder_names(), names, "{folder}");
        }
        assert_eq!(Entry::Recent.folder_names(), None);
    }

    #[test]
    fn takes_the_address_apart() {
        let web = "https://Contoso.sharepoint.com/sites/dev";
        for (parts, site, below) in [
            ([web, "", ""], "sites/dev", ""),
            ([web, "Shared%20Documents", "A+B"], "sites/dev", "Shared Documents/A+B"),
            (["", "https://contoso.sharepoint.com/teams/x/Docs", ""], "teams/x", "Docs"),
            (["", "https://contoso.sharepoint.com/Docs", "a"], "", "Docs/a"),
            (["https://contoso.sharepoint.com/sites/dev/sub", "Docs", ""], "sites/dev/sub", "Docs"),
        ] {
            let [web, list, folder] = parts.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
            let place = PlacePath { web, list, folder, fallback_to_root: false }.place().unwrap();
            assert_eq!(place.server, "contoso.sharepoint.com");
            assert_eq!(place.site.join("/"), site, "{parts:?}");
            let rest = place.names.strip_prefix(place.site.as_slice()).unwrap();
            assert_eq!(rest.join("/"), below, "{parts:?}");
        }
        let broken = PlacePath { web: Some([web, "/%zz"].concat()), ..PlacePath::default() };
        assert_eq!(broken.place(), None);
        let own = "https://contoso-my.sharepoint.com/personal/dana/Documents";
        let own = PlacePath { list: Some(own.into()), ..PlacePath::default() };
        assert!(own.place().unwrap().is_personal());
    }

    #[test]
    fn puts_the_address_together() {
        let web = "https://contoso.sharepoint.com/sites/dev";
        for (parts, address) in [
            ([web, "", ""], Some("https://contoso.sharepoint.com/sites/dev")),
            (
                [web, "Shared Documents", ""],
                Some("https://contoso.sharepoint.com/sites/dev/Shared Documents"),
            ),
            ([web, "Docs", "a/b/"], Some("https://contoso.sharepoint.com/sites/dev/Docs/a/b")),
            ([web, "/sites/x/Docs", "a"], Some("https://contoso.sharepoint.com/sites/x/Docs/a")),
            ([web, "", "/sites/x/Docs/a"], Some("https://contoso.sharepoint.com/sites/x/Docs/a")),
            (["", "https://contoso.sharepoint.com/Docs", "a"], Some("https://contoso.sharepoint.com/Docs/a")),
            (["https://contoso.sharepoint.com", "", "/x"], Some("https://contoso.sharepoint.com/x")),
            (["dev", "Docs", ""], None),
            (["/sites/dev", "", ""], None),
            (["", "", "General"], None),
            (["http://contoso.sharepoint.com", "", ""], None),
            ([web, "../x", ""], None),
            ([web, "a?b", ""], None),
            (["https://", "", ""], None),
        ] {
            let [web, list, folder] = parts.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
            let path = PlacePath { web, list, folder, fallback_to_root: false };
            assert_eq!(path.address().as_deref(), address, "{parts:?}");
        }
    }
}
