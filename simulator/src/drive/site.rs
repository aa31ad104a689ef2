//! The SharePoint sites and their libraries.

/// One site.
#[derive(Debug)]
pub struct Site {
    /// `host,site collection GUID,web GUID`.
    pub id: &'static str,
    /// Its name as shown.
    pub name: &'static str,
    /// The last part of its address.
    pub path: &'static str,
    /// The names of its libraries, the default one first.
    pub libraries: &'static [&'static str],
    /// The user names that may see it; empty for everybody in the tenant.
    pub members: &'static [&'static str],
    /// Whether its folders are those of Teams channels, whose listings refuse `$top` (microsoft-graph.md section 2).
    pub channels: bool,
}

impl Site {
    /// Where a person would see it.
    pub fn web_url(&self) -> String {
        format!("https://openu.sharepoint.example/sites/{}", self.path)
    }

    /// All of them.
    pub fn all() -> &'static [Self] {
        &SITES
    }

    /// The site with that id; the host and GUID alone are not enough.
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        SITES.iter().find(|site| site.id == id)
    }

    /// Whether that person may see it.
    pub fn admits(&self, username: &str) -> bool {
        let in_tenant = username.ends_with("@openu.example") || username.ends_with("@faults.example");
        if self.members.is_empty() { in_tenant } else { self.members.contains(&username) }
    }
}

/// All of them, in the tenant `openu.example`.
pub(crate) static SITES: [Site; 5] = [
    Site {
        id: "openu.sharepoint.example,5724d91f-650c-4810-83cc-61a8818917d6,c3ba25dc-2c9f-48cb-83be-74cdf68ea5a0",
        name: "Faculty of Engineering",
        path: "engineering",
        libraries: &["Documents", "Lecture recordings"],
        members: &[],
        channels: false,
    },
    Site {
        id: "openu.sharepoint.example,1f0e3b52-97a1-4c6e-9d0f-2b8a4c6e8f10,7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
        name: "Media Centre",
        path: "media-centre",
        libraries: &["Documents", "Raw footage"],
        members: &[],
        channels: false,
    },
    Site {
        id: "openu.sharepoint.example,3d4c5b6a-7988-4a7b-8c6d-5e4f3a2b1c0d,b0c1d2e3-f4a5-4b6c-8d7e-9f8a7b6c5d4e",
        name: "Physics Department",
        path: "physics",
        libraries: &["Documents", "Colloquia"],
        members: &[],
        channels: false,
    },
    Site {
        id: "openu.sharepoint.example,9c8b7a69-5847-4635-a4b3-c2d1e0f9a8b7,0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9",
        name: "Signals and Systems course team",
        path: "signals-team",
        libraries: &["Documents"],
        members: &["noa@openu.example", "tomas@openu.example"],
        channels: true,
    },
    Site {
        id: "openu.sharepoint.example,e1d2c3b4-a596-4788-97a6-b5c4d3e2f1a0,2f3e4d5c-6b7a-4899-a8b7-c6d5e4f3a2b1",
        name: "Board papers",
        path: "board",
        libraries: &["Documents"],
        members: &["admin@openu.example"],
        channels: false,
    },
];
