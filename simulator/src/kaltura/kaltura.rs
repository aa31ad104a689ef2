//! Kaltura's memory, and what a test may look into and switch.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::entries::Entries;
use super::entry::{APPROVED, Entry, EntryStatus, REJECTED, Replacement};
use super::error::ApiError;
use super::faults::Faults;
use super::jobs::Jobs;
use super::new_entry::NewEntry;
use super::session::{NewSession, SessionKind, SessionPreset, Sessions};
use super::switches::{Pace, Switches};
use super::upload::UploadTokens;
use crate::clock::Clock;

/// What OneDrive lists about a file; an import is held against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedFile {
    /// `size`, in bytes.
    pub size: u64,
    /// `file.hashes.quickXorHash`, in Base64.
    pub quick_xor_hash: Option<String>,
    /// `video.duration`, in milliseconds.
    pub duration: Option<u32>,
    /// The address of a picture. Kaltura would take one out of the film; here OneDrive's stands for it.
    pub thumbnail: Option<String>,
}

/// Looks something up by an id or address.
pub type Lookup<T> = Box<dyn Fn(&str) -> Option<T> + Send + Sync>;

/// What is known of OneDrive, to hold imports against it.
pub struct OneDrive {
    /// What is listed about a file, by its driveItem id.
    pub listed: Lookup<ListedFile>,
    /// The id of the file that a link leads to.
    pub linked: Lookup<String>,
}

/// A call that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallRecord {
    /// Its service.
    pub service: String,
    /// Its action.
    pub action: String,
    /// Whose session it had.
    pub user_id: Option<String>,
    /// The error code it was answered with, if it was.
    pub error: Option<String>,
    /// In milliseconds since 1970.
    pub at: u64,
    /// The number of the request that it came with, from 1.
    pub request: u64,
}

/// The Kaltura of this play.
pub struct Kaltura {
    partner_id: u32,
    origin: String,
    pace: Pace,
    onedrive: OneDrive,
    client: reqwest::Client,
    clock: Arc<Clock>,
    state: Mutex<State>,
    /// Counts how often everything was set back; held requests end then.
    resets: watch::Sender<u64>,
}

pub(super) struct State {
    pub(super) sessions: Sessions,
    pub(super) entries: Entries,
    pub(super) tokens: UploadTokens,
    pub(super) switches: Switches,
    pub(super) faults: Faults,
    pub(super) calls: Vec<CallRecord>,
    pub(super) jobs: Jobs,
    /// How many entries, tokens and the like were made.
    pub(super) created: u64,
    /// The requests that came, and those of them that are not yet answered, with whether they wait for the clock.
    pub(super) requests: u64,
    pub(super) open_requests: HashMap<u64, bool>,
    /// When the present window of the rate limit began, and the calls within it.
    pub(super) window: (u64, usize),
    /// Since when calls and requests are counted for "every n-th".
    pub(super) counted_calls: u64,
    pub(super) counted_requests: u64,
}

impl State {
    fn new(pace: Pace) -> Self {
        Self {
            sessions: Sessions::default(),
            entries: Entries::default(),
            tokens: UploadTokens::default(),
            switches: Switches::new(pace),
            faults: Faults::default(),
            calls: Vec::new(),
            jobs: Jobs::default(),
            created: 0,
            requests: 0,
            open_requests: HashMap::new(),
            window: (0, 0),
            counted_calls: 0,
            counted_requests: 0,
        }
    }

    /// `1_` and eight characters that look drawn at random and are not.
    pub(super) fn new_id(&mut self) -> String {
        self.created += 1;
        let mut word = self.created.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let mut id = String::from("1_");
        for _ in 0..8 {
            id.push(char::from_digit((word % 36) as u32, 36).unwrap_or('0'));
            word /= 36;
        }
        id
    }
}

impl Kaltura {
    /// The partner that the play's site belongs to.
    pub const PARTNER_ID: u32 = 5_042_017;

    /// A Kaltura without entries, at the given origin.
    ///
    /// # Errors
    /// If no HTTP client can be made.
    pub fn new(
        origin: String,
        pace: Pace,
        clock: Arc<Clock>,
        onedrive: OneDrive,
    ) -> Result<Arc<Self>, reqwest::Error> {
        Ok(Arc::new(Self {
            partner_id: Self::PARTNER_ID,
            origin,
            pace,
            onedrive,
            client: super::download::client()?,
            clock,
            state: Mutex::new(State::new(pace)),
            resets: watch::Sender::new(0),
        }))
    }

    /// Starts a session and returns its KS.
    pub fn start_session(&self, user_id: &str, kind: SessionKind, privileges: &[&str]) -> String {
        let preset = match kind {
            SessionKind::User => SessionPreset::PlainUser,
            SessionKind::Admin => SessionPreset::Administrator,
        };
        let privileges = privileges.iter().map(|privilege| (*privilege).to_owned()).collect();
        self.start(NewSession { privileges, ..NewSession::of(user_id, preset) })
    }

    /// Starts a session and returns its KS.
    pub fn start(&self, new: NewSession) -> String {
        let now = self.now();
        self.state().sessions.start(self.partner_id, new, now)
    }

    /// Lets every running session end.
    pub fn expire_sessions(&self) {
        self.state().sessions.expire_all();
    }

