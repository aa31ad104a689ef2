//! The import job: downloads the link, for real, and compares what came with what OneDrive lists
//! (SRV `batch/batches/Import/KAsyncImport.class.php`).

use std::sync::Arc;

use reqwest::Url;
use serde::Serialize;

use super::content::{media_type, path_extension};
use super::entry::{Content, EntryKind, EntryStatus};
use super::faults::Failure;
use super::kaltura::{Kaltura, ListedFile};
use super::kept::Kept;
use super::resource::UrlResource;
use crate::drive::QuickXorHash;

/// How often a link is tried; the link is the same each time.
const ATTEMPTS: u32 = 3;

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
    /// Whether their number is the `size` that OneDrive lists; none if it does not know the reference id.
    pub size_matches: Option<bool>,
    /// Whether their hash is the `quickXorHash` that OneDrive lists; none if it lists none.
    pub hash_matches: Option<bool>,
    /// Why it failed, for a person at the control page. Kaltura itself only shows the status.
    pub failure: Option<String>,
}

struct Downloaded {
    status: u16,
    media_type: String,
    bytes: u64,
    hash: QuickXorHash,
    kept: Kept,
}

/// Runs one import to its end.
pub(super) async fn run(
    kaltura: Arc<Kaltura>,
    entry_id: String,
    resource: UrlResource,
    drawn: Option<Failure>,
) {
    let delay = std::time::Duration::from_millis(kaltura.faults().import_delay);
    tokio::time::sleep(kaltura.pace().queue + delay).await;
    let Ok(_worker) = kaltura.workers().acquire().await else { return };
    let (mut report, downloaded) = download(&kaltura, &resource, drawn).await;
    let Some(entry) = kaltura.entry(&entry_id) else { return };
    let Some(downloaded) = downloaded else {
        kaltura.finish_import(&entry_id, EntryStatus::ErrorImporting, report, None);
        return;
    };
    let listed = kaltura.listed(entry.reference_id.as_deref());
    compare(&mut report, &downloaded.hash, downloaded.bytes, listed.as_ref());
    kaltura.progress_import(&entry_id, EntryStatus::Preconvert, report.clone());
    tokio::time::sleep(kaltura.pace().convert).await;
    let media_type = media_type(downloaded.kept.head());
    if drawn == Some(Failure::Converting) {
        report.failure = Some("the conversion was told to fail".to_owned());
    } else if media_type.is_none() && matches!(entry.kind, EntryKind::Media(_)) {
        report.failure = Some(format!("there is no media in what calls itself {}", downloaded.media_type));
    }
    let media_type = media_type.map_or(downloaded.media_type, str::to_owned);
    let status = if report.failure.is_some() { EntryStatus::ErrorConverting } else { EntryStatus::Ready };
    let length = report.bytes;
    let content = downloaded.kept.finish().map(|head| Content { head, length, media_type });
    kaltura.finish_import(&entry_id, status, report, content);
    if let Some(listed) = listed.filter(|_| status == EntryStatus::Ready) {
        kaltura.measure(&entry_id, listed);
    }
}

fn compare(report: &mut ImportReport, hash: &QuickXorHash, bytes: u64, listed: Option<&ListedFile>) {
    report.bytes = bytes;
    let hash = hash.finish();
    report.size_matches = listed.map(|file| file.size == report.bytes);
    report.hash_matches = listed.and_then(|file| file.quick_xor_hash.as_ref()).map(|listed| *listed == hash);
    report.quick_xor_hash = Some(hash);
}

