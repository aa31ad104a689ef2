//! Everything that Microsoft's stand-ins share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::account::{Account, SignIn};
use super::account_table;
use super::faults::Faults;
use super::item::{Body, Item};
use super::library::Drive;
use super::link::Link;
use super::moment::Moment;
use super::plan::{Drives, drive_id, library_id};
use super::request_log::RequestLog;
use super::site::Site;
use super::test_link;
use super::text::{encode, guid, parse_query};
use crate::Origins;
use crate::clock::{Clock, Time};
use crate::identity::{Directory, Registration};

/// What can be set for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// Seconds that a pre-authenticated link lives ("a few minutes", microsoft-graph.md section 4).
    pub link_lifetime: u64,
    /// Seconds that an access token lives; without it 60 to 90 minutes, as the real one.
    pub token_lifetime: Option<u64>,
    /// Whether the sign-in gets no cookies inside frames.
    pub third_party_cookies_blocked: bool,
    /// Whether the sign-in severs `window.opener`, unless the registration opts out.
    pub opener_severed: bool,
    /// Whether the sign-in's keys and metadata may be read across origins.
    pub keys_readable: bool,
    /// Whether the first visit lists the accounts, as on a browser that knows them all.
    pub accounts_listed: bool,
    /// Whether links hold `//` in their query.
    pub links_with_double_slash: bool,
    /// Whether the bytes behind links may be read across origins (seen without, microsoft-graph.md section 11).
    pub downloads_readable: bool,
    /// Calls to Graph that an account has in five minutes before it is throttled.
    pub calls_per_five_minutes: u32,
    /// Milliseconds that every answer of Graph takes at least.
    pub latency: u64,
    /// Bytes of an answer of Graph that pass in a second; without it as many as there are.
    pub bytes_per_second: Option<u64>,
    /// The largest `$top` of a list of items; a larger one is refused. Without it none is, and pages hold 1,000 at most.
    pub largest_top: Option<usize>,
    /// Whether lists of items refuse every `$top`, as channel folders do.
    pub top_refused: bool,
    /// Whether lists of items refuse `$expand=thumbnails` (seen at 21Vianet and on some work drives).
    pub expanded_thumbnails_refused: bool,
    /// Whether `$batch` is refused.
    pub batch_refused: bool,
    /// The resource that scopes of Graph begin with, different in each national cloud.
    pub graph_resource: String,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            link_lifetime: 300,
            token_lifetime: None,
            third_party_cookies_blocked: false,
            opener_severed: true,
            keys_readable: true,
            accounts_listed: true,
            links_with_double_slash: false,
            downloads_readable: false,
            calls_per_five_minutes: 3_000,
            latency: 0,
            bytes_per_second: None,
            largest_top: None,
            top_refused: false,
            expanded_thumbnails_refused: false,
            batch_refused: false,
            graph_resource: "https://graph.microsoft.com".to_owned(),
        }
    }
}

/// The simulated Microsoft: accounts, drives, the directory, and what is switched on.
#[derive(Debug)]
pub struct World {
    /// Where the parties live.
    pub origins: Origins,
    /// The client id of the application that is registered from the start.
    pub application_id: String,
    accounts: Vec<Account>,
    sign_ins: Mutex<HashMap<String, SignIn>>,
    drives: Drives,
    faults: Faults,
    log: RequestLog,
    switches: Mutex<Switches>,
    clock: Arc<Clock>,
    directory: Directory,
    secret: String,
}

impl World {
    /// A fresh world, with the application registered as the Kaltura article says: platform Web, both implicit boxes,
    /// redirect URI at the MediaSpace origin.
    pub fn new(origins: Origins, application_id: String) -> Self {
        Self::with_clock(origins, application_id, Clock::new(Time::Real))
    }

    /// The same, going by a clock that others go by too.
    pub fn with_clock(origins: Origins, application_id: String, clock: Arc<Clock>) -> Self {
        let accounts = account_table::accounts();
        let faults = Faults::default();
        for fault in account_table::faults() {
            faults.add(fault);
        }
        let directory = Directory::new(Registration::of_the_article(&application_id, &origins.mediaspace));
        Self {
            drives: Drives::new(&accounts),
            secret: guid(&format!("{application_id}{:?}", SystemTime::now())),
            origins,
            application_id,
            accounts,
            sign_ins: Mutex::default(),
            faults,
            log: RequestLog::default(),
            switches: Mutex::new(Switches::default()),
            clock,
            directory,
        }
    }