    /// All entries, deleted ones too, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.state().entries.all().to_vec()
    }

    /// One entry.
    pub fn entry(&self, id: &str) -> Option<Entry> {
        self.state().entries.get(id).cloned()
    }

    /// The entries that were made of one driveItem, oldest first.
    pub fn entries_of(&self, item_id: &str) -> Vec<Entry> {
        let of_item = |id: &Option<String>| id.as_deref() == Some(item_id);
        self.entries()
            .into_iter()
            .filter(|entry| of_item(&entry.source) || of_item(&entry.reference_id))
            .collect()
    }

    /// Makes an entry that is there already, and returns its id.
    pub fn add_entry(&self, new: NewEntry) -> String {
        let then = self.now().saturating_sub(new.created_seconds_ago * 1_000);
        let mut state = self.state();
        let entry = new.into_entry(state.new_id(), then);
        let id = entry.id.clone();
        state.entries.insert(entry, then, 0);
        id
    }

    /// Approves or rejects an entry that waits for moderation. `false` if there is no such entry.
    pub fn moderate(&self, id: &str, approve: bool) -> bool {
        self.change(id, |entry| entry.moderation = if approve { APPROVED } else { REJECTED }).is_some()
    }

    /// Waits until no import is under way. Returns whether that came to pass within the limit.
    pub async fn settle(&self, limit: Duration) -> bool {
        let busy = |entry: &Entry| {
            !entry.status.is_final() || matches!(entry.replacement, Some(Replacement::Running(_)))
        };
        let settled = async {
            while self.state().entries.all().iter().any(busy) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(limit, settled).await.is_ok()
    }

    /// The faults as they stand.
    pub fn faults(&self) -> Faults {
        self.state().faults.clone()
    }

    /// Sets faults.
    pub fn change_faults(&self, change: impl FnOnce(&mut Faults)) {
        change(&mut self.state().faults);
    }

    /// The switches as they stand.
    pub fn switches(&self) -> Switches {
        self.state().switches.clone()
    }

    /// Sets switches; "every n-th" counts from here.
    pub fn switch(self: &Arc<Self>, change: impl FnOnce(&mut Switches)) {
        {
            let mut state = self.state();
            change(&mut state.switches);
            (state.counted_calls, state.counted_requests, state.window) = (0, 0, (0, 0));
        }
        super::jobs::dispatch(self);
    }

    /// The calls carried out so far, oldest first.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.state().calls.clone()
    }

    /// Forgets every entry, job and upload, ends the requests that are not yet answered, and sets every switch back; sessions go
    /// on.
    pub fn reset(&self) {
        {
            let mut state = self.state();
            let sessions = std::mem::take(&mut state.sessions);
            let (requests, open_requests) = (state.requests, std::mem::take(&mut state.open_requests));
            // Ids go on, so that what a page remembers is never another entry.
            let created = state.created;
            *state = State { sessions, requests, open_requests, created, ..State::new(self.pace) };
        }
        self.resets.send_modify(|times| *times += 1);
    }

    /// How many requests came so far, and how many of them wait for the clock, or for ever.
    pub fn requests(&self) -> (u64, usize) {
        let state = self.state();
        (state.requests, state.open_requests.values().filter(|waits| **waits).count())
    }

    /// When something happens next by itself: a task is due, or the index changes.
    pub fn next_due(&self) -> Option<u64> {
        let indexed = self.state().entries.next_change(self.now());
        self.clock.next_due().into_iter().chain(indexed).min()
    }

    /// The address that clients call `serviceUrl`.
    pub fn service_url(&self) -> &str {
        &self.origin
    }

    /// The time that all goes by.
    pub fn clock(&self) -> &Arc<Clock> {
        &self.clock
    }

    pub(super) fn partner_id(&self) -> u32 {
        self.partner_id
    }

    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    pub(super) fn now(&self) -> u64 {
        self.clock.now()
    }

    pub(super) fn resets(&self) -> watch::Receiver<u64> {
        self.resets.subscribe()
    }

    /// The id of the file that a link leads to.
    pub(super) fn linked(&self, url: &str) -> Option<String> {
        (self.onedrive.linked)(url)
    }

    /// What OneDrive lists about the file that an entry was made of.
    pub(super) fn listed(&self, entry: &Entry) -> Option<ListedFile> {
        let by_id = |id: &Option<String>| {
            let id = id.as_deref()?;
            (self.onedrive.listed)(id).or_else(|| (self.onedrive.listed)(id.rsplit(['/', ':', '|']).next()?))
        };
        by_id(&entry.source).or_else(|| by_id(&entry.reference_id))
    }

    /// An entry that is not deleted.
    ///
    /// # Errors
    /// `ENTRY_ID_NOT_FOUND`.
    pub(super) fn existing(&self, id: &str) -> Result<Entry, ApiError> {
        self.entry(id)
            .filter(|entry| entry.status != EntryStatus::Deleted)
            .ok_or_else(|| ApiError::new("ENTRY_ID_NOT_FOUND", &[id]))
    }

    /// Changes an entry, and returns it as it is then.
    pub(super) fn change(&self, id: &str, change: impl FnOnce(&mut Entry)) -> Option<Entry> {
        let now = self.now();
        let mut state = self.state();
        let lag = state.switches.index_lag_ms;
        state.entries.change(id, now, lag, change)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Kaltura {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Kaltura")
            .field("entries", &self.state().entries.all().len())
            .finish_non_exhaustive()
    }
}
