//! The main job: sign in, choose in two folders, import, see it in Kaltura.

use onedrive_simulator::kaltura::EntryStatus;

use crate::story::{DIALOG, NOA, Story};

const LECTURE: &str = "Lecture 01 – Introduction and course overview.mp4";
const GUEST: &str = "Guest 1.mp4";
const WHITEBOARD: &str = "Whiteboard 2026-11-09.jpg";

#[tokio::test]
async fn signs_in_picks_three_files_in_two_folders_and_sees_them_imported() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let my_media = story.create_from_onedrive().await;
    story.sign_in(NOA).await;

    browser.see("navigation", "Places").await;
    for folder in ["Teaching", "Signals and Systems"] {
        story.open_folder(folder).await;
    }
    story.choose(WHITEBOARD).await;
    story.choose("Spectrogram of a violin, open G string.png").await;
    story.open_folder("Guest lectures").await;
    story.choose(GUEST).await;
    browser.see("navigation", "Breadcrumb").await;

    browser.click("button", "Import 3 files").await;
    browser.see("heading", "Import finished").await;
    browser.see("progressbar", "All files").await;
    browser.hear("status", "3 ready, 0 failed, 0 to go").await;

    let entries = story.simulator.kaltura().entries();
    assert_eq!(entries.len(), 3);
    for entry in &entries {
        let import = entry.import.as_ref().expect("an import");
        assert_eq!(entry.status, EntryStatus::Ready, "{}", entry.name);
        assert_eq!((import.size_matches, import.hash_matches), (Some(true), Some(true)), "{}", entry.name);
        assert!(import.bytes > 0);
    }

    browser.click("button", "Done").await;
    story.return_when_closed(&my_media, "3 files imported.").await;
    browser.see("row", "/Guest 1.*Ready/").await;
}

#[tokio::test]
async fn chooses_more_while_the_import_goes_on() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.kaltura().change_faults(|faults| faults.import_delay = 1_500);
    story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.see("heading", "Importing 1 file").await;
    browser.click("button", "Choose more").await;
    story.choose("Podcast jingle.mp3").await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "2 ready, 0 failed, 0 to go").await;
    assert_eq!(story.entries(), [("Campus".to_owned(), 2), ("Podcast jingle".to_owned(), 2)]);
}

#[tokio::test]
async fn imports_from_a_dialog_in_the_page() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.create_in_a_dialog().await;
    story.sign_in_in_frame(DIALOG, NOA).await;
    story.import_campus().await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    browser.click("button", "Done").await;
    browser.leave_frames().await;
    browser.see("row", "/Campus.*Ready/").await;
}

#[tokio::test]
async fn imports_a_long_lecture_byte_for_byte() {
    let story = Story::begin().await;
    story.create_from_onedrive().await;
    story.sign_in(NOA).await;
    story.open_folder("Teaching").await;
    story.open_folder("Signals and Systems").await;
    story.choose(LECTURE).await;
    story.browser.click("button", "Import 1 file").await;
    story.browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    let entries = story.simulator.kaltura().entries();
    let import = entries.first().and_then(|entry| entry.import.clone()).expect("an import");
    assert_eq!(import.bytes, 640_679_936);
    assert_eq!(import.hash_matches, Some(true));
}
