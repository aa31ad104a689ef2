//! The queue of import jobs: few workers, few jobs of one account, three attempts (SRV `configurations/base.ini`
//! `max_jobs_for_partner`, `job_retry_intervals`; `alpha/lib/model/BatchJobLockPeer.php` L54-91; `batch/batch.ini.template`
//! L25, L183-191).

use std::collections::VecDeque;
use std::sync::Arc;

use super::download::{Downloaded, Outcome, collapse_slashes, fetch};
use super::faults::Failure;
use super::import::{self, ImportReport};
use super::kaltura::Kaltura;
use super::resource::UrlResource;

/// How often a link is tried; the link is the same each time.
const ATTEMPTS: u32 = 3;

/// The jobs that wait and run.
#[derive(Default)]
pub(super) struct Jobs {
    waiting: VecDeque<Job>,
    ours: usize,
    others: usize,
}

/// An import job.
pub(super) struct Job {
    pub(super) entry_id: String,
    pub(super) resource: UrlResource,
    pub(super) drawn: Option<Failure>,
    pub(super) report: ImportReport,
    rest_of: Option<Box<Downloaded>>,
}

impl Job {
    pub(super) fn new(entry_id: String, resource: UrlResource, drawn: Option<Failure>) -> Self {
        let report = ImportReport { url: collapse_slashes(&resource.url), ..ImportReport::default() };
        Self { entry_id, resource, drawn, report, rest_of: None }
    }
}

/// Queues a job.
pub(super) fn enqueue(kaltura: &Arc<Kaltura>, job: Job) {
    let delay = {
        let state = kaltura.state();
        state.switches.queue_ms + state.faults.import_delay
    };
    enqueue_after(kaltura, job, delay);
}

fn enqueue_after(kaltura: &Arc<Kaltura>, job: Job, milliseconds: u64) {
    let (kaltura, resets) = (Arc::clone(kaltura), kaltura.resets());
    let clock = Arc::clone(kaltura.clock());
    clock.spawn(async move {
        kaltura.clock().sleep(milliseconds).await;
        if !resets.has_changed().unwrap_or(true) {
            kaltura.state().jobs.waiting.push_back(job);
            dispatch(&kaltura);
        }
    });
}

/// Gives waiting jobs to free workers.
pub(super) fn dispatch(kaltura: &Arc<Kaltura>) {
    loop {
        let job = {
            let state = &mut *kaltura.state();
            let (jobs, switches) = (&mut state.jobs, &mut state.switches);
            if jobs.ours + jobs.others >= switches.import_workers {
                return;
            }
            if switches.other_jobs > 0 {
                switches.other_jobs -= 1;
                jobs.others += 1;
                None
            } else if jobs.ours < switches.import_jobs_per_account {
                let Some(job) = jobs.waiting.pop_front() else { return };
                jobs.ours += 1;
                Some(job)
            } else {
                return;
            }
        };
        let (kaltura, resets) = (Arc::clone(kaltura), kaltura.resets());
        let clock = Arc::clone(kaltura.clock());
        clock.spawn(async move {
            let ours = job.is_some();
            let done = match job {
                Some(job) => run(&kaltura, job).await,
                None => {
                    let download_ms = kaltura.switches().download_ms;
                    kaltura.clock().sleep(download_ms).await;
                    None
                }
            };
            if resets.has_changed().unwrap_or(true) {
                return;
            }
            {
                let jobs = &mut kaltura.state().jobs;
                let count = if ours { &mut jobs.ours } else { &mut jobs.others };
                *count = count.saturating_sub(1);
            }
            dispatch(&kaltura);
            // Converting is done by other workers.
            if let Some((job, downloaded)) = done {
                import::finish(&kaltura, job, *downloaded).await;
            }
        });
    }
}

/// One attempt. What is downloaded, if all of it is.
async fn run(kaltura: &Arc<Kaltura>, mut job: Job) -> Option<(Job, Box<Downloaded>)> {
    let switches = kaltura.switches();
    let resets = kaltura.resets();
    job.report.attempts += 1;
    if switches.restrict_file_types && !import::is_allowed(&job.report.url) {
        job.report.failure = Some("the extension is not allowed".to_owned());
        import::fail(kaltura, &job);
        return None;
    }
    let resumed = job.rest_of.is_some();
    let outcome = if job.drawn == Some(Failure::Importing) {
        Outcome::Refused(None, "the download was told to fail".to_owned())
    } else {
        fetch(kaltura.client(), &job.report.url, &job.resource, job.rest_of.take()).await
    };
    if !matches!(outcome, Outcome::Refused(..)) {
        kaltura.clock().sleep(switches.download_ms).await;
    }
    if resets.has_changed().unwrap_or(true) {
        return None;
    }
    match outcome {
        Outcome::Done(downloaded) => {
            job.report.http_status = Some(200);
            job.report.failure = None;
            return Some((job, downloaded));
        }
        Outcome::Interrupted(downloaded) => {
            job.report.attempts -= 1;
            job.report.failure = Some("the connection ended early".to_owned());
            job.rest_of = Some(downloaded);
            enqueue_after(kaltura, job, 0);
        }
        Outcome::Refused(status, reason) => {
            job.report.http_status = status;
            job.report.failure = Some(reason);
            // The link has ended while an interrupted download was to go on: no further attempt (KAsyncImport L287-333).
            if resumed || job.report.attempts >= ATTEMPTS {
                import::fail(kaltura, &job);
            } else {
                import::report(kaltura, &job);
                enqueue_after(kaltura, job, switches.retry_ms);
            }
        }
    }
    None
}
