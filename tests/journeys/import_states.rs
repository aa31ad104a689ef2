//! What the picker says of an import beyond "ready" and "failed".

use onedrive_simulator::kaltura::FailingCalls;

use crate::story::Story;

#[tokio::test]
async fn says_that_a_ready_file_waits_for_approval() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.simulator.kaltura().switch(|switches| switches.moderation = true);
    let my_media = story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    assert!(browser.text().await.contains("Ready, waiting for approval"));
    browser.return_to(&my_media).await;
    browser.see("row", "/Campus.*waiting for approval/").await;
}

#[tokio::test]
async fn keeps_the_page_open_until_kaltura_has_the_files() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let blocked = FailingCalls {
        action: Some("addContent".to_owned()),
        answer: "ACTION_BLOCKED".to_owned(),
        times: 4,
        ..FailingCalls::default()
    };
    story.simulator.kaltura().change_faults(|faults| faults.calls = vec![blocked]);
    story.create_and_choose(&["Campus.jpg"]).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("note", "Keep this page open: 0 of 1 handed over.").await;
    story.simulator.kaltura().change_faults(|faults| {
        faults.calls.clear();
        faults.import_delay = 4_000;
    });
    browser.hear("note", "You can close this window.").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
}

#[tokio::test]
async fn says_in_its_own_words_that_the_session_has_ended() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.create_and_choose(&["Campus.jpg"]).await;
    story.simulator.kaltura().expire_sessions();
    browser.click("button", "Import 1 file").await;
    browser.hear("alert", "Your session at this site has ended.").await;
}
