//! Downloading a link, for real (SRV `batch/batches/Import/KAsyncImport.class.php` L220-333).

use std::time::Duration;

use reqwest::Url;

use super::kept::Kept;
use super::resource::UrlResource;
use crate::drive::QuickXorHash;

/// What came.
pub(super) struct Downloaded {
    pub(super) media_type: String,
    pub(super) bytes: u64,
    pub(super) hash: QuickXorHash,
    pub(super) kept: Kept,
}

/// How a download ended.
pub(super) enum Outcome {
    /// All bytes are there.
    Done(Box<Downloaded>),
    /// The connection ended before the last byte; what is there is kept.
    Interrupted(Box<Downloaded>),
    /// A status from 400, or no connection: the status, and why.
    Refused(Option<u16>, String),
}

/// The client of the import workers.
///
/// # Errors
/// If no HTTP client can be made.
pub(super) fn client() -> Result<reqwest::Client, reqwest::Error> {
    let redirects = reqwest::redirect::Policy::custom(|attempt| {
        if attempt.previous().len() > 5 || !is_loopback(attempt.url()) {
            attempt.stop()
        } else {
            attempt.follow()
        }
    });
    reqwest::Client::builder().no_proxy().redirect(redirects).timeout(Duration::from_secs(120)).build()
}

/// Downloads, or goes on after what an interrupted download left. The first attempt begins with a HEAD, without headers
/// of the resource, whose failure stops nothing.
pub(super) async fn fetch(
    client: &reqwest::Client,
    url: &str,
    resource: &UrlResource,
    rest_of: Option<Box<Downloaded>>,
) -> Outcome {
    match try_fetch(client, url, resource, rest_of).await {
        Ok(outcome) => outcome,
        Err(reason) => Outcome::Refused(None, reason),
    }
}

async fn try_fetch(
    client: &reqwest::Client,
    url: &str,
    resource: &UrlResource,
    rest_of: Option<Box<Downloaded>>,
) -> Result<Outcome, String> {
    let url = loopback(url)?;
    let with_headers = |mut request: reqwest::RequestBuilder| {
        for (name, value) in &resource.headers {
            request = request.header(name, value);
        }
        request
    };
    if rest_of.is_none() {
        let _ = client.head(url.clone()).send().await;
    }
    let url = if resource.should_redirect {
        let effective = with_headers(client.head(url.clone())).send().await.map_err(explain)?;
        effective.url().clone()
    } else {
        url
    };
    let mut request = with_headers(client.get(url));
    if let Some(rest) = &rest_of {
        request = request.header("range", format!("bytes={}-", rest.bytes));
    }
    let mut response = request.send().await.map_err(explain)?;
    let status = response.status().as_u16();
    if !(200..300).contains(&status) {
        return Ok(Outcome::Refused(Some(status), format!("the link answered {status}")));
    }
    let media_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
    let media_type = media_type.unwrap_or("application/octet-stream").to_owned();
    let mut downloaded = rest_of.unwrap_or_else(|| {
        let (hash, kept) = (QuickXorHash::default(), Kept::default());
        Box::new(Downloaded { media_type, bytes: 0, hash, kept })
    });
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                downloaded.bytes += chunk.len() as u64;
                downloaded.hash.update(&chunk);
                downloaded.kept.update(&chunk);
            }
            Ok(None) => return Ok(Outcome::Done(downloaded)),
            Err(_) if downloaded.bytes > 0 => return Ok(Outcome::Interrupted(downloaded)),
            Err(error) => return Err(explain(error)),
        }
    }
}

/// Kaltura refuses private addresses; this one refuses all others.
fn loopback(url: &str) -> Result<Url, String> {
    let url = Url::parse(url).map_err(|_| "the link is no address".to_owned())?;
    if is_loopback(&url) { Ok(url) } else { Err("the simulator downloads from this machine only".to_owned()) }
}

/// Whether an address is on this machine.
fn is_loopback(url: &Url) -> bool {
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
