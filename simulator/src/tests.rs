//! All parties together: from OneDrive into Kaltura.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::kaltura::{Entry, EntryStatus, FailingImports, Failure, SessionPreset};
use crate::{Options, Running, Simulator, drive};

/// The id, size and a fresh link of the largest and the smallest film of the first account.
fn films(running: &Running) -> [(String, u64, String); 2] {
    let world = running.world();
    let account = world.accounts().first().unwrap().clone();
    let drive = world.drive(&world.drive_id_of(&account)).unwrap().read().unwrap();
    let mut films: Vec<_> =
        drive.items().filter(|item| item.name.ends_with(".mp4") && item.size() > 0).collect();
    films.retain(|item| (10_000..1 << 30).contains(&item.size()));
    films.sort_by_key(|item| item.size());
    let film = |item: &drive::Item| (item.id.clone(), item.size(), world.download_url(&drive, item).unwrap());
    [film(films.last().unwrap()), film(films.first().unwrap())]
}

async fn import(running: &Running, reference_id: &str, url: &str) -> Entry {
    let body = json!({
        "format": 1, "ks": running.site().user_session(),
        "1": {"service": "media", "action": "add", "entry": {"objectType": "KalturaMediaEntry", "mediaType": 1,
              "name": "Film", "referenceId": reference_id}},
        "2": {"service": "media", "action": "addContent", "entryId": "{1:result:id}",
              "resource": {"objectType": "KalturaUrlResource", "url": url, "forceAsyncDownload": true}},
    });
    let address = format!("{}/api_v3/service/multirequest?format=1", running.origins().kaltura);
    let request = reqwest::Client::new().post(address).header("content-type", "application/json");
    let answer = request.body(body.to_string()).send().await.unwrap().text().await.unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(running.kaltura().settle(Duration::from_secs(60)).await);
    running.kaltura().entry(answer[0]["id"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn kaltura_imports_from_onedrive_and_finds_the_listed_size_and_hash() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    for (id, size, url) in films(&running) {
        let since = Instant::now();
        let entry = import(&running, &id, &url).await;
        let report = entry.import.unwrap();
        assert_eq!((entry.status, report.bytes), (EntryStatus::Ready, size));
        assert_eq!((report.size_matches, report.hash_matches), (Some(true), Some(true)));
        println!("{size} bytes in {:?}", since.elapsed());
    }
}

#[tokio::test]
async fn an_expired_link_ends_in_error_importing() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    let [_, (id, _, url)] = films(&running);
    running.world().advance(24 * 60 * 60);
    let entry = import(&running, &id, &url).await;
    let report = entry.import.unwrap();
    assert_eq!(entry.status, EntryStatus::ErrorImporting);
    assert_eq!((report.attempts, report.http_status), (3, Some(401)));
}

#[tokio::test]
async fn a_link_with_double_slashes_breaks_unless_they_are_escaped() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    running.world().switch(|switches| switches.links_with_double_slash = true);
    let [_, (id, _, url)] = films(&running);
    let rest = url.strip_prefix("http://").unwrap();
    assert!(rest.contains("//"), "{url}");
    let safe = format!("http://{}", rest.replace("//", "%2F%2F"));
    assert_eq!(import(&running, &id, &safe).await.status, EntryStatus::Ready);
}

#[tokio::test]
async fn of_a_hundred_imports_thirty_percent_fail_and_each_ends_once() {
    let running = Simulator::start(Options::for_tests("dist", "host")).await.unwrap();
    let failing = FailingImports { percent: 30, seed: 7, failure: Failure::Importing };
    running.kaltura().change_faults(|faults| faults.imports = Some(failing));
    let [_, (_, _, url)] = films(&running);
    running.kaltura().switch(|switches| switches.session = SessionPreset::ReferenceRole);
    let mut body = json!({"format": 1, "ks": running.site().user_session()});
    for number in 0..100 {
        body[(2 * number + 1).to_string()] = json!({"service": "media", "action": "add", "entry": {
            "objectType": "KalturaMediaEntry", "mediaType": 1, "name": "Film", "referenceId": format!("file-{number}")}});
        body[(2 * number + 2).to_string()] = json!({"service": "media", "action": "addContent",
            "entryId": format!("{{{}:result:id}}", 2 * number + 1),
            "resource": {"objectType": "KalturaUrlResource", "url": url, "forceAsyncDownload": true}});
    }
    let address = format!("{}/api_v3/service/multirequest?format=1", running.origins().kaltura);
    let request = reqwest::Client::new().post(address).header("content-type", "application/json");
    assert!(request.body(body.to_string()).send().await.unwrap().status().is_success());
    assert!(running.kaltura().settle(Duration::from_secs(120)).await);
    let entries = running.kaltura().entries();
    let failed = entries.iter().filter(|entry| entry.status == EntryStatus::ErrorImporting).count();
    assert_eq!(entries.len(), 100);
    assert!((20..=40).contains(&failed), "{failed}");
    assert!(entries.iter().all(|entry| entry.status.is_final()));
    assert!((0..100).all(|number| running.kaltura().entries_of(&format!("file-{number}")).len() == 1));
}

