//! SharePoint document libraries, found without `Sites.Read.All` (reference: "Libraries without Sites.Read.All").

use serde_json::Value;

use super::account::{Drive, read_drive};
use super::ids::SiteId;
use super::item::DriveType;
use super::json;
use super::search::ItemHit;
use crate::web::{decode_component, encode_component};

/// A document library and the site that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// The library.
    pub drive: Drive,
    /// The site's name as its address has it; the host's first label for the root site.
    pub site_name: String,
}

impl Library {
    /// A library, if the drive is one: not a person's OneDrive, as far as can be known.
    pub(crate) fn of_drive(drive: Drive) -> Option<Self> {
        let is_library = match drive.drive_type {
            DriveType::DocumentLibrary => true,
            DriveType::Unknown => !is_personal_site(&drive.web_url),
            DriveType::Personal | DriveType::Business => false,
        };
        let site_name = site_name(&drive.web_url);
        is_library.then_some(Self { drive, site_name })
    }
}

/// The sites that the hits lie in, each once, without people's own.
pub(crate) fn sites_of(hits: &[ItemHit]) -> Vec<SiteId> {
    let mut sites: Vec<SiteId> = Vec::new();
    for site in hits.iter().filter_map(|hit| hit.site.as_ref()) {
        if !is_personal_site(site.as_str()) && !sites.contains(site) {
            sites.push(site.clone());
        }
    }
    sites
}

/// The path below the Graph base that lists the libraries of a site, for a batch.
pub(crate) fn site_drives_path(site: &SiteId) -> String {
    let mut path = String::from("/sites/");
    path.push_str(&encode_component(site.as_str()));
    path.push_str("/drives?$select=id,driveType,name,webUrl");
    path
}

/// Reads the libraries of a site from its part of a batch.
pub(crate) fn read_site_drives(body: &Value) -> Vec<Library> {
    json::list(body, "value").iter().filter_map(read_drive).filter_map(Library::of_drive).collect()
}

/// `contoso-my.sharepoint.com` is where people's own drives are.
fn is_personal_site(address: &str) -> bool {
    address.contains("-my.sharepoint.") || address.contains("/personal/")
}

/// `Team` of `https://contoso.sharepoint.com/sites/Team/Shared%20Documents`.
pub fn site_name(web_url: &str) -> String {
    let after_scheme = web_url.split_once("://").map_or("", |(_, rest)| rest);
    let mut segments = after_scheme.split('/');
    let host = segments.next().unwrap_or_default();
    let name = match (segments.next(), segments.next()) {
        (Some("sites" | "teams"), Some(name)) => name,
        _ => host.split('.').next().unwrap_or_default(),
    };
    decode_component(&name.replace('+', "%2B")).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ids::ItemId;
    use crate::graph::testing::any_json;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn names_the_site_by_its_address() {
        for (url, expected) in [
            ("https://contoso.sharepoint.com/sites/Team%20A/Shared%20Documents", "Team A"),
            ("https://contoso.sharepoint.com/teams/B/Docs", "B"),
            ("https://contoso.sharepoint.com/Shared%20Documents", "contoso"),
            ("", ""),
        ] {
            assert_eq!(site_name(url), expected, "{url}");
        }
    }

    #[test]
    fn takes_libraries_and_no_onedrive() {
        let libraries = read_site_drives(&json!({"value":[
            {"id":"1","driveType":"documentLibrary","name":"Documents","webUrl":"https://c.sharepoint.com/sites/T/D"},
            {"id":"2","driveType":"business"},
            {"id":"3","webUrl":"https://c-my.sharepoint.com/personal/u/Documents"},
            {"id":"4","webUrl":"https://c.sharepoint.com/sites/T/E"},
            {"name":"no id"}, null]}));
        let ids: Vec<&str> = libraries.iter().map(|library| library.drive.id.as_str()).collect();
        assert_eq!(ids, ["1", "4"]);
    }

    #[test]
    fn gathers_sites_once() {
        let hit = |site: &str| ItemHit {
            item: ItemId::new("i").unwrap(),
            drive: None,
            site: SiteId::new(site),
            web_url: String::new(),
        };
        let hits = [
            "c.sharepoint.com,1,2",
            "c-my.sharepoint.com,3,4",
            "",
            "c.sharepoint.com,1,2",
            "c.sharepoint.com,5,6",
        ]
        .map(hit);
        let paths: Vec<String> = sites_of(&hits).iter().map(site_drives_path).collect();
        assert_eq!(paths.len(), 2);
        assert_eq!(paths[0], "/sites/c.sharepoint.com,1,2/drives?$select=id,driveType,name,webUrl");
    }

    proptest! {
        #[test]
        fn reads_any_json_without_panic(value in any_json(), url in any::<String>()) {
            let _ = read_site_drives(&value);
            let _ = site_name(&url);
        }
    }
}
