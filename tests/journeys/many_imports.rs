//! A hundred files at once, some of which fail; files that are in Kaltura already; pages that are left meanwhile.

use std::collections::BTreeSet;

use onedrive_simulator::kaltura::{EntryStatus, FailingImports, Failure};

use crate::story::{NOA, Story};

/// The driveItems whose content entries of that status have; each is named once.
fn sources(story: &Story, status: EntryStatus) -> BTreeSet<String> {
    let entries = story.simulator.kaltura().entries();
    let of_status = entries.iter().filter(|entry| entry.status == status);
    let named: Vec<String> = of_status.map(|entry| entry.source.clone().expect("a file")).collect();
    let set: BTreeSet<String> = named.iter().cloned().collect();
    assert_eq!(set.len(), named.len(), "no file is in Kaltura twice");
    set
}

#[tokio::test]
async fn ends_with_each_of_a_hundred_files_ready_or_named_as_failed() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let failing = FailingImports { percent: 30, seed: 7, failure: Failure::Importing };
    story.simulator.kaltura().change_faults(|faults| faults.imports = Some(failing));
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    story.open_folder("Large folders").await;
    story.open_folder("200 items").await;
    browser.see("row", "/^Colloquium/").await;
    browser.click("checkbox", "Select all").await;
    browser.hear("alert", "Only 100 files can be imported at a time").await;
    browser.click("button", "Import 100 files").await;
    browser.hear("status", " failed, 0 to go").await;

    let failed = sources(&story, EntryStatus::ErrorImporting);
    let ready = sources(&story, EntryStatus::Ready);
    assert_eq!(ready.len() + failed.len(), 100);
    assert!(failed.len() > 10 && failed.is_disjoint(&ready));
    browser.hear("status", &format!("{} ready, {} failed, 0 to go", ready.len(), failed.len())).await;
    let reasons: Vec<String> = browser
        .ask("return [...document.querySelectorAll('li [role=alert]')].map((line) => line.textContent)")
        .await;
    assert_eq!(reasons.len(), failed.len(), "each failed file has its reason");
    assert!(reasons.iter().all(|reason| reason.contains("could not fetch the file")), "{reasons:?}");

    story.simulator.kaltura().change_faults(|faults| faults.imports = None);
    browser.click("button", &format!("Try {} files again", failed.len())).await;
    browser.hear("status", "100 ready, 0 failed, 0 to go").await;
    assert_eq!(sources(&story, EntryStatus::Ready).len(), 100);
    assert!(sources(&story, EntryStatus::ErrorImporting).is_empty(), "what had failed is replaced");
}

#[tokio::test]
async fn asks_about_a_file_that_is_in_kaltura_already() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let my_media = story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    browser.click("button", "Choose more").await;
    story.choose("Campus.jpg").await;
    story.choose("Podcast jingle.mp3").await;
    browser.click("button", "Import 2 files").await;
    let picker = browser.window().await;
    browser.return_to(&my_media).await;
    browser.see("dialog", "Import it again?").await;
    browser.click("button", "Keep the one there").await;
    browser.hear("status", "already in My Media").await;
    browser.return_to(&picker).await;
    browser.hear("status", "2 ready, 0 failed, 0 to go").await;
    assert_eq!(sources(&story, EntryStatus::Ready).len(), 2);
}

#[tokio::test]
async fn a_closed_picker_stops_no_import_and_a_reloaded_page_finds_it_again() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.kaltura().change_faults(|faults| faults.import_delay = 2_500);
    let my_media = story.create_and_choose(&["Campus.jpg", "Podcast jingle.mp3"]).await;
    browser.click("button", "Import 2 files").await;
    browser.hear("status", "0 ready, 0 failed, 2 to go").await;
    browser.driver.close_window().await.expect("a window");
    browser.return_to(&my_media).await;
    browser.see("row", "/Campus/").await;
    browser.driver.refresh().await.expect("the page");
    browser.hear("status", "Still importing 2 files").await;
    browser.hear("status", "2 files imported.").await;
    assert_eq!(sources(&story, EntryStatus::Ready).len(), 2);
}
