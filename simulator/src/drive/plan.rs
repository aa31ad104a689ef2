//! Which drives there are and what is in them. A drive is built when it is first looked at.

use std::sync::{OnceLock, RwLock};

use super::account::{Account, DrivePlan};
use super::builder::{Builder, bare};
use super::item::{Audience, Shared};
use super::library::{Drive, DriveKind};
use super::moment::Moment;
use super::site::{SITES, Site};
use super::text::fingerprint;
use super::{colleague, large, odd, showcase};

/// All the drives.
#[derive(Debug)]
pub(super) struct Drives(Vec<Slot>);

#[derive(Debug)]
struct Slot {
    id: String,
    owner: Option<Account>,
    site: Option<(&'static Site, &'static str)>,
    drive: OnceLock<RwLock<Drive>>,
}

impl Drives {
    pub(super) fn new(accounts: &[Account]) -> Self {
        let owned = accounts
            .iter()
            .filter(|account| !matches!(account.drive, DrivePlan::NotProvisioned | DrivePlan::Unlicensed))
            .map(|account| Slot {
                id: drive_id(account),
                owner: Some(account.clone()),
                site: None,
                drive: OnceLock::new(),
            });
        let libraries = SITES.iter().flat_map(|site| {
            site.libraries.iter().map(move |&library| Slot {
                id: library_id(site, library),
                owner: None,
                site: Some((site, library)),
                drive: OnceLock::new(),
            })
        });
        Self(owned.chain(libraries).collect())
    }

    /// The drive with that id. Ids of work drives are not told apart by case in real life; here they are.
    pub(super) fn get(&self, id: &str) -> Option<&RwLock<Drive>> {
        let slot = self.0.iter().find(|slot| slot.id == id)?;
        Some(slot.drive.get_or_init(|| RwLock::new(self.build(slot))))
    }

    /// The ids of all drives.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|slot| slot.id.as_str())
    }

    fn build(&self, slot: &Slot) -> Drive {
        match (&slot.owner, slot.site) {
            (Some(owner), _) => self.build_owned(slot, owner),
            (None, Some((site, library))) => build_library(slot, site, library),
            (None, None) => bare(slot.id.clone(), DriveKind::Business, "", String::new()),
        }
    }

    fn build_owned(&self, slot: &Slot, owner: &Account) -> Drive {
        let kind = if owner.is_personal() { DriveKind::Personal } else { DriveKind::Business };
        let folder = owner.username.replace(['@', '.'], "_");
        let host = owner.tenant.domain.split('.').next().unwrap_or_default();
        let web_url = match kind {
            DriveKind::Personal => format!("https://onedrive.live.example/?cid={}", slot.id),
            _ => format!("https://{host}-my.sharepoint.example/personal/{folder}/Documents"),
        };
        let mut drive = bare(slot.id.clone(), kind, "OneDrive", web_url);
        drive.owner.clone_from(&owner.username);
        drive.owner_name.clone_from(&owner.name);
        let mut builder = Builder::new(drive, Moment::at(2024, 9, 1, 7, 0));
        match owner.drive {
            DrivePlan::Showcase => {
                showcase::fill(&mut builder);
                large::fill(&mut builder);
                odd::fill(&mut builder);
                showcase::add_shortcuts(&mut builder, |owner, path| self.find(owner, path));
            }
            DrivePlan::Odd => odd::fill_root(&mut builder),
            DrivePlan::Colleague | DrivePlan::Personal => {
                colleague::fill_colleague(&mut builder, &owner.username);
            }
            DrivePlan::Empty | DrivePlan::NotProvisioned | DrivePlan::Unlicensed => {}
        }
        builder.finish()
    }

    /// The ids of a drive and of an item in it, by the owner's user name and the item's path.
    fn find(&self, owner: &str, path: &str) -> Option<(String, String)> {
        let slot = self
            .0
            .iter()
            .find(|slot| slot.owner.as_ref().is_some_and(|account| account.username == owner))?;
        let drive = self.get(&slot.id)?.read().ok()?;
        let names: Vec<_> = path.split('/').map(str::to_owned).collect();
        let item = drive.descend(drive.root()?, &names)?;
        Some((slot.id.clone(), item.id.clone()))
    }
}

fn build_library(slot: &Slot, site: &'static Site, library: &str) -> Drive {
    let web_url = format!(
        "{}/{}",
        site.web_url(),
        if library == "Documents" { "Shared%20Documents".to_owned() } else { library.replace(' ', "%20") }
    );
    let mut drive = bare(slot.id.clone(), DriveKind::Library, library, web_url);
    drive.site = Some(site);
    let mut builder = Builder::new(drive, Moment::at(2023, 3, 1, 7, 0));
    colleague::fill_library(&mut builder, site, library);
    builder.change(0, |root| {
        let audience = if site.members.is_empty() {
            Audience::Organization
        } else {
            Audience::Users(site.members.to_vec())
        };
        root.shared = Some(Shared { audience });
    });
    builder.finish()
}

/// The id of an account's drive.
pub(super) fn drive_id(account: &Account) -> String {
    if account.is_personal() {
        return format!("{:016x}", fingerprint(&["drive", &account.username]));
    }
    business_id(&["drive", &account.username])
}

/// The id of a library's drive.
pub(super) fn library_id(site: &Site, library: &str) -> String {
    business_id(&["library", site.id, library])
}

fn business_id(parts: &[&str]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut id = String::from("b!");
    for round in 0..6_u64 {
        let mut bits = super::text::mix(fingerprint(parts) ^ round);
        for _ in 0..10 {
            id.push(char::from(*DIGITS.get((bits % 64) as usize).unwrap_or(&b'A')));
            bits /= 64;
        }
    }
    id
}