    /// The accounts, those for demos first.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The account with that user name, in any case.
    pub fn account(&self, username: &str) -> Option<Account> {
        let known = self.accounts.iter().find(|account| account.username.eq_ignore_ascii_case(username));
        let mut account = known
            .cloned()
            .or_else(|| account_table::by_error(username))
            .or_else(|| account_table::guest(username))?;
        let changed = self.sign_ins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sign_in) = changed.get(&account.username) {
            account.sign_in = *sign_in;
        }
        Some(account)
    }

    /// Lets signing in go differently for an account from now on.
    pub fn set_sign_in(&self, username: &str, sign_in: SignIn) {
        let mut changed = self.sign_ins.lock().unwrap_or_else(PoisonError::into_inner);
        changed.insert(username.to_owned(), sign_in);
    }

    /// The faults.
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The calls so far.
    pub const fn log(&self) -> &RequestLog {
        &self.log
    }

    /// The registrations, sessions, consents and tokens.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What is set for everybody.
    pub fn switches(&self) -> Switches {
        self.switches.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets something for everybody.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut self.switches.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// The clock that all goes by.
    pub const fn clock(&self) -> &Arc<Clock> {
        &self.clock
    }

    /// The time here, in seconds.
    pub fn now(&self) -> Moment {
        Moment(self.clock.now() / 1_000)
    }

    /// Lets time pass at once: tokens and links age by that many seconds.
    pub fn advance(&self, seconds: u64) {
        self.clock.skip(seconds * 1_000);
    }

    /// The drive with that id.
    pub fn drive(&self, id: &str) -> Option<&RwLock<Drive>> {
        self.drives.get(id)
    }

    /// The ids of all drives.
    pub fn drive_ids(&self) -> impl Iterator<Item = &str> {
        self.drives.ids()
    }

    /// The id of the account's own drive, whether it is set up or not.
    pub fn drive_id_of(&self, account: &Account) -> String {
        drive_id(account)
    }

    /// The id of a library's drive.
    pub fn library_id(&self, site: &Site, library: &str) -> String {
        library_id(site, library)
    }

    /// Changes an item of an account's drive, by its path: lets it vanish, renames it, touches it. `false` if there is no such item.
    pub fn change_item(&self, username: &str, path: &str, change: impl FnOnce(&mut Item)) -> bool {
        let id = self.account(username).map(|account| drive_id(&account));
        let Some(drive) = id.and_then(|id| self.drives.get(&id)) else { return false };
        let mut drive = drive.write().unwrap_or_else(PoisonError::into_inner);
        drive.item_mut(path).map(change).is_some()
    }

    /// Size in bytes and QuickXorHash of a file, as listed; `None` if no drive has a file of that id.
    pub fn listed_file(&self, item_id: &str) -> Option<(u64, String)> {
        self.drive_ids().find_map(|id| {
            let drive = self.drives.get(id)?.read().unwrap_or_else(PoisonError::into_inner);
            match &drive.item(item_id)?.body {
                Body::File(file) => Some((file.content.size(), file.content.quick_xor_hash().to_owned())),
                _ => None,
            }
        })
    }

    /// A fresh pre-authenticated link to a file; `None` if there are no bytes to have.
    pub fn download_url(&self, drive: &Drive, item: &Item) -> Option<String> {
        if !matches!(item.body, Body::File(_)) || item.malware || item.deleted || item.gone {
            return None;
        }
        let switches = self.switches();
        let link = Link {
            drive: drive.id.clone(),
            item: item.id.clone(),
            expires: self.now().plus(switches.link_lifetime),
        };
        let folder = match drive.site {
            Some(site) => format!("sites/{}", site.path),
            None => format!("personal/{}", drive.owner.replace(['@', '.'], "_")),
        };
        let slashes =
            if switches.links_with_double_slash { "&SourceUrl=https://openu.sharepoint.example" } else { "" };
        Some(format!(
            "{}/{folder}/_layouts/15/download.aspx?UniqueId={}&Translate=false{slashes}&tempauth={}&ApiVersion=2.0",
            self.origins.downloads,
            guid(&item.id),
            link.seal(&self.secret)
        ))
    }

    /// The address of a thumbnail; it does not expire.
    pub fn thumbnail_url(&self, drive: &Drive, item: &Item, width: u32, height: u32) -> String {
        let link = Link { drive: drive.id.clone(), item: item.id.clone(), expires: Moment(u64::MAX) };
        format!(
            "{}/transform/thumbnail?provider=spo&width={width}&height={height}&cTag={}&tempauth={}",
            self.origins.downloads,
            encode(&format!("c:{{{}}},1", guid(&item.id))),
            link.seal(&self.secret)
        )
    }

    /// The id of the driveItem that a pre-authenticated link leads to.
    pub(crate) fn linked_item(&self, url: &str) -> Option<String> {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        if let Some(id) = test_link::file_of(path) {
            return Some(id);
        }
        let (_, tempauth) = parse_query(query).into_iter().find(|(name, _)| name == "tempauth")?;
        Some(self.open_link(&tempauth)?.item)
    }

    pub(super) fn open_link(&self, tempauth: &str) -> Option<Link> {
        Link::open(tempauth, &self.secret)
    }
}
