//! Which scopes a request asks for.

use super::aadsts::Trouble;

/// The scopes of OpenID Connect.
const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// Delegated permissions of Microsoft Graph that exist, as far as pickers are concerned.
const GRAPH: [&str; 14] = [
    "User.Read",
    "User.ReadBasic.All",
    "Files.Read",
    "Files.Read.All",
    "Files.ReadWrite",
    "Files.ReadWrite.All",
    "Files.Read.Selected",
    "Sites.Read.All",
    "Sites.ReadWrite.All",
    "Sites.Selected",
    "Team.ReadBasic.All",
    "Mail.Read",
    "Calendars.Read",
    "Notes.Read",
];

/// Scopes that `microsoft-user-default-recommended` leaves to administrators (entra-sign-in.md section 8).
const ADMINISTRATORS_ONLY: [&str; 4] =
    ["Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All"];

/// The scopes of a request, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scopes {
    /// `openid`, `profile`, …
    pub(super) openid: Vec<String>,
    /// Graph's, without the resource.
    pub(super) graph: Vec<String>,
}

impl Scopes {
    /// Takes a `scope` parameter apart. Fails on scopes of several resources, of an unknown one, or that do not exist.
    pub(super) fn parse(scope: &str, resource: &str, registered: &[String]) -> Result<Self, Trouble> {
        let mut scopes = Self::default();
        let mut resources = Vec::new();
        for one in scope.split(' ').filter(|one| !one.is_empty()) {
            if OPENID.contains(&one) {
                scopes.openid.push(one.to_owned());
                continue;
            }
            let (owner, name) = match one.rsplit_once('/') {
                Some((owner, name)) if one.starts_with("https://") || one.starts_with("api://") => {
                    (owner, name)
                }
                _ => (resource, one),
            };
            resources.push(owner.to_owned());
            if name == ".default" {
                let graph = registered.iter().filter(|permission| !OPENID.contains(&permission.as_str()));
                scopes.graph.extend(graph.cloned());
            } else {
                scopes.graph.push(name.to_owned());
            }
        }
        resources.sort();
        resources.dedup();
        match resources.as_slice() {
            [] => {}
            [one] if one == resource => {}
            [one] => return Err(Trouble::of(500_011).about(one)),
            _ => return Err(Trouble::of(28_000).about(scope)),
        }
        if let Some(unknown) = scopes.graph.iter().find(|name| !GRAPH.contains(&name.as_str())) {
            return Err(Trouble::of(70_011).about(unknown));
        }
        if scopes.openid.is_empty() && scopes.graph.is_empty() {
            return Err(Trouble::of(900_144).about("scope").sent_back());
        }
        Ok(scopes)
    }

    /// Whether only an administrator may consent, where the tenant follows Microsoft's recommendation.
    pub(super) fn need_administrator(scopes: &[String]) -> bool {
        scopes.iter().any(|scope| ADMINISTRATORS_ONLY.contains(&scope.as_str()))
    }

    /// The `scope` of an answer: full URIs, space separated.
    pub(super) fn granted(&self, resource: &str) -> String {
        let graph = self.graph.iter().map(|name| format!("{resource}/{name}"));
        self.openid
            .iter()
            .filter(|one| *one != "offline_access")
            .cloned()
            .chain(graph)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What a permission lets an application do, as the consent page says it.
pub(super) fn words(scope: &str) -> (&'static str, &'static str) {
    match scope {
        "Files.Read" => ("Read your files", "Allows the app to read your files."),
        "Files.Read.All" => {
            ("Read all files that you have access to", "Allows the app to read all files you can access.")
        }
        "Files.ReadWrite" | "Files.ReadWrite.All" => (
            "Have full access to all files you have access to",
            "Allows the app to change the files you can access.",
        ),
        "Sites.Read.All" => {
            ("Read items in all site collections", "Allows the application to read documents and list items.")
        }
        "User.Read" => {
            ("View your basic profile", "Allows the app to see your basic profile (e.g., name, username).")
        }
        "openid" => ("Sign you in", "Allows you to sign in to the app with your work or school account."),
        "profile" => {
            ("View your basic profile", "Allows the app to see your basic profile (e.g., name, picture).")
        }
        _ => ("Use another permission", "Allows the app what the permission says."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH_RESOURCE: &str = "https://graph.microsoft.com";

    fn code(scope: &str) -> Result<Scopes, u32> {
        Scopes::parse(scope, GRAPH_RESOURCE, &["User.Read".to_owned()]).map_err(|trouble| trouble.code)
    }

    #[test]
    fn takes_full_and_short_names_apart() {
        let scopes = code("openid profile https://graph.microsoft.com/Files.Read.All User.Read").unwrap();
        assert_eq!(scopes.graph, ["Files.Read.All", "User.Read"]);
        assert_eq!(scopes.openid, ["openid", "profile"]);
        assert_eq!(code("https://graph.microsoft.com/.default").unwrap().graph, ["User.Read"]);
    }

    #[test]
    fn refuses_what_microsoft_refuses() {
        for (scope, expected) in [
            ("", 900_144),
            ("openid Files.Raed.All", 70_011),
            ("openid https://graph.microsoft.com/User.Read https://x.sharepoint.com/AllSites.Read", 28_000),
            ("https://x.sharepoint.com/.default", 500_011),
            ("https://graph.microsoft.us/User.Read", 500_011),
        ] {
            assert_eq!(code(scope), Err(expected), "{scope}");
        }
    }
}
