//! Kaltura's memory, and what a test may look into and switch.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::Semaphore;

use super::entry::{Content, Entry, EntryStatus};
use super::faults::{Faults, Pace};
use super::import::{ImportReport, is_loopback};
use super::session::{SessionKind, Sessions};

/// How long a session runs that a page is given.
const SESSION_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

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

/// Looks a file up by its driveItem id.
pub type Listing = dyn Fn(&str) -> Option<ListedFile> + Send + Sync;

/// A call that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// Its service.
    pub service: String,
    /// Its action.
    pub action: String,
    /// The error code it was answered with, if it was.
    pub error: Option<String>,
}

/// The Kaltura of this play.
pub struct Kaltura {
    partner_id: u32,
    origin: String,
    pace: Pace,
    listing: Box<Listing>,
    client: reqwest::Client,
    workers: Semaphore,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) sessions: Sessions,
    pub(super) entries: Vec<Entry>,
    pub(super) faults: Faults,
    pub(super) calls: Vec<CallRecord>,
    pub(super) created: u64,
}

impl Kaltura {
    /// The partner that the play's site belongs to.
    pub const PARTNER_ID: u32 = 5_042_017;

    /// A Kaltura without entries, at the given origin.
    ///
    /// # Errors
    /// If no HTTP client can be made.
    pub fn new(origin: String, pace: Pace, listing: Box<Listing>) -> Result<Arc<Self>, reqwest::Error> {
        let redirects = reqwest::redirect::Policy::custom(|attempt| {
            if attempt.previous().len() > 5 || !is_loopback(attempt.url()) {
                attempt.stop()
            } else {
                attempt.follow()
            }
        });
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirects)
            .timeout(Duration::from_secs(120))
            .build()?;
        Ok(Arc::new(Self {
            partner_id: Self::PARTNER_ID,
            origin,
            pace,
            listing,
            client,
            workers: Semaphore::new(pace.workers),
            state: Mutex::default(),
        }))
    }

    /// Starts a session and returns its KS.
    pub fn start_session(&self, user_id: &str, kind: SessionKind, privileges: &[&str]) -> String {
        self.state().sessions.start(self.partner_id, user_id, kind, privileges, SESSION_LIFE)
    }

    /// Lets every running session end.
    pub fn expire_sessions(&self) {
        self.state().sessions.expire_all();
    }

    /// All entries, deleted ones too, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.state().entries.clone()
    }

    /// One entry.
    pub fn entry(&self, id: &str) -> Option<Entry> {
        self.state().entries.iter().find(|entry| entry.id == id).cloned()
    }

    /// The entries that were made of one driveItem, oldest first.
    pub fn entries_of(&self, reference_id: &str) -> Vec<Entry> {
        self.entries()
            .into_iter()
            .filter(|entry| entry.reference_id.as_deref() == Some(reference_id))
            .collect()
    }

    /// Waits until no import is under way. Returns whether that came to pass within the limit.
    pub async fn settle(&self, limit: Duration) -> bool {
        let settled = async {
            while self.state().entries.iter().any(|entry| !entry.status.is_final()) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(limit, settled).await.is_ok()
    }

    /// The switches as they stand.
    pub fn faults(&self) -> Faults {
        self.state().faults.clone()
    }

    /// Sets switches.
    pub fn change_faults(&self, change: impl FnOnce(&mut Faults)) {
        change(&mut self.state().faults);
    }

    /// The calls answered so far, oldest first.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.state().calls.clone()
    }

    /// Forgets every entry and sets every switch back; sessions go on.
    pub fn reset(&self) {
        let mut state = self.state();
        state.entries.clear();
        state.calls.clear();
        state.faults = Faults::default();
    }

    /// The address that clients call `serviceUrl`.
    pub fn service_url(&self) -> &str {
        &self.origin
    }

    pub(super) fn partner_id(&self) -> u32 {
        self.partner_id
    }

    pub(super) fn pace(&self) -> Pace {
        self.pace
    }

    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    pub(super) fn workers(&self) -> &Semaphore {
        &self.workers
    }

    /// What OneDrive lists under a reference id: the driveItem's id, alone or behind the drive's.
    pub(super) fn listed(&self, reference_id: Option<&str>) -> Option<ListedFile> {
        let reference_id = reference_id?;
        (self.listing)(reference_id).or_else(|| (self.listing)(reference_id.rsplit(['/', ':', '|']).next()?))
    }

    pub(super) fn progress_import(&self, id: &str, status: EntryStatus, report: ImportReport) {
        if let Some(entry) = self.state().entries.iter_mut().find(|entry| entry.id == id) {
            if entry.status != EntryStatus::Deleted {
                entry.status = status;
            }
            entry.updated_at = now();
            entry.import = Some(report);
        }
    }

    pub(super) fn finish_import(
        &self,
        id: &str,
        status: EntryStatus,
        report: ImportReport,
        content: Option<Content>,
    ) {
        self.progress_import(id, status, report);
        if let Some(entry) = self.state().entries.iter_mut().find(|entry| entry.id == id) {
            entry.content = content;
        }
    }

    /// Notes what the conversion would have found out.
    pub(super) fn measure(&self, id: &str, listed: ListedFile) {
        if let Some(entry) = self.state().entries.iter_mut().find(|entry| entry.id == id) {
            entry.duration = listed.duration;
            entry.thumbnail = listed.thumbnail;
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Kaltura {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Kaltura")
            .field("entries", &self.state().entries.len())
            .finish_non_exhaustive()
    }
}

/// Unix time in seconds.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
