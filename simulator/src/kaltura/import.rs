//! What an entry becomes when its file is there, or cannot be had (SRV `alpha/apps/kaltura/lib/batch2/kFlowHelper.php`).

use std::sync::Arc;

use serde::Serialize;

use super::content::{image_extension, is_allowed_extension, media_type, path_extension};
use super::download::Downloaded;
use super::entry::{Content, Entry, EntryKind, EntryStatus, Replacement};
use super::faults::Failure;
use super::jobs::Job;
use super::kaltura::{Kaltura, ListedFile};

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The address that was really asked for.
    pub url: String,
    /// How many times the download was tried.
    pub attempts: u32,
    /// The status of the last answer.
    pub http_status: Option<u16>,
    /// The bytes that came.
    pub bytes: u64,
    /// Their QuickXorHash in Base64.
    pub quick_xor_hash: Option<String>,
    /// Whether their number is the `size` that OneDrive lists; none if it does not know the file.
    pub size_matches: Option<bool>,
    /// Whether their hash is the `quickXorHash` that OneDrive lists; none if it lists none.
    pub hash_matches: Option<bool>,
    /// Why it failed, for a person at the control page. Kaltura itself only shows the status.
    pub failure: Option<String>,
}

/// Whether a link passes the restriction of file types.
pub(super) fn is_allowed(url: &str) -> bool {
    is_allowed_extension(path_extension(url))
}

/// Notes how an import stands.
pub(super) fn report(kaltura: &Kaltura, job: &Job) {
    kaltura.change(&job.entry_id, |entry| entry.import = Some(job.report.clone()));
}

/// Ends an import whose file could not be had.
pub(super) fn fail(kaltura: &Kaltura, job: &Job) {
    kaltura.change(&job.entry_id, |entry| {
        entry.import = Some(job.report.clone());
        end(entry, EntryStatus::ErrorImporting);
    });
}

/// Sets the status in which an import ends. Where content is replaced the entry keeps its own.
fn end(entry: &mut Entry, status: EntryStatus) {
    match entry.replacement.take() {
        Some(Replacement::Running(id)) if status != EntryStatus::Ready => {
            entry.replacement = Some(Replacement::Failed(id));
        }
        Some(_) => {}
        None if entry.status != EntryStatus::Deleted => entry.status = status,
        None => {}
    }
}

/// Converts what was downloaded.
pub(super) async fn finish(kaltura: &Arc<Kaltura>, mut job: Job, downloaded: Downloaded) {
    let Some(entry) = kaltura.entry(&job.entry_id) else { return };
    let listed = kaltura.listed(&entry);
    compare(&mut job.report, &downloaded, listed.as_ref());
    let extension = match entry.kind {
        EntryKind::Media(2) => image_extension(&job.report.url),
        _ => path_extension(&job.report.url),
    };
    let extension = (!extension.is_empty()).then(|| extension.to_owned());
    convert(kaltura, job, downloaded, extension).await;
}

/// From the bytes to the end. An image, and a document without a conversion profile, is ready at once; all else is converted.
pub(super) async fn convert(
    kaltura: &Arc<Kaltura>,
    job: Job,
    downloaded: Downloaded,
    extension: Option<String>,
) {
    let Job { entry_id, drawn, report: mut found, .. } = job;
    let Some(entry) = kaltura.entry(&entry_id) else { return };
    let length = downloaded.bytes;
    let kind = media_type(downloaded.kept.head());
    let profile = entry.text("conversionProfileId").and_then(|text| text.parse::<i64>().ok());
    let converted = match entry.kind {
        EntryKind::Media(2) => false,
        EntryKind::Media(_) => true,
        EntryKind::Document(_) => profile.is_some_and(|profile| profile > 0),
    };
    let content = downloaded.kept.finish().map(|head| Content {
        head,
        length,
        media_type: kind.map_or(downloaded.media_type.clone(), str::to_owned),
    });
    let resets = kaltura.resets();
    let mut status = EntryStatus::Ready;
    if length == 0 && matches!(entry.kind, EntryKind::Media(_)) {
        // Nothing in the import refuses it, and nothing can be made of it (kJobsManager L1384-1390, L1460-1468).
        found.failure = Some("the file is empty".to_owned());
        status = EntryStatus::ErrorConverting;
    } else if converted && profile == Some(-1) {
        // A profile that converts nothing (kJobsManager L1369-1376).
        status = EntryStatus::Pending;
    } else if converted {
        kaltura.change(&entry_id, |entry| {
            entry.import = Some(found.clone());
            if entry.replacement.is_none() && entry.status != EntryStatus::Deleted {
                entry.status = EntryStatus::Preconvert;
            }
        });
        let convert_ms = kaltura.switches().convert_ms;
        kaltura.clock().sleep(convert_ms).await;
        if drawn == Some(Failure::Converting) {
            found.failure = Some("the conversion was told to fail".to_owned());
            status = EntryStatus::ErrorConverting;
        } else if kind.is_none() && matches!(entry.kind, EntryKind::Media(_)) {
            found.failure = Some(format!("there is no media in what calls itself {}", downloaded.media_type));
            status = EntryStatus::ErrorConverting;
        }
    }
    if resets.has_changed().unwrap_or(true) {
        return;
    }
    let listed = kaltura.listed(&entry).filter(|_| status == EntryStatus::Ready);
    kaltura.change(&entry_id, |entry| {
        entry.import = Some(found);
        entry.content = content;
        entry.extension = extension;
        if let Some(listed) = listed {
            entry.duration = listed.duration;
            entry.thumbnail = listed.thumbnail;
        }
        end(entry, status);
    });
}

fn compare(report: &mut ImportReport, downloaded: &Downloaded, listed: Option<&ListedFile>) {
    report.bytes = downloaded.bytes;
    let hash = downloaded.hash.finish();
    report.size_matches = listed.map(|file| file.size == report.bytes);
    report.hash_matches = listed.and_then(|file| file.quick_xor_hash.as_ref()).map(|listed| *listed == hash);
    report.quick_xor_hash = Some(hash);
}