async fn download(
    kaltura: &Kaltura,
    resource: &UrlResource,
    drawn: Option<Failure>,
) -> (ImportReport, Option<Downloaded>) {
    let mut report = ImportReport { url: collapse_slashes(&resource.url), ..ImportReport::default() };
    if kaltura.faults().restrict_file_types
        && !super::content::is_allowed_extension(path_extension(&report.url))
    {
        report.failure = Some(format!("the extension {:?} is not allowed", path_extension(&report.url)));
        return (report, None);
    }
    for attempt in 1..=ATTEMPTS {
        report.attempts = attempt;
        if attempt > 1 {
            tokio::time::sleep(kaltura.pace().retry).await;
        }
        if drawn == Some(Failure::Importing) {
            report.failure = Some("the download was told to fail".to_owned());
            continue;
        }
        match fetch(kaltura.client(), &report.url, resource).await {
            Ok(downloaded) => {
                report.http_status = Some(downloaded.status);
                if !(200..300).contains(&downloaded.status) {
                    report.failure = Some(format!("the link answered {}", downloaded.status));
                } else if downloaded.bytes == 0 {
                    report.failure = Some("the file is empty".to_owned());
                } else {
                    report.failure = None;
                    return (report, Some(downloaded));
                }
            }
            Err(reason) => report.failure = Some(reason),
        }
    }
    (report, None)
}

async fn fetch(client: &reqwest::Client, url: &str, resource: &UrlResource) -> Result<Downloaded, String> {
    let url = loopback(url)?;
    let with_headers = |mut request: reqwest::RequestBuilder| {
        for (name, value) in &resource.headers {
            request = request.header(name, value);
        }
        request
    };
    // The probe for the size knows no headers, whatever the resource says; its failure stops nothing.
    let _ = client.head(url.clone()).send().await;
    let url = if resource.should_redirect {
        let effective = with_headers(client.head(url.clone())).send().await.map_err(explain)?;
        effective.url().clone()
    } else {
        url
    };
    let mut response = with_headers(client.get(url)).send().await.map_err(explain)?;
    let media_type = response
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("application/octet-stream")
        .to_owned();
    let status = response.status().as_u16();
    let (mut bytes, mut hash, mut kept) = (0, QuickXorHash::default(), Kept::default());
    while let Some(chunk) = response.chunk().await.map_err(explain)? {
        bytes += chunk.len() as u64;
        hash.update(&chunk);
        kept.update(&chunk);
    }
    Ok(Downloaded { status, media_type, bytes, hash, kept })
}

/// Kaltura refuses private addresses; this one refuses all others.
fn loopback(url: &str) -> Result<Url, String> {
    let url = Url::parse(url).map_err(|_| "the link is no address".to_owned())?;
    if is_loopback(&url) { Ok(url) } else { Err("the simulator downloads from this machine only".to_owned()) }
}

/// Whether an address is on this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    matches!(url.scheme(), "http") && matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// An error of reqwest without the address.
fn explain(error: reqwest::Error) -> String {
    error.without_url().to_string()
}

/// `kJobsManager::addImportJob`: every `//` becomes `/`, only the scheme's is put back.
pub(super) fn collapse_slashes(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let mut collapsed = rest.replace("//", "/");
    collapsed.insert_str(0, "://");
    collapsed.insert_str(0, scheme);
    collapsed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collapses_double_slashes_everywhere_but_in_the_scheme() {
        for (url, expected) in [
            ("http://h/a//b?c=d//e", "http://h/a/b?c=d/e"),
            ("https://h/a?u=https://x", "https://h/a?u=https:/x"),
            ("http://h/a%2F%2Fb", "http://h/a%2F%2Fb"),
            ("http://h/a///b", "http://h/a//b"),
        ] {
            assert_eq!(collapse_slashes(url), expected);
        }
    }

    #[test]
    fn downloads_from_this_machine_only() {
        for (url, expected) in [
            ("http://127.0.0.1:4184/x", true),
            ("http://localhost/x", true),
            ("http://[::1]:1/x", true),
            ("https://example.com/x", false),
            ("http://169.254.169.254/x", false),
            ("http://localhost.example/x", false),
            ("ftp://127.0.0.1/x", false),
            ("file:///etc/passwd", false),
            ("x", false),
        ] {
            assert_eq!(loopback(url).is_ok(), expected, "{url}");
        }
    }
}
