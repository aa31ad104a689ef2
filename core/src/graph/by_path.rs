//! Folders and libraries by their names instead of their ids (Graph, "Addressing items by path"; `site`, "Get a site by
//! path").

use super::listing::{FolderRef, push_selection};
use crate::web::encode_component;

/// The paths below the Graph base of each folder on the way down from `top`, the last one last, for a batch.
pub(crate) fn trail_paths(top: &FolderRef, names: &[&str]) -> Vec<String> {
    let mut way = top.path();
    way.push(':');
    names
        .iter()
        .map(|name| {
            way.push('/');
            way.push_str(&encode_component(name));
            let mut path = way.clone();
            path.push_str(":?");
            push_selection(&mut path);
            path
        })
        .collect()
}

/// The path below the Graph base that lists the libraries of the site at an address; `Files.Read.All` is enough.
///
/// `server` is such as `contoso.sharepoint.com`, `names` the site's address on it (`["sites", "dev"]`), none for the
/// server's own site.
pub(crate) fn site_drives_at(server: &str, names: &[&str]) -> String {
    let mut path = String::from("/sites/");
    path.push_str(&encode_component(server));
    if !names.is_empty() {
        path.push(':');
        for name in names {
            path.push('/');
            path.push_str(&encode_component(name));
        }
        path.push(':');
    }
    path.push_str("/drives?$select=id,driveType,name,webUrl");
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::DriveId;
    use crate::graph::testing::base;

    #[test]
    fn asks_for_every_folder_on_the_way() {
        let paths = trail_paths(&FolderRef::MyFiles, &["Pictures", "A/B: 50 %", "שיעור"]);
        let addresses: Vec<&str> = paths.iter().map(|path| path.split_once('?').unwrap().0).collect();
        assert_eq!(
            addresses,
            [
                "/me/drive/root:/Pictures:",
                "/me/drive/root:/Pictures/A%2FB%3A%2050%20%25:",
                "/me/drive/root:/Pictures/A%2FB%3A%2050%20%25/%D7%A9%D7%99%D7%A2%D7%95%D7%A8:",
            ]
        );
        assert!(paths.iter().all(|path| base().owns(&base().url(path))));
        let library = FolderRef::Root(DriveId::new("b!x").unwrap());
        assert!(trail_paths(&library, &["A"])[0].starts_with("/drives/b!x/root:/A:?$select=id,name,"));
        assert!(trail_paths(&library, &[]).is_empty());
    }

    #[test]
    fn addresses_a_site_by_its_path() {
        for (names, expected) in [
            (&["sites", "dev"][..], "/sites/contoso.sharepoint.com:/sites/dev:/drives?"),
            (&["sites", "dev", "sub site"], "/sites/contoso.sharepoint.com:/sites/dev/sub%20site:/drives?"),
            (&[], "/sites/contoso.sharepoint.com/drives?"),
        ] {
            assert!(site_drives_at("contoso.sharepoint.com", names).starts_with(expected));
        }
    }
}
