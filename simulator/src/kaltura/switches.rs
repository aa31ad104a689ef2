//! What the account is set to, and how fast and reliable the server is.

use serde::{Deserialize, Serialize};

use super::session::SessionPreset;

/// Calls of an account within a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// So many calls are answered.
    pub calls: usize,
    /// In milliseconds; when it has passed since a call, that call counts no longer.
    pub window_ms: u64,
}

/// A colleague's entry with the reference that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colleague {
    /// In status READY (2).
    Ready,
    /// In status NO_CONTENT (7).
    NoContent,
}

/// Every switch. The start is an account with nothing special, and a server that has time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switches {
    /// The kind of session that the site gives its pages.
    pub session: SessionPreset,
    /// `moderateContent` of the account: every new entry waits for moderation.
    pub moderation: bool,
    /// FEATURE_DRAFT_ENTRY_CONV_PROF_SELECTION with a profile without flavors: `add` answers READY.
    pub draft_entries_ready: bool,
    /// So long lists show how things were.
    pub index_lag_ms: u64,
    /// Import jobs that run at a time, of all accounts.
    pub import_workers: usize,
    /// Import jobs of one account that run at a time (SRV `configurations/base.ini`, `max_jobs_for_partner`).
    pub import_jobs_per_account: usize,
    /// Import jobs of other accounts that are before ours in the queue.
    pub other_jobs: usize,
    /// Until a job may be taken up.
    pub queue_ms: u64,
    /// A download.
    pub download_ms: u64,
    /// A conversion.
    pub convert_ms: u64,
    /// Between two of the three attempts to download.
    pub retry_ms: u64,
    /// Further calls are answered ACTION_BLOCKED.
    pub rate_limit: Option<RateLimit>,
    /// Every n-th call is answered ACTION_BLOCKED.
    pub block_every: Option<u64>,
    /// Every n-th request is carried out, and its answer lost.
    pub lose_every: Option<u64>,
    /// How long each call takes.
    pub call_ms: u64,
    /// After so many calls all sessions that run then end.
    pub session_ends_after_calls: Option<u64>,
    /// A colleague has an entry with every reference that is asked for.
    pub colleague: Option<Colleague>,
    /// FEATURE_FILE_TYPE_RESTRICTION_PERMISSION: the extension of the link's path and the media type are looked
    /// at, and a SharePoint link (`download.aspx`) does not pass.
    pub restrict_file_types: bool,
    /// Off: FEATURE_DISABLE_CATEGORY_LIMIT.
    pub category_limit: bool,
    /// FEATURE_ENTRY_REPLACEMENT.
    pub entry_replacement: bool,
    /// The account refuses markup in texts.
    pub refuse_markup: bool,
}

impl Switches {
    /// The switches at the start.
    pub fn new(pace: Pace) -> Self {
        Self {
            session: SessionPreset::PlainUser,
            moderation: false,
            draft_entries_ready: false,
            index_lag_ms: 0,
            import_workers: pace.workers,
            import_jobs_per_account: 50,
            other_jobs: 0,
            queue_ms: pace.queue_ms,
            download_ms: pace.download_ms,
            convert_ms: pace.convert_ms,
            retry_ms: pace.retry_ms,
            rate_limit: None,
            block_every: None,
            lose_every: None,
            call_ms: 0,
            session_ends_after_calls: None,
            colleague: None,
            restrict_file_types: false,
            category_limit: true,
            entry_replacement: true,
            refuse_markup: false,
        }
    }
}

/// How long things take at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Until a job may be taken up.
    pub queue_ms: u64,
    /// A download.
    pub download_ms: u64,
    /// The conversion.
    pub convert_ms: u64,
    /// Between two of the three attempts to download.
    pub retry_ms: u64,
    /// How many imports run at a time.
    pub workers: usize,
}

impl Pace {
    /// Slow enough to watch.
    pub const DEMO: Self =
        Self { queue_ms: 1_200, download_ms: 0, convert_ms: 2_400, retry_ms: 3_000, workers: 3 };
    /// As fast as a test in real time wants it, the order of states kept.
    pub const TEST: Self = Self { queue_ms: 40, download_ms: 0, convert_ms: 40, retry_ms: 40, workers: 8 };
    /// As the published configuration has it (SRV `batch/batch.ini.template`), for a clock that is moved by hand.
    pub const SERVER: Self =
        Self { queue_ms: 5_000, download_ms: 30_000, convert_ms: 60_000, retry_ms: 300_000, workers: 50 };
}