/// SRV `configurations/base.ini` (three attempts, 300 s apart, with the same link), `batch/batch.ini.template` (4 workers).
#[tokio::test]
async fn links_that_end_in_the_queue_of_a_busy_account_fail_within_a_quarter_of_an_hour() {
    let running = Simulator::start(Options::with_manual_time("dist", "host")).await.unwrap();
    let kaltura = running.kaltura();
    kaltura.switch(|switches| (switches.import_workers, switches.download_ms) = (4, 240_000));
    import_at_once(&running, 120, 3_600, "video").await;
    kaltura.clock().advance_to(kaltura.clock().now() + 3 * 3_600_000).await;
    let entries = kaltura.entries();
    let ready = entries.iter().filter(|entry| entry.status == EntryStatus::Ready).count();
    // A worker takes fifteen downloads of four minutes in an hour, and the first ones begin a little later.
    assert!((56..=60).contains(&ready), "{ready}");
    for entry in entries.iter().filter(|entry| entry.status != EntryStatus::Ready) {
        let report = entry.import.as_ref().unwrap();
        assert_eq!(
            (entry.status, report.attempts, report.http_status),
            (EntryStatus::ErrorImporting, 3, Some(401))
        );
        assert!(!entry.has_content());
    }
}

/// KAsyncImport L287-333: a download that breaks off goes on, and fails at once if the link has ended by then.
#[tokio::test]
async fn an_interrupted_download_goes_on_only_while_the_link_lives() {
    for (lifetime_seconds, status, attempts) in
        [(3_600, EntryStatus::Ready, 1), (30, EntryStatus::ErrorImporting, 1)]
    {
        let running = Simulator::start(Options::with_manual_time("dist", "host")).await.unwrap();
        let kaltura = running.kaltura();
        import_at_once(&running, 1, lifetime_seconds, "interrupted").await;
        kaltura.clock().advance_to(kaltura.clock().now() + 600_000).await;
        let entry = kaltura.entries().remove(0);
        assert_eq!((entry.status, entry.import.unwrap().attempts), (status, attempts));
    }
}

/// JM and BatchJobLockPeer L54-91: 50 jobs of one account, and others' jobs first.
#[tokio::test]
async fn fifty_jobs_of_an_account_run_at_a_time() {
    let running = Simulator::start(Options::with_manual_time("dist", "host")).await.unwrap();
    let kaltura = running.kaltura();
    kaltura.switch(|switches| switches.import_workers = 100);
    import_at_once(&running, 120, 3_600, "image").await;
    let ready = async |seconds: u64| {
        kaltura.clock().advance_to(kaltura.clock().now() + seconds * 1_000).await;
        kaltura.entries().iter().filter(|entry| entry.status == EntryStatus::Ready).count()
    };
    assert_eq!([ready(35).await, ready(30).await, ready(30).await], [50, 100, 120]);
}

/// Adds so many entries, with links that live so long, in one request.
async fn import_at_once(running: &Running, count: usize, lifetime_seconds: u64, kind: &str) {
    let client = reqwest::Client::new();
    let addresses: Value = serde_json::from_str(&running.addresses()).unwrap();
    let files: Vec<Value> =
        (0..count).map(|number| json!({"id": format!("file-{number}"), "kind": kind})).collect();
    let post = async |address: String, body: Value| {
        let request = client.post(address).header("content-type", "application/json").body(body.to_string());
        serde_json::from_str::<Value>(&request.send().await.unwrap().text().await.unwrap()).unwrap()
    };
    let control = addresses["control"].as_str().unwrap();
    let links =
        post(format!("{control}/links"), json!({"files": files, "lifetimeSeconds": lifetime_seconds})).await;
    let ks = post(format!("{control}/kaltura/sessions"), json!({})).await["ks"].clone();
    let media_type = if kind == "image" { 2 } else { 1 };
    let mut body = json!({ "ks": ks });
    for (number, link) in links.as_array().unwrap().iter().enumerate() {
        body[(2 * number + 1).to_string()] = json!({"service": "media", "action": "add", "entry": {
            "objectType": "KalturaMediaEntry", "mediaType": media_type, "name": "Film"}});
        body[(2 * number + 2).to_string()] = json!({"service": "media", "action": "addContent",
            "entryId": format!("{{{}:result:id}}", 2 * number + 1),
            "resource": {"objectType": "KalturaUrlResource", "url": link, "forceAsyncDownload": true}});
    }
    let address = format!("{}/api_v3/service/multirequest?format=1", running.origins().kaltura);
    assert_eq!(post(address, body).await.as_array().unwrap().len(), 2 * count);
    assert!(running.kaltura().entries().iter().all(|entry| entry.source.is_some()));
}
