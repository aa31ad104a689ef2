//! The ways to the first rows, and which chunks of the program come before them.

use onedrive_simulator::drive::{Fault, FaultKind, Party};
use onedrive_simulator::{Options, Origins};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::Look;
use crate::files::{chunk_names, dist, host};
use crate::servers::Server;
use crate::story::{DIALOG, NOA, Story, start_world};

/// What the picker fetched before and after it noted that the first rows are there, from `performance`.
const FETCHED: &str = r#"
    const [rows] = performance.getEntriesByName("onedrive-picker: first rows");
    if (!rows) return null;
    return performance.getEntriesByType("resource")
        .filter((entry) => entry.name.endsWith(".wasm"))
        .map((entry) => ({ name: entry.name.split("/").pop(), early: entry.startTime < rows.startTime }));
"#;

/// The WebAssembly that was asked for before the first rows, once all of it has been asked for.
async fn fetched_early(story: &Story, row: &str) -> Vec<String> {
    let browser = &story.browser;
    browser.see("row", row).await;
    let later = chunk_names("later");
    let fetched: Vec<Value> = browser
        .eventually("the deferred chunk to be fetched after the first rows", async || {
            let fetched: Value = browser.ask(FETCHED).await;
            let fetched = fetched.as_array().cloned()?;
            later.iter().all(|name| fetched.iter().any(|entry| entry["name"] == **name)).then_some(fetched)
        })
        .await;
    let mut names: Vec<&str> = fetched.iter().filter_map(|entry| entry["name"].as_str()).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "a file was fetched twice: {fetched:?}");
    let early = fetched.iter().filter(|entry| entry["early"] == true);
    early.map(|entry| entry["name"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn arrive(story: &Story) -> Vec<String> {
    fetched_early(story, "/^(Acoustics lab|Campus)/").await
}

/// Before the first rows come the main chunk and, where the picker signs in by itself, those of the sign-in. While the user reads
/// the card, the deferred chunk is prefetched.
fn assert_lean(early: &[String], signs_in: bool) {
    let sign_in = if signs_in { chunk_names("sign_in") } else { Vec::new() };
    let later = if signs_in { chunk_names("later") } else { Vec::new() };
    let is_allowed = |name: &&String| {
        name.starts_with("onedrive-picker-") || sign_in.contains(name) || later.contains(name)
    };
    let others: Vec<&String> = early.iter().filter(|name| !is_allowed(name)).collect();
    assert!(others.is_empty(), "{others:?} came before the first rows");
}

#[tokio::test]
async fn in_a_window_that_a_site_opens() {
    let story = Story::begin().await;
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    assert_lean(&arrive(&story).await, true);
}

#[tokio::test]
async fn in_the_page_of_a_v8_host_whose_token_it_takes() {
    let story = Story::begin().await;
    story.open_v8_frame(&story.simulator.origins().mediaspace, "&token=account").await;
    assert_lean(&arrive(&story).await, false);
}

#[tokio::test]
async fn in_hebrew_on_a_phone() {
    let look = Look { width: 375, height: 700, ..Look::default() };
    let story = Story::begin_with(look).await;
    story.browser.visit(&format!("{}&locale=he", story.picker_url("{}"))).await;
    story.sign_in_by("כניסה באמצעות Microsoft", NOA).await;
    assert_lean(&arrive(&story).await, true);
}

#[tokio::test]
async fn at_the_second_visit() {
    let look = Look { third_party_cookies: true, ..Look::default() };
    let story = Story::begin_with(look).await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    story.visit_picker().await;
    assert_lean(&arrive(&story).await, true);
}

/// Where frames of other sites get no cookies, the sign-in that nobody sees comes back without an account, and in life after a while.
#[tokio::test]
async fn at_the_second_visit_where_microsoft_is_not_told_who_it_is() {
    let story = Story::browse_as(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    let delay = Fault::new(FaultKind::Delay { milliseconds: 1_200 }).party(Party::Identity);
    story.simulator.world().faults().add(delay);
    story.visit_picker().await;
    story.browser.click("button", "Sign in with Microsoft").await;
    assert_lean(&arrive(&story).await, true);
}

#[tokio::test]
async fn in_a_window_of_a_v8_host_when_everything_is_slow() {
    let story = Story::begin().await;
    for party in [Party::Identity, Party::Graph] {
        let delay = Fault::new(FaultKind::Delay { milliseconds: 1_200 }).party(party);
        story.simulator.world().faults().add(delay);
    }
    story.open_v8_host("?launch=post").await;
    story.sign_in(NOA).await;
    assert_lean(&arrive(&story).await, true);
}

/// Real folders have names, kinds and facts of every sort.
#[tokio::test]
async fn among_odd_names_and_odd_items_in_a_verbose_answer() {
    let tall = Look { height: 2_000, ..Look::default() };
    let story = Story::begin_with(tall).await;
    story.simulator.world().faults().add(Fault::new(FaultKind::Verbose));
    story.visit_picker().await;
    story.sign_in("odd@openu.example").await;
    assert_lean(&fetched_early(&story, r"/\d/").await, true);
}

#[tokio::test]
async fn in_a_dialog_in_the_dark() {
    let story = Story::begin().await;
    story.simulator.site().set("theme", "dark");
    story.create_in_a_dialog().await;
    story.sign_in_in_frame(DIALOG, NOA).await;
    assert_lean(&arrive(&story).await, true);
}

#[tokio::test]
async fn at_a_site_that_says_every_setting() {
    let story = Story::begin().await;
    let site = story.simulator.site();
    for (name, value) in [
        ("enabled", json!("Yes")),
        ("allowedRoles", json!("viewerRole")),
        ("tenant", json!("organizations")),
        ("cloud", json!("global")),
        ("redirectUri", json!(story.simulator.picker())),
        ("mediaTypes", json!(["video", "audio", "image", "document"])),
        ("maxItems", json!(20)),
        ("maxItemBytes", json!(4_000_000_000_u64)),
        ("locale", json!("en-US")),
        ("theme", json!("light")),
        ("flow", json!("implicit")),
        ("tokenStorage", json!("memory")),
    ] {
        site.set(name, value);
    }
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    assert_lean(&arrive(&story).await, true);
}

/// As in life: the addresses of Microsoft, which no setting names, and a site that came by TLS.
#[tokio::test]
async fn at_the_addresses_of_the_internet() {
    let addresses = Origins {
        mediaspace: "https://media.openu.example".to_owned(),
        identity: "https://login.microsoftonline.com".to_owned(),
        graph: "https://graph.microsoft.com".to_owned(),
        downloads: "https://openu-my.sharepoint.com".to_owned(),
        kaltura: "https://www.kaltura.com".to_owned(),
        lms: "https://lms.openu.example".to_owned(),
    };
    let mut options = Options::for_tests(dist(), host());
    options.addresses = Some(addresses.clone());
    for name in ["loginBaseUrl", "graphBaseUrl", "hostOrigins"] {
        options.settings.insert(name.to_owned(), Value::Null);
    }
    let simulator = start_world(options).await;
    let listening = simulator.listening();
    let front = Server::before(&[
        (&addresses.mediaspace, &listening.mediaspace),
        (&addresses.identity, &listening.identity),
        (&addresses.graph, &listening.graph),
        (&addresses.downloads, &listening.downloads),
        (&addresses.kaltura, &listening.kaltura),
    ]);
    let browser = Browser::start(Look { internet: Some(front.port), ..Look::default() }).await;
    let story = Story::of(browser, simulator);
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    assert_lean(&arrive(&story).await, true);
}

#[tokio::test]
async fn by_the_code_flow() {
    let story = Story::begin().await;
    story.use_the_code_flow();
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    assert_lean(&arrive(&story).await, true);
}
