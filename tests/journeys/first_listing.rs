//! The ways to the first rows, and what is loaded before them. `cargo xtask profile` takes the same ways to measure what
//! of the picker runs on them.

use onedrive_simulator::drive::{Fault, FaultKind, Party};
use onedrive_simulator::{Options, Origins};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::Look;
use crate::files::{dist, host};
use crate::servers::Server;
use crate::story::{DIALOG, NOA, Story, start_world};

/// What the picker fetched before and after it noted that the first rows are there, from `performance`.
const FETCHED: &str = r#"
    const [rows] = performance.getEntriesByName("onedrive-picker: first rows");
    if (!rows) return null;
    const fetched = performance.getEntriesByType("resource")
        .filter((entry) => entry.name.endsWith(".wasm"))
        .map((entry) => ({ name: entry.name.split("/").pop(), early: entry.startTime < rows.startTime }));
    return fetched.length > 3 || globalThis.onedrivePicker.noted ? fetched : null;
"#;

/// Waits for the first rows, notes the places that a measuring picker passed, and says which WebAssembly came before them.
async fn arrive(story: &Story, way: &str) -> Vec<String> {
    arrive_at(story, way, "/^(Acoustics lab|Campus)/").await
}

async fn arrive_at(story: &Story, way: &str, row: &str) -> Vec<String> {
    let browser = &story.browser;
    browser.see("row", row).await;
    let fetched: Vec<Value> = browser
        .eventually("the rest to be fetched after the first rows", async || {
            let fetched: Value = browser.ask(FETCHED).await;
            fetched.as_array().cloned()
        })
        .await;
    if let Some(places) = std::env::var_os("ONEDRIVE_PICKER_PLACES") {
        browser.see("contentinfo", "").await;
        let noted: Value = browser.ask("return globalThis.onedrivePicker.noted()").await;
        for part in ["first", "around"] {
            let file = std::path::Path::new(&places).join(way).with_extension(part);
            std::fs::write(file, noted[part].as_str().expect("places")).expect("a folder for the places");
        }
    }
    let early = fetched.iter().filter(|entry| entry["early"] == true);
    early.map(|entry| entry["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Only the first part comes before the first rows.
fn assert_only_first_part(early: &[String], way: &str) {
    assert_eq!(
        early.len(),
        1,
        "{way}: {early:?} came before the first rows; `cargo xtask profile` measures anew"
    );
}

#[tokio::test]
async fn in_a_window_that_a_site_opens() {
    let story = Story::begin().await;
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    assert_only_first_part(&arrive(&story, "window").await, "window");
}

#[tokio::test]
async fn in_the_page_of_a_v8_host_whose_token_it_takes() {
    let story = Story::begin().await;
    story.open_v8_frame(&story.simulator.origins().mediaspace, "&token=account").await;
    assert_only_first_part(&arrive(&story, "token").await, "token");
}

#[tokio::test]
async fn in_hebrew_on_a_phone() {
    let look = Look { width: 375, height: 700, ..Look::default() };
    let story = Story::begin_with(look).await;
    story.browser.visit(&format!("{}&locale=he", story.picker_url("{}"))).await;
    story.sign_in_by("כניסה באמצעות Microsoft", NOA).await;
    assert_only_first_part(&arrive(&story, "hebrew").await, "hebrew");
}

#[tokio::test]
async fn at_the_second_visit() {
    let look = Look { third_party_cookies: true, ..Look::default() };
    let story = Story::begin_with(look).await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    story.visit_picker().await;
    assert_only_first_part(&arrive(&story, "second").await, "second");
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
    assert_only_first_part(&arrive(&story, "untold").await, "untold");
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
    assert_only_first_part(&arrive(&story, "slow").await, "slow");
}

/// Real folders have names, kinds and facts of every sort.
#[tokio::test]
async fn among_odd_names_and_odd_items_in_a_verbose_answer() {
    let tall = Look { height: 2_000, ..Look::default() };
    let story = Story::begin_with(tall).await;
    story.simulator.world().faults().add(Fault::new(FaultKind::Verbose));
    story.visit_picker().await;
    story.sign_in("odd@openu.example").await;
    assert_only_first_part(&arrive_at(&story, "odd", r"/\d/").await, "odd");
}

#[tokio::test]
async fn in_a_dialog_in_the_dark() {
    let story = Story::begin().await;
    story.simulator.site().set("theme", "dark");
    story.create_in_a_dialog().await;
    story.sign_in_in_frame(DIALOG, NOA).await;
    assert_only_first_part(&arrive(&story, "dialog").await, "dialog");
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
    assert_only_first_part(&arrive(&story, "settings").await, "settings");
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
    assert_only_first_part(&arrive(&story, "internet").await, "internet");
}

/// Few sites use it: what only it needs is fetched beside the sign-in.
#[tokio::test]
async fn by_the_code_flow_the_spare_part_comes_too() {
    let story = Story::begin().await;
    story.use_the_code_flow();
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^(Acoustics lab|Campus)/").await;
    let fetched: Vec<Value> = story
        .browser
        .eventually("the rest to be fetched", async || {
            let fetched: Value = story.browser.ask(FETCHED).await;
            fetched.as_array().cloned()
        })
        .await;
    let early = fetched.iter().filter(|entry| entry["early"] == true);
    let early: Vec<&str> = early.filter_map(|entry| entry["name"].as_str()).collect();
    assert!(
        early.len() <= 2 && early.iter().all(|name| !name.starts_with("rest") && !name.starts_with("around")),
        "{early:?}"
    );
}
